/** `A[i, j]`: positions, blocks, steps, masks, and lanes of positions (a gather). */

import { CentredArr } from '../centred.ts';
import type { Node } from '../../matrix/tape.ts';
import { keyOf } from '../equality.ts';
import { argumentError, boundsError, keyError, methodError, unsupported, unsupportedError } from '../errors.ts';
import { gathered, colourAt, elementAt, lengthOf, numbers } from '../iterate.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { showText, summary } from '../show/show.ts';
import { lastByte, stringIndex } from '../strings.ts';
import { Extension } from '../extension.ts';
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
  scalarType,
  typeName,
} from '../values.ts';
import type { Shape, Value } from '../values.ts';

/** The bare `:` as an index or argument. */
export const colon = new Sym(':');

/** One index: a position, 0-based; many positions; or a position for each lane, 1-based. */
export type IndexPlace =
  | { readonly kind: 'one'; readonly at: number }
  | { readonly kind: 'many'; readonly at: readonly number[]; readonly contiguous: boolean; readonly shape: Shape }
  | { readonly kind: 'lane'; readonly at: Node };

/** `at` down the columns of `shape`, the index's own. */
function many(at: readonly number[], shape: Shape = { rows: at.length, cols: 1, ndims: 1 }): IndexPlace {
  const first = at[0] ?? 0;
  return { kind: 'many', at, contiguous: shape.ndims === 1 && at.every((x, k) => x === first + k), shape };
}

function invalidIndex(rt: Runtime, v: Value): Error {
  return argumentError(`invalid index: ${showText(rt, v)} of type ${typeName(v)}`);
}

/** `size`: positions that the index chooses among. @throws ArgumentError for what Julia does not take as an index; null: a mask of another size */
export function place(rt: Runtime, index: Value, size: number): IndexPlace | null {
  if (index === colon) rt.meter.fits(size);
  if (index === colon) return many(Array.from({ length: size }, (_, k) => k));
  if (index instanceof Lane && !index.uniform) {
    if (index.eltype !== 'Int64') throw argumentError(`invalid index: a number of type ${index.eltype}`);
    return { kind: 'lane', at: index.node };
  }
  const v = rt.settle(index);
  if (typeof v === 'bigint') return { kind: 'one', at: Number(v) - 1 };
  if (v instanceof Range) {
    if (!v.integer) throw invalidIndex(rt, v);
    rt.meter.fits(v.length);
    return many(Array.from({ length: v.length }, (_, k) => v.number(k) - 1));
  }
  if (v instanceof Arr || (v instanceof List && v.items.every((x) => scalarType(x)))) {
    const a = numbers(rt, v, 'getindex');
    const host = rt.peek(a);
    // Everything linear goes down the columns.
    const down =
      a.cols === 1 ? host : Array.from(host, (_, k) => host[(k % a.rows) * a.cols + Math.floor(k / a.rows)] ?? NaN);
    if (a.eltype === 'Bool') {
      if (a.length !== size) return null;
      const chosen: number[] = [];
      for (let k = 0; k < down.length; k++) if (down[k]) chosen.push(k);
      return many(chosen);
    }
    if (a.eltype === 'Int64')
      return many(
        Array.from(down, (x) => x - 1),
        a,
      );
    if (a.length === 0) return many([], a);
  }
  throw invalidIndex(rt, v);
}

/** `sizes`: what a colon stands for at each place. */
export function indexText(rt: Runtime, indices: readonly Value[], sizes: readonly number[] = []): string {
  return indices
    .map((i, k) => {
      if (i === colon) return sizes[k] === undefined ? ':' : `1:${sizes[k]}`;
      return i instanceof Lane && !i.uniform ? '…' : showText(rt, i);
    })
    .join(', ');
}

export interface Located {
  readonly row: IndexPlace;
  readonly col: IndexPlace;
  /** Set where a single index runs down the columns of a matrix. */
  readonly linear: boolean;
}

/** Resolves indices against an array's shape, bounds checked. */
export function locate(rt: Runtime, a: Value & Shape, indices: readonly Value[]): Located {
  const total = a.rows * a.cols;
  const out = (): never => {
    const sizes = indices.length === 1 ? [total] : [a.rows, a.cols, 1];
    throw boundsError(summary(a), indexText(rt, indices, sizes));
  };
  const inside = (p: IndexPlace | null, size: number): IndexPlace => {
    if (!p) return out();
    if (p.kind === 'one' && (p.at < 0 || p.at >= size)) return out();
    if (p.kind === 'many' && p.at.some((x) => x < 0 || x >= size)) return out();
    return p;
  };
  const [first = 1n, second, ...rest] = indices;
  if (indices.length === 0 && total !== 1) throw boundsError(summary(a), '');
  for (const extra of rest) if (hostNumber(extra) !== 1 && extra !== colon) return out();
  const origin: IndexPlace = { kind: 'one', at: 0 };
  if (second !== undefined) {
    return {
      row: inside(place(rt, first, a.rows), a.rows),
      col: inside(place(rt, second, a.cols), a.cols),
      linear: false,
    };
  }
  const points = cartesianPlaces(first, a);
  // A mask of a matrix must have the matrix's own shape, or be one long vector.
  if (
    !points &&
    first instanceof Arr &&
    first.eltype === 'Bool' &&
    first.ndims === 2 &&
    (first.rows !== a.rows || first.cols !== a.cols)
  )
    return out();
  const p = inside(points ?? place(rt, first, total), total);
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

/** An array of CartesianIndex, as `findall` of a matrix gives it, as linear positions; -1 where one lies outside. */
function cartesianPlaces(index: Value, a: Shape): IndexPlace | null {
  if (!(index instanceof List) || index.items.length === 0) return null;
  const at: number[] = [];
  for (const item of index.items) {
    if (!(item instanceof Cartesian)) return null;
    const [i = 1, j = 1] = item.items.map((x) => hostNumber(x) ?? 0);
    at.push(i < 1 || j < 1 || i > a.rows || j > a.cols ? -1 : (j - 1) * a.rows + i - 1);
  }
  return many(at, index);
}

/** The shape of what the indices choose. @throws JuliaError UnsupportedError beyond two dimensions */
export function chosenShape(rt: Runtime, where: Located): Shape {
  const { row, col } = where;
  if (row.kind === 'many' && col.kind === 'many' && !where.linear) {
    if (row.shape.ndims + col.shape.ndims > 2)
      throw unsupportedError(
        'indexing with a matrix beside other indices, which makes three dimensions,',
        rt.span ?? { from: 0, to: 0 },
      );
    return { rows: row.at.length, cols: col.at.length, ndims: 2 };
  }
  if (row.kind === 'many') return row.shape;
  return col.kind === 'many' ? col.shape : { rows: 1, cols: 1, ndims: 1 };
}

/** Row-major positions of what the indices choose, down the columns of its shape. */
export function positions(a: Shape, where: Located): number[] {
  const list = (p: IndexPlace): readonly number[] => (p.kind === 'many' ? p.at : p.kind === 'one' ? [p.at] : []);
  const rows = list(where.row);
  if (where.linear) return rows.map((k) => (k % a.rows) * a.cols + Math.floor(k / a.rows));
  return list(where.col).flatMap((j) => rows.map((i) => i * a.cols + j));
}

/** What the indices choose of a plane. */
export function block(rt: Runtime, node: Node, where: Located): Node {
  const { ops } = rt;
  const shape = chosenShape(rt, where);
  const whole = (p: IndexPlace): boolean => p.kind === 'one' || (p.kind === 'many' && p.contiguous);
  if (!where.linear && whole(where.row) && whole(where.col)) {
    const from = (p: IndexPlace): number => (p.kind === 'one' ? p.at : p.kind === 'many' ? (p.at[0] ?? 0) : 0);
    const count = (p: IndexPlace): number => (p.kind === 'many' ? p.at.length : 1);
    const [rows, cols] = [count(where.row), count(where.col)];
    const cut =
      rows === node.rows && cols === node.cols ? node : ops.slice(node, from(where.row), from(where.col), rows, cols);
    return shape.rows === rows ? cut : ops.reshape(cut, shape.rows, shape.cols);
  }
  rt.meter.room(shape.rows * shape.cols);
  const down = positions(node as unknown as Shape, where);
  const flat = new Float64Array(down.length);
  down.forEach((at, k) => (flat[(k % shape.rows) * shape.cols + Math.floor(k / shape.rows)] = at));
  return ops.gather(node, ops.upload(flat, shape.rows, shape.cols));
}

/** Row-major positions for lanes, with those outside sent to 0 after the check. */
function laneFlat(rt: Runtime, a: Shape & Value, where: Located, indices: readonly Value[]): Node {
  const { ops } = rt;
  const total = a.rows * a.cols;
  const zeroBased = (p: IndexPlace, size: number): { at: Node; bad: Node | null } => {
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

function readGrid(rt: Runtime, a: Arr | Colours | List, indices: readonly Value[]): Value {
  const where = locate(rt, a, indices);
  const { row, col } = where;
  if (row.kind === 'one' && col.kind === 'one') {
    if (a instanceof List) return a.items[col.at * a.rows + row.at] ?? null;
    return a instanceof Arr ? elementAt(rt, a, row.at, col.at) : colourAt(rt, a, row.at, col.at);
  }
  if (a instanceof List) {
    if (row.kind === 'lane' || col.kind === 'lane') return readGrid(rt, numbers(rt, a, 'getindex'), indices);
    const shape = chosenShape(rt, where);
    // Items lie down the columns.
    const down = positions(a, where).map((at) => (at % a.cols) * a.rows + Math.floor(at / a.cols));
    return new List(
      down.map((k) => a.items[k] ?? null),
      a.eltype,
      shape,
    );
  }
  if (row.kind === 'lane' || col.kind === 'lane') {
    const flat = laneFlat(rt, a, where, indices);
    if (a instanceof Arr) return new Lane(a.eltype, rt.ops.gather(rt.node(a), flat));
    const channel = (k: 0 | 1 | 2): Lane => new Lane(a.type, rt.ops.gather(a.planes[k], flat));
    return new Colour([channel(0), channel(1), channel(2)], a.type);
  }
  const { ndims } = chosenShape(rt, where);
  if (a instanceof Colours) {
    const [r, g, b] = a.planes;
    return new Colours([block(rt, r, where), block(rt, g, where), block(rt, b, where)], a.type, ndims);
  }
  const node = block(rt, rt.node(a), where);
  return new Arr(a.eltype, ndims, node, node.rows, node.cols, false, a.bits);
}

export function getIndex(rt: Runtime, object: Value, given: readonly Value[]): Value {
  const indices = flatIndices(given);
  if (object instanceof CentredArr)
    throw unsupported('an index into a kernel, whose indices count from its middle; imfilter takes it whole');
  if (object instanceof Arr || object instanceof Colours || object instanceof List)
    return readGrid(rt, object, indices);
  if (object instanceof Ref && indices.length === 0) return object.value;
  if (object instanceof Extension && object.index) return object.index(indices);
  if (indices.length === 0 && (typeof object === 'string' || object instanceof Dict))
    throw methodError('getindex', [typeName(object)]);
  if (indices.length === 0 && scalarType(object)) return object;
  const [index = null] = indices;
  if (typeof object === 'string' && indices.length === 1) return stringIndex(rt, object, index, index === colon);
  if (object instanceof Dict) {
    const key = rt.settle(index, 'looking up a key that differs from element to element');
    const entry = object.entries.get(keyOf(rt, key));
    if (!entry) throw keyError(showText(rt, key), key);
    return entry.value;
  }
  if (object instanceof Tuple && index instanceof Sym && object.names) {
    const k = object.names.indexOf(index.name);
    if (k >= 0) return object.items[k] ?? null;
  }
  if (object instanceof Lane && !object.uniform) throw new Unlaneable('indexing a number');
  const sequence = object instanceof Range || object instanceof Tuple || typeof object === 'string';
  if (!sequence && !(object instanceof Pair) && hostNumber(object) === null)
    throw methodError('getindex', [typeName(object), ...indices.map(typeName)]);
  if (index instanceof Lane && !index.uniform && (object instanceof Range || object instanceof Tuple)) {
    return readGrid(rt, numbers(rt, object, 'getindex'), indices);
  }
  const size = lengthOf(object);
  const p = place(rt, index, size);
  const at = p?.kind === 'one' ? [p.at] : p?.kind === 'many' ? p.at : [];
  if (!p || at.some((k) => k < 0 || k >= size) || indices.slice(1).some((extra) => hostNumber(extra) !== 1))
    throw boundsError(summary(object), indexText(rt, indices, [size]));
  const [first = 0] = at;
  if (object instanceof Range) {
    if (p.kind === 'one') return object.at(first);
    // A range of a range is a range; any other choice is a vector, even where it is evenly spaced.
    if (index === colon) return object;
    if (index instanceof Range) {
      const step = index.step;
      return new Range(
        at.length > 0 ? object.number(first) : object.start + (index.start - 1) * object.step,
        object.step * step,
        at.length,
        object.integer,
        object.unit && index.unit,
      );
    }
    return readGrid(rt, numbers(rt, object, 'getindex'), indices);
  }
  const items = object instanceof Tuple ? object.items : gathered(rt, object);
  if (p.kind === 'one') return items[first] ?? null;
  const chosen = at.map((k) => items[k] ?? null);
  return object instanceof Tuple ? new Tuple(chosen) : new List(chosen);
}

/** A CartesianIndex stands for its parts. */
export function flatIndices(indices: readonly Value[]): readonly Value[] {
  return indices.some((i) => i instanceof Cartesian)
    ? indices.flatMap((i) => (i instanceof Cartesian ? i.items : [i]))
    : indices;
}

/** What `end` means in index `k` of `count`. */
export function lastIndex(v: Value, k: number, count: number): bigint {
  if (v instanceof Arr || v instanceof Colours || v instanceof List) {
    if (count === 1) return BigInt(v.rows * v.cols);
    return BigInt(k === 0 ? v.rows : k === 1 ? v.cols : 1);
  }
  if (typeof v === 'string') return BigInt(lastByte(v));
  return BigInt(lengthOf(v));
}
