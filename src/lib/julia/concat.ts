/** hcat, vcat and matrix literals, of numbers, arrays, colours and `I`. */

import { realOf } from './eltypes.ts';
import { argumentError, dimensionMismatch } from './errors.ts';
import { arrayOf, gathered, isArray, numbers } from './iterate.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { Arr, Colour, Colours, Lane, List, Range, Scaling, promote, scalarType, typeName } from './values.ts';
import type { ChannelType, Shape, Value } from './values.ts';

/** factor * I as a matrix of n x n. */
export function identity(rt: Runtime, factor: Value, n: number): Arr {
  rt.meter.room(n * n);
  const data = new Float64Array(n * n);
  for (let k = 0; k < n; k++) data[k * n + k] = 1;
  const eye = new Arr('Int64', 2, data, n, n);
  const type = promote('Bool', rt.eltype(factor));
  if (factor === true) return new Arr('Bool', 2, data, n, n);
  return new Arr(type, 2, rt.ops.binary('mul', rt.node(eye), rt.scalarNode(factor)), n, n);
}

/** `dims` 1 stacks, 2 puts side by side. @throws DimensionMismatch in Julia's words */
export function concat(rt: Runtime, parts: readonly Value[], dims: 1 | 2): Arr | Colours | List {
  if (parts.length > 0 && parts.every((v) => v instanceof Colour))
    return dims === 1 ? arrayOf(rt, parts, parts.length, 1, 1) : arrayOf(rt, parts, 1, parts.length, 2);
  if (parts.every((v) => scalarType(v))) {
    if (parts.some((v) => v instanceof Lane && !v.uniform)) {
      if (dims === 1) return new List([...parts], 'Float64');
      throw new Unlaneable('a matrix made from the element');
    }
    return dims === 1 ? arrayOf(rt, parts, parts.length, 1, 1) : arrayOf(rt, parts, 1, parts.length, 2);
  }
  if (parts.some((v) => v instanceof List || !joinsNumbers(v))) return concatItems(rt, parts, dims);
  const sized = parts.find((v) => !(v instanceof Scaling));
  const arrays = parts.map((v): Arr | Colours => {
    if (v instanceof Colours) return v;
    if (v instanceof Scaling) {
      if (!(sized instanceof Arr)) throw argumentError('the size of I cannot be told from its neighbours');
      return identity(rt, v.factor, dims === 2 ? sized.rows : sized.cols);
    }
    if (scalarType(v)) return new Arr(rt.eltype(v), 1, rt.scalarNode(v), 1, 1);
    return numbers(rt, v, dims === 1 ? 'vcat' : 'hcat');
  });
  checkSizes(arrays, dims);
  const ndims = dims === 1 && arrays.every((a) => a.ndims === 1) ? 1 : 2;
  const colours = arrays.filter((a) => a instanceof Colours);
  if (colours.length > 0) {
    const plane = (k: 0 | 1 | 2) =>
      rt.ops.concat(
        arrays.map((a) => (a instanceof Colours ? a.planes[k] : rt.node(a))),
        dims,
      );
    return new Colours(
      [plane(0), plane(1), plane(2)],
      arrays
        .map((a) => (a instanceof Colours ? a.type : realOf(a.eltype)))
        .reduce((s, t) => realOf(promote(s, t))) as ChannelType,
      ndims,
    );
  }
  const numeric = arrays.filter((a) => a instanceof Arr);
  const type = numeric.reduce((t, a) => promote(t, a.eltype), numeric[0]?.eltype ?? 'Float64');
  const node = rt.ops.concat(
    numeric.map((a) => rt.node(a)),
    dims,
  );
  return new Arr(type, ndims, node, node.rows, node.cols);
}

/** What stands for numbers or colours beside others; anything else is an element as it is. */
function joinsNumbers(v: Value): boolean {
  return (
    scalarType(v) !== null || v instanceof Arr || v instanceof Range || v instanceof Colours || v instanceof Scaling
  );
}

/** Strings, tuples and whatever else is no number; what is no array is one element. */
function concatItems(rt: Runtime, parts: readonly Value[], dims: 1 | 2): Arr | Colours | List {
  const lists = parts.map((v): List => {
    if (v instanceof List) return v;
    if (!isArray(v)) return new List([v], typeName(v));
    const { rows, cols, ndims } = v instanceof Range ? { rows: v.length, cols: 1, ndims: 1 as const } : v;
    return new List(gathered(rt, v), v instanceof Arr ? v.eltype : elementTypeOf(v), { rows, cols, ndims });
  });
  checkSizes(lists, dims);
  rt.meter.boxes(lists.reduce((sum, list) => sum + list.items.length, 0));
  const types = new Set(lists.map((list) => list.eltype));
  const type = types.size === 1 ? (lists[0]?.eltype ?? 'Any') : 'Any';
  const ndims = dims === 1 && lists.every((list) => list.ndims === 1) ? 1 : 2;
  const cols = dims === 1 ? (lists[0]?.cols ?? 1) : lists.reduce((sum, list) => sum + list.cols, 0);
  const rows = dims === 2 ? (lists[0]?.rows ?? 1) : lists.reduce((sum, list) => sum + list.rows, 0);
  const items =
    dims === 2
      ? lists.flatMap((list) => list.items)
      : Array.from({ length: cols }, (_, j) =>
          lists.flatMap((list) => list.items.slice(j * list.rows, (j + 1) * list.rows)),
        ).flat();
  return new List(items, type, { rows, cols, ndims });
}

function elementTypeOf(v: Value): string {
  return v instanceof Range ? (v.integer ? 'Int64' : 'Float64') : 'Any';
}

function checkSizes(arrays: readonly Shape[], dims: 1 | 2): void {
  const size = (a: Shape): number => (dims === 1 ? a.cols : a.rows);
  if (arrays.every((a) => size(a) === size(arrays[0] ?? a))) return;
  const what = dims === 1 ? 'number of columns of each array must match' : 'number of rows of each array must match';
  throw dimensionMismatch(`${what} (got (${arrays.map(size).join(', ')}))`);
}

/** `[A B; C D]`. */
export function matrixLiteral(rt: Runtime, rows: readonly (readonly Value[])[]): Value {
  const width = rows[0]?.length ?? 0;
  const flat = rows.flat();
  const plain = flat.every((v) => scalarType(v) && (!(v instanceof Lane) || v.uniform));
  if (plain && width > 1) {
    const ragged = rows.find((row) => row.length !== width);
    if (ragged) throw dimensionMismatch(`row length mismatch: expected ${width}, got ${ragged.length}`);
    const columns = Array.from({ length: width }, (_, j) => rows.map((row) => row[j] ?? null)).flat();
    return arrayOf(rt, columns, rows.length, width, 2);
  }
  if (width === 1 && rows.every((row) => row.length === 1)) return concat(rt, flat, 1);
  const bands = rows.map((row) => {
    const [only] = row;
    return row.length === 1 && only instanceof Scaling ? only : concat(rt, row, 2);
  });
  return bands.length === 1 ? (bands[0] ?? null) : concat(rt, bands, 1);
}
