/** Order along a vector, or along the lines of a matrix. */

import { argumentError, undefKeywordError } from '../errors.ts';
import { chosen } from '../derivative/rules.ts';
import { Extension } from '../extension.ts';
import { gathered, vectorOf } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Dict, boxed } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { ordering } from './orders.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

function sorted(rt: Runtime, v: Value, keywords: Keywords): Value {
  if (v instanceof Extension || v instanceof Dict) throw noMethod('sort', [v]);
  if (v instanceof Arr && v.ndims === 2) {
    const along = keywords.get('dims');
    if (along === undefined) throw argumentError('sort of a matrix needs dims');
    const down = rt.integer(along) === 1;
    const host = rt.peek(v);
    const [lines, size] = down ? [v.cols, v.rows] : [v.rows, v.cols];
    const at = (line: number, k: number): number => (down ? k * v.cols + line : line * v.cols + k);
    const from = new Float64Array(host.length);
    for (let line = 0; line < lines; line++) {
      const items = Array.from({ length: size }, (_, k) => boxed(host[at(line, k)] ?? 0, v.eltype));
      ordering(rt, items, keywords).forEach((k, to) => (from[at(line, to)] = at(line, k)));
    }
    if (rt.tracked(v)) return chosen(rt, v, from, v.rows, v.cols, 2);
    return new Arr(
      v.eltype,
      2,
      from.map((k) => host[k] ?? NaN),
      v.rows,
      v.cols,
    );
  }
  if (v instanceof Arr && rt.tracked(v)) {
    const numbers = Array.from(rt.peek(v), (x) => boxed(x, v.eltype));
    return chosen(rt, v, ordering(rt, numbers, keywords), numbers.length, 1, 1);
  }
  const items = gathered(rt, v);
  const order = ordering(rt, items, keywords).map((k) => items[k] ?? null);
  return vectorOf(rt, order);
}

/** `sortperm(A; dims)`: linear positions, line by line. `items`: row-major. */
function placesAlong(rt: Runtime, a: Arr, items: readonly Value[], keywords: Keywords): Arr {
  const dims = dimsOf(rt, keywords);
  if (dims === 'all') throw undefKeywordError('dims');
  const [lines, size] = dims === 1 ? [a.cols, a.rows] : [a.rows, a.cols];
  const at = (line: number, k: number): number => (dims === 1 ? k * a.cols + line : line * a.cols + k);
  const places = new Float64Array(a.length);
  for (let line = 0; line < lines; line++) {
    const own = Array.from({ length: size }, (_, k) => items[at(line, k)] ?? null);
    ordering(rt, own, keywords).forEach((k, to) => {
      const from = at(line, k);
      places[at(line, to)] = (from % a.cols) * a.rows + Math.floor(from / a.cols) + 1;
    });
  }
  return new Arr('Int64', 2, places, a.rows, a.cols);
}

export const sorting: readonly Entry[] = [
  entry(
    { name: 'sort', signature: 'sort(v; rev, by, lt, dims)', doc: 'The elements in order.' },
    [1, 1],
    (rt, [v = null], keywords) => sorted(rt, v, keywords),
  ),
  entry(
    { name: 'sortperm', signature: 'sortperm(v; rev, by, lt, dims)', doc: 'Indices that would sort v.' },
    [1, 1],
    (rt, [v = null], keywords) => {
      const items = v instanceof Arr ? Array.from(rt.peek(v), (x) => boxed(x, v.eltype)) : gathered(rt, v);
      if (v instanceof Arr && v.ndims === 2) return placesAlong(rt, v, items, keywords);
      const places = Float64Array.from(ordering(rt, items, keywords), (k) => k + 1);
      return new Arr('Int64', 1, places, places.length, 1);
    },
  ),
];
