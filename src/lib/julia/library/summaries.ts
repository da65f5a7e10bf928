/** What arrays have beyond sums and extremes: products, norms, where the extremes are, questions to all elements, correlations, running sums. */

import { above, below } from '../../matrix/scalar.ts';
import type { Node } from '../../matrix/tape.ts';
import { broadcast } from '../broadcast.ts';
import { chosen, normNode, productNode, runningSums } from '../derivative/rules.ts';
import { realOf, sumOf } from '../eltypes.ts';
import { colon } from '../indexing/read.ts';
import { JuliaError, dimensionMismatch, typeError } from '../errors.ts';
import { Extension } from '../extension.ts';
import { arrayOf, gathered, elementAt, elements, lengthOf, numbers } from '../iterate.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary, scalarCompare } from '../scalar.ts';
import { lineOf } from '../share.ts';
import { Arr, Cartesian, Fn, Lane, List, Tuple, TypeValue, boxed, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { order } from './orders.ts';
import { floating, meanNode, nonempty, reducer, result, sum } from './reduce.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** Position of the first extreme in Julia's order, counted from 0, down the columns; NaN wins, as in Julia. */
function extremePosition(rt: Runtime, a: Arr, sign: 1 | -1): number {
  nonempty(a);
  const host = rt.peek(a);
  const better = sign === 1 ? above : below;
  let best = -1;
  let value = 0;
  for (let j = 0; j < a.cols; j++) {
    for (let i = 0; i < a.rows; i++) {
      const x = host[i * a.cols + j] ?? NaN;
      if (Number.isNaN(x)) return j * a.rows + i;
      if (best < 0 || better(x, value)) {
        best = j * a.rows + i;
        value = x;
      }
    }
  }
  return best;
}

function elementDown(rt: Runtime, a: Arr, at: number): Value {
  return elementAt(rt, a, at % a.rows, Math.floor(at / a.rows));
}

function indexValue(a: Arr, position: number): Value {
  if (a.ndims === 1) return BigInt(position + 1);
  return new Cartesian([BigInt((position % a.rows) + 1), BigInt(Math.floor(position / a.rows) + 1)]);
}

function search(about: About, sign: 1 | -1, withValue: boolean): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, [first = null, second], keywords) => {
    if (second !== undefined) {
      if (!(first instanceof Fn) && !(first instanceof TypeValue)) throw noMethod(name, [first, second]);
      const items = gathered(rt, second);
      const values = numbers(rt, broadcast(rt, first, [second]), name);
      const best = extremePosition(rt, values, sign);
      if (!withValue) return items[best] ?? null;
      return new Tuple([elementDown(rt, values, best), indexValue(values, best)]);
    }
    const v = first;
    const a = numbers(rt, v, name);
    const along = dimsOf(rt, keywords);
    if (along !== 'all') {
      const lines = Array.from({ length: along === 1 ? a.cols : a.rows }, (_, k) => {
        const line = lineOf(a, along === 1 ? 2 : 1, k);
        const best = extremePosition(rt, line, sign);
        const [i, j] = along === 1 ? [best, k] : [k, best];
        const index = a.ndims === 1 ? BigInt(i + 1) : new Cartesian([BigInt(i + 1), BigInt(j + 1)]);
        return { index, value: elementDown(rt, line, best) };
      });
      const shape = along === 1 ? { rows: 1, cols: a.cols, ndims: a.ndims } : { rows: a.rows, cols: 1, ndims: a.ndims };
      const shaped = (items: Value[]): Value => arrayOf(rt, items, shape.rows, shape.cols, shape.ndims);
      const indices = shaped(lines.map(({ index }) => index));
      return withValue ? new Tuple([shaped(lines.map(({ value }) => value)), indices]) : indices;
    }
    const at = extremePosition(rt, a, sign);
    const index = indexValue(a, at);
    if (!withValue) return index;
    return new Tuple([elementAt(rt, a, at % a.rows, Math.floor(at / a.rows)), index]);
  });
}

/** any(A), any(f, A), all, count: of Bools. */
function quantifier(about: About<'any' | 'all' | 'count'>): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, args, keywords) => {
    const [first = null, second] = args;
    const dims = dimsOf(rt, keywords);
    if (second !== undefined && !(first instanceof Fn) && !(first instanceof TypeValue)) throw noMethod(name, args);
    const over = second ?? first;
    if (over instanceof Extension && over.iterate && name !== 'count') {
      for (const x of elements(rt, over))
        if (rt.truth(second === undefined ? x : rt.call(first, [x])) === (name === 'any')) return name === 'any';
      return name === 'all';
    }
    // As Julia does, a function of the reader's is not asked again once the answer is known.
    if (
      second !== undefined &&
      name !== 'count' &&
      dims === 'all' &&
      !rt.lanes &&
      first instanceof Fn &&
      !first.builtin
    ) {
      if (lengthOf(second) <= 4096) {
        for (const x of elements(rt, second))
          if (rt.truth(rt.call(first, [x])) === (name === 'any')) return name === 'any';
        return name === 'all';
      }
    }
    const source = second === undefined ? first : broadcast(rt, first, [second]);
    const init = name === 'count' ? (keywords.get('init') ?? 0n) : 0n;
    if (lengthOf(source) === 0 && dims === 'all') return name === 'count' ? init : name === 'all';
    const a = numbers(rt, source, name);
    if (a.eltype !== 'Bool') {
      if (scalarType(source)) throw noMethod(name, args);
      throw typeError(`non-boolean (${a.eltype}) used in boolean context`);
    }
    const op = name === 'any' ? 'max' : name === 'all' ? 'min' : 'sum';
    const found = result(a, name === 'count' ? 'Int64' : 'Bool', rt.ops.reduce(op, rt.node(a), dims), dims);
    return init === 0n ? found : broadcast(rt, rt.fn('+'), [init, found]);
  });
}

/** Pearson's correlation, or covariance, of the columns of x with those of y. */
function cross(rt: Runtime, x: Arr, y: Arr, correlation: boolean): Value {
  if (x.rows !== y.rows) throw dimensionMismatch(`x and y have ${x.rows} and ${y.rows} rows`);
  const { ops } = rt;
  const centred = (a: Arr): Node => {
    const off = ops.binary('sub', rt.node(a), meanNode(rt, a, 1));
    if (!correlation) return off;
    return ops.binary('div', off, ops.unary('sqrt', ops.reduce('sum', ops.binary('mul', off, off), 1)));
  };
  const product = ops.matmul(ops.transpose(centred(x)), centred(y));
  const node = correlation ? product : ops.binary('div', product, ops.scalar(x.rows - 1));
  if (x.ndims === 1 && y.ndims === 1) return new Lane('Float64', node);
  return new Arr('Float64', 2, node, node.rows, node.cols);
}

function pairwise(about: About<'cor' | 'cov'>): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, [first = null, second]) => {
    const x = numbers(rt, first, name);
    if (second === undefined && x.ndims === 1 && name === 'cor') return 1;
    return cross(rt, x, second === undefined ? x : numbers(rt, second, name), name === 'cor');
  });
}

/** `mean([[1, 2], [3, 4]])`: of what is no number but can be added and divided. */
export function meanOfArrays(rt: Runtime, args: readonly Value[]): Value | undefined {
  const [v = null, more] = args;
  if (more !== undefined || !(v instanceof List) || v.items.length === 0 || v.items.some((x) => !(x instanceof Arr)))
    return undefined;
  return binary(rt, '/', rt.call(rt.fn('sum'), [v]), BigInt(v.items.length));
}

function norm(rt: Runtime, a: Arr, p: number): Value {
  const type = realOf(floating(a.eltype));
  if (a.length === 0) return boxed(0, type);
  return new Lane(type, normNode(rt, rt.node(a), p));
}

export const summaries: readonly Entry[] = [
  reducer(
    { name: 'prod', signature: 'prod(f, A; dims)', doc: 'Product of all elements.' },
    (rt, a, dims) => {
      if (dims !== 'all' || rt.tracked(a)) return result(a, a.eltype, productNode(rt, rt.node(a), dims), dims);
      let v: Value = a.eltype === 'Float64' || a.eltype === 'Float32' ? boxed(1, a.eltype) : 1n;
      for (const x of elements(rt, a)) v = scalarBinary(rt, '*', v, x);
      return v;
    },
    (rt, a, b) => binary(rt, '*', a, b),
  ),
  entry(
    { name: 'norm', signature: 'norm(A, p)', doc: 'Square root of the sum of squares; the p-norm of the elements.' },
    [1, 2],
    (rt, [v = null, p = 2n]) => {
      if (v instanceof List && v.items.some((x) => x instanceof Lane && !x.uniform)) {
        const squares = v.items.map((x) => scalarBinary(rt, '*', x, x));
        return rt.call(rt.fn('sqrt'), [squares.reduce((a, b) => scalarBinary(rt, '+', a, b))]);
      }
      if (scalarType(v)) return rt.call(rt.fn('float'), [rt.call(rt.fn('abs'), [v])]);
      return norm(rt, numbers(rt, v, 'norm'), rt.number(p, 'norm'));
    },
  ),
  entry(
    { name: 'dot', signature: 'dot(x, y)', doc: 'Sum of the products of elements.' },
    [2, 2],
    (rt, [x = null, y = null]) => {
      const [a, b] = [numbers(rt, x, 'dot'), numbers(rt, y, 'dot')];
      if (a.length !== b.length)
        throw dimensionMismatch(`dot product arguments have lengths ${a.length} and ${b.length}`);
      const product = binary(rt, '*', 1n, broadcast(rt, rt.fn('*'), [a, b]));
      return sum(rt, numbers(rt, product, 'dot'), 'all');
    },
  ),
  entry({ name: '⋅', signature: '⋅', doc: 'dot.' }, [2, 2], (rt, args) => rt.call(rt.fn('dot'), args)),
  search({ name: 'argmax', signature: 'argmax(A)', doc: 'Where the greatest element is.' }, 1, false),
  search({ name: 'argmin', signature: 'argmin(A)', doc: 'Where the least element is.' }, -1, false),
  search({ name: 'findmax', signature: 'findmax(A)', doc: 'Where the greatest element is, after its value.' }, 1, true),
  search({ name: 'findmin', signature: 'findmin(A)', doc: 'Where the least element is, after its value.' }, -1, true),
  quantifier({ name: 'any', signature: 'any(f, A)', doc: 'any of the Bools of A, or of f at its elements.' }),
  quantifier({ name: 'all', signature: 'all(f, A)', doc: 'all of the Bools of A, or of f at its elements.' }),
  quantifier({ name: 'count', signature: 'count(f, A)', doc: 'count of the Bools of A, or of f at its elements.' }),
  pairwise({ name: 'cor', signature: 'cor(x, y)', doc: 'Pearson’s correlation.' }),
  pairwise({ name: 'cov', signature: 'cov(x, y)', doc: 'Covariance.' }),
  entry({ name: 'cumsum', signature: 'cumsum(A; dims)', doc: 'Running sums.' }, [1, 1], (rt, [v = null], keywords) => {
    const a = numbers(rt, v, 'cumsum');
    if (a.ndims === 2 && !keywords.has('dims'))
      throw new JuliaError('UndefKeywordError', 'UndefKeywordError: keyword argument `dims` not assigned');
    const dims = keywords.has('dims') ? dimsOf(rt, keywords) : 1;
    const data = rt.peek(a).slice();
    const step = dims === 2 ? 1 : a.cols;
    for (let k = 0; k < data.length; k++) {
      const first = dims === 2 ? k % a.cols === 0 : k < a.cols;
      if (!first) data[k] = (data[k] ?? 0) + (data[k - step] ?? 0);
    }
    const sums = rt.tracked(a) ? runningSums(rt, rt.node(a), data, dims === 2 ? 2 : 1) : data;
    return new Arr(sumOf(a.eltype), a.ndims, sums, a.rows, a.cols);
  }),
  entry(
    { name: 'median', signature: 'median(A; dims)', doc: 'Middle of the sorted elements.' },
    [1, 1],
    (rt, [v = null], keywords) => {
      const dims = keywords.get('dims');
      if (dims !== undefined && dims !== colon)
        return rt.call(rt.fn('mapslices', 'vectors'), [rt.fn('median'), v], new Map([['dims', dims]]));
      const a = numbers(rt, v, 'median');
      nonempty(a);
      const data = rt.peek(a);
      const order = Array.from(data, (_, k) => k).sort((i, j) => (data[i] ?? 0) - (data[j] ?? 0));
      const half = (order.length - 1) / 2;
      const middle = [Math.floor(half), Math.ceil(half)].map((k) => order[k] ?? 0);
      if (data.some(Number.isNaN)) return boxed(NaN, floating(a.eltype));
      if (!rt.tracked(a))
        return boxed(((data[middle[0] ?? 0] ?? 0) + (data[middle[1] ?? 0] ?? 0)) / 2, floating(a.eltype));
      return result(a, floating(a.eltype), meanNode(rt, chosen(rt, a, middle, 2, 1, 1), 'all'), 'all');
    },
  ),
  entry(
    {
      name: 'issorted',
      signature: 'issorted(v; rev, by, lt)',
      doc: 'Whether no element is less than the one before.',
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      const { key, before } = order(rt, keywords);
      const keys = gathered(rt, v).map(key);
      return keys.every((x, k) => k === 0 || !before(x, keys[k - 1] ?? null));
    },
  ),
  entry(
    { name: 'sizeof', signature: 'sizeof(x)', doc: 'How many bytes a string, a number or an array takes in Julia.' },
    [1, 1],
    (_rt, [v = null]) => {
      const width = (type: string): number => (/N0f8|Bool/.test(type) ? 1 : type.includes('32') ? 4 : 8);
      const type = scalarType(v);
      if (type) return BigInt(width(type));
      if (!(v instanceof Arr)) throw noMethod('sizeof', [v]);
      return BigInt(v.length * width(v.eltype));
    },
  ),
  entry({ name: 'cmp', signature: 'cmp(a, b)', doc: '-1, 0 or 1.' }, [2, 2], (rt, [a = null, b = null]) => {
    if (scalarCompare(rt, '<', a, b) === true) return -1n;
    return scalarCompare(rt, '==', a, b) === true ? 0n : 1n;
  }),
];
