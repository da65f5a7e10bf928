/** What a view needs to know of a matrix: row-major numbers. Structural, so that any engine's result fits without a wrapper. */
export interface SceneMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array | Float64Array;
}

/** The two factors of a product `left * right`, left being I x K and right K x J. */
export interface Factors {
  readonly left: SceneMatrix;
  readonly right: SceneMatrix;
}

/** A pixel of a matrix, counted from 0. */
export interface Pixel {
  readonly row: number;
  readonly col: number;
}

/** The finite range of a matrix. `constant` where the range drowns in float32's rounding, so no rescaling is honest. */
export interface Extent {
  readonly low: number;
  readonly high: number;
  readonly constant: boolean;
}

/** Relative range below which a picture counts as constant; float32 carries about seven digits. */
const CONSTANT_BELOW = 1e-6;

export class MatrixShapeError extends Error {
  override name = 'MatrixShapeError';
}

/** Throws a MatrixShapeError unless the sizes are positive integers and agree with the data. */
export function checkMatrix(matrix: SceneMatrix): void {
  const { rows, cols, data } = matrix;
  if (!Number.isInteger(rows) || !Number.isInteger(cols) || rows < 1 || cols < 1) {
    throw new MatrixShapeError(`a view needs at least one row and one column, not ${rows} x ${cols}`);
  }
  if (data.length !== rows * cols) {
    throw new MatrixShapeError(`${rows} x ${cols} needs ${rows * cols} numbers, got ${data.length}`);
  }
}

/** Throws a MatrixShapeError unless `left * right` is defined. */
export function checkFactors({ left, right }: Factors): void {
  checkMatrix(left);
  checkMatrix(right);
  if (left.cols !== right.rows) {
    throw new MatrixShapeError(`${left.rows} x ${left.cols} times ${right.rows} x ${right.cols}: inner sizes differ`);
  }
}

/** The entry at (row, col); NaN outside. */
export function at(matrix: SceneMatrix, row: number, col: number): number {
  if (row < 0 || col < 0 || row >= matrix.rows || col >= matrix.cols) return Number.NaN;
  return matrix.data[row * matrix.cols + col] ?? Number.NaN;
}

/** Smallest and largest finite entry; a matrix without any counts as constant 0. */
export function extentOf(data: ArrayLike<number>): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index] as number;
    if (value < low && value !== Number.NEGATIVE_INFINITY) low = value;
    if (value > high && value !== Number.POSITIVE_INFINITY) high = value;
  }
  if (low > high) return { low: 0, high: 0, constant: true };
  const magnitude = Math.max(Math.abs(low), Math.abs(high));
  return { low, high, constant: !(high - low > magnitude * CONSTANT_BELOW) };
}

/** Marks an entry that is not a number in the output of `rescale`; shaders draw it hatched. */
export const NOT_A_NUMBER = -1;

/**
 * Writes (value - low) / (high - low), clamped to [0, 1], into `target`: what the graphics card receives. Subtracting here, in float64,
 * keeps the digits that a product of distributed factors would lose in float32. A constant matrix becomes 0.5.
 */
export function rescale(data: ArrayLike<number>, extent: Extent, target: Float32Array): Float32Array {
  const { low, high, constant } = extent;
  const scale = constant ? 0 : 1 / (high - low);
  const offset = constant ? 0.5 : 0;
  for (let index = 0; index < target.length; index += 1) {
    const value = data[index] as number;
    const scaled = (value - low) * scale + offset;
    target[index] = scaled >= 0 ? (scaled <= 1 ? scaled : 1) : scaled < 0 ? 0 : NOT_A_NUMBER;
  }
  if (constant) markNonNumbers(data, target);
  return target;
}

// (±Infinity) * 0 is NaN as well: in a constant picture only true NaN may stay marked.
function markNonNumbers(data: ArrayLike<number>, target: Float32Array): void {
  for (let index = 0; index < target.length; index += 1) {
    const value = data[index] as number;
    if (Number.isNaN(value)) target[index] = NOT_A_NUMBER;
    else if (!Number.isFinite(value)) target[index] = value > 0 ? 1 : 0;
  }
}

/**
 * Writes two bytes an entry into `target`: the grey level round(255 v) of the value rescaled as by `rescale`, and 255, or 0 and 0 where the
 * entry is not a number.
 */
export function greyLevels(data: ArrayLike<number>, { low, high, constant }: Extent, target: Uint8Array): Uint8Array {
  const scale = constant ? 0 : 255 / (high - low);
  const offset = constant ? 127.5 : 0;
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index] as number;
    const level = Number.isFinite(value) ? (value - low) * scale + offset : value > 0 ? 255 : 0;
    target[2 * index] = Math.min(255, Math.max(0, level)) + 0.5;
    target[2 * index + 1] = Number.isNaN(value) ? 0 : 255;
  }
  return target;
}
