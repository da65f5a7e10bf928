import type { Matrix } from './types.ts';

/** A float64 matrix, row-major. */
export interface Float64Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/**
 * Resamples a matrix by the studies' rule (docs/studies.md, 2; the `imresize` of JuliaImages as the author used it): sample i of n, counted
 * from 1, lies at p = (N/n)(i - 1/2) + 1/2 of N, and its value is interpolated linearly between floor(p) and the next. The second
 * axis (columns) goes first, then the rows. There is no anti-aliasing: at half size a sample is the mean of 2 x 2, at a quarter the
 * mean of the middle two of each four. Beyond the outermost sample (enlarging) the edge value is repeated.
 *
 * @throws RangeError where the target size is not a positive whole number, or the matrix is empty.
 */
export function resize(matrix: Matrix, outRows: number, outCols: number): Float64Matrix {
  assertSize(matrix, outRows, outCols);
  const across = samples(matrix.cols, outCols);
  const half = new Float64Array(matrix.rows * outCols);
  for (let r = 0; r < matrix.rows; r++) {
    for (let c = 0; c < outCols; c++) half[r * outCols + c] = blend(matrix.data, across, c, r * matrix.cols, 1);
  }
  const down = samples(matrix.rows, outRows);
  const data = new Float64Array(outRows * outCols);
  for (let r = 0; r < outRows; r++) {
    for (let c = 0; c < outCols; c++) data[r * outCols + c] = blend(half, down, r, c, outCols);
  }
  return { rows: outRows, cols: outCols, data };
}

interface Samples {
  /** 0-based lower neighbour, upper neighbour, and the upper one's share. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float64Array;
}

function samples(from: number, to: number): Samples {
  const [low, high, share] = [new Int32Array(to), new Int32Array(to), new Float64Array(to)];
  for (let i = 1; i <= to; i++) {
    const p = Math.min(from, Math.max(1, (from / to) * (i - 0.5) + 0.5));
    const floor = Math.floor(p);
    low[i - 1] = floor - 1;
    high[i - 1] = Math.min(from, floor + 1) - 1;
    share[i - 1] = p - floor;
  }
  return { low, high, share };
}

function blend(data: ArrayLike<number>, at: Samples, k: number, base: number, stride: number): number {
  const share = at.share[k] ?? 0;
  const a = data[base + stride * (at.low[k] ?? 0)] ?? 0;
  // Not 0 * b: an infinite neighbour that has no share must not make NaN.
  if (share === 0) return a;
  return (1 - share) * a + share * (data[base + stride * (at.high[k] ?? 0)] ?? 0);
}

/**
 * Means of outRows x outCols blocks that tile the matrix; where a size does not divide, elements on a border are shared by
 * area. The anti-aliased counterpart of `resize` (docs/studies.md, 5: means of blocks).
 *
 * @throws RangeError as `resize` does, and where the target is larger than the matrix.
 */
export function blockMeans(matrix: Matrix, outRows: number, outCols: number): Float64Matrix {
  assertSize(matrix, outRows, outCols);
  const { rows, cols, data } = matrix;
  if (outRows > rows || outCols > cols) throw new RangeError(`${rows} x ${cols} has no ${outRows} x ${outCols} blocks`);
  const half = new Float64Array(rows * outCols);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < outCols; c++)
      half[r * outCols + c] = meanOver(cols, outCols, c, (k) => data[r * cols + k] ?? 0);
  }
  const out = new Float64Array(outRows * outCols);
  for (let r = 0; r < outRows; r++) {
    for (let c = 0; c < outCols; c++)
      out[r * outCols + c] = meanOver(rows, outRows, r, (k) => half[k * outCols + c] ?? 0);
  }
  return { rows: outRows, cols: outCols, data: out };
}

/** Mean of elements under cell `k` of `cells` that tile `n` elements; weights are whole numbers in units of 1/cells. */
function meanOver(n: number, cells: number, k: number, element: (i: number) => number): number {
  const [from, to] = [k * n, (k + 1) * n];
  let sum = 0;
  for (let i = Math.floor(from / cells); i * cells < to; i++) {
    const weight = Math.min(to, (i + 1) * cells) - Math.max(from, i * cells);
    sum += weight * element(i);
  }
  return sum / n;
}

function assertSize(matrix: Matrix, outRows: number, outCols: number): void {
  const whole = [matrix.rows, matrix.cols, outRows, outCols].every((n) => Number.isInteger(n) && n > 0);
  if (!whole) throw new RangeError(`cannot resize ${matrix.rows} x ${matrix.cols} to ${outRows} x ${outCols}`);
}
