/** `A[i, j] = v`, `A[:, j] .= v`, `d[key] = v`: the array itself changes, and every name that holds it sees the change. */

import { realOf } from './eltypes.ts';
import { argumentError, boundsError, byteRangeError, dimensionMismatch, inexactError, methodError } from './errors.ts';
import { numbers } from './iterate.ts';
import { flatIndices, indexText, locate, place } from './index-read.ts';
import type { Located, Place } from './index-read.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { summary } from './show.ts';
import { Arr, Dict, List, Ref, Tuple, hostNumber, keyOf, typeName } from './values.ts';
import type { Eltype, Value } from './values.ts';

/** A number as it is stored in an array of a type. @throws InexactError */
export function storable(x: number, type: Eltype): number {
  const eltype = realOf(type);
  if (eltype === 'N0f8') {
    const whole = Math.round(x * 255);
    if (!(whole >= 0 && whole <= 255)) throw byteRangeError(x);
    return whole / 255;
  }
  if (eltype === 'Float32') return Math.fround(x);
  if (eltype === 'Int64' && !Number.isInteger(x)) throw inexactError('Int64', String(x));
  if (eltype === 'Bool' && x !== 0 && x !== 1) throw inexactError('Bool', String(x));
  return x;
}

/** `spread`: a number may fill many places (`.=`). */
export function setIndex(rt: Runtime, object: Value, given: readonly Value[], v: Value, spread: boolean): void {
  const indices = flatIndices(given);
  if (rt.lanes) throw new Unlaneable('changing an array or a Dict');
  if (object instanceof Dict) {
    const key = rt.settle(indices.length === 1 ? (indices[0] ?? null) : new Tuple([...indices]));
    object.entries.set(keyOf(key), { key, value: v });
    return;
  }
  if (object instanceof Ref && indices.length === 0) {
    object.value = v;
    return;
  }
  if (object instanceof List) {
    const p = place(rt, indices[0] ?? null, object.items.length);
    if (p.kind !== 'one' || p.at < 0 || p.at >= object.items.length)
      throw boundsError(summary(object), indexText(rt, indices));
    object.items[p.at] = v;
    return;
  }
  if (!(object instanceof Arr))
    throw methodError('setindex!', [typeName(object), typeName(v), ...indices.map(typeName)]);
  const where = locate(rt, object, indices);
  const host = rt.writable(object);
  const flat = positions(object, where);
  const single = where.row.kind === 'one' && where.col.kind === 'one';
  const settled = rt.settle(v);
  const number = hostNumber(settled);
  if (number !== null) {
    if (!single && !spread) {
      throw argumentError(
        'indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?',
      );
    }
    const stored = storable(number, object.eltype);
    for (const k of flat) host[k] = stored;
    return;
  }
  if (single) throw methodError('convert', [`Type{${object.eltype}}`, typeName(settled)]);
  writeMany(rt, object.eltype, host, flat, shapeAt(where), numbers(rt, settled, 'setindex!'), spread);
}

/** Row-major offsets, in the order rows-then-columns of the block; linear positions in their own order. */
function positions(a: Arr, where: Located): number[] {
  const list = (p: Place): readonly number[] => (p.kind === 'many' ? p.at : p.kind === 'one' ? [p.at] : []);
  if (where.linear) return list(where.row).map((k) => (k % a.rows) * a.cols + Math.floor(k / a.rows));
  const cols = list(where.col);
  return list(where.row).flatMap((i) => cols.map((j) => i * a.cols + j));
}

function shapeAt(where: Located): { rows: number; cols: number } {
  const count = (p: Place): number => (p.kind === 'many' ? p.at.length : 1);
  return { rows: count(where.row), cols: count(where.col) };
}

/** A source fits if its sizes, leaving out ones, are the block's; under `.=` it may also be repeated. */
function writeMany(
  rt: Runtime,
  eltype: Eltype,
  host: Float64Array,
  flat: readonly number[],
  block: { rows: number; cols: number },
  source: Arr,
  spread: boolean,
): void {
  const data = rt.host(source).slice();
  const sizes = (s: { rows: number; cols: number }): string => [s.rows, s.cols].filter((n) => n !== 1).join('x');
  if (sizes(source) === sizes(block)) {
    flat.forEach((at, k) => (host[at] = storable(data[k] ?? 0, eltype)));
    return;
  }
  const fits = (size: number, into: number): boolean => size === into || size === 1;
  if (!spread || !fits(source.rows, block.rows) || !fits(source.cols, block.cols)) {
    const text = (s: { rows: number; cols: number }): string =>
      s.cols === 1 ? `(${s.rows},)` : `(${s.rows}, ${s.cols})`;
    throw dimensionMismatch(`tried to assign an array of size ${text(source)} to a place of size ${text(block)}`);
  }
  flat.forEach((at, k) => {
    const i = source.rows === 1 ? 0 : Math.floor(k / block.cols);
    const j = source.cols === 1 ? 0 : k % block.cols;
    host[at] = storable(data[i * source.cols + j] ?? 0, eltype);
  });
}
