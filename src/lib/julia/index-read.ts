/** `A[i, j]`: positions, blocks, steps, masks, and lanes of positions (a gather). */

import type { Node } from '../matrix/tape.ts';
import { argumentError, boundsError, keyError, methodError } from './errors.ts';
import { colourAt, elementAt, elements, lengthOf, numbers } from './iterate.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { showText, summary } from './show.ts';
import { lastByte, stringIndex } from './strings.ts';
import {
  Arr,
  Cartesian,
  Colour,
  Colours,
  Dict,
  Lane,
  List,
  Pair,
  Range,
  Ref,
  Sym,
  Tuple,
  hostNumber,
  keyOf,
  typeName,
} from './values.ts';
import type { Value } from './values.ts';

/** The bare `:` as an index or argument. */
export const colon = new Sym(':');

/** One index: a position, 0-based; many positions; or a position for each lane, 1-based. */
export type Place =
  | { readonly kind: 'one'; readonly at: number }
  | { readonly kind: 'many'; readonly at: readonly number[]; readonly contiguous: boolean }
  | { readonly kind: 'lane'; readonly at: Node };

function many(at: number[]): Place {
  const first = at[0] ?? 0;
  return { kind: 'many', at, contiguous: at.every((x, k) => x === first + k) };
}

/** @throws ArgumentError for what Julia does not take as an index */
export function place(rt: Runtime, index: Value, size: number): Place {
  if (index === colon) return many(Array.from({ length: size }, (_, k) => k));
  if (index instanceof Lane && !index.uniform) {
    if (index.eltype !== 'Int64') throw argumentError(`invalid index: a number of type ${index.eltype}`);
    return { kind: 'lane', at: index.node };
  }
  const v = rt.settle(index);
  if (typeof v === 'bigint') return { kind: 'one', at: Number(v) - 1 };
  if (v instanceof Range || v instanceof Arr || v instanceof List) {
    const a = numbers(rt, v, 'getindex');
    const host = rt.host(a);
    if (a.eltype === 'Bool') {
      const chosen: number[] = [];
      // A matrix of Bool chooses down its columns, as everything linear does.
      for (let j = 0, k = 0; j < a.cols; j++)
        for (let i = 0; i < a.rows; i++, k++) if (host[i * a.cols + j]) chosen.push(k);
      return many(chosen);
    }
    if (a.eltype === 'Int64' && a.ndims === 1) return many(Array.from(host, (x) => x - 1));
    if (a.length === 0) return many([]);
    throw argumentError(`invalid index: ${summary(a)}`);
  }
  throw argumentError(`invalid index: ${showText(rt, v)} of type ${typeName(v)}`);
}

export function indexText(rt: Runtime, indices: readonly Value[]): string {
  return indices.map((i) => (i === colon ? ':' : i instanceof Lane && !i.uniform ? '…' : showText(rt, i))).join(', ');
}

export interface Located {
  readonly row: Place;
  readonly col: Place;
  /** Set where a single index runs down the columns of a matrix. */
  readonly linear: boolean;
}

interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly ndims: 1 | 2;
}

/** Resolves indices against an array's shape, bounds checked. */
export function locate(rt: Runtime, a: Value & Grid, indices: readonly Value[]): Located {
  const total = a.rows * a.cols;
  const out = (): never => {
    throw boundsError(summary(a), indexText(rt, indices));
  };
  const inside = (p: Place, size: number): Place => {
    if (p.kind === 'one' && (p.at < 0 || p.at >= size)) return out();
    if (p.kind === 'many' && p.at.some((x) => x < 0 || x >= size)) return out();
    return p;
  };
  const [first = 1n, second, ...rest] = indices;
  if (indices.length === 0 && total !== 1) throw boundsError(summary(a), '');
  for (const extra of rest) if (hostNumber(extra) !== 1) return out();
  const origin: Place = { kind: 'one', at: 0 };
  if (second !== undefined) {
    return {
      row: inside(place(rt, first, a.rows), a.rows),
      col: inside(place(rt, second, a.cols), a.cols),
      linear: false,
    };
  }
  const p = inside(place(rt, first, total), total);
  if (a.ndims === 1) return { row: p, col: origin, linear: false };
  if (p.kind === 'one') {
    return {
      row: { kind: 'one', at: p.at % a.rows },
      col: { kind: 'one', at: Math.floor(p.at / a.rows) },
      linear: false,
    };
  }
  return { row: p, col: origin, linear: true };
}

/** A block of one plane, as rows x cols positions or down a list of linear positions. */
function block(rt: Runtime, node: Node, where: Located): Node {
  const { ops } = rt;
  const rows = where.row.kind === 'many' ? where.row.at : where.row.kind === 'one' ? [where.row.at] : [];
  const cols = where.col.kind === 'many' ? where.col.at : where.col.kind === 'one' ? [where.col.at] : [];
  if (where.linear) {
    const flat = rows.map((k) => (k % node.rows) * node.cols + Math.floor(k / node.rows));
    return ops.gather(node, ops.upload(flat, flat.length, 1));
  }
  const whole = (p: Place): boolean => p.kind === 'one' || (p.kind === 'many' && p.contiguous);
  if (whole(where.row) && whole(where.col)) {
    if (rows.length === node.rows && cols.length === node.cols) return node;
    return ops.slice(node, rows[0] ?? 0, cols[0] ?? 0, rows.length, cols.length);
  }
  rt.meter.room(rows.length * cols.length);
  const flat = new Float64Array(rows.length * cols.length);
  rows.forEach((i, k) => cols.forEach((j, l) => (flat[k * cols.length + l] = i * node.cols + j)));
  return ops.gather(node, ops.upload(flat, rows.length, cols.length));
}

/** Row-major positions for lanes, with those outside sent to 0 after the check. */
function laneFlat(rt: Runtime, a: Value & Grid, where: Located, indices: readonly Value[]): Node {
  const { ops } = rt;
  const total = a.rows * a.cols;
  const zeroBased = (p: Place, size: number): { at: Node; bad: Node | null } => {
    if (p.kind === 'one') return { at: ops.scalar(p.at), bad: null };
    if (p.kind === 'many') throw new Unlaneable('a block whose place depends on the element');
    const at = ops.binary('sub', p.at, ops.scalar(1));
    const low = ops.binary('lt', at, ops.scalar(0));
    return { at, bad: ops.binary('or', low, ops.binary('lt', ops.scalar(size - 1), at)) };
  };
  let row = zeroBased(where.row, where.linear ? total : a.rows);
  let col = zeroBased(where.col, a.cols);
  const bad = row.bad && col.bad ? ops.binary('or', row.bad, col.bad) : (row.bad ?? col.bad);
  if (where.linear) {
    const down = ops.binary('rem', row.at, ops.scalar(a.rows));
    const right = ops.unary('round', ops.binary('div', ops.binary('sub', row.at, down), ops.scalar(a.rows)));
    row = { at: down, bad };
    col = { at: right, bad };
  }
  const flat = ops.binary('add', ops.binary('mul', row.at, ops.scalar(a.cols)), col.at);
  if (!bad) return flat;
  const culprits = indices.map((i) => (i instanceof Lane ? i.node : null));
  rt.check(bad, (lane) => {
    const width = bad.cols;
    const shown = culprits.map((node, k) => {
      if (!node) return indexText(rt, [indices[k] ?? null]);
      const i = node.rows === 1 ? 0 : Math.floor(lane / width);
      const j = node.cols === 1 ? 0 : lane % width;
      return String(Math.round(ops.download(node)[i * node.cols + j] ?? 0));
    });
    return boundsError(summary(a), shown.join(', '));
  });
  return ops.select(bad, ops.scalar(0), flat);
}

function readGrid(rt: Runtime, a: Arr | Colours, indices: readonly Value[]): Value {
  const where = locate(rt, a, indices);
  const { row, col } = where;
  const planes = a instanceof Arr ? null : a.planes;
  if (row.kind === 'one' && col.kind === 'one') {
    return a instanceof Arr ? elementAt(rt, a, row.at, col.at) : colourAt(rt, a, row.at, col.at);
  }
  if (row.kind === 'lane' || col.kind === 'lane') {
    const flat = laneFlat(rt, a, where, indices);
    if (a instanceof Arr) return new Lane(a.eltype, rt.ops.gather(rt.node(a), flat));
    const channel = (k: 0 | 1 | 2): Lane => new Lane(a.type, rt.ops.gather(a.planes[k], flat));
    return new Colour([channel(0), channel(1), channel(2)], a.type);
  }
  const ndims = row.kind === 'many' && col.kind === 'many' && !where.linear ? 2 : 1;
  const cut = (node: Node): Node => {
    const b = block(rt, node, where);
    return ndims === 1 && b.cols !== 1 ? rt.ops.reshape(b, b.rows * b.cols, 1) : b;
  };
  if (planes) return new Colours([cut(planes[0]), cut(planes[1]), cut(planes[2])], (a as Colours).type, ndims);
  const node = cut(rt.node(a as Arr));
  return new Arr((a as Arr).eltype, ndims, node, node.rows, node.cols);
}

export function getIndex(rt: Runtime, object: Value, given: readonly Value[]): Value {
  const indices = flatIndices(given);
  if (object instanceof Arr || object instanceof Colours) return readGrid(rt, object, indices);
  if (object instanceof Ref && indices.length === 0) return object.value;
  const [index = null] = indices;
  if (typeof object === 'string' && indices.length === 1) return stringIndex(rt, object, index, index === colon);
  if (object instanceof Dict) {
    const key = rt.settle(index, 'looking up a key that differs from element to element');
    const entry = object.entries.get(keyOf(key));
    if (!entry) throw keyError(showText(rt, key));
    return entry.value;
  }
  if (object instanceof Tuple && index instanceof Sym && object.names) {
    const k = object.names.indexOf(index.name);
    if (k >= 0) return object.items[k] ?? null;
  }
  if (object instanceof Lane && !object.uniform) throw new Unlaneable('indexing a number');
  const sequence =
    object instanceof Range || object instanceof List || object instanceof Tuple || typeof object === 'string';
  if (!sequence && !(object instanceof Pair) && hostNumber(object) === null)
    throw methodError('getindex', [typeName(object), ...indices.map(typeName)]);
  if (
    index instanceof Lane &&
    !index.uniform &&
    (object instanceof Range || object instanceof Tuple || object instanceof List)
  ) {
    return readGrid(rt, numbers(rt, object, 'getindex'), indices);
  }
  const size = lengthOf(object);
  const p = place(rt, index, size);
  const at = p.kind === 'one' ? [p.at] : p.kind === 'many' ? p.at : [];
  if (at.some((k) => k < 0 || k >= size) || indices.length > 1)
    throw boundsError(summary(object), indexText(rt, indices));
  const [first = 0] = at;
  if (object instanceof Range) {
    if (p.kind === 'one') return object.at(first);
    const step = at.length > 1 ? (at[1] ?? 0) - first : 1;
    if (at.every((k, n) => k === first + n * step)) {
      return new Range(object.number(first), object.step * step, at.length, object.integer, object.unit && step === 1);
    }
    return readGrid(rt, numbers(rt, object, 'getindex'), indices);
  }
  const items = object instanceof List || object instanceof Tuple ? object.items : [...elements(rt, object)];
  if (p.kind === 'one') return items[first] ?? null;
  const chosen = at.map((k) => items[k] ?? null);
  return object instanceof Tuple ? new Tuple(chosen) : new List(chosen, object instanceof List ? object.eltype : 'Any');
}

/** A CartesianIndex stands for its parts. */
export function flatIndices(indices: readonly Value[]): readonly Value[] {
  return indices.some((i) => i instanceof Cartesian)
    ? indices.flatMap((i) => (i instanceof Cartesian ? i.items : [i]))
    : indices;
}

/** What `end` means in index `k` of `count`. */
export function lastIndex(v: Value, k: number, count: number): bigint {
  if (v instanceof Arr || v instanceof Colours) {
    if (count === 1) return BigInt(v.rows * v.cols);
    return BigInt(k === 0 ? v.rows : k === 1 ? v.cols : 1);
  }
  if (typeof v === 'string') return BigInt(lastByte(v));
  return BigInt(lengthOf(v));
}
