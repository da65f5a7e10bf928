/** From many numbers to one, or to one a row or column. */

import { above, below } from '../../matrix/scalar.ts';
import type { Dims } from '../../matrix/engine.ts';
import type { Node } from '../../matrix/tape.ts';
import { broadcast } from '../broadcast.ts';
import { floatOf, realOf, sumOf } from '../eltypes.ts';
import { JuliaError, argumentError, dimensionMismatch, methodError, typeError } from '../errors.ts';
import { Extension } from '../extension.ts';
import { arrayOf, elementAt, elements, lengthOf, numbers } from '../iterate.ts';
import { lineOf } from '../share.ts';
import { binary, compare } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { chosen, normNode, productNode, runningSums } from '../derivative/rules.ts';
import { scalarBinary, scalarCompare } from '../scalar.ts';
import { Arr, Cartesian, Dict, Fn, Lane, List, Range, Tuple, TypeValue, boxed, scalarType } from '../values.ts';
import type { Eltype, Keywords, Value } from '../values.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** A reduction's node as a value: a number, or an array of the operand's rank. */
function result(a: Arr, eltype: Eltype, node: Node, dims: Dims): Value {
  return dims === 'all' ? new Lane(eltype, node) : new Arr(eltype, a.ndims, node, node.rows, node.cols);
}

function nonempty(a: Arr): void {
  if (a.length === 0)
    throw argumentError('reducing over an empty collection is not allowed; consider supplying `init` to the reducer');
}

/** How many elements a reduction over `dims` joins. */
function joined(a: Arr, dims: Dims): number {
  return dims === 'all' ? a.length : dims === 1 ? a.rows : a.cols;
}

/** The type of a mean. */
const floating = (type: Eltype): Eltype => floatOf(realOf(type) === 'N0f8' ? sumOf(type) : type);

function sum(rt: Runtime, a: Arr, dims: Dims): Value {
  const type = sumOf(a.eltype);
  if (a.length === 0 && dims === 'all') return boxed(0, type);
  return result(a, type, rt.ops.reduce('sum', rt.node(a), dims), dims);
}

function extreme(rt: Runtime, op: 'max' | 'min', a: Arr, dims: Dims): Value {
  nonempty(a);
  return result(a, a.eltype, rt.ops.reduce(op, rt.node(a), dims), dims);
}

function meanNode(rt: Runtime, a: Arr, dims: Dims): Node {
  return rt.ops.binary('div', rt.ops.reduce('sum', rt.node(a), dims), rt.ops.scalar(joined(a, dims)));
}

/** Sum of squares about the mean, over n - 1 (or n). */
function varianceNode(rt: Runtime, a: Arr, dims: Dims, corrected: boolean): Node {
  const { ops } = rt;
  const off = ops.binary('sub', rt.node(a), meanNode(rt, a, dims));
  const squares = ops.reduce('sum', ops.binary('mul', off, off), dims);
  return ops.binary('div', squares, ops.scalar(joined(a, dims) - (corrected ? 1 : 0)));
}

type Reducer = (rt: Runtime, a: Arr, dims: Dims, keywords: Keywords) => Value;

/** What a List of values that are no plain numbers does: fold. */
type Fold = ((rt: Runtime, a: Value, b: Value) => Value) | null;

/** f(A; dims), f(g, A), f(list). */
function reducer(about: About, reduce: Reducer, fold: Fold = null): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, args, keywords) => {
    const [first = null, second] = args;
    const callable = first instanceof Fn || first instanceof TypeValue;
    if ((second !== undefined) !== callable) throw noMethod(name, args);
    const source = callable ? broadcast(rt, first, [iterable(second ?? null)]) : first;
    if (scalarType(source) && !(source instanceof Lane && !source.uniform)) {
      return reduce(rt, new Arr(rt.eltype(source), 1, rt.scalarNode(source), 1, 1), 'all', keywords);
    }
    if (
      fold &&
      (source instanceof List || source instanceof Tuple) &&
      !source.items.every((v) => scalarType(v) && !(v instanceof Lane))
    ) {
      const [head, ...rest] = source.items;
      if (head === undefined) throw argumentError('reducing over an empty collection is not allowed');
      return rest.reduce((a, b) => fold(rt, a, b), head);
    }
    if (source instanceof Dict || source === null) throw noMethod(name, args);
    const init = fold ? keywords.get('init') : undefined;
    // Of anything there is no sum to begin with.
    if (
      (name === 'sum' || name === 'prod') &&
      init === undefined &&
      source instanceof List &&
      source.items.length === 0 &&
      source.eltype === 'Any'
    )
      throw methodError(name === 'prod' ? 'one' : 'zero', ['Type{Any}']);
    const a = numbers(rt, source, name);
    if (init === undefined || !fold) return reduce(rt, a, dimsOf(rt, keywords), keywords);
    if (a.length === 0) return init;
    const joined = new Fn(name, ([x = null, y = null]) => fold(rt, x, y), true);
    return broadcast(rt, joined, [init, reduce(rt, a, dimsOf(rt, keywords), keywords)]);
  });
}

function iterable(v: Value): Value {
  return v instanceof Dict ? new List([...v.entries.values()].map((e) => e.value)) : v;
}

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
      const items = [...elements(rt, second)];
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
    if (lengthOf(source) === 0 && dims === 'all') return name === 'count' ? 0n : name === 'all';
    const a = numbers(rt, source, name);
    if (a.eltype !== 'Bool') {
      if (scalarType(source)) throw noMethod(name, args);
      throw typeError(`non-boolean (${a.eltype}) used in boolean context`);
    }
    const op = name === 'any' ? 'max' : name === 'all' ? 'min' : 'sum';
    return result(a, name === 'count' ? 'Int64' : 'Bool', rt.ops.reduce(op, rt.node(a), dims), dims);
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

function norm(rt: Runtime, a: Arr, p: number): Value {
  const type = realOf(floating(a.eltype));
  if (a.length === 0) return boxed(0, type);
  return new Lane(type, normNode(rt, rt.node(a), p));
}

export const reductions: readonly Entry[] = [
  reducer({ name: 'sum', signature: 'sum(f, A; dims)', doc: 'Sum of all elements, or along dims.' }, sum, (rt, a, b) =>
    binary(rt, '+', a, b),
  ),
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
  reducer(
    { name: 'maximum', signature: 'maximum(f, A; dims)', doc: 'Greatest element, or along dims.' },
    (rt, a, dims) => extreme(rt, 'max', a, dims),
    (rt, a, b) => scalarBinary(rt, 'max', a, b),
  ),
  reducer(
    { name: 'minimum', signature: 'minimum(f, A; dims)', doc: 'Least element, or along dims.' },
    (rt, a, dims) => extreme(rt, 'min', a, dims),
    (rt, a, b) => scalarBinary(rt, 'min', a, b),
  ),
  reducer({ name: 'extrema', signature: 'extrema(f, A; dims)', doc: 'Least and greatest element.' }, (rt, a, dims) => {
    const [low, high] = [extreme(rt, 'min', a, dims), extreme(rt, 'max', a, dims)];
    if (!(low instanceof Arr) || !(high instanceof Arr)) return new Tuple([low, high]);
    const highs = [...elements(rt, high)];
    const pairs = [...elements(rt, low)].map((x, k) => new Tuple([x, highs[k] ?? null]));
    return new List(pairs, `Tuple{${a.eltype}, ${a.eltype}}`, low);
  }),
  reducer(
    { name: 'mean', signature: 'mean(f, A; dims)', doc: 'Mean of all elements, or along dims.' },
    (rt, a, dims) => {
      if (a.length === 0 && dims === 'all') return boxed(NaN, floating(a.eltype));
      nonempty(a);
      return result(a, floating(a.eltype), meanNode(rt, a, dims), dims);
    },
  ),
  reducer(
    { name: 'var', signature: 'var(f, A; dims)', doc: 'Variance; `corrected=false` divides by n.' },
    (rt, a, dims, keywords) =>
      result(a, realOf(floating(a.eltype)), varianceNode(rt, a, dims, keywords.get('corrected') !== false), dims),
  ),
  reducer(
    { name: 'std', signature: 'std(f, A; dims)', doc: 'Standard deviation; `corrected=false` divides by n.' },
    (rt, a, dims, keywords) =>
      result(
        a,
        realOf(floating(a.eltype)),
        rt.ops.unary('sqrt', varianceNode(rt, a, dims, keywords.get('corrected') !== false)),
        dims,
      ),
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
  entry({ name: 'median', signature: 'median(A)', doc: 'Middle of the sorted elements.' }, [1, 1], (rt, [v = null]) => {
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
  }),
  entry(
    { name: 'issorted', signature: 'issorted(v)', doc: 'Whether no element is less than the one before.' },
    [1, 1],
    (rt, [v = null]) => {
      const items = v instanceof Range ? [...elements(rt, v)] : [...elements(rt, v)];
      return items.every((x, k) => k === 0 || compare(rt, '<=', items[k - 1] ?? null, x) === true);
    },
  ),
  entry({ name: 'cmp', signature: 'cmp(a, b)', doc: '-1, 0 or 1.' }, [2, 2], (rt, [a = null, b = null]) => {
    if (scalarCompare(rt, '<', a, b) === true) return -1n;
    return scalarCompare(rt, '==', a, b) === true ? 0n : 1n;
  }),
];
