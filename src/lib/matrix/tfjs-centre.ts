import type { TensorInfo } from '@tensorflow/tfjs-core';
import { matmul } from './matmul.ts';
import { sizeOf } from './tfjs-device.ts';
import type { HostBackend } from './tfjs-device.ts';

/**
 * From this length of the shared dimension on, products are centred. Shorter sums lose nothing worth the extra passes, and
 * small matrices of integers stay exact in any case.
 */
export const CENTRE_FROM = 64;

/**
 * Beyond this length of the shared dimension a sum in single precision, one product after the other, may lose several digits. Where the
 * whole product is at most SMALL multiplications it is done in double precision instead, which costs a few milliseconds.
 */
export const LONG = 1024;
export const SMALL = 2 ** 22;

/** Where the largest norms multiply to less than this, nothing overflows in single precision (Cauchy and Schwarz). */
export const SINGLE_MAX = 2 ** 126;

/**
 * A B in float32 without the cancellation that near-constant factors bring. With a_i near the mean of row i of A, and b_j
 * near that of column j of B,
 *
 *   (A B)_ij = sum_k (A_ik - a_i)(B_kj - b_j) + a_i sum_k B_kj + b_j (sum_k A_ik - K a_i),
 *
 * whatever a and b are. The first term is the covariance that pictures show (docs/studies.md, 0.4); in softmax pictures the others are
 * forty times larger and constant, and their rounding errors are what `normalize_image` would blow up. a and b lie on a coarse
 * grid, a sixteenth of the mean, so that subtracting them brings in few new bits: matrices of whole numbers keep exact products.
 * A row or column that is not near-constant (zeros with a few ones, say) is not centred: it would only lose.
 */
export function matmulCentred(
  backend: HostBackend,
  a: TensorInfo,
  b: TensorInfo,
  product: (a: TensorInfo, b: TensorInfo) => TensorInfo,
): TensorInfo {
  const [rows, inner] = sizeOf(a);
  const [, cols] = sizeOf(b);
  if (inner > LONG && rows * cols * inner <= SMALL) return productInDouble(backend, a, b);
  const left = rowTotals(backend.view(a), rows, inner);
  const right = columnTotals(backend.view(b), inner, cols);
  if (!(left.largest * right.largest < SINGLE_MAX)) return productInDouble(backend, a, b);
  if (inner < CENTRE_FROM) return product(a, b);

  const rowCentres = left.sums.map((total, i) => coarse(total, left.squares[i] as number, inner));
  const colCentres = right.sums.map((total, j) => coarse(total, right.squares[j] as number, inner));
  const x = backend.alloc(rows, inner);
  const y = backend.alloc(inner, cols);
  subtractRows(backend.view(a), rowCentres, backend.view(x), inner);
  subtractColumns(backend.view(b), colCentres, backend.view(y));
  const centred = product(x, y);
  backend.release(x);
  backend.release(y);
  const out = backend.view(centred);
  for (let i = 0, at = 0; i < rows; i++) {
    const centre = rowCentres[i] as number;
    const rest = (left.sums[i] as number) - inner * centre;
    for (let j = 0; j < cols; j++, at++) {
      out[at] = (out[at] as number) + (centre * (right.sums[j] as number) + rest * (colCentres[j] as number));
    }
  }
  return centred;
}

const bits = new DataView(new ArrayBuffer(4));

/**
 * The mean of `inner` numbers to the nearest sixteenth of the power of two below it; 0 where the numbers vary by more than the
 * mean, and where there is no such grid. The shader does the same.
 */
export function coarse(sum: number, squares: number, inner: number): number {
  const mean = sum / inner;
  if (!(2 * mean * sum > squares)) return 0;
  bits.setFloat32(0, Math.abs(mean));
  bits.setUint32(0, bits.getUint32(0) & 0x7f800000);
  const grid = bits.getFloat32(0) / 16;
  return grid > 0 ? Math.floor(mean / grid + 0.5) * grid : 0;
}

interface Totals {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** The largest Euclidean norm; NaN or infinite where an element is. */
  readonly largest: number;
}

function rowTotals(x: Float32Array, rows: number, cols: number): Totals {
  const sums = new Float64Array(rows);
  const squares = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    let square = 0;
    for (const end = at + cols; at < end; at++) {
      const value = x[at] as number;
      sum += value;
      square += value * value;
    }
    sums[i] = sum;
    squares[i] = square;
  }
  return { sums, squares, largest: largest(squares) };
}

function columnTotals(x: Float32Array, rows: number, cols: number): Totals {
  const sums = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) {
      const value = x[at] as number;
      sums[j] = (sums[j] as number) + value;
      squares[j] = (squares[j] as number) + value * value;
    }
  }
  return { sums, squares, largest: largest(squares) };
}

function subtractRows(x: Float32Array, centres: Float64Array, out: Float32Array, width: number): void {
  for (let i = 0, at = 0; i < centres.length; i++) {
    const centre = centres[i] as number;
    for (const end = at + width; at < end; at++) out[at] = (x[at] as number) - centre;
  }
}

function subtractColumns(x: Float32Array, centres: Float64Array, out: Float32Array): void {
  const width = centres.length;
  for (let at = 0; at < out.length;) {
    for (let j = 0; j < width; j++, at++) out[at] = (x[at] as number) - (centres[j] as number);
  }
}

function largest(squares: Float64Array): number {
  let most = 0;
  for (const square of squares) most = Math.max(most, square);
  return Math.sqrt(most);
}

/** A B in double precision, for what is not finite, or may overflow on the way to a finite result, and for long sums. */
export function productInDouble(backend: HostBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = sizeOf(a);
  const [, cols] = sizeOf(b);
  const product = matmul(new Float64Array(backend.view(a)), new Float64Array(backend.view(b)), rows, inner, cols);
  const out = backend.alloc(rows, cols);
  backend.view(out).set(product);
  return out;
}
