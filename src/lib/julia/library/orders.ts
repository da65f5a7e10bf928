/** What comes before what: the order of sorting, of numbers, texts, tuples and vectors, and of what a program has given one. */

import { methodError } from '../errors.ts';
import { gathered } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { scalarType, Arr, Cartesian, List, Pair, Range, Sym, Tuple, hostNumber, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { Method } from './pack.ts';
import { compareText } from '../strings.ts';

/** Parts that are compared one after the other, the first first; null for what has none. */
function partsOf(rt: Runtime, a: Value, b: Value): readonly [readonly Value[], readonly Value[]] | null {
  if (a instanceof Cartesian && b instanceof Cartesian)
    return a.items.length === b.items.length ? [[...a.items].reverse(), [...b.items].reverse()] : null;
  if (a instanceof Cartesian || b instanceof Cartesian) return null;
  if (a instanceof Tuple && b instanceof Tuple) return a.names?.join() === b.names?.join() ? [a.items, b.items] : null;
  if (a instanceof Pair && b instanceof Pair)
    return [
      [a.key, a.value],
      [b.key, b.value],
    ];
  const vector = (v: Value): boolean =>
    v instanceof Range || ((v instanceof Arr || v instanceof List) && v.ndims === 1);
  return vector(a) && vector(b) ? [gathered(rt, a), gathered(rt, b)] : null;
}

/** `isless` of anything but two numbers on the engine; undefined where Julia has no method. */
function lessOf(rt: Runtime, a: Value, b: Value): boolean | undefined {
  const own = rt.own.get('isless')?.([a, b]) ?? rt.own.get('<')?.([a, b]);
  if (own !== undefined) return rt.truth(own);
  const [x, y] = [hostNumber(a), hostNumber(b)];
  if (x !== null && y !== null) {
    if (typeof a === 'bigint' && typeof b === 'bigint') return a < b;
    return Number.isNaN(y) ? !Number.isNaN(x) : x < y || (x === 0 && y === 0 && Object.is(x, -0) && !Object.is(y, -0));
  }
  if (a instanceof Sym && b instanceof Sym) return (compareText(a.name, b.name) ?? 0) < 0;
  const texts = compareText(a, b);
  if (texts !== null) return texts < 0;
  const parts = partsOf(rt, a, b);
  if (!parts) return undefined;
  const [xs, ys] = parts;
  for (let k = 0; k < Math.min(xs.length, ys.length); k++) {
    const [p, q] = [rt.settle(xs[k] ?? null), rt.settle(ys[k] ?? null)];
    if (less(rt, p, q)) return true;
    if (less(rt, q, p)) return false;
  }
  return xs.length < ys.length;
}

/** Less-than for sorting; NaN last. @throws MethodError */
export function less(rt: Runtime, a: Value, b: Value): boolean {
  const answer = lessOf(rt, a, b);
  if (answer === undefined) throw methodError('isless', [typeName(a), typeName(b)]);
  return answer;
}

/** Whether a function of numbers leaves these to the order of everything else. */
const ordered = (args: readonly Value[]): boolean => args.length > 0 && !args.some((v) => scalarType(v));

const extreme =
  (sign: 1 | -1): Method =>
  (rt, args) => {
    const [first = null, ...rest] = args;
    if (!ordered(args) || rest.length === 0) return undefined;
    return rest.reduce((a, b) => {
      const before = less(rt, sign === 1 ? b : a, sign === 1 ? a : b);
      return before ? a : b;
    }, first);
  };

export const orders: Readonly<Record<string, Method>> = {
  isless: (rt, [a = null, b = null]) => (ordered([a, b]) ? lessOf(rt, a, b) : undefined),
  max: extreme(1),
  min: extreme(-1),
  extrema: (rt, [v = null, more]) => {
    if (more !== undefined || !(v instanceof List || v instanceof Tuple) || v.items.length === 0) return undefined;
    if (v.items.some((x) => scalarType(x))) return undefined;
    return new Tuple([-1, 1].map((sign) => v.items.reduce((a, b) => (less(rt, b, a) === sign < 0 ? b : a))));
  },
  cmp: (rt, [a = null, b = null]) => {
    if (!ordered([a, b])) return undefined;
    return less(rt, a, b) ? -1n : less(rt, b, a) ? 1n : 0n;
  },
};

/** What `by`, `lt` and `rev` make of an order: the key of an element, and whether one key comes before another. */
export function order(
  rt: Runtime,
  keywords: Keywords,
): { readonly key: (x: Value) => Value; readonly before: (a: Value, b: Value) => boolean } {
  const [by, lt, rev] = ['by', 'lt', 'rev'].map((name) => keywords.get(name));
  const forward = (a: Value, b: Value): boolean => (lt === undefined ? less(rt, a, b) : rt.truth(rt.call(lt, [a, b])));
  return {
    key: (x) => rt.settle(by === undefined ? x : rt.call(by, [x]), 'sorting'),
    before: rev !== undefined && rt.truth(rev) ? (a, b) => forward(b, a) : forward,
  };
}

/** Positions in sorted order; stable. */
export function ordering(rt: Runtime, items: readonly Value[], keywords: Keywords): number[] {
  const { key, before } = order(rt, keywords);
  const keys = items.map(key);
  return keys
    .map((_, k) => k)
    .sort((a, b) => {
      const [x = null, y = null] = [keys[a], keys[b]];
      return (before(x, y) ? -1 : before(y, x) ? 1 : 0) || a - b;
    });
}
