/**
 * Decompositions of a matrix, by ml-matrix, on the host in double precision; their derivatives are written in the engine's primitives
 * (withDerivative). Signs of singular vectors and eigenvectors are not determined by the mathematics, and may differ from LAPACK's.
 */

import { CholeskyDecomposition, EigenvalueDecomposition, Matrix as Dense, SingularValueDecomposition } from 'ml-matrix';
import type { Node } from '../../matrix/tape.ts';
import { JuliaError, argumentError, errorException, unsupportedError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { checkSquare, floating, inverseNode, luOf, numbersIn, withDerivative } from './solve.ts';
import { Arr, Lane, boxed } from '../values.ts';
import type { Value } from '../values.ts';

/** The matrix for ml-matrix. @throws ArgumentError where a number is not finite */
export function dense(rt: Runtime, a: Arr): Dense {
  const data = numbersIn(rt, a);
  if (!data.every(Number.isFinite)) throw argumentError('matrix contains Infs or NaNs');
  // What a decomposition costs, against products: about 25 n³ multiplications.
  rt.meter.work(a.rows * a.cols * Math.min(a.rows, a.cols) * 2);
  return Dense.from1DArray(a.rows, a.cols, data);
}

export function upload(rt: Runtime, m: Dense): Node {
  return rt.ops.upload(m.to1DArray(), m.rows, m.columns);
}

export const matrix = (a: Arr, node: Node): Arr => new Arr(floating(a.eltype), 2, node, node.rows, node.cols);
export const vector = (a: Arr, node: Node): Arr => new Arr(floating(a.eltype), 1, node, node.rows, 1);

export const transposed = (rt: Runtime, a: Arr): Arr => matrix(a, rt.ops.transpose(rt.node(a)));

/** The diagonal of an n×n matrix as a column. */
export function diagonalOf(rt: Runtime, node: Node): Node {
  const n = Math.min(node.rows, node.cols);
  const places = Float64Array.from({ length: n }, (_, k) => k * node.cols + k);
  return rt.ops.gather(node, rt.ops.upload(places, n, 1));
}

/** 1 / (x_j - x_i), and 0 where the two are equal: what mixes the vectors of a decomposition. */
export function differences(rt: Runtime, x: ArrayLike<number>): Node {
  const n = x.length;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const gap = (x[j] as number) - (x[i] as number);
      data[i * n + j] = i === j || gap === 0 ? 0 : 1 / gap;
    }
  }
  return rt.ops.upload(data, n, n);
}

export interface Svd {
  readonly u: Node;
  readonly s: Node;
  readonly v: Node;
  readonly values: Float64Array;
}

/**
 * The thin singular value decomposition and its derivative: with P = U' dA V and F_ij = 1 / (s_j² - s_i²), dS = diag P,
 * dU = U (F ∘ (P S + S P')) + (I - U U') dA V S⁻¹, and dV likewise (Giles, Collected matrix derivative results, 3.2; Townsend 2016).
 */
export function svd(rt: Runtime, a: Arr): Svd {
  const { ops } = rt;
  const d = new SingularValueDecomposition(dense(rt, a), { autoTranspose: true });
  const values = Float64Array.from(d.diagonal);
  const k = values.length;
  const u = upload(rt, d.leftSingularVectors.subMatrix(0, a.rows - 1, 0, k - 1));
  const v = upload(rt, d.rightSingularVectors.subMatrix(0, a.cols - 1, 0, k - 1));
  const s = ops.upload(values, k, 1);
  const row = ops.transpose(s);
  const f = differences(
    rt,
    values.map((x) => x * x),
  );
  const inner = (da: Node): Node => ops.matmul(ops.matmul(ops.transpose(u), da), v);
  const rest = (q: Node, m: Node): Node => ops.binary('sub', m, ops.matmul(q, ops.matmul(ops.transpose(q), m)));
  return {
    values,
    s: withDerivative(rt, 'svd', a, s, (da) => diagonalOf(rt, inner(da))),
    u: withDerivative(rt, 'svd', a, u, (da) => {
      const p = inner(da);
      const mixed = ops.binary('add', ops.binary('mul', p, row), ops.binary('mul', s, ops.transpose(p)));
      const outside = ops.binary('div', rest(u, ops.matmul(da, v)), row);
      return ops.binary('add', ops.matmul(u, ops.binary('mul', f, mixed)), outside);
    }),
    v: withDerivative(rt, 'svd', a, v, (da) => {
      const p = inner(da);
      const mixed = ops.binary('add', ops.binary('mul', s, p), ops.binary('mul', ops.transpose(p), row));
      const outside = ops.binary('div', rest(v, ops.matmul(ops.transpose(da), u)), row);
      return ops.binary('add', ops.matmul(v, ops.binary('mul', f, mixed)), outside);
    }),
  };
}

/** Singular values alone, not increasing. */
export function singularValues(rt: Runtime, a: Arr): Arr {
  if (a.length === 0) return new Arr('Float64', 1, new Float64Array(0), 0, 1);
  return vector(a, svd(rt, a).s);
}

export function isSymmetric(data: ArrayLike<number>, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (data[i * n + j] !== data[j * n + i]) return false;
  return true;
}

/** Eigenvalues in ascending order and vectors of norm 1; dλ = diag (V⁻¹ dA V), dV = V (F ∘ (V⁻¹ dA V)) for a symmetric A. */
export function eigen(rt: Runtime, name: string, a: Arr): { values: Node; vectors: Node; type: 'Eigen' } {
  checkSquare(a);
  const { ops } = rt;
  const n = a.rows;
  const host = numbersIn(rt, a);
  const symmetric = isSymmetric(host, n);
  if (!symmetric && rt.node(a).tracked)
    throw errorException(`gradient cannot follow ${name} of a matrix that is not symmetric; take (A + A') / 2`);
  const d = new EigenvalueDecomposition(dense(rt, a), { assumeSymmetric: symmetric });
  const largest = Math.max(...d.realEigenvalues.map(Math.abs), 1e-300);
  if (d.imaginaryEigenvalues.some((x) => Math.abs(x) > 1e-12 * largest))
    throw unsupportedError(
      'a matrix with complex eigenvalues (svd works for every matrix)',
      rt.span ?? { from: 0, to: 0 },
    );
  const order = d.realEigenvalues.map((_, k) => k);
  order.sort((i, j) => (d.realEigenvalues[i] ?? 0) - (d.realEigenvalues[j] ?? 0));
  const values = Float64Array.from(order, (k) => d.realEigenvalues[k] ?? 0);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    const column = d.eigenvectorMatrix.getColumn(from);
    const norm = Math.hypot(...column) || 1;
    column.forEach((x, i) => (vectors[i * n + to] = x / norm));
  });
  const v = ops.upload(vectors, n, n);
  const inner = (da: Node): Node => ops.matmul(ops.matmul(ops.transpose(v), da), v);
  return {
    type: 'Eigen',
    values: withDerivative(rt, name, a, ops.upload(values, n, 1), (da) => diagonalOf(rt, inner(da))),
    vectors: withDerivative(rt, name, a, v, (da) =>
      ops.matmul(v, ops.binary('mul', differences(rt, values), inner(da))),
    ),
  };
}

/** L with A = L L'; dL = L Φ(L⁻¹ dA L⁻ᵀ), where Φ keeps the part below the diagonal and half of the diagonal (Murray 2016). */
export function cholesky(rt: Runtime, a: Arr): Arr {
  checkSquare(a);
  const { ops } = rt;
  const n = a.rows;
  if (!isSymmetric(numbersIn(rt, a), n))
    throw new JuliaError('PosDefException', 'PosDefException: matrix is not Hermitian; Cholesky factorization failed.');
  const d = new CholeskyDecomposition(dense(rt, a));
  if (!d.isPositiveDefinite())
    throw new JuliaError('PosDefException', 'PosDefException: matrix is not positive definite; Factorization failed.');
  const lower = upload(rt, d.lowerTriangularMatrix);
  const node = withDerivative(rt, 'cholesky', a, lower, (da) => {
    const back = inverseNode(rt, matrix(a, lower));
    const half = Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return i > j ? 1 : i === j ? 0.5 : 0;
    });
    const inner = ops.matmul(ops.matmul(back, da), ops.transpose(back));
    return ops.matmul(lower, ops.binary('mul', ops.upload(half, n, n), inner));
  });
  return matrix(a, node);
}

/** log |det A| and its sign. */
export function determinant(rt: Runtime, a: Arr): { value: number; log: number; sign: number; singular: boolean } {
  checkSquare(a);
  rt.meter.work(a.rows ** 3 / 8);
  const lu = luOf(numbersIn(rt, a), a.rows);
  let [value, log, sign] = [lu.sign as number, 0, lu.sign as number];
  for (let k = 0; k < lu.n; k++) {
    const pivot = lu.packed[k * lu.n + k] as number;
    value *= pivot;
    log += Math.log(Math.abs(pivot));
    sign *= Math.sign(pivot);
  }
  return { value, log, sign, singular: lu.singular >= 0 };
}

/** `factor` (A⁻¹)' : dA summed. */
export function alongInverse(rt: Runtime, a: Arr, da: Node, factor: number): Node {
  const back = rt.ops.transpose(inverseNode(rt, a));
  return rt.ops.binary('mul', rt.ops.reduce('sum', rt.ops.binary('mul', back, da), 'all'), rt.ops.scalar(factor));
}

export function scalarResult(rt: Runtime, name: string, a: Arr, value: number, change: (da: Node) => Node): Value {
  if (!rt.node(a).tracked) return boxed(value, floating(a.eltype));
  return new Lane(floating(a.eltype), withDerivative(rt, name, a, rt.ops.scalar(value), change));
}

/** How many singular values are not rounding: greater than min(m, n) eps times the largest. */
export function rankOf(rt: Runtime, a: Arr): number {
  if (a.length === 0) return 0;
  const { values } = svd(rt, constant(rt, a));
  const least = Math.min(a.rows, a.cols) * 2 ** -52 * (values[0] ?? 0);
  return values.filter((x) => x > least).length;
}

export const constant = (rt: Runtime, a: Arr): Arr =>
  new Arr(a.eltype, a.ndims, rt.ops.detach(rt.node(a)), a.rows, a.cols);

/** A⁺; its derivative is Golub & Pereyra's (1973). */
export function pseudoinverse(rt: Runtime, a: Arr): Arr {
  const { ops } = rt;
  const { u, s, v, values } = svd(rt, constant(rt, a));
  const least = Math.min(a.rows, a.cols) * 2 ** -52 * (values[0] ?? 0);
  const inverted = ops.upload(
    values.map((x) => (x > least ? 1 / x : 0)),
    1,
    s.rows,
  );
  const p = ops.matmul(ops.binary('mul', v, inverted), ops.transpose(u));
  const node = withDerivative(rt, 'pinv', a, p, (da) => {
    const [pt, dt] = [ops.transpose(p), ops.transpose(da)];
    const at = rt.ops.detach(rt.node(a));
    const minus = (x: Node, y: Node): Node => ops.binary('sub', x, y);
    const first = ops.matmul(ops.matmul(p, pt), minus(dt, ops.matmul(dt, ops.matmul(at, p))));
    const second = ops.matmul(minus(dt, ops.matmul(ops.matmul(p, at), dt)), ops.matmul(pt, p));
    return ops.binary('add', minus(ops.binary('add', first, second), ops.matmul(ops.matmul(p, da), p)), ops.scalar(0));
  });
  return matrix(a, node);
}
