/**
 * Functions with a derivative of their own: those that are computed in a way the tape cannot follow, and those whose rule in
 * ChainRules.jl is tamer than what their parts would give (the norm of zeros has a gradient of zeros).
 */

import type { Dims } from '../../matrix/engine.ts';
import type { Algebra, Pullback } from '../../matrix/pullbacks.ts';
import type { Node } from '../../matrix/tape.ts';
import type { Runtime } from '../runtime.ts';
import { Arr } from '../values.ts';

interface Sized {
  readonly rows: number;
  readonly cols: number;
}

const number = <T extends Sized>(e: Algebra<T>, x: number): T => e.fill(x, 1, 1);

/** x, and 1 in place of 0: a divisor for what is 0 anyway. */
function nonzero<T extends Sized>(e: Algebra<T>, x: T): T {
  return e.select(e.binary('eq', x, number(e, 0)), number(e, 1), x);
}

/** x / norm; of zeros, zeros. */
const norm2: Pullback = (e, g, { parents: [x], value }) =>
  x ? [e.binary('mul', x, e.binary('div', g, nonzero(e, value)))] : [];

/** sign(x) at the last element, down the columns, that is as large as the norm. */
const normInfinity: Pullback = (e, g, { parents: [x], value }) => {
  if (!x) return [];
  const largest = e.binary('eq', e.unary('abs', x), value);
  // The last in Julia's order is the largest of positions that grow down the columns.
  const column = e.reshape(e.transpose(largest), x.rows * x.cols, 1);
  const last = e.binary('mul', column, positions(e, x.rows * x.cols));
  const chosen = e.binary('eq', last, e.reduce('max', last, 'all'));
  const mask = e.transpose(e.reshape(e.binary('mul', chosen, column), x.cols, x.rows));
  return [e.binary('mul', e.binary('mul', mask, e.unary('sign', x)), g)];
};

/** 1 to n, down one column, by doubling. */
function positions<T extends Sized>(e: Algebra<T>, n: number): T {
  let column = number(e, 1);
  while (column.rows < n) {
    const more = e.slice(column, 0, 0, Math.min(column.rows, n - column.rows), 1);
    column = e.concat([column, e.binary('add', more, number(e, column.rows))], 1);
  }
  return column;
}

/** x (|x| / norm)^(p - 2) / norm, and 0 where that is not finite. */
const normOf =
  (p: number): Pullback =>
  (e, g, { parents: [x], value }) => {
    if (!x) return [];
    const ratio = e.binary('div', e.unary('abs', x), value);
    const slope = e.binary('mul', e.binary('pow', ratio, number(e, p - 2)), e.binary('div', g, value));
    const all = e.binary('mul', x, slope);
    return [e.select(e.unary('isfinite', all), all, number(e, 0))];
  };

/** The p-norm of all elements, 1x1; p = 0 counts those that are not 0. */
export function normNode(rt: Runtime, x: Node, p: number): Node {
  const { ops } = rt;
  const plain = ops.detach(x);
  const sum = (node: Node): Node => ops.reduce('sum', node, 'all');
  const size = (): Node => ops.unary('abs', plain);
  if (p === 2) return ops.record(ops.unary('sqrt', sum(ops.binary('mul', plain, plain))).value, [x], norm2);
  if (p === 1) return sum(ops.unary('abs', x));
  if (p === 0) return sum(ops.binary('ne', x, ops.scalar(0)));
  if (p === Infinity) return ops.record(ops.reduce('max', size(), 'all').value, [x], normInfinity);
  if (p === -Infinity) return ops.record(ops.reduce('min', size(), 'all').value, [x], normInfinity);
  const total = sum(ops.binary('pow', size(), ops.scalar(p)));
  return ops.record(ops.binary('pow', total, ops.scalar(1 / p)).value, [x], normOf(p));
}

/** Sums of what follows an element, itself included: the adjoint of running sums. Shifts by 1, 2, 4 ... added up. */
function sumsAfter<T extends Sized>(e: Algebra<T>, g: T, dims: 1 | 2): T {
  const size = dims === 1 ? g.rows : g.cols;
  let sums = g;
  for (let shift = 1; shift < size; shift *= 2) {
    const later =
      dims === 1 ? e.slice(sums, shift, 0, size - shift, g.cols) : e.slice(sums, 0, shift, g.rows, size - shift);
    sums = e.binary('add', sums, e.pad(later, 0, 0, g.rows, g.cols));
  }
  return sums;
}

/** Running sums, as computed on the host, with their gradient. */
export function runningSums(rt: Runtime, x: Node, sums: ArrayLike<number>, dims: 1 | 2): Node {
  const { value } = rt.ops.upload(sums, x.rows, x.cols);
  return rt.ops.record(value, [x], (e, g) => [sumsAfter(e, g, dims)]);
}

/** Product of all elements or along `dims`, halved again and again, so that a 0 among the factors does no harm. */
export function productNode(rt: Runtime, x: Node, dims: Dims): Node {
  const { ops } = rt;
  const halved = (node: Node, along: 1 | 2): Node => {
    const size = along === 1 ? node.rows : node.cols;
    if (size === 0) return ops.fill(1, along === 1 ? 1 : node.rows, along === 2 ? 1 : node.cols);
    if (size === 1) return node;
    const half = size >> 1;
    const part = (from: number, count: number): Node =>
      along === 1 ? ops.slice(node, from, 0, count, node.cols) : ops.slice(node, 0, from, node.rows, count);
    const product = ops.binary('mul', part(0, half), part(half, half));
    const joined = size % 2 === 0 ? product : ops.concat([product, part(size - 1, 1)], along);
    return halved(joined, along);
  };
  return dims === 'all' ? halved(halved(x, 1), 2) : halved(x, dims);
}

/** Elements of an array by row-major position, as an array of another shape. */
export function chosen(rt: Runtime, a: Arr, at: ArrayLike<number>, rows: number, cols: number, ndims: 1 | 2): Arr {
  return new Arr(a.eltype, ndims, rt.ops.gather(rt.node(a), rt.ops.upload(at, rows, cols)), rows, cols);
}
