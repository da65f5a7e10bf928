/**
 * Square systems, inverses and the exponential of a matrix. Systems are solved on the host in double precision, by Gaussian elimination
 * with row exchanges (Golub & Van Loan, Matrix Computations, 3.4); on an engine of single precision only the factors are rounded.
 */

import type { Node } from '../../matrix/tape.ts';
import { floatOf, realOf } from '../eltypes.ts';
import { dimensionMismatch, errorException, singularException } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, List, promote } from '../values.ts';
import type { Eltype, Value } from '../values.ts';

/** P A = L U, all in one n×n array: L below the diagonal (its own is 1), U on and above it. */
export interface Lu {
  readonly n: number;
  readonly packed: Float64Array;
  /** Row k of P A is row `rows[k]` of A. */
  readonly rows: Int32Array;
  /** 1 or -1: the sign of the permutation. */
  readonly sign: 1 | -1;
  /** Index of the first zero pivot; -1 where there is none. */
  readonly singular: number;
}

export function luOf(a: Float64Array, n: number): Lu {
  const packed = a.slice();
  const rows = Int32Array.from({ length: n }, (_, k) => k);
  let sign: 1 | -1 = 1;
  let singular = -1;
  const at = (i: number, j: number): number => packed[i * n + j] as number;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(at(i, k)) > Math.abs(at(pivot, k))) pivot = i;
    if (at(pivot, k) === 0) {
      if (singular < 0) singular = k;
      continue;
    }
    if (pivot !== k) {
      for (let j = 0; j < n; j++) {
        const x = at(k, j);
        packed[k * n + j] = at(pivot, j);
        packed[pivot * n + j] = x;
      }
      [rows[k], rows[pivot]] = [rows[pivot] as number, rows[k] as number];
      sign = sign === 1 ? -1 : 1;
    }
    const diagonal = at(k, k);
    for (let i = k + 1; i < n; i++) {
      const factor = at(i, k) / diagonal;
      packed[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1, p = i * n + k + 1, q = k * n + k + 1; j < n; j++, p++, q++) {
        packed[p] = (packed[p] as number) - factor * (packed[q] as number);
      }
    }
  }
  return { n, packed, rows, sign, singular };
}

/** X with A X = B, for B of n rows and `m` columns, row-major. */
export function solveLu({ n, packed, rows }: Lu, b: Float64Array, m: number): Float64Array {
  const x = new Float64Array(n * m);
  rows.forEach((row, k) => x.set(b.subarray(row * m, row * m + m), k * m));
  const take = (i: number, k: number, factor: number): void => {
    if (factor === 0) return;
    for (let j = 0, p = i * m, q = k * m; j < m; j++, p++, q++) x[p] = (x[p] as number) - factor * (x[q] as number);
  };
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) take(i, k, packed[i * n + k] as number);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) take(i, k, packed[i * n + k] as number);
    const diagonal = packed[i * n + i] as number;
    for (let j = 0, p = i * m; j < m; j++, p++) x[p] = (x[p] as number) / diagonal;
  }
  return x;
}

/** Float32 stays; whole numbers become Float64, as in LinearAlgebra. */
export const floating = (type: Eltype): Eltype => floatOf(realOf(type));

/** The numbers of an array, whether or not a gradient is taken of it. Row-major; not to be written to. */
export function numbersIn(rt: Runtime, a: Arr): Float64Array {
  return rt.node(a).tracked ? rt.ops.download(rt.ops.detach(rt.node(a))) : rt.host(a);
}

/**
 * A value computed on the host, with the derivative it has: `value` plus `change(dA)`, where dA is A - A, zero, but tracked. So the
 * value keeps its digits, and the reverse pass sees the linear map `change`, written in the engine's primitives.
 * @throws ErrorException inside a second gradient, of which `change` knows nothing
 */
export function withDerivative(rt: Runtime, name: string, a: Arr, value: Node, change: (da: Node) => Node): Node {
  const node = rt.node(a);
  if (!node.tracked) return value;
  if (rt.gradients > 1) throw errorException(`second derivatives of ${name} are not supported here`);
  return rt.ops.binary('add', value, change(rt.ops.binary('sub', node, rt.ops.detach(node))));
}

export function checkSquare(a: Arr): void {
  if (a.rows !== a.cols) throw dimensionMismatch(`matrix is not square: dimensions are (${a.rows}, ${a.cols})`);
}

/** The decomposition of a square matrix that can be solved with. @throws SingularException, DimensionMismatch */
export function regular(rt: Runtime, a: Arr): Lu {
  checkSquare(a);
  rt.meter.room(a.length);
  rt.meter.work(a.rows ** 3 / 8);
  const lu = luOf(numbersIn(rt, a), a.rows);
  if (lu.singular >= 0) throw singularException(lu.singular + 1);
  return lu;
}

function unit(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) out[k * n + k] = 1;
  return out;
}

/** The inverse as a constant: for derivatives. */
export function inverseNode(rt: Runtime, a: Arr): Node {
  const lu = regular(rt, a);
  return rt.ops.upload(solveLu(lu, unit(lu.n), lu.n), lu.n, lu.n);
}

/** A⁻¹; d(A⁻¹) = -A⁻¹ dA A⁻¹. */
export function inverse(rt: Runtime, a: Arr): Arr {
  const { ops } = rt;
  const b = inverseNode(rt, a);
  const node = withDerivative(rt, 'inv', a, b, (da) => ops.unary('neg', ops.matmul(ops.matmul(b, da), b)));
  return new Arr(floating(a.eltype), 2, node, a.rows, a.cols);
}

/** X with A X = B, A square; dX = A⁻¹ (dB - dA X). @throws SingularException, DimensionMismatch */
export function solve(rt: Runtime, a: Arr, b: Arr): Arr {
  const { ops } = rt;
  if (a.rows !== b.rows)
    throw dimensionMismatch(`arguments must have the same number of rows: A has ${a.rows}, B has ${b.rows}`);
  const lu = regular(rt, a);
  const type = floating(promote(a.eltype, b.eltype));
  const x = ops.upload(solveLu(lu, numbersIn(rt, b), b.cols), b.rows, b.cols);
  const tracked = rt.node(a).tracked || rt.node(b).tracked;
  if (!tracked) return new Arr(type, b.ndims, x, b.rows, b.cols);
  const back = ops.upload(solveLu(lu, unit(lu.n), lu.n), lu.n, lu.n);
  const right = withDerivative(rt, '\\', b, x, (db) => ops.matmul(back, db));
  const node = withDerivative(rt, '\\', a, right, (da) =>
    ops.unary('neg', ops.matmul(back, ops.matmul(da, ops.detach(right)))),
  );
  return new Arr(type, b.ndims, node, b.rows, b.cols);
}

/** A / B = (B' \ A')', as a method of `/`; undefined where these are no two matrices. */
export function divideMatrices(rt: Runtime, [given, b]: readonly Value[]): Value | undefined {
  if (!(given instanceof Arr || given instanceof List) || given.ndims !== 2) return undefined;
  if (!(b instanceof Arr) || b.ndims !== 2) return undefined;
  const a = numbers(rt, given, '/');
  const turned = (m: Arr): Arr => new Arr(m.eltype, 2, rt.ops.transpose(rt.node(m)), m.cols, m.rows);
  if (a.cols !== b.cols)
    throw dimensionMismatch(`arguments must have the same number of columns: A has ${a.cols}, B has ${b.cols}`);
  const x = solve(rt, turned(b), turned(a));
  return new Arr(x.eltype, 2, rt.ops.transpose(rt.node(x)), x.cols, x.rows, a.row);
}

/** Terms of the series that leave less than 1e-16 at a norm of 1/2. */
const terms = 14;

/** e^A by its series, scaled until the norm is at most 1/2 and squared back (Golub & Van Loan, 9.3): primitives alone, so it has a gradient. */
export function exponential(rt: Runtime, a: Arr): Arr {
  checkSquare(a);
  const { ops } = rt;
  let norm = 0;
  const host = numbersIn(rt, a);
  for (let i = 0; i < a.rows; i++) {
    let row = 0;
    for (let j = 0; j < a.cols; j++) row += Math.abs(host[i * a.cols + j] as number);
    norm = Math.max(norm, row);
  }
  const halvings = Number.isFinite(norm) ? Math.max(0, Math.ceil(Math.log2(norm || 1)) + 1) : 0;
  const scaled = ops.binary('mul', rt.node(a), ops.scalar(2 ** -halvings));
  const eye = ops.upload(unit(a.rows), a.rows, a.rows);
  // Horner: I + A (I + A/2 (I + A/3 (...)))
  let sum = eye;
  for (let k = terms; k > 0; k--)
    sum = ops.binary('add', eye, ops.matmul(ops.binary('mul', scaled, ops.scalar(1 / k)), sum));
  for (let k = 0; k < halvings; k++) sum = ops.matmul(sum, sum);
  return new Arr(floating(a.eltype), 2, sum, a.rows, a.cols);
}
