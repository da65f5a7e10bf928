/** hcat, vcat and matrix literals, of numbers, arrays, colours and `I`. */

import { realOf } from './eltypes.ts';
import { argumentError, dimensionMismatch } from './errors.ts';
import { arrayOf, numbers } from './iterate.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { Arr, Colour, Colours, Lane, List, Scaling, promote, scalarType } from './values.ts';
import type { ChannelType, Value } from './values.ts';

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
  if (dims === 1 && parts.some((v) => v instanceof List)) {
    const items = parts.flatMap((v): Value[] => (v instanceof List ? v.items : [v]));
    return new List(items, parts.find((v) => v instanceof List)?.eltype);
  }
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

function checkSizes(arrays: readonly (Arr | Colours)[], dims: 1 | 2): void {
  const size = (a: Arr | Colours): number => (dims === 1 ? a.cols : a.rows);
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
