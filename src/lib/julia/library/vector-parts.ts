/** What the functions of vectors, sets and searches have in common. */

import { keyOf } from '../equality.ts';
import { entryBytes } from '../host-size.ts';
import { boundsError } from '../errors.ts';
import { item, storable } from '../indexing/write.ts';
import { gathered, vectorOf } from '../iterate.ts';
import { summary } from '../show/show.ts';
import { Arr, List, Range, hostNumber } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { entry, noMethod, sequentialOnly } from './table.ts';
import type { About, Entry } from './table.ts';
import type { Runtime } from '../runtime.ts';

/** Items as a vector; without any, of the type that `like` holds. */
export function vectorLike(rt: Runtime, items: readonly Value[], like: Value): Value {
  if (items.length > 0) return vectorOf(rt, items);
  if (like instanceof Arr) return new Arr(like.eltype, 1, new Float64Array(0), 0, 1);
  if (like instanceof Range) return new Arr(like.integer ? 'Int64' : 'Float64', 1, new Float64Array(0), 0, 1);
  return new List([], like instanceof List ? like.eltype : 'Any');
}

/** Gives a vector other items. */
export function refill(rt: Runtime, target: Value, items: readonly Value[], name: string): Value {
  sequentialOnly(rt, name);
  rt.meter.alive(items.length);
  if (target instanceof List && target.ndims === 1) {
    rt.mutable(target, name);
    const kept = items.map((x) => item(rt, x, target.eltype));
    target.items.length = 0;
    for (const x of kept) target.items.push(x);
    return target;
  }
  if (!(target instanceof Arr) || target.ndims !== 1 || target.share) throw noMethod(name, [target]);
  const data = Float64Array.from(items, (x) => {
    const number = hostNumber(rt.settle(x));
    if (number === null) item(rt, x, target.eltype);
    return storable(number ?? NaN, target.eltype);
  });
  rt.resize(target, data, name);
  return target;
}

export const listed = (rt: Runtime, v: Value): Value[] => gathered(rt, v);

/** One position, counted from 0. @throws BoundsError */
export function position(rt: Runtime, v: Value, index: Value, size: number, name: string): number {
  const k = rt.integer(index, name) - 1;
  if (k < 0 || k >= size) throw boundsError(summary(v), String(k + 1));
  return k;
}

/** Each element once, in the order of their first appearance. */
export function distinct(rt: Runtime, items: Iterable<Value>, by?: Value): Map<string, Value> {
  const seen = new Map<string, Value>();
  for (const x of items) {
    const key = keyOf(rt, by === undefined ? x : rt.call(by, [x]));
    if (seen.has(key)) continue;
    rt.meter.hold(entryBytes);
    seen.set(key, x);
  }
  return seen;
}

export const unary = (about: About, work: (rt: Runtime, v: Value, keywords: Keywords) => Value): Entry =>
  entry(about, [1, 1], (rt, [v = null], keywords) => work(rt, v, keywords));
