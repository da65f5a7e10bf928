/** Sets, and finding things. */

import { keyOf } from '../equality.ts';
import { elements, lengthOf } from '../iterate.ts';
import { equal } from '../operators.ts';
import { Fn, List, Range, TypeValue } from '../values.ts';
import type { Value } from '../values.ts';
import { order, ordering } from './orders.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';
import { JuliaSet } from './set.ts';
import { vectorLike, listed, position, distinct, unary } from './vector-parts.ts';
import type { Runtime } from '../runtime.ts';

function setOperation(about: About, keep: (all: readonly Map<string, Value>[]) => Value[]): Entry {
  return entry(about, [1, Infinity], (rt, args) => {
    const kept = keep(args.map((v) => distinct(rt, elements(rt, v))));
    return args[0] instanceof JuliaSet ? new JuliaSet(rt, kept) : vectorLike(rt, kept, args[0] ?? null);
  });
}

/** Positions at which a predicate, or a vector of Bools, is true. */
function found(rt: Runtime, f: Value, v: Value | undefined, name: string): (x: Value) => boolean {
  if (v === undefined) return (x) => rt.truth(x);
  if (!(f instanceof Fn) && !(f instanceof TypeValue)) throw noMethod(name, [f, v]);
  return (x) => rt.truth(rt.call(f, [x]));
}

function sortedSearch(about: About, of: (first: number, last: number) => Value): Entry {
  return entry(about, [2, 2], (rt, [v = null, x = null], keywords) => {
    const items = listed(rt, v);
    const { key, before } = order(rt, keywords);
    const bound = (stop: (y: Value) => boolean): number => {
      let [low, high] = [0, items.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (stop(key(items[middle] ?? null))) high = middle;
        else low = middle + 1;
      }
      return low;
    };
    const wanted = key(x);
    return of(
      bound((y) => !before(y, wanted)) + 1,
      bound((y) => before(wanted, y)),
    );
  });
}

export const sets: readonly Entry[] = [
  setOperation(
    {
      name: 'union',
      signature: 'union(a, b...)',
      doc: 'What is in any, each once.',
      examples: [['union([3, 4], [4, 5, 3])', '3-element Vector{Int64}: 3 4 5']],
    },
    (all) => {
      const seen = new Map<string, Value>();
      for (const one of all) for (const [key, x] of one) if (!seen.has(key)) seen.set(key, x);
      return [...seen.values()];
    },
  ),
  setOperation(
    {
      name: 'intersect',
      signature: 'intersect(a, b...)',
      doc: 'What is in all, each once.',
      examples: [['intersect([1, 2, 2], [2, 3])', '1-element Vector{Int64}: 2']],
    },
    ([first = new Map<string, Value>(), ...rest]) =>
      [...first].flatMap(([key, x]) => (rest.every((one) => one.has(key)) ? [x] : [])),
  ),
  setOperation(
    {
      name: 'setdiff',
      signature: 'setdiff(a, b...)',
      doc: 'What is in a and in none of the others.',
      examples: [['setdiff([1, 2, 3], [2])', '2-element Vector{Int64}: 1 3']],
    },
    ([first = new Map<string, Value>(), ...rest]) =>
      [...first].flatMap(([key, x]) => (rest.some((one) => one.has(key)) ? [] : [x])),
  ),
  setOperation(
    {
      name: 'symdiff',
      signature: 'symdiff(a, b)',
      doc: 'What is in one of the two.',
      examples: [['symdiff([1, 2], [2, 3])', '2-element Vector{Int64}: 1 3']],
    },
    (all) =>
      all.flatMap((one, k) =>
        [...one].flatMap(([key, x]) => (all.some((other, n) => n !== k && other.has(key)) ? [] : [x])),
      ),
  ),
  entry(
    {
      name: 'issubset',
      signature: 'issubset(a, b)',
      doc: 'Whether all of a is in b.',
      examples: [['issubset([1, 2], 1:3)', 'true']],
    },
    [2, 2],
    (rt, [a = null, b = null]) => {
      const within = distinct(rt, elements(rt, b));
      return [...distinct(rt, elements(rt, a)).keys()].every((key) => within.has(key));
    },
  ),
  entry(
    {
      name: 'isdisjoint',
      signature: 'isdisjoint(a, b)',
      doc: 'Whether nothing of a is in b.',
      examples: [['isdisjoint([1], [2])', 'true']],
    },
    [2, 2],
    (rt, [a = null, b = null]) => {
      const within = distinct(rt, elements(rt, b));
      return ![...distinct(rt, elements(rt, a)).keys()].some((key) => within.has(key));
    },
  ),
  unary(
    {
      name: 'allunique',
      signature: 'allunique(v)',
      doc: 'Whether no element occurs twice.',
      examples: [['allunique([1, 2, 1])', 'false']],
    },
    (rt, v) => distinct(rt, elements(rt, v)).size === lengthOf(v),
  ),
  unary(
    {
      name: 'allequal',
      signature: 'allequal(v)',
      doc: 'Whether all elements are equal.',
      examples: [['allequal([1, 1.0])', 'true']],
    },
    (rt, v) => distinct(rt, elements(rt, v)).size <= 1,
  ),
];

export const searches: readonly Entry[] = [
  entry(
    {
      name: 'findlast',
      signature: 'findlast(f, v)',
      doc: 'Last index at which f, or v itself, is true; else nothing.',
      examples: [['findlast(isodd, [1, 3, 2])', '2']],
    },
    [1, 2],
    (rt, [f = null, v]) => {
      const test = found(rt, f, v, 'findlast');
      const source = v ?? f;
      const all = rt.call(rt.fn('keys'), [source]);
      const items = listed(rt, source);
      for (let k = items.length - 1; k >= 0; k--) if (test(items[k] ?? null)) return listed(rt, all)[k] ?? null;
      return null;
    },
  ),
  ...([1, -1] as const).map((by) =>
    entry(
      {
        name: by === 1 ? 'findnext' : 'findprev',
        signature: by === 1 ? 'findnext(f, v, i)' : 'findprev(f, v, i)',
        doc:
          by === 1
            ? 'First index from i on at which f is true; else nothing.'
            : 'Last index up to i at which f is true; else nothing.',
        examples: [
          [by === 1 ? 'findnext(isodd, [1, 2, 3], 2)' : 'findprev(isodd, [1, 2, 3], 2)', by === 1 ? '3' : '1'],
        ],
      },
      [2, 3],
      (rt, args) => {
        const name = by === 1 ? 'findnext' : 'findprev';
        const [f, v, start] = args.length === 3 ? args : [null, args[0], args[1]];
        const test = found(rt, f ?? null, args.length === 3 ? v : undefined, name);
        const items = listed(rt, v ?? null);
        for (let k = rt.integer(start ?? null, name) - 1; k >= 0 && k < items.length; k += by)
          if (test(items[k] ?? null)) return BigInt(k + 1);
        return null;
      },
    ),
  ),
  entry(
    {
      name: 'indexin',
      signature: 'indexin(a, b)',
      doc: 'For each element of a, its first index in b, or nothing.',
      examples: [['indexin([2, 9], [1, 2])', '2-element Vector{Union{Nothing, Int64}}: 2 nothing']],
    },
    [2, 2],
    (rt, [a = null, b = null]) => {
      const first = new Map<string, bigint>();
      listed(rt, b).forEach((x, k) => {
        const key = keyOf(rt, x);
        if (!first.has(key)) first.set(key, BigInt(k + 1));
      });
      return new List(
        listed(rt, a).map((x) => first.get(keyOf(rt, x)) ?? null),
        'Union{Nothing, Int64}',
      );
    },
  ),
  sortedSearch(
    {
      name: 'searchsortedfirst',
      signature: 'searchsortedfirst(v, x; by, lt, rev)',
      doc: 'The first index in sorted v whose element is not before x.',
      examples: [['searchsortedfirst([1, 2, 4, 5], 3)', '3']],
    },
    (first) => BigInt(first),
  ),
  sortedSearch(
    {
      name: 'searchsortedlast',
      signature: 'searchsortedlast(v, x; by, lt, rev)',
      doc: 'The last index in sorted v whose element is not after x.',
      examples: [['searchsortedlast([1, 2, 4, 5], 4)', '3']],
    },
    (_, last) => BigInt(last),
  ),
  sortedSearch(
    {
      name: 'searchsorted',
      signature: 'searchsorted(v, x; by, lt, rev)',
      doc: 'The indices in sorted v of elements equal to x.',
      examples: [['searchsorted([1, 2, 2, 5], 2)', '2:3']],
    },
    (first, last) => new Range(first, 1, last - first + 1, true, true),
  ),
  entry(
    {
      name: 'insorted',
      signature: 'insorted(x, v)',
      doc: 'Whether x is in sorted v.',
      examples: [['insorted(4, [1, 4])', 'true']],
    },
    [2, 2],
    (rt, [x = null, v = null]) => listed(rt, v).some((y) => equal(rt, y, x) === true),
  ),
  entry(
    {
      name: 'partialsort',
      signature: 'partialsort(v, k; rev, by, lt)',
      doc: 'What stands at k, or at a range of places, once v is sorted.',
      examples: [['partialsort([3, 1, 2], 2)', '2']],
    },
    [2, 2],
    (rt, [v = null, k = null], keywords) => {
      const items = listed(rt, v);
      const inOrder = ordering(rt, items, keywords).map((n) => items[n] ?? null);
      if (k instanceof Range)
        return vectorLike(
          rt,
          listed(rt, k).map((n) => inOrder[rt.integer(n) - 1] ?? null),
          v,
        );
      return inOrder[position(rt, v, k, items.length, 'partialsort')] ?? null;
    },
  ),
];
