/** From many numbers to one, or to one a row or column. */

import type { Dims } from '../../matrix/engine.ts';
import type { Node } from '../../matrix/tape.ts';
import { broadcast } from '../broadcast.ts';
import { floatOf, realOf, sumOf } from '../eltypes.ts';
import { argumentError, methodError } from '../errors.ts';
import { numbers } from '../iterate.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Dict, Fn, Lane, List, Tuple, TypeValue, boxed, scalarType } from '../values.ts';
import type { Eltype, Keywords, Value } from '../values.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** A reduction's node as a value: a number, or an array of the operand's rank. */
export function result(a: Arr, eltype: Eltype, node: Node, dims: Dims): Value {
  return dims === 'all' ? new Lane(eltype, node) : new Arr(eltype, a.ndims, node, node.rows, node.cols);
}

export function nonempty(a: Arr): void {
  if (a.length === 0)
    throw argumentError('reducing over an empty collection is not allowed; consider supplying `init` to the reducer');
}

/** How many elements a reduction over `dims` joins. */
export function joined(a: Arr, dims: Dims): number {
  return dims === 'all' ? a.length : dims === 1 ? a.rows : a.cols;
}

/** The type of a mean. */
export const floating = (type: Eltype): Eltype => floatOf(realOf(type) === 'N0f8' ? sumOf(type) : type);

export function sum(rt: Runtime, a: Arr, dims: Dims): Value {
  const type = sumOf(a.eltype);
  if (a.length === 0 && dims === 'all') return boxed(0, type);
  return result(a, type, rt.ops.reduce('sum', rt.node(a), dims), dims);
}

export function extreme(rt: Runtime, op: 'max' | 'min', a: Arr, dims: Dims): Value {
  nonempty(a);
  return result(a, a.eltype, rt.ops.reduce(op, rt.node(a), dims), dims);
}

export function meanNode(rt: Runtime, a: Arr, dims: Dims): Node {
  return rt.ops.binary('div', rt.ops.reduce('sum', rt.node(a), dims), rt.ops.scalar(joined(a, dims)));
}

type Reducer = (rt: Runtime, a: Arr, dims: Dims, keywords: Keywords) => Value;

/** What a List of values that are no plain numbers does: fold. */
type Fold = ((rt: Runtime, a: Value, b: Value) => Value) | null;

/** f(A; dims), f(g, A), f(list). */
export function reducer(about: About, reduce: Reducer, fold: Fold = null): Entry {
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
    const dims = keywords.get('dims');
    if (dims instanceof Tuple && 'ndims' in (source as object)) {
      // Over both dimensions: one number, in an array.
      const kept = new Map([...keywords].filter(([key]) => key !== 'dims'));
      const along = new Set(dims.items.map((d) => rt.integer(d)));
      if (along.size === 1) return rt.call(rt.fn(name), [source], new Map([...kept, ['dims', dims.items[0] ?? null]]));
      const ndims = source instanceof Arr ? source.ndims : 2;
      return rt.call(rt.fn('fill'), [rt.call(rt.fn(name), [source], kept), ...(ndims === 1 ? [1n] : [1n, 1n])]);
    }
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

export const reductions: readonly Entry[] = [
  reducer({ name: 'sum', signature: 'sum(f, A; dims)', doc: 'Sum of all elements, or along dims.' }, sum, (rt, a, b) =>
    binary(rt, '+', a, b),
  ),
  reducer(
    { name: 'maximum', signature: 'maximum(f, A; dims)', doc: 'Greatest element, or along dims.' },
    (rt, a, dims) => extreme(rt, 'max', a, dims),
    (rt, a, b) => rt.call(rt.fn('max'), [a, b]),
  ),
  reducer(
    { name: 'minimum', signature: 'minimum(f, A; dims)', doc: 'Least element, or along dims.' },
    (rt, a, dims) => extreme(rt, 'min', a, dims),
    (rt, a, b) => rt.call(rt.fn('min'), [a, b]),
  ),
  reducer(
    { name: 'mean', signature: 'mean(f, A; dims)', doc: 'Mean of all elements, or along dims.' },
    (rt, a, dims) => {
      if (a.length === 0 && dims === 'all') return boxed(NaN, floating(a.eltype));
      nonempty(a);
      return result(a, floating(a.eltype), meanNode(rt, a, dims), dims);
    },
  ),
];
