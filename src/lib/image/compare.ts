import { display8 } from './display.ts';
import type { Matrix } from './types.ts';

/** How far two 8-bit pictures are apart. */
export interface PictureDifference {
  /** Largest absolute difference, in grey levels. */
  readonly max: number;
  /** Mean absolute difference, in grey levels. */
  readonly mean: number;
  /** Share of samples that differ at all, 0 to 1. */
  readonly share: number;
  readonly differing: number;
  /** Flat index of the first largest difference; -1 where nothing differs. */
  readonly at: number;
}

/** Compares samples (grey levels or interleaved colours). @throws RangeError where the lengths differ or are zero. */
export function compareLevels(a: ArrayLike<number>, b: ArrayLike<number>): PictureDifference {
  if (a.length !== b.length || a.length === 0)
    throw new RangeError(`cannot compare ${a.length} samples with ${b.length}`);
  let [max, sum, differing, at] = [0, 0, 0, -1];
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    if (distance === 0) continue;
    differing += 1;
    sum += distance;
    if (distance > max) [max, at] = [distance, i];
  }
  return { max, mean: sum / a.length, share: differing / a.length, differing, at };
}

/** Compares two matrices as they are displayed, by round(255 clamp(v, 0, 1)). @throws RangeError where the shapes differ. */
export function compareDisplayed(a: Matrix, b: Matrix): PictureDifference {
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new RangeError(`cannot compare ${a.rows} x ${a.cols} with ${b.rows} x ${b.cols}`);
  return compareLevels(display8(a), display8(b));
}

export interface MatrixSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  /** 0-based [row, column] of the first extreme element, row by row. */
  readonly argmin: readonly [number, number];
  readonly argmax: readonly [number, number];
}

/** Extremes, mean and spread of a matrix. @throws RangeError for an empty one. */
export function summarize({ rows, cols, data }: Matrix): MatrixSummary {
  const n = rows * cols;
  if (n === 0) throw new RangeError('an empty matrix has no summary');
  let [low, high, sum] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = data[i] ?? 0;
    if (value < (data[low] ?? 0)) low = i;
    if (value > (data[high] ?? 0)) high = i;
    sum += value;
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((data[i] ?? 0) - mean) ** 2;
  const place = (i: number): readonly [number, number] => [Math.floor(i / cols), i % cols];
  return {
    min: data[low] ?? 0,
    max: data[high] ?? 0,
    mean,
    std: Math.sqrt(squares / n),
    argmin: place(low),
    argmax: place(high),
  };
}

/** The elements at 0-based [row, column] places. @throws RangeError for a place outside. */
export function samplePixels({ rows, cols, data }: Matrix, places: readonly (readonly [number, number])[]): number[] {
  return places.map(([r, c]) => {
    if (!(r >= 0 && r < rows && c >= 0 && c < cols))
      throw new RangeError(`(${r}, ${c}) lies outside ${rows} x ${cols}`);
    return data[r * cols + c] ?? 0;
  });
}

/** Pearson's correlation of two equally shaped matrices' elements; NaN where one is constant. @throws RangeError where shapes differ. */
export function correlation(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new RangeError(`cannot correlate ${a.rows} x ${a.cols} with ${b.rows} x ${b.cols}`);
  const [ma, mb] = [summarize(a).mean, summarize(b).mean];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.rows * a.cols; i++) {
    const [x, y] = [(a.data[i] ?? 0) - ma, (b.data[i] ?? 0) - mb];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
