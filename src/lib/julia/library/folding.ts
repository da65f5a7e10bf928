/** Folds that keep or join, and dictionaries that merge. */

import { setEntry } from '../dict.ts';
import { keyOf } from '../equality.ts';
import { JuliaError, argumentError } from '../errors.ts';
import { elements, vectorOf } from '../iterate.ts';
import { eachOf, folded, keep } from '../memory.ts';
import { Arr, Dict, Fn, List, Pair, Range, Tuple, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod, sequentialOnly } from './table.ts';
import type { About, Entry } from './table.ts';
import { vectorLike, listed, unary } from './vector-parts.ts';

/** Runs of `f` from the left that keep every step. */
function running(about: About, of: (f: Value | null) => Value, least: number): Entry {
  const { name } = about;
  return entry(about, [least, least], (rt, args, keywords) => {
    const f = least === 2 ? (args[0] ?? null) : of(null);
    const v = args[least - 1] ?? null;
    const step = (x: Value, y: Value): Value => rt.call(typeof f === 'string' ? rt.fn(f) : f, [x, y]);
    const along = keywords.get('dims');
    if (v instanceof Arr && v.ndims === 2) {
      if (along === undefined)
        throw new JuliaError('UndefKeywordError', 'UndefKeywordError: keyword argument `dims` not assigned');
      const down = rt.integer(along) === 1;
      const items = listed(rt, v);
      items.forEach((x, k) => {
        const [i, j] = [k % v.rows, Math.floor(k / v.rows)];
        if (down ? i > 0 : j > 0) items[k] = step(items[k - (down ? 1 : v.rows)] ?? null, x);
      });
      return rt.call(rt.fn('reshape'), [vectorOf(rt, items), BigInt(v.rows), BigInt(v.cols)]);
    }
    if (along !== undefined && rt.integer(along) !== 1) throw argumentError(`${name} of a vector runs along dims=1`);
    let last = keywords.get('init');
    const items: Value[] = [];
    const next = (x: Value): void => keep(rt, items, (last = last === undefined ? x : step(last, x)));
    eachOf(rt, typeof f === 'string' ? null : f, elements(rt, v), next, () => [v, ...items]);
    return vectorLike(rt, items, v);
  });
}

/** The type that two types of keys or values have together: of numbers the wider, else Any. */
function together(a: string, b: string): string {
  if (a === b) return a;
  const widths = ['Bool', 'Int64', 'Float32', 'Float64'];
  const [p, q] = [widths.indexOf(a), widths.indexOf(b)];
  return p < 0 || q < 0 ? 'Any' : (widths[Math.max(p, q)] ?? 'Any');
}

export const folds: readonly Entry[] = [
  running(
    {
      name: 'accumulate',
      signature: 'accumulate(f, v; dims, init)',
      doc: 'f from the left, with every step kept.',
      examples: [['accumulate(max, [1, 3, 2])', '3-element Vector{Int64}: 1 3 3']],
    },
    (f) => f,
    2,
  ),
  running(
    {
      name: 'cumprod',
      signature: 'cumprod(A; dims)',
      doc: 'Running products.',
      examples: [['cumprod([1, 2, 3])', '3-element Vector{Int64}: 1 2 6']],
    },
    () => '*',
    1,
  ),
  entry(
    {
      name: 'foldr',
      signature: 'foldr(f, itr; init)',
      doc: 'f between all elements, from the right.',
      examples: [['foldr(-, [1, 2, 3])', '2']],
    },
    [2, 2],
    (rt, [f = null, v = null], keywords) => {
      const items = listed(rt, v).reverse();
      const start = keywords.get('init') ?? items.shift();
      if (start === undefined)
        throw argumentError(
          'reducing over an empty collection is not allowed; consider supplying `init` to the reducer',
        );
      return folded(rt, start, items, f, (last, x) => rt.call(f, [x, last]));
    },
  ),
  entry(
    {
      name: 'mapreduce',
      signature: 'mapreduce(f, op, itr; dims, init)',
      doc: 'op between f of all elements.',
      examples: [['mapreduce(abs, +, [-1, 2])', '3']],
    },
    [3, Infinity],
    (rt, [f = null, op = null, ...rest], keywords) => {
      const mapped = rt.call(rt.fn('map'), [f, ...rest]);
      const given = ['dims', 'init'].flatMap((name) => {
        const v = keywords.get(name);
        return v === undefined ? [] : [[name, v] as const];
      });
      return rt.call(rt.fn('reduce'), [op, mapped], new Map(given));
    },
  ),
  entry(
    {
      name: 'minmax',
      signature: 'minmax(x, y)',
      doc: 'The lesser and the greater.',
      examples: [['minmax(3, 1)', '(1, 3)']],
    },
    [2, 2],
    (rt, args) => new Tuple(['min', 'max'].map((name) => rt.call(rt.fn(name), args))),
  ),
  entry(
    {
      name: 'merge',
      signature: 'merge(d, others...)',
      doc: 'All entries; of equal keys the last.',
      examples: [['merge((a = 1, b = 2), (b = 3,))', '(a = 1, b = 3)']],
    },
    [1, Infinity],
    (rt, args) => {
      const [first] = args;
      if (first instanceof Tuple && first.names) {
        const all = new Map<string, Value>();
        for (const t of args)
          if (t instanceof Tuple && t.names) t.names.forEach((name, k) => all.set(name, t.items[k] ?? null));
        return new Tuple([...all.values()], [...all.keys()]);
      }
      if (args.some((d) => !(d instanceof Dict))) throw noMethod('merge', args);
      const all = new Dict();
      const types = args.flatMap((d) => (d instanceof Dict ? [d.types ?? (['Any', 'Any'] as const)] : []));
      const joined = (k: 0 | 1): string => types.map((pair) => pair[k]).reduce((a, b) => together(a, b));
      all.types = [joined(0), joined(1)];
      for (const d of args)
        if (d instanceof Dict) for (const e of d.entries.values()) setEntry(rt, all, e.key, e.value);
      return all;
    },
  ),
  entry(
    {
      name: 'get!',
      signature: 'get!(d, key, default)',
      doc: 'The value of a key; without one, default, which is then stored.',
      examples: [['d = Dict(1 => 2); (get!(d, 3, 4), length(d))', '(4, 2)']],
    },
    [3, 3],
    (rt, [first = null, second = null, third = null]) => {
      sequentialOnly(rt, 'get!');
      const [d, key, make] =
        first instanceof Fn ? [second, third, (): Value => rt.call(first, [])] : [first, second, (): Value => third];
      if (!(d instanceof Dict)) throw noMethod('get!', [first, second, third]);
      const known = d.entries.get(keyOf(rt, key));
      if (known) return known.value;
      const value = make();
      setEntry(rt, d, key, value);
      return value;
    },
  ),
  unary(
    {
      name: 'pairs',
      signature: 'pairs(v)',
      doc: 'Pairs of index and element.',
      examples: [['collect(pairs([5, 6]))', '2-element Vector{Pair{Int64, Int64}}: 1 => 5 2 => 6']],
    },
    (rt, v) => {
      if (v instanceof Dict) return v;
      const keys = listed(rt, rt.call(rt.fn('keys'), [v]));
      const items = listed(rt, v).map((x, k) => new Pair(keys[k] ?? null, x));
      return new List(items, items[0] ? typeName(items[0]) : 'Pair');
    },
  ),
  entry(
    {
      name: 'mergewith',
      signature: 'mergewith(f, d, others...)',
      doc: 'All entries; f joins the values of equal keys.',
      examples: [['mergewith(+, Dict(1 => 2), Dict(1 => 3))[1]', '5']],
    },
    [2, Infinity],
    (rt, [f = null, ...dicts]) => {
      const all = new Dict();
      for (const d of dicts) {
        if (!(d instanceof Dict)) throw noMethod('mergewith', [f, ...dicts]);
        for (const [key, e] of d.entries) {
          const before = all.entries.get(key);
          all.entries.set(key, { key: e.key, value: before ? rt.call(f, [before.value, e.value]) : e.value });
        }
      }
      return all;
    },
  ),
  entry(
    {
      name: 'diff',
      signature: 'diff(A; dims)',
      doc: 'Differences of neighbours.',
      examples: [['diff([1, 4, 9])', '2-element Vector{Int64}: 3 5']],
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      const along = keywords.get('dims');
      if (v instanceof Arr && v.ndims === 2 && along === undefined)
        throw new JuliaError('UndefKeywordError', 'UndefKeywordError: keyword argument `dims` not assigned');
      if (!(v instanceof Arr) && !(v instanceof Range)) throw noMethod('diff', [v]);
      const a = rt.call(rt.fn('collect'), [v]);
      if (!(a instanceof Arr)) throw noMethod('diff', [v]);
      const down = along === undefined || rt.integer(along) === 1;
      const n = down ? a.rows : a.cols;
      if (n === 0) return a;
      const node = rt.node(v instanceof Arr ? v : a);
      const cut = (from: number) =>
        down ? rt.ops.slice(node, from, 0, n - 1, a.cols) : rt.ops.slice(node, 0, from, a.rows, n - 1);
      const difference = rt.ops.binary('sub', cut(1), cut(0));
      return new Arr(a.eltype === 'Bool' ? 'Int64' : a.eltype, a.ndims, difference, difference.rows, difference.cols);
    },
  ),
];
