/** Shape arithmetic shared by every engine, so that all of them refuse the same things in the same words. */
import { MatrixError } from './engine.ts';
import type { Buffer, Dims } from './engine.ts';

type Sized = Pick<Buffer, 'rows' | 'cols'>;

/** More elements than any engine could hold. */
const MOST_ELEMENTS = 2 ** 32;

/**
 * What every engine asks before it makes a matrix.
 * @throws MatrixError ArgumentError unless both sizes are whole and not negative; OutOfMemoryError where no engine could hold it
 */
export function checkSize(rows: number, cols: number): void {
  if (!Number.isSafeInteger(rows) || !Number.isSafeInteger(cols) || rows < 0 || cols < 0) {
    throw new MatrixError('ArgumentError', `invalid Array dimensions: (${rows}, ${cols})`);
  }
  if (rows * cols > MOST_ELEMENTS) {
    throw new MatrixError('OutOfMemoryError', `a ${rows}×${cols} matrix is too large`);
  }
}

/** The broadcast shape of several matrices: sizes must be equal, or 1. @throws MatrixError DimensionMismatch */
export function broadcastShape(...parts: readonly Sized[]): { rows: number; cols: number } {
  let rows = 1;
  let cols = 1;
  for (const part of parts) {
    rows = joinSize(rows, part.rows, parts, 1);
    cols = joinSize(cols, part.cols, parts, 2);
  }
  return { rows, cols };
}

function joinSize(a: number, b: number, parts: readonly Sized[], dim: 1 | 2): number {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  throw new MatrixError(
    'DimensionMismatch',
    `arrays could not be broadcast to a common size; got a dimension with lengths ${a} and ${b}` +
      (parts.length > 2 ? ` in dimension ${dim}` : ''),
  );
}

/** @throws MatrixError DimensionMismatch unless a's columns are b's rows. */
export function checkMatmul(a: Sized, b: Sized): void {
  if (a.cols !== b.rows) {
    throw new MatrixError(
      'DimensionMismatch',
      `incompatible dimensions for matrix multiplication: tried to multiply a matrix of size (${a.rows}, ${a.cols}) with a matrix of size (${b.rows}, ${b.cols}). The second dimension of the first matrix: ${a.cols}, does not match the first dimension of the second matrix: ${b.rows}.`,
    );
  }
}

/** @throws MatrixError DimensionMismatch unless the number of elements is kept; ArgumentError for sizes that are none */
export function checkReshape(a: Sized, rows: number, cols: number): void {
  checkSize(rows, cols);
  if (a.rows * a.cols !== rows * cols) {
    throw new MatrixError(
      'DimensionMismatch',
      `new dimensions (${rows}, ${cols}) must be consistent with array length ${a.rows * a.cols}`,
    );
  }
}

/** @throws MatrixError BoundsError unless the block lies inside the matrix; ArgumentError for sizes that are none */
export function checkBlock(outer: Sized, row: number, col: number, rows: number, cols: number): void {
  checkSize(rows, cols);
  if (
    !Number.isInteger(row) ||
    !Number.isInteger(col) ||
    row < 0 ||
    col < 0 ||
    row + rows > outer.rows ||
    col + cols > outer.cols
  ) {
    throw new MatrixError(
      'BoundsError',
      `attempt to access ${outer.rows}×${outer.cols} Matrix at index [${row + 1}:${row + rows}, ${col + 1}:${col + cols}]`,
    );
  }
}

/** @throws MatrixError DimensionMismatch unless there is an index for each value */
export function checkScatter(values: Sized, index: Sized, rows: number, cols: number): void {
  checkSize(rows, cols);
  if (values.rows !== index.rows || values.cols !== index.cols) {
    throw new MatrixError(
      'DimensionMismatch',
      `values of size (${values.rows}, ${values.cols}) need as many indices, got (${index.rows}, ${index.cols})`,
    );
  }
}

/** @throws MatrixError DimensionMismatch unless all parts agree in the size they share. */
export function concatShape(parts: readonly Sized[], dims: 1 | 2): { rows: number; cols: number } {
  const first = parts[0];
  if (!first) throw new MatrixError('ArgumentError', 'nothing to concatenate');
  let rows = 0;
  let cols = 0;
  for (const part of parts) {
    if (dims === 1 ? part.cols !== first.cols : part.rows !== first.rows) {
      const [what, verb] = dims === 1 ? ['number of columns', 'vcat'] : ['number of rows', 'hcat'];
      throw new MatrixError(
        'DimensionMismatch',
        `${what} of each array must match in ${verb} (got ${parts.map((p) => (dims === 1 ? p.cols : p.rows)).join(', ')})`,
      );
    }
    rows = dims === 1 ? rows + part.rows : part.rows;
    cols = dims === 2 ? cols + part.cols : part.cols;
  }
  return { rows, cols };
}

/** Shape of a reduction: the reduced dimensions keep size 1. */
export function reducedShape(a: Sized, dims: Dims): { rows: number; cols: number } {
  return { rows: dims === 2 ? a.rows : 1, cols: dims === 1 ? a.cols : 1 };
}
