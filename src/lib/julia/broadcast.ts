/** `f.(A, b)`: one run of f over lanes where f allows it, else a run for each element. */

import { dimensionMismatch, methodError } from './errors.ts';
import { Extension } from './extension.ts';
import { arrayOf, gathered, elementAt, lengthOf, numbers } from './iterate.ts';
import { assemble, expand, inLanes, orElementwise } from './lanes.ts';
import { keep, repeated } from './memory.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import {
  Arr,
  Colour,
  Colours,
  Dict,
  Fn,
  Lane,
  List,
  Range,
  Ref,
  Tuple,
  TypeValue,
  hostNumber,
  noKeywords,
  scalarType,
  typeName,
  withBits,
} from './values.ts';
import type { Keywords, Shape, Value } from './values.ts';

function shapeOf(v: Value): Shape | null {
  if (v instanceof Arr || v instanceof Colours || v instanceof List) return v;
  if (v instanceof Range || v instanceof Tuple) return { rows: lengthOf(v), cols: 1, ndims: 1 };
  if (v instanceof Dict) throw methodError('broadcast', [typeName(v)]);
  return null;
}

/** @throws DimensionMismatch in Julia's words */
export function broadcastShape(shapes: readonly Shape[]): Shape {
  let rows = 1;
  let cols = 1;
  let ndims: 1 | 2 = 1;
  const join = (a: number, b: number): number => {
    if (a === b || b === 1) return a;
    if (a === 1) return b;
    throw dimensionMismatch(
      `arrays could not be broadcast to a common size; got a dimension with lengths ${a} and ${b}`,
    );
  };
  for (const s of shapes) {
    rows = join(rows, s.rows);
    cols = join(cols, s.cols);
    if (s.ndims === 2) ndims = 2;
  }
  return { rows, cols, ndims };
}

/** An iterator as the array that `collect` makes of it. */
function collected(rt: Runtime, v: Value): Value {
  if (!(v instanceof Extension) || !v.iterate) return v;
  rt.meter.room(v.known?.() ?? 0);
  return new List(gathered(rt, v), 'Any', v.shape);
}

export function broadcast(rt: Runtime, callee: Value, given: Value[], keywords: Keywords = noKeywords): Value {
  const args = given.some((v) => v instanceof Extension) ? given.map((v) => collected(rt, v)) : given;
  const shapes = args.map(shapeOf);
  const arrays = shapes.filter((s) => s !== null);
  const plain = args.map((v) => (v instanceof Ref ? v.value : v));
  if (arrays.length === 0) return rt.call(callee, plain, keywords);
  const range = shiftedRange(callee, args);
  if (range) return range;
  const shape = broadcastShape(arrays);
  const count = shape.rows * shape.cols;
  const tuple = args.every((v, k) => shapes[k] === null || v instanceof Tuple);
  const each = (): Value => elementwise(rt, callee, args, plain, shape, keywords, tuple);
  if (count === 0 && callee instanceof TypeValue && callee.eltype)
    return new Arr(callee.eltype, shape.ndims, new Float64Array(0), shape.rows, shape.cols);
  const numeric =
    !tuple && args.every((v) => !(v instanceof List || v instanceof Tuple) || v.items.every((x) => scalarType(x)));
  if (!numeric || count === 0) return each();
  const crossing =
    rt.lanes && !(callee instanceof Fn && callee.builtin && args.every((v) => !(v instanceof Lane) || v.uniform));
  if (crossing) return each();
  return orElementwise(rt, count, () => lanewise(rt, callee, args, plain, shapes, shape, keywords), each);
}

function lanewise(
  rt: Runtime,
  callee: Value,
  args: readonly Value[],
  plain: readonly Value[],
  shapes: readonly (Shape | null)[],
  shape: Shape,
  keywords: Keywords,
): Value {
  const lanes = args.map((v, k): Value => {
    if (shapes[k] === null) return plain[k] ?? null;
    if (v instanceof Colours) {
      const [r, g, b] = v.planes;
      return new Colour([new Lane(v.type, r), new Lane(v.type, g), new Lane(v.type, b)], v.type);
    }
    const a = numbers(rt, v, 'broadcast');
    return new Lane(a.eltype, rt.node(a));
  });
  return inLanes(rt, shape, () => assemble(rt, rt.call(callee, lanes, keywords), shape, true));
}

function elementwise(
  rt: Runtime,
  callee: Value,
  args: readonly Value[],
  plain: readonly Value[],
  shape: Shape,
  keywords: Keywords,
  tuple: boolean,
): Value {
  const columns = args.map((v, k) => (shapeOf(v) ? picker(rt, v) : (): Value => plain[k] ?? null));
  const items: Value[] = [];
  const count = shape.rows * shape.cols;
  refuseMany(rt, count);
  const step = (): boolean => {
    const [i, j] = [items.length % shape.rows, Math.floor(items.length / shape.rows)];
    const at = columns.map((pick) => pick(i, j));
    keep(rt, items, rt.call(callee, at, keywords));
    return items.length < count;
  };
  // What a run over lanes is about to do with its other values is in no variable.
  if (rt.lanes) while (items.length < count && step());
  else if (count > 0) repeated(rt, step, null, () => [callee, ...args, ...keywords.values(), ...items]);
  if (tuple) return new Tuple(items);
  const gathered = arrayOf(rt, items, shape.rows, shape.cols, shape.ndims);
  return gathered instanceof Arr ? withBits(gathered, true) : gathered;
}

/**
 * Over lanes, every element of an array is a matrix of all lanes. Where the array is the larger, whoever started the lanes goes through them one
 * by one instead, with the whole array at once.
 */
function refuseMany(rt: Runtime, count: number): void {
  const lanes = rt.lanes === null ? 0 : rt.lanes.rows * rt.lanes.cols;
  if (count > lanes && lanes > 0 && count * lanes > 2 ** 16) throw new Unlaneable('a large array for each element');
}

function picker(rt: Runtime, v: Value): (i: number, j: number) => Value {
  if (v instanceof Arr) return (i, j) => elementAt(rt, v, v.rows === 1 ? 0 : i, v.cols === 1 ? 0 : j);
  const grid = v instanceof Colours || v instanceof List;
  const rows = grid ? v.rows : lengthOf(v);
  const items = gathered(rt, v);
  const columns = grid ? v.cols : 1;
  return (i, j) => items[(rows === 1 ? 0 : i) + (columns === 1 ? 0 : j) * rows] ?? null;
}

/** Sums and multiples of a range with a number stay ranges. */
function shiftedRange(callee: Value, args: readonly Value[]): Range | null {
  const [a, b] = args;
  if (!(callee instanceof Fn) || !callee.builtin || args.length !== 2 || a === undefined || b === undefined)
    return null;
  const [range, other] = a instanceof Range ? [a, b] : [b, a];
  const x = hostNumber(other);
  if (!(range instanceof Range) || x === null || typeof other === 'boolean') return null;
  const integer = range.integer && typeof other === 'bigint';
  const make = (start: number, step: number, unit: boolean): Range =>
    new Range(start, step, range.length, integer, unit && integer);
  if (callee.name === '+') return make(range.start + x, range.step, range.unit);
  if (callee.name === '-' && range === a) return make(range.start - x, range.step, range.unit);
  return callee.name === '*' && x !== 0 ? make(range.start * x, range.step * x, false) : null;
}

/** `A .= v`: the numbers of v written into A, which all names of A see. */
export function assignInto(rt: Runtime, target: Value, v: Value): void {
  if (target instanceof List) {
    assignItems(rt, target, v);
    return;
  }
  if (!(target instanceof Arr)) throw methodError('copyto!', [typeName(target), typeName(v)]);
  rt.mutable(target, 'copyto!');
  const source = shapeOf(v) ? numbers(rt, v, 'copyto!') : null;
  const shape = broadcastShape(source ? [target, source] : [target]);
  if (shape.rows !== target.rows || shape.cols !== target.cols) {
    throw dimensionMismatch(`array could not be broadcast to match destination`);
  }
  const type = source ? source.eltype : rt.eltype(v);
  const node = source ? rt.node(source) : rt.scalarNode(v);
  const kept = expand(rt, rt.conform(node, type, target.eltype), target);
  rt.overwrite(target, kept);
}

function assignItems(rt: Runtime, target: List, v: Value): void {
  rt.mutable(target, 'copyto!');
  const shape = shapeOf(v);
  const into = broadcastShape(shape ? [target, shape] : [target]);
  if (into.rows !== target.rows || into.cols !== target.cols)
    throw dimensionMismatch('array could not be broadcast to match destination');
  const pick = shape ? picker(rt, v) : (): Value => (v instanceof Ref ? v.value : v);
  const items = target.items.map((_, k) => pick(k % target.rows, Math.floor(k / target.rows)));
  items.forEach((x, k) => (target.items[k] = x));
}
