import { handOver } from '../ui/hand-over.ts';
import { saveValue } from '../ui/save-value.ts';
import type { DescentSettings } from './runs.ts';

/** Hands the reader X: as displayed (PNG) or as numbers (NPY). */
export function saveState(data: Float64Array, size: number, format: 'png' | 'npy', name: string): void {
  saveValue({ kind: 'matrix', rows: size, cols: size, data, eltype: 'Float64', vector: false }, format, name);
}

/** Hands the reader the losses, with what they are losses of. */
export function saveLosses(settings: DescentSettings, losses: readonly number[]): void {
  const text = `${JSON.stringify({ settings, losses }, null, 2)}\n`;
  handOver(text, 'application/json', 'losses.json');
}
