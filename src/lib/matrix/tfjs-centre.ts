import type { TensorInfo } from '@tensorflow/tfjs-core';
import { matmul } from './matmul.ts';
import { sizeOf } from './tfjs-device.ts';
import type { HostBackend } from './tfjs-host.ts';

/**
 * From this length of the shared dimension on, products are centred. Shorter sums lose nothing worth the extra passes, and
 * small matrices of integers stay exact in any case.
 */
export const CENTRE_FROM = 64;

/** A product of sums of sizes below this overflows nowhere in single precision. */
const SINGLE_MAX = 2 ** 126;

/**
 * A B in float32 without the cancellation that near-constant factors bring. With a_i near the mean of row i of A, and b_j
 * near that of column j of B,
 *
 *   (A B)_ij = sum_k (A_ik - a_i)(B_kj - b_j) + a_i sum_k B_kj + b_j (sum_k A_ik - K a_i),
 *
 * whatever a and b are. The first term is the covariance that pictures show (STUDIES 0.4); in softmax pictures the others are
 * forty times larger and constant, and their rounding errors are what `normalize_image` would blow up. a and b lie on a coarse
 * grid, a sixteenth of the row's or column's mean size, so that subtracting them brings in few new bits: matrices of whole
 * numbers keep exact products.
 */
export function matmulCentred(backend: HostBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = sizeOf(a);
  const [, cols] = sizeOf(b);
  const left = rowTotals(backend.view(a), rows, inner);
  const right = columnTotals(backend.view(b), inner, cols);
  if (!(left.largest * right.largest < SINGLE_MAX)) return productInDouble(backend, a, b);
  if (inner < CENTRE_FROM) return backend.matmul(a, b);

  const rowCentres = left.sums.map((total, i) => coarse(total / inner, (left.sizes[i] as number) / inner));
  const colCentres = right.sums.map((total, j) => coarse(total / inner, (right.sizes[j] as number) / inner));
  const x = backend.alloc(rows, inner);
  const y = backend.alloc(inner, cols);
  subtractRows(backend.view(a), rowCentres, backend.view(x), inner);
  subtractColumns(backend.view(b), colCentres, backend.view(y));
  const product = backend.matmul(x, y);
  backend.release(x);
  backend.release(y);
  const out = backend.view(product);
  for (let i = 0, at = 0; i < rows; i++) {
    const centre = rowCentres[i] as number;
    const rest = (left.sums[i] as number) - inner * centre;
    for (let j = 0; j < cols; j++, at++) {
      out[at] = (out[at] as number) + (centre * (right.sums[j] as number) + rest * (colCentres[j] as number));
    }
  }
  return product;
}

const bits = new DataView(new ArrayBuffer(4));

/** `mean` to the nearest sixteenth of the power of two below `size`; 0 where there is no such grid. The shader does the same. */
export function coarse(mean: number, size: number): number {
  bits.setFloat32(0, size);
  bits.setUint32(0, bits.getUint32(0) & 0x7f800000);
  const grid = bits.getFloat32(0) / 16;
  return grid > 0 ? Math.floor(mean / grid + 0.5) * grid : 0;
}

interface Totals {
  readonly sums: Float64Array;
  /** Sums of absolute values. */
  readonly sizes: Float64Array;
  /** The largest of the sizes; NaN or infinite where an element is. */
  readonly largest: number;
}

function rowTotals(x: Float32Array, rows: number, cols: number): Totals {
  const sums = new Float64Array(rows);
  const sizes = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    let size = 0;
    for (const end = at + cols; at < end; at++) {
      const value = x[at] as number;
      sum += value;
      size += Math.abs(value);
    }
    sums[i] = sum;
    sizes[i] = size;
  }
  return { sums, sizes, largest: largest(sizes) };
}

function columnTotals(x: Float32Array, rows: number, cols: number): Totals {
  const sums = new Float64Array(cols);
  const sizes = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) {
      const value = x[at] as number;
      sums[j] = (sums[j] as number) + value;
      sizes[j] = (sizes[j] as number) + Math.abs(value);
    }
  }
  return { sums, sizes, largest: largest(sizes) };
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

function largest(sizes: Float64Array): number {
  let most = 0;
  for (const size of sizes) most = Math.max(most, size);
  return most;
}

/** XNNPACK clamps its results, and a clamped NaN is a number: what is not finite, or may overflow, goes the plain way. */
function productInDouble(backend: HostBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = sizeOf(a);
  const [, cols] = sizeOf(b);
  const product = matmul(Float64Array.from(backend.view(a)), Float64Array.from(backend.view(b)), rows, inner, cols);
  const out = backend.alloc(rows, cols);
  backend.view(out).set(product);
  return out;
}
