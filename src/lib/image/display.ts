import type { Matrix } from './types.ts';

/**
 * The grey level that a value is shown as: round(255 clamp(v, 0, 1)), halves to the even level as Julia's `round` does
 * (docs/studies.md, 0.2). NaN is shown as 0, as in the notebooks.
 */
export function level8(value: number): number {
  if (!(value > 0)) return 0;
  if (value >= 1) return 255;
  const scaled = 255 * value;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** The grey levels of a matrix, rows x cols bytes. */
export function display8(matrix: Matrix): Uint8Array {
  const n = matrix.rows * matrix.cols;
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[i] = level8(matrix.data[i] ?? 0);
  return out;
}
