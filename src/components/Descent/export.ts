import { save } from '../Cell/save.ts';
import type { Settings } from './runs.ts';

/** Hands the reader X: as displayed (PNG) or as numbers (NPY). */
export async function saveState(data: Float64Array, size: number, format: 'png' | 'npy', name: string): Promise<void> {
  await save({ kind: 'matrix', rows: size, cols: size, data, eltype: 'Float64', vector: false }, format, name);
}

/** Hands the reader the losses, with what they are losses of. */
export function saveLosses(settings: Settings, losses: readonly number[]): void {
  const text = `${JSON.stringify({ settings, losses }, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'losses.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
