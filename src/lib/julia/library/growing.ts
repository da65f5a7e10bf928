/** Vectors that grow, shrink and are put in order. */

import { keyOf } from '../equality.ts';
import { argumentError } from '../errors.ts';
import { elements, isArray } from '../iterate.ts';
import { Arr, Dict, List, Pair, Range, Tuple, hostNumber } from '../values.ts';
import type { Value } from '../values.ts';
import { ordering } from './orders.ts';
import { entry, noMethod, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';
import { vectorLike, refill, listed, position, distinct, unary } from './vector-parts.ts';
import type { Runtime } from '../runtime.ts';

/** Positions to leave out: one, many in rising order, or a mask. */
function leftOut(rt: Runtime, v: Value, index: Value, size: number, name: string): Set<number> {
  if (!isArray(index) && !(index instanceof Tuple)) return new Set([position(rt, v, index, size, name)]);
  const all = listed(rt, index);
  if (index instanceof Arr && index.eltype === 'Bool')
    return new Set(all.flatMap((take, k) => (take === true ? [k] : [])));
  const places = all.map((x) => position(rt, v, x, size, name));
  if (places.some((k, n) => n > 0 && k <= (places[n - 1] ?? -1)))
    throw argumentError('indices must be unique and sorted');
  return new Set(places);
}

function splice(rt: Runtime, v: Value, index: Value, replacement: Value): Value {
  const items = listed(rt, v);
  const added = isArray(replacement) || replacement instanceof Tuple ? listed(rt, replacement) : [replacement];
  if (isArray(index)) {
    const places = index instanceof Range ? null : listed(rt, index);
    const from =
      index instanceof Range ? index.start - 1 : position(rt, v, places?.[0] ?? null, items.length, 'splice!');
    const gone = items.splice(from, index instanceof Range ? index.length : (places?.length ?? 0), ...added);
    refill(rt, v, items, 'splice!');
    return vectorLike(rt, gone, v);
  }
  const [gone = null] = items.splice(position(rt, v, index, items.length, 'splice!'), 1, ...added);
  refill(rt, v, items, 'splice!');
  return gone;
}

export const grown: readonly Entry[] = [
  entry(
    {
      name: 'pushfirst!',
      signature: 'pushfirst!(v, x...)',
      doc: 'Adds elements at the front.',
      examples: [['pushfirst!([3], 1, 2)', '3-element Vector{Int64}: 1 2 3']],
    },
    [2, Infinity],
    (rt, [v = null, ...added]) => refill(rt, v, [...added, ...listed(rt, v)], 'pushfirst!'),
  ),
  entry(
    {
      name: 'prepend!',
      signature: 'prepend!(v, itr)',
      doc: 'Adds all elements of itr at the front.',
      examples: [['prepend!([3], [1, 2])', '3-element Vector{Int64}: 1 2 3']],
    },
    [2, 2],
    (rt, [v = null, more = null]) => refill(rt, v, [...listed(rt, more), ...listed(rt, v)], 'prepend!'),
  ),
  entry(
    {
      name: 'insert!',
      signature: 'insert!(v, i, x)',
      doc: 'Puts x at position i; what follows moves on.',
      examples: [['insert!([1, 3], 2, 2)', '3-element Vector{Int64}: 1 2 3']],
    },
    [3, 3],
    (rt, [v = null, index = null, x = null]) => {
      const items = listed(rt, v);
      items.splice(position(rt, v, index, items.length + 1, 'insert!'), 0, x);
      return refill(rt, v, items, 'insert!');
    },
  ),
  entry(
    {
      name: 'deleteat!',
      signature: 'deleteat!(v, i)',
      doc: 'Removes the elements at these positions.',
      examples: [['deleteat!([6, 5, 4, 3], 1:2:3)', '2-element Vector{Int64}: 5 3']],
    },
    [2, 2],
    (rt, [v = null, index = null]) => {
      const items = listed(rt, v);
      const out = leftOut(rt, v, index, items.length, 'deleteat!');
      return refill(
        rt,
        v,
        items.filter((_, k) => !out.has(k)),
        'deleteat!',
      );
    },
  ),
  entry(
    {
      name: 'popat!',
      signature: 'popat!(v, i, default)',
      doc: 'Removes and returns the element at i.',
      examples: [['a = [4, 3, 2]; (popat!(a, 2), a)', '(3, [4, 2])']],
    },
    [2, 3],
    (rt, [v = null, index = null, other]) => {
      const items = listed(rt, v);
      const k = rt.integer(index, 'popat!') - 1;
      if (other !== undefined && (k < 0 || k >= items.length)) return other;
      const [gone = null] = items.splice(position(rt, v, index, items.length, 'popat!'), 1);
      refill(rt, v, items, 'popat!');
      return gone;
    },
  ),
  entry(
    {
      name: 'splice!',
      signature: 'splice!(v, i, replacement)',
      doc: 'Removes and returns elements, and puts others in their place.',
      examples: [['a = [6, 5, 4]; (splice!(a, 2, [7, 8]), a)', '(5, [6, 7, 8, 4])']],
    },
    [2, 3],
    (rt, [v = null, index = null, replacement = new Tuple([])]) => splice(rt, v, index, replacement),
  ),
  entry(
    {
      name: 'resize!',
      signature: 'resize!(v, n)',
      doc: 'Makes v n elements long; new ones are 0 here.',
      examples: [['resize!([1, 2, 3], 2)', '2-element Vector{Int64}: 1 2']],
    },
    [2, 2],
    (rt, [v = null, n = null]) => {
      const size = rt.integer(n, 'resize!');
      if (size < 0) throw argumentError('new length must be ≥ 0');
      if (v instanceof List && size > v.items.length)
        throw argumentError('resize! makes room for numbers only here; use push!');
      rt.meter.boxes(size);
      const items = listed(rt, v).slice(0, size);
      while (items.length < size) items.push(0n);
      return refill(rt, v, items, 'resize!');
    },
  ),
  unary(
    { name: 'empty!', signature: 'empty!(v)', doc: 'Removes all elements.', examples: [['empty!([1, 2])', 'Int64[]']] },
    (rt, v) => {
      sequentialOnly(rt, 'empty!');
      if (!(v instanceof Dict)) return refill(rt, v, [], 'empty!');
      v.entries.clear();
      return v;
    },
  ),
  unary(
    {
      name: 'sort!',
      signature: 'sort!(v; rev, by, lt)',
      doc: 'Puts the elements of v in order, in place.',
      examples: [['v = [3, 1, 2]; sort!(v; rev=true); v', '3-element Vector{Int64}: 3 2 1']],
    },
    (rt, v, keywords) => {
      if (v instanceof Arr && v.ndims === 2)
        throw argumentError('sort! here puts vectors in order; for a matrix, A .= sort(A; dims)');
      sequentialOnly(rt, 'sort!');
      const items = listed(rt, v);
      const order = ordering(rt, items, keywords).map((k) => items[k] ?? null);
      return overwrite(rt, v, order, 'sort!');
    },
  ),
  unary(
    {
      name: 'reverse!',
      signature: 'reverse!(v)',
      doc: 'Turns v round, in place.',
      examples: [['v = [1, 2]; reverse!(v); v', '2-element Vector{Int64}: 2 1']],
    },
    (rt, v) => overwrite(rt, v, listed(rt, v).reverse(), 'reverse!'),
  ),
  unary(
    {
      name: 'unique!',
      signature: 'unique!(v)',
      doc: 'Leaves each element of v once, in place.',
      examples: [['unique!([1, 1, 2])', '2-element Vector{Int64}: 1 2']],
    },
    (rt, v) => refill(rt, v, [...distinct(rt, elements(rt, v)).values()], 'unique!'),
  ),
  entry(
    {
      name: 'filter!',
      signature: 'filter!(f, v)',
      doc: 'Leaves the elements at which f is true, in place.',
      examples: [['filter!(isodd, [1, 2, 3])', '2-element Vector{Int64}: 1 3']],
    },
    [2, 2],
    (rt, [f = null, v = null]) => {
      const kept = listed(rt, v).filter((x) => rt.truth(rt.call(f, [x])));
      if (!(v instanceof Dict)) return refill(rt, v, kept, 'filter!');
      v.entries.clear();
      for (const p of kept) if (p instanceof Pair) v.entries.set(keyOf(rt, p.key), { key: p.key, value: p.value });
      return v;
    },
  ),
];

/** Writes as many items as there are, through views too. */
function overwrite(rt: Runtime, v: Value, items: readonly Value[], name: string): Value {
  if (v instanceof List) return refill(rt, v, items, name);
  if (!(v instanceof Arr) || v.ndims !== 1) throw noMethod(name, [v]);
  rt.write(
    v,
    items.map((_, k) => k),
    (k) => hostNumber(items[k] ?? null) ?? NaN,
  );
  return v;
}
