import type { TensorInfo } from '@tensorflow/tfjs-core';
import { matmul } from './matmul.ts';
import { sizeOf } from './tfjs-device.ts';
import type { HostBackend } from './tfjs-host.ts';

/**
 * From this length of the shared dimension on, products are centred. Shorter sums lose nothing worth the extra passes, and
 * small matrices of integers stay exact in any case.
 */
export const CENTRE_FROM = 64;

/**
 * A B in float32 without the cancellation that near-constant factors bring. With a_i near the mean of row i of A, and b_j
 * near that of column j of B,
 *
 *   (A B)_ij = sum_k (A_ik - a_i)(B_kj - b_j) + a_i sum_k B_kj + b_j (sum_k A_ik - K a_i),
 *
 * whatever a and b are. The first term is the covariance that pictures show (STUDIES 0.4); in softmax pictures the others are
 * forty times larger and constant, and their rounding errors are what `normalize_image` would blow up. a and b are rounded
 * to five significant bits, so that the differences of integers, and of pixels over 255 alike, carry few bits themselves:
 * integer matrices keep exact products.
 */
export function matmulCentred(backend: HostBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = sizeOf(a);
  const [, cols] = sizeOf(b);
  const rowSums = new Float64Array(rows);
  const colSums = new Float64Array(cols);
  if (!sums(backend.view(a), rows, inner, rowSums, colSums, b, backend)) return productOfNonFinite(backend, a, b);
  if (inner < CENTRE_FROM) return backend.matmul(a, b);

  const rowCentres = rowSums.map((total) => coarse(total / inner));
  const colCentres = colSums.map((total) => coarse(total / inner));
  const left = backend.alloc(rows, inner);
  const right = backend.alloc(inner, cols);
  subtractRows(backend.view(a), rowCentres, backend.view(left), inner);
  subtractCols(backend.view(b), colCentres, backend.view(right));
  const product = backend.matmul(left, right);
  backend.release(left);
  backend.release(right);
  const out = backend.view(product);
  for (let i = 0, at = 0; i < rows; i++) {
    const centre = rowCentres[i] as number;
    const rest = (rowSums[i] as number) - inner * centre;
    for (let j = 0; j < cols; j++, at++) {
      out[at] = (out[at] as number) + (centre * (colSums[j] as number) + rest * (colCentres[j] as number));
    }
  }
  return product;
}

const bits = new DataView(new ArrayBuffer(4));

/** Rounds to five significant bits, the same as the shader does. Not for values that are not finite. */
export function coarse(x: number): number {
  bits.setFloat32(0, x);
  bits.setUint32(0, (bits.getUint32(0) + 0x00040000) & 0xfff80000);
  return bits.getFloat32(0);
}

/** Row sums of A, column sums of B; false where either holds a NaN or an infinity. */
function sums(
  x: Float32Array,
  rows: number,
  inner: number,
  rowSums: Float64Array,
  colSums: Float64Array,
  b: TensorInfo,
  backend: HostBackend,
): boolean {
  let check = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    let total = 0;
    for (const end = at + inner; at < end; at++) total += x[at] as number;
    rowSums[i] = total;
    check += total;
  }
  const y = backend.view(b);
  const cols = colSums.length;
  for (let k = 0, at = 0; k < inner; k++) {
    for (let j = 0; j < cols; j++, at++) colSums[j] = (colSums[j] as number) + (y[at] as number);
  }
  for (const total of colSums) check += total;
  return Number.isFinite(check);
}

function subtractRows(x: Float32Array, centres: Float64Array, out: Float32Array, width: number): void {
  for (let i = 0, at = 0; i < centres.length; i++) {
    const centre = centres[i] as number;
    for (const end = at + width; at < end; at++) out[at] = (x[at] as number) - centre;
  }
}

function subtractCols(x: Float32Array, centres: Float64Array, out: Float32Array): void {
  const width = centres.length;
  for (let at = 0; at < out.length;) {
    for (let j = 0; j < width; j++, at++) out[at] = (x[at] as number) - (centres[j] as number);
  }
}

/** XNNPACK clamps its results, and a clamped NaN is a number: such factors go the plain way. */
function productOfNonFinite(backend: HostBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [rows, inner] = sizeOf(a);
  const [, cols] = sizeOf(b);
  const product = matmul(Float64Array.from(backend.view(a)), Float64Array.from(backend.view(b)), rows, inner, cols);
  const out = backend.alloc(rows, cols);
  backend.view(out).set(product);
  return out;
}
