/** Triangles of a matrix, and questions about where its zeros are. */

import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { numbersIn } from '../derivative/solve.ts';
import { Arr, Factorization } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

export function matrixOf(rt: Runtime, v: Value, name: string): Arr {
  const a = v instanceof Factorization ? v.source : numbers(rt, v, name);
  if (a.ndims !== 2) throw noMethod(name, [v]);
  return a;
}

/** Everything on one side of diagonal k is 0. */
function triangle(about: About, keeps: (i: number, j: number, k: number) => boolean): Entry {
  return entry(about, [1, 2], (rt, [v = null, offset = 0n]) => {
    const a = matrixOf(rt, v, about.name);
    const k = rt.integer(offset);
    rt.meter.room(a.length);
    const mask = Float64Array.from({ length: a.length }, (_, p) =>
      Number(keeps(Math.floor(p / a.cols), p % a.cols, k)),
    );
    const node = rt.ops.select(rt.ops.upload(mask, a.rows, a.cols), rt.node(a), rt.ops.scalar(0));
    return new Arr(a.eltype, 2, node, a.rows, a.cols);
  });
}

function shapeTest(about: About, holds: (a: Arr, at: (i: number, j: number) => number) => boolean): Entry {
  return entry(about, [1, 1], (rt, [v = null]) => {
    const a = matrixOf(rt, v, about.name);
    const host = numbersIn(rt, a);
    return holds(a, (i, j) => host[i * a.cols + j] as number);
  });
}

function every(a: Arr, test: (i: number, j: number) => boolean): boolean {
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < a.cols; j++) if (!test(i, j)) return false;
  return true;
}

export const shapes: readonly Entry[] = [
  triangle(
    {
      name: 'triu',
      signature: 'triu(A, k)',
      doc: 'A with zeros below the diagonal, or below the one k places to the right.',
      examples: [['triu([1 2; 3 4])', '2×2 Matrix{Int64}: 1 2 0 4']],
    },
    (i, j, k) => j - i >= k,
  ),
  triangle(
    {
      name: 'tril',
      signature: 'tril(A, k)',
      doc: 'A with zeros above the diagonal, or above the one k places to the right.',
      examples: [['tril([1 2; 3 4])', '2×2 Matrix{Int64}: 1 0 3 4']],
    },
    (i, j, k) => j - i <= k,
  ),
  shapeTest(
    { name: 'issymmetric', signature: 'issymmetric(A)', doc: 'Whether A is its own transpose.', differentiable: 'no' },
    (a, at) => a.rows === a.cols && every(a, (i, j) => at(i, j) === at(j, i)),
  ),
  shapeTest(
    { name: 'ishermitian', signature: 'ishermitian(A)', doc: 'Whether A is its own adjoint.', differentiable: 'no' },
    (a, at) => a.rows === a.cols && every(a, (i, j) => at(i, j) === at(j, i)),
  ),
  shapeTest(
    { name: 'isdiag', signature: 'isdiag(A)', doc: 'Whether A is 0 off the diagonal.', differentiable: 'no' },
    (a, at) => every(a, (i, j) => i === j || at(i, j) === 0),
  ),
  shapeTest(
    { name: 'istriu', signature: 'istriu(A)', doc: 'Whether A is 0 below the diagonal.', differentiable: 'no' },
    (a, at) => every(a, (i, j) => i <= j || at(i, j) === 0),
  ),
  shapeTest(
    { name: 'istril', signature: 'istril(A)', doc: 'Whether A is 0 above the diagonal.', differentiable: 'no' },
    (a, at) => every(a, (i, j) => i >= j || at(i, j) === 0),
  ),
];
