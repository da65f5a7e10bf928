/** Going through values one by one, and gathering values into arrays. */

import { argumentError, dimensionMismatch, methodError } from './errors.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { Extension } from './extension.ts';
import {
  Arr,
  Cartesian,
  Char,
  Colour,
  Colours,
  Dict,
  Lane,
  List,
  Pair,
  Range,
  Tuple,
  boxed,
  hostNumber,
  promote,
  scalarType,
  typeName,
} from './values.ts';
import type { ChannelType, Eltype, Value } from './values.ts';

/** The element at row i, column j (0-based); on the tape while a gradient is taken. */
export function elementAt(rt: Runtime, a: Arr, i: number, j: number): Value {
  if (rt.gradients > 0 && rt.tracked(a)) return new Lane(a.eltype, rt.ops.slice(rt.node(a), i, j, 1, 1));
  return boxed(rt.numberAt(a, i * a.cols + j), a.eltype);
}

/** Whether Julia would call it an AbstractArray. */
export function isArray(v: Value): v is Arr | Range | List | Colours {
  return v instanceof Arr || v instanceof Range || v instanceof List || v instanceof Colours;
}

export function colourAt(rt: Runtime, a: Colours, i: number, j: number): Colour {
  const channel = (k: 0 | 1 | 2): Value => new Lane(a.type, rt.ops.slice(a.planes[k], i, j, 1, 1));
  return new Colour([channel(0), channel(1), channel(2)], a.type);
}

/** How many elements iteration gives. */
export function lengthOf(v: Value): number {
  if (v instanceof Arr || v instanceof Range) return v.length;
  if (v instanceof List || v instanceof Tuple) return v.items.length;
  if (v instanceof Colours) return v.rows * v.cols;
  if (v instanceof Dict) return v.entries.size;
  if (typeof v === 'string') return Array.from(v).length;
  if (v instanceof Pair) return 2;
  if (v instanceof Extension && v.count) return v.count();
  if (v instanceof Extension && v.items) return v.items().length;
  if (scalarType(v) || v instanceof Colour || v instanceof Char) return 1;
  throw methodError('length', [typeName(v)]);
}

/** All elements in Julia's order (down the columns). @throws MethodError for what cannot be iterated */
export function* elements(rt: Runtime, v: Value): Generator<Value> {
  if (v instanceof Range) {
    for (let k = 0; k < v.length; k++) {
      rt.meter.tick();
      yield v.at(k);
    }
  } else if (v instanceof Arr) {
    for (let j = 0; j < v.cols; j++) for (let i = 0; i < v.rows; i++) yield elementAt(rt, v, i, j);
  } else if (v instanceof Colours) {
    for (let j = 0; j < v.cols; j++) for (let i = 0; i < v.rows; i++) yield colourAt(rt, v, i, j);
  } else if (v instanceof List) {
    for (let k = 0; k < v.items.length; k++) yield v.items[k] ?? null;
  } else if (v instanceof Cartesian) {
    throw argumentError(
      'iteration is deliberately unsupported for CartesianIndex. Use `I` rather than `I...`, or use `Tuple(I)...`',
    );
  } else if (v instanceof Tuple) yield* v.items;
  else if (v instanceof Dict) for (const e of v.entries.values()) yield new Pair(e.key, e.value);
  else if (typeof v === 'string') for (const c of v) yield new Char(c);
  else if (v instanceof Pair) yield* [v.key, v.value];
  else if (v instanceof Extension && v.iterate) yield* ticking(rt, v.iterate());
  else if (v instanceof Extension && v.items) yield* v.items();
  else if (scalarType(v) || v instanceof Char || v instanceof Colour) yield v;
  else throw methodError('iterate', [typeName(v)]);
}

/** All elements at once, on the host. @throws MethodError, and BudgetError before there are more than fit */
export function gathered(rt: Runtime, v: Value): Value[] {
  if (!(v instanceof Extension)) {
    rt.meter.boxes(typeof v === 'string' ? v.length : lengthOf(v));
    return [...elements(rt, v)];
  }
  const items: Value[] = [];
  for (const x of elements(rt, v)) {
    items.push(x);
    if ((items.length & 4095) === 0) rt.meter.boxes(items.length);
  }
  return items;
}

/** Whoever gathers what never ends comes to the end of the budget. */
function* ticking(rt: Runtime, items: Iterable<Value>): Generator<Value> {
  for (const x of items) {
    rt.meter.tick();
    yield x;
  }
}

/** The common numeric type of scalars, or null if one is no number. */
export function commonType(items: readonly Value[]): Eltype | null {
  let type: Eltype | null = null;
  for (const item of items) {
    const t = scalarType(item);
    if (!t) return null;
    type = type ? promote(type, t) : t;
  }
  return type;
}

/** The channels of colours of several types, side by side. */
export function channelType(colours: readonly (Colour | Colours)[]): ChannelType {
  return colours.map((c) => c.type).reduce((a, b) => promote(a, b) as ChannelType);
}

/** A vector of values: an array where all are numbers, colours where all are colours, else a List. */
export function vectorOf(rt: Runtime, items: readonly Value[]): Arr | List | Colours {
  return arrayOf(rt, items, items.length, 1, 1);
}

/** `items` in column-major order. */
export function arrayOf(
  rt: Runtime,
  items: readonly Value[],
  rows: number,
  cols: number,
  ndims: 1 | 2,
): Arr | List | Colours {
  const type = commonType(items);
  rt.meter.room(items.length);
  if (type && items.every((x) => !(x instanceof Lane))) {
    const data = new Float64Array(items.length);
    items.forEach((x, k) => (data[(k % rows) * cols + Math.floor(k / rows)] = hostNumber(x) ?? 0));
    return new Arr(type, ndims, data, rows, cols);
  }
  if (type && items.every((x) => !(x instanceof Lane) || x.uniform)) {
    return new Arr(type, ndims, stack(rt, items, rows, cols), rows, cols);
  }
  const colours = items.filter((x) => x instanceof Colour);
  if (items.length > 0 && colours.length === items.length) {
    const plane = (k: 0 | 1 | 2) =>
      stack(
        rt,
        colours.map((c) => c.channels[k]),
        rows,
        cols,
      );
    return new Colours([plane(0), plane(1), plane(2)], channelType(colours), ndims);
  }
  // A matrix of what differs from lane to lane has no place on the engine: whoever runs the lanes goes through them one by one.
  if (ndims === 2 && items.some((x) => x instanceof Lane && !x.uniform))
    throw new Unlaneable('a matrix for each element');
  return new List([...items], type ?? rt.sharedType(items), { rows, cols, ndims });
}

function stack(rt: Runtime, items: readonly Value[], rows: number, cols: number) {
  const { ops } = rt;
  const column = ops.concat(
    items.map((x) => rt.scalarNode(x)),
    1,
  );
  return cols === 1 ? column : ops.transpose(ops.reshape(column, cols, rows));
}

/** A value as an array of numbers: arrays, ranges, lists and tuples of numbers. @throws MethodError otherwise */
export function numbers(rt: Runtime, v: Value, name: string): Arr {
  if (v instanceof Extension && v.iterate) {
    rt.meter.room(v.known?.() ?? 0);
    return numbers(rt, new List(gathered(rt, v)), name);
  }
  if (v instanceof Arr) return v;
  if (v instanceof Range) {
    rt.meter.room(v.length);
    const data = Float64Array.from({ length: v.length }, (_, k) => v.number(k));
    return new Arr(v.integer ? 'Int64' : 'Float64', 1, data, v.length, 1);
  }
  if (v instanceof List || v instanceof Tuple) {
    const { rows, cols, ndims } = v instanceof List ? v : { rows: v.items.length, cols: 1, ndims: 1 as const };
    const a =
      v.items.length === 0
        ? new Arr('Float64', ndims, new Float64Array(0), rows, cols)
        : arrayOf(rt, v.items, rows, cols, ndims);
    if (a instanceof Arr) return a;
    if (v.items.some((x) => x instanceof Lane)) throw new Unlaneable(`${name} of a list`);
  }
  if (v instanceof Lane && !v.uniform) throw new Unlaneable(`${name} of an array made from the element`);
  throw methodError(name, [typeName(v)]);
}

/** Shapes that must agree, in Julia's words. */
export function sameShape(
  a: { rows: number; cols: number; ndims: 1 | 2 },
  b: { rows: number; cols: number; ndims: 1 | 2 },
): void {
  if (a.rows === b.rows && a.cols === b.cols && a.ndims === b.ndims) return;
  const dims = (x: { rows: number; cols: number; ndims: 1 | 2 }): string =>
    x.ndims === 1 ? `(Base.OneTo(${x.rows}),)` : `(Base.OneTo(${x.rows}), Base.OneTo(${x.cols}))`;
  // The longer of the two shapes is told first.
  const [long, short] = a.ndims < b.ndims ? [b, a] : [a, b];
  const fault =
    long.rows !== short.rows ? 'mismatch at 1' : short.ndims === 2 ? 'mismatch at 2' : 'must have singleton at dim 2';
  throw dimensionMismatch(`dimensions must match: a has dims ${dims(long)}, b has dims ${dims(short)}, ${fault}`);
}
