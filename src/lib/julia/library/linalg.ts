/** LinearAlgebra beyond products: systems, determinants, decompositions (decompose.ts). */

import { CholeskyDecomposition, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import {
  alongInverse,
  cholesky,
  dense,
  determinant,
  eigen,
  isSymmetric,
  matrix,
  pseudoinverse,
  rankOf,
  scalarResult,
  singularValues,
  svd,
  transposed,
  upload,
  vector,
} from '../derivative/decompose.ts';
import { JuliaError, argumentError, domainError, errorException, unsupportedError } from '../errors.ts';
import { numbers } from '../iterate.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { floatText } from '../show/number.ts';
import { checkSquare, floating, luOf, numbersIn, solve } from '../derivative/solve.ts';
import { Arr, Factorization, Lane, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { matrixOf, shapes } from './linalg-shapes.ts';
import { entry } from './table.ts';
import { wrapperMethods, wrappers } from './wrappers.ts';
import type { Entry } from './table.ts';
import type { Pack } from './pack.ts';

function untracked(rt: Runtime, a: Arr, name: string): void {
  if (rt.node(a).tracked) throw errorException(`gradient cannot follow ${name}; svd and cholesky have derivatives`);
}

/** A \ B: the solution where A is square, otherwise the one of least squares and least norm. */
function leftDivide(rt: Runtime, left: Value, right: Value): Value {
  if (scalarType(left)) return binary(rt, '/', right, left);
  const a = matrixOf(rt, left, '\\');
  const b = numbers(rt, right, '\\');
  if (a.rows === a.cols || a.rows !== b.rows) return solve(rt, a, b);
  const node = rt.ops.matmul(rt.node(pseudoinverse(rt, a)), rt.node(b));
  return new Arr(floating(a.eltype), b.ndims, node, node.rows, node.cols);
}

const typed = (name: string, a: Arr): string => {
  const t = floating(a.eltype);
  return `${name}{${t}, ${t}, Matrix{${t}}, Vector{${t}}}`;
};

const entries: readonly Entry[] = [
  entry(
    {
      name: '\\',
      signature: 'A \\ b',
      doc: 'The x with A x = b; of least squares where A is not square.',
      examples: [['[2.0 0; 0 4] \\ [1, 2]', '2-element Vector{Float64}: 0.5 0.5']],
    },
    [2, 2],
    (rt, [a = null, b = null]) => leftDivide(rt, a, b),
  ),
  entry(
    { name: 'det', signature: 'det(A)', doc: 'Determinant.', examples: [['det([1 2; 3 4]) ≈ -2', 'true']] },
    [1, 1],
    (rt, [v = null]) => {
      if (scalarType(v)) return v;
      const a = matrixOf(rt, v, 'det');
      const { value } = determinant(rt, a);
      return scalarResult(rt, 'det', a, value, (da) => alongInverse(rt, a, da, value));
    },
  ),
  entry(
    {
      name: 'logdet',
      signature: 'logdet(A)',
      doc: 'Logarithm of the determinant.',
      examples: [['logdet([2.0 0; 0 3]) ≈ log(6)', 'true']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'logdet');
      const { log, sign, value } = determinant(rt, a);
      if (sign < 0)
        throw domainError(
          floatText(value),
          'logdet was called with a matrix whose determinant is negative; take logabsdet.',
        );
      return scalarResult(rt, 'logdet', a, log, (da) => alongInverse(rt, a, da, 1));
    },
  ),
  entry(
    {
      name: 'rank',
      signature: 'rank(A)',
      doc: 'How many singular values are greater than rounding.',
      differentiable: 'no',
      examples: [['rank([1 2; 2 4])', '1']],
    },
    [1, 1],
    (rt, [v = null]) =>
      scalarType(v) ? BigInt(Number(rt.number(v) !== 0)) : BigInt(rankOf(rt, matrixOf(rt, v, 'rank'))),
  ),
  entry(
    {
      name: 'svd',
      signature: 'U, S, V = svd(A)',
      doc: 'Singular value decomposition, thin: A = U * Diagonal(S) * V′; also .Vt.',
      examples: [['svd([3 0; 0 4]).S', '2-element Vector{Float64}: 4.0 3.0']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'svd');
      if (a.length === 0) throw argumentError('svd of an empty matrix');
      const d = svd(rt, a);
      const [U, S, V] = [matrix(a, d.u), vector(a, d.s), matrix(a, d.v)];
      const Vt = transposed(rt, V);
      return new Factorization(typed('SVD', a), a, [U, S, V], { U, S, V, Vt }, [
        ['U factor', U],
        ['singular values', S],
        ['Vt factor', Vt],
      ]);
    },
  ),
  entry(
    {
      name: 'svdvals',
      signature: 'svdvals(A)',
      doc: 'Singular values, largest first.',
      examples: [['svdvals([3 0; 0 4])', '2-element Vector{Float64}: 4.0 3.0']],
    },
    [1, 1],
    (rt, [v = null]) => singularValues(rt, matrixOf(rt, v, 'svdvals')),
  ),
  entry(
    {
      name: 'eigen',
      signature: 'values, vectors = eigen(A)',
      doc: 'Eigenvalues in ascending order and eigenvectors, of a matrix whose eigenvalues are real.',
      examples: [['eigen([2.0 0; 0 1]).values', '2-element Vector{Float64}: 1.0 2.0']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'eigen');
      const d = eigen(rt, 'eigen', a);
      const [values, vectors] = [vector(a, d.values), matrix(a, d.vectors)];
      return new Factorization(typed('Eigen', a), a, [values, vectors], { values, vectors }, [
        ['values', values],
        ['vectors', vectors],
      ]);
    },
  ),
  entry(
    {
      name: 'eigvals',
      signature: 'eigvals(A)',
      doc: 'Eigenvalues in ascending order, where they are real.',
      examples: [['eigvals([2.0 1; 1 2]) ≈ [1, 3]', 'true']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'eigvals');
      return vector(a, eigen(rt, 'eigvals', a).values);
    },
  ),
  entry({ name: 'eigvecs', signature: 'eigvecs(A)', doc: 'Eigenvectors, a column each.' }, [1, 1], (rt, [v = null]) => {
    const a = matrixOf(rt, v, 'eigvecs');
    return matrix(a, eigen(rt, 'eigvecs', a).vectors);
  }),
  entry(
    {
      name: 'qr',
      signature: 'Q, R = qr(A)',
      doc: 'QR decomposition; Q is given as its thin matrix.',
      differentiable: 'no',
      examples: [['Q, R = qr([1.0 2; 3 4]); Q * R ≈ [1 2; 3 4]', 'true']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'qr');
      untracked(rt, a, 'qr');
      if (a.rows < a.cols) {
        throw unsupportedError(
          'qr of a matrix that is wider than tall (qr(A′) and svd(A) work)',
          rt.span ?? { from: 0, to: 0 },
        );
      }
      const d = new QrDecomposition(dense(rt, a));
      const [Q, R] = [matrix(a, upload(rt, d.orthogonalMatrix)), matrix(a, upload(rt, d.upperTriangularMatrix))];
      const t = floating(a.eltype);
      return new Factorization(`LinearAlgebra.QRCompactWY{${t}, Matrix{${t}}, Matrix{${t}}}`, a, [Q, R], { Q, R }, [
        ['Q factor', Q],
        ['R factor', R],
      ]);
    },
  ),
  entry(
    {
      name: 'lu',
      signature: 'L, U, p = lu(A)',
      doc: 'LU decomposition of a square matrix with row exchanges: A[p, :] = L * U.',
      differentiable: 'no',
      examples: [['A = [1.0 2; 3 4]; L, U, p = lu(A); A[p, :] == L * U', 'true']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'lu');
      untracked(rt, a, 'lu');
      checkSquare(a);
      rt.meter.work(a.rows ** 3 / 8);
      const { n, packed, rows, singular } = luOf(numbersIn(rt, a), a.rows);
      if (singular >= 0) throw new JuliaError('SingularException', `SingularException(${singular + 1})`);
      const part = (keep: (i: number, j: number) => number | null): Arr =>
        new Arr(
          floating(a.eltype),
          2,
          Float64Array.from({ length: n * n }, (_, k) => keep(Math.floor(k / n), k % n) ?? (packed[k] as number)),
          n,
          n,
        );
      const L = part((i, j) => (i === j ? 1 : i < j ? 0 : null));
      const U = part((i, j) => (i > j ? 0 : null));
      const p = new Arr(
        'Int64',
        1,
        Float64Array.from(rows, (k) => k + 1),
        n,
        1,
      );
      const P = new Arr('Float64', 2, new Float64Array(n * n), n, n);
      rows.forEach((from, k) => ((P.host as Float64Array)[k * n + from] = 1));
      const t = floating(a.eltype);
      return new Factorization(`LU{${t}, Matrix{${t}}, Vector{Int64}}`, a, [L, U, p], { L, U, p, P }, [
        ['L factor', L],
        ['U factor', U],
      ]);
    },
  ),
  entry(
    {
      name: 'cholesky',
      signature: 'cholesky(A)',
      doc: 'L and U = L′ with A = L * L′, for a symmetric positive definite A.',
      examples: [['cholesky([4.0 2; 2 5]).L', '2×2 Matrix{Float64}: 2.0 0.0 1.0 2.0']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'cholesky');
      const L = cholesky(rt, a);
      const U = transposed(rt, L);
      const t = floating(a.eltype);
      return new Factorization(`Cholesky{${t}, Matrix{${t}}}`, a, [L, U], { L, U }, [['U factor', U]]);
    },
  ),
  entry(
    {
      name: 'pinv',
      signature: 'pinv(A)',
      doc: 'Moore-Penrose pseudoinverse.',
      examples: [['pinv([2.0 0; 0 0])', '2×2 Matrix{Float64}: 0.5 0.0 0.0 0.0']],
    },
    [1, 1],
    (rt, [v = null]) => pseudoinverse(rt, matrixOf(rt, v, 'pinv')),
  ),
  entry(
    {
      name: 'nullspace',
      signature: 'nullspace(A)',
      doc: 'Orthonormal columns that A sends to 0.',
      differentiable: 'no',
      examples: [['A = [1.0 1; 1 1]; N = nullspace(A); maximum(abs, A * N) < 1e-12', 'true']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'nullspace');
      untracked(rt, a, 'nullspace');
      const { rows, cols } = a;
      // Rows of zeros make the right singular vectors complete.
      const tall = new Float64Array(Math.max(rows, cols) * cols);
      tall.set(numbersIn(rt, a));
      const d = new SingularValueDecomposition(dense(rt, new Arr('Float64', 2, tall, Math.max(rows, cols), cols)), {
        autoTranspose: true,
      });
      const rank = rankOf(rt, a);
      const node = rt.ops.slice(upload(rt, d.rightSingularVectors), 0, rank, cols, cols - rank);
      return matrix(a, node);
    },
  ),
  entry(
    {
      name: 'cond',
      signature: 'cond(A)',
      doc: 'Condition number: greatest over least singular value.',
      examples: [['cond([4 0; 0 2])', '2.0']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const s = rt.node(singularValues(rt, matrixOf(rt, v, 'cond')));
      const { ops } = rt;
      return new Lane('Float64', ops.binary('div', ops.slice(s, 0, 0, 1, 1), ops.slice(s, s.rows - 1, 0, 1, 1)));
    },
  ),
  entry(
    {
      name: 'opnorm',
      signature: 'opnorm(A, p)',
      doc: 'How much A can lengthen a vector, in the norm p: 1, 2 or Inf.',
      examples: [['opnorm([3 0; 0 4]), opnorm([1 2; 3 4], 1), opnorm([1 2; 3 4], Inf)', '(4.0, 6.0, 7.0)']],
    },
    [1, 2],
    (rt, [v = null, p = 2n]) => {
      const a = matrixOf(rt, v, 'opnorm');
      const { ops } = rt;
      const order = rt.number(p);
      if (order === 2) return new Lane(floating(a.eltype), ops.slice(rt.node(singularValues(rt, a)), 0, 0, 1, 1));
      if (order !== 1 && order !== Infinity)
        throw argumentError(`invalid p-norm p=${floatText(order)}. Valid: 1, 2, Inf`);
      const sums = ops.reduce('sum', ops.unary('abs', rt.node(a)), order === 1 ? 1 : 2);
      return new Lane(floating(a.eltype), ops.reduce('max', sums, 'all'));
    },
  ),
  ...shapes,
  entry(
    {
      name: 'isposdef',
      signature: 'isposdef(A)',
      doc: 'Whether A is symmetric and positive definite.',
      differentiable: 'no',
      examples: [['isposdef([2 1; 1 2]), isposdef([1 2; 2 1])', '(true, false)']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = matrixOf(rt, v, 'isposdef');
      if (a.rows !== a.cols || !isSymmetric(numbersIn(rt, a), a.rows)) return false;
      return new CholeskyDecomposition(dense(rt, a)).isPositiveDefinite();
    },
  ),
  entry(
    {
      name: 'normalize',
      signature: 'normalize(v)',
      doc: 'v divided by its norm.',
      examples: [['normalize([3, 4])', '2-element Vector{Float64}: 0.6 0.8']],
    },
    [1, 1],
    (rt, [v = null]) => binary(rt, '/', v, rt.call(rt.fn('norm'), [v])),
  ),
];

export const pack: Pack = { entries: [...entries, ...wrappers], methods: wrapperMethods };
