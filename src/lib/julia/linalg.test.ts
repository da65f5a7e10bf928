/** LinearAlgebra of the subset: values, derivatives against finite differences, and the words of its errors. */

import { describe, expect, it } from 'vitest';
import { createWasm } from '../matrix/wasm.ts';
import { allPacks } from './library/all.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import { evaluate, numberOf, numbersOf } from './testing.ts';

const A = 'A = [4.0 1 0.5; 1 3 0.2; 0.3 0.7 2]; ';
const S = 'A = [4.0 1 0.5; 1 3 0.2; 0.5 0.2 2]; ';

describe('values', () => {
  it.each([
    ['[1.0 2; 3 4] \\ [5, 6] ≈ [-4, 4.5]', 'true'],
    ['[1.0 2; 3 4] / [1.0 2; 3 4] ≈ [1 0; 0 1]', 'true'],
    ['[1 2] / [1 2; 3 4] ≈ [1 0]', 'true'],
    ['inv([1 2; 3 4]) ≈ [-2 1; 1.5 -0.5]', 'true'],
    ['[1 2; 3 4]^-1 ≈ inv([1 2; 3 4])', 'true'],
    ['2 \\ 4', '2.0'],
    ['x = [1 1; 1 2; 1 3] \\ [1, 2, 2]; x ≈ [2 / 3, 0.5]', 'true'],
    ['[1.0 1 0; 0 1 1] \\ [1, 2] ≈ [0, 1, 1]', 'true'],
    ["U, S, V = svd([1.0 2; 3 4; 5 6]); size(U), U * diagm(S) * V' ≈ [1 2; 3 4; 5 6]", '((3, 2), true)'],
    ['F = svd([1.0 2 3; 4 5 6]); F.U * diagm(F.S) * F.Vt ≈ [1 2 3; 4 5 6]', 'true'],
    ["F = eigen([2.0 1; 1 2]); F.vectors * diagm(F.values) * F.vectors' ≈ [2 1; 1 2]", 'true'],
    ['M = [2.0 1; 0 3]; F = eigen(M); M * F.vectors ≈ F.vectors * diagm(F.values)', 'true'],
    ['F = cholesky([4.0 2; 2 5]); F.L * F.U, F \\ [8, 7] ≈ [4 2; 2 5] \\ [8, 7]', '([4.0 2.0; 2.0 5.0], true)'],
    ['F = lu([1.0 2; 3 4]); F.P * [1.0 2; 3 4] ≈ F.L * F.U', 'true'],
    ["Q, R = qr([3.0 1; 4 2]); Q' * Q ≈ [1 0; 0 1], R[2, 1] == 0", '(true, true)'],
    ['exp([0.0 1; 0 0])', '2×2 Matrix{Float64}:\n 1.0  1.0\n 0.0  1.0'],
    ['exp([1.0 0; 0 2]) ≈ [exp(1) 0; 0 exp(2)]', 'true'],
    ['exp([0 20.0; -20 0]) ≈ [cos(20) sin(20); -sin(20) cos(20)]', 'true'],
    ['rank([1 2; 3 4]), rank(zeros(2, 2)), rank([1 2 3; 2 4 6])', '(2, 0, 1)'],
    ['size(nullspace([1.0 1 0]))', '(3, 2)'],
    ['det([2 0; 0 3]), det(3.5)', '(6.0, 3.5)'],
    ['inv(Float32[1 2; 3 4]) isa Matrix{Float32}', 'true'],
  ])('%s', (program, text) => expect(evaluate(program).text).toBe(text));
});

describe('errors', () => {
  it.each([
    ['inv([1 2; 2 4])', 'SingularException(2)'],
    ['inv([1 2 3; 4 5 6])', 'DimensionMismatch: matrix is not square: dimensions are (2, 3)'],
    ['[1 2; 3 4] \\ [1, 2, 3]', 'DimensionMismatch: arguments must have the same number of rows: A has 2, B has 3'],
    ['cholesky([1 2; 2 1])', 'PosDefException: matrix is not positive definite; Factorization failed.'],
    ['cholesky([1 2; 3 4])', 'PosDefException: matrix is not Hermitian; Cholesky factorization failed.'],
    ['svd([1 NaN; 0 1])', 'ArgumentError: matrix contains Infs or NaNs'],
    [
      'eigvals([0 1; -1 0])',
      'unsupported: a matrix with complex eigenvalues (svd works for every matrix) is not in this subset of Julia',
    ],
    ['logdet([0 1; 1 0])', /^DomainError with -1.0/],
    ['opnorm([1 2], 3)', 'ArgumentError: invalid p-norm p=3.0. Valid: 1, 2, Inf'],
  ])('%s', (program, message) => {
    const { trouble } = evaluate(program);
    if (typeof message === 'string') expect(trouble?.message).toBe(message);
    else expect(trouble?.message).toMatch(message);
  });
});

/** A number of A, and the matrix to take it at. Weights W make every entry count. */
const functions: readonly (readonly [body: string, at: string])[] = [
  ['sum(inv(A) .* W)', A],
  ['sum((A^-2) .* W)', A],
  ['sum((A \\ W) .* W)', A],
  ['sum((W \\ A) .* W)', A],
  ['sum((W / A) .* W)', A],
  ['sum((A \\ [1, 2, 3]) .* [3, 1, 2])', A],
  ['det(A)', A],
  ['logdet(A)', A],
  ['sum(svdvals(A) .* [1, 2, 3])', A],
  ['opnorm(A)', A],
  ['cond(A)', A],
  ['sum(abs2, svd(A).U[:, 1:2] .* W[:, 1:2])', A],
  ['sum(abs2, svd(A).V[:, 1:2] .* W[:, 1:2])', A],
  ['F = svd(A); sum((F.U * diagm(sqrt.(F.S)) * F.Vt) .* W)', A],
  ['sum(pinv(A[:, 1:2]) .* W[1:2, :])', A],
  ['sum((A[:, 1:2] \\ [1, 2, 3]) .* [1, 2])', A],
  ['sum(exp(A ./ 3) .* W)', A],
  ["sum(eigvals((A + A') / 2) .* [1, 2, 3])", S],
  ["sum(abs2, eigen((A + A') / 2).vectors .* W)", S],
  ["sum(cholesky((A + A') / 2).L .* W)", S],
  ['sum(triu(A) .* W) + sum(tril(A, -1) .* A)', A],
  ['sum(normalize(A) .* W)', A],
];
const W = 'W = [0.3 -1 2; 1.5 0.7 -0.4; 0.9 1.1 1.3]; ';

describe('derivatives', () => {
  it.each(functions)('of %s', (body, at) => {
    const f = `${W}${at}f(A) = (${body}); `;
    const gradient = numbersOf(`${f}gradient(f, A)[1]`);
    for (let k = 0; k < 9; k++) {
      const step = `E = zeros(3, 3); E[${Math.floor(k / 3) + 1}, ${(k % 3) + 1}] = 1e-5; `;
      const slope = numberOf(`${f}${step}(f(A + E) - f(A - E)) / 2e-5`);
      expect(gradient[k]).toBeCloseTo(slope, 5);
    }
  });

  it('of a derivative are refused', () => {
    expect(evaluate('gradient(x -> gradient(y -> inv([y 0; 0 1.0])[1, 1], x)[1], 2.0)').trouble?.message).toMatch(
      /second derivatives of inv are not supported here/,
    );
  });
});

describe('on single precision', async () => {
  const engine = await createWasm();
  it.each(functions)('%s', (body, at) => {
    const program = `${W}${at}f(A) = (${body}); gradient(f, A)[1]`;
    const book = new Notebook(engine, {}, { packs: allPacks });
    book.setCells([{ id: 'a', program: parse(program) }]);
    const view = book.run()[0]?.view;
    if (view?.kind !== 'matrix') throw new Error('no matrix');
    numbersOf(program).forEach((x, k) => expect(view.data[k]).toBeCloseTo(x, 3));
  });
});
