/** `A[i, j] = v`, `A[:, j] .= v`, `d[key] = v`: the array itself changes, and every name that holds it sees the change. */

import { broadcastShape } from '../broadcast.ts';
import { realOf } from '../eltypes.ts';
import { entryBytes, hostBytes } from '../host-size.ts';
import { keyOf } from '../equality.ts';
import { JuliaError, argumentError, byteRangeError, dimensionMismatch, inexactError, methodError } from '../errors.ts';
import { gathered, isArray, lengthOf } from '../iterate.ts';
import { chosenShape, flatIndices, locate, positions } from './read.ts';
import { nodesOf } from '../memory.ts';
import type { Runtime } from '../runtime.ts';
import { floatText } from '../show/number.ts';
import { isa } from '../types.ts';
import { Arr, Dict, List, Ref, Tuple, hostNumber, typeName } from '../values.ts';
import type { Eltype, Shape, Value } from '../values.ts';

/** A number as it is stored in an array of a type. @throws InexactError */
export function storable(x: number, type: Eltype): number {
  const eltype = realOf(type);
  if (eltype === 'N0f8') {
    const whole = Math.round(x * 255);
    if (!(whole >= 0 && whole <= 255)) throw byteRangeError(x);
    return whole / 255;
  }
  if (eltype === 'Float32') return Math.fround(x);
  if (eltype === 'Int64' && !Number.isInteger(x)) throw inexactError('Int64', floatText(x));
  if (eltype === 'Bool' && x !== 0 && x !== 1) throw inexactError('Bool', floatText(x));
  return x;
}

function cannotConvert(v: Value, type: string): JuliaError {
  return new JuliaError(
    'MethodError',
    `MethodError: Cannot \`convert\` an object of type ${typeName(v)} to an object of type ${type}`,
  );
}

/** A value as an element of a vector of a type. @throws MethodError where it is of another */
export function item(rt: Runtime, v: Value, eltype: string): Value {
  if (eltype === 'Any' || typeName(v) === eltype || isa(v, eltype)) return v;
  const type = rt.library.get(eltype);
  if (hostNumber(v) !== null && type !== undefined) return rt.call(type, [v]);
  throw cannotConvert(v, eltype);
}

/** Whether a value hangs on what is being differentiated. */
function carriesDerivative(v: Value): boolean {
  return [...nodesOf([v])].some((node) => node.tracked);
}

/** `spread`: a number may fill many places (`.=`). */
export function setIndex(rt: Runtime, object: Value, given: readonly Value[], v: Value, spread: boolean): void {
  const indices = flatIndices(given);
  if (object instanceof Dict) {
    // Zygote follows writes into a Dict; here one may be made under gradient as long as it carries no derivative (sizes, flags).
    if (rt.lanes || carriesDerivative(v)) rt.mutable(object);
    const key = rt.settle(indices.length === 1 ? (indices[0] ?? null) : new Tuple([...indices]));
    rt.meter.hold(hostBytes(key) + hostBytes(v) + entryBytes);
    const [of, to] = object.types ?? ['Any', 'Any'];
    const own = item(rt, key, of);
    object.entries.set(keyOf(rt, own), { key: own, value: item(rt, v, to) });
    return;
  }
  if (object instanceof Ref && indices.length === 0) {
    object.value = v;
    return;
  }
  if (!(object instanceof Arr) && !(object instanceof List))
    throw methodError('setindex!', [typeName(object), typeName(v), ...indices.map(typeName)]);
  rt.mutable(object);
  const where = locate(rt, object, indices);
  const at = positions(object, where);
  const single = where.row.kind === 'one' && where.col.kind === 'one';
  const write = object instanceof Arr ? numberWriter(rt, object, at) : itemWriter(rt, object, at);
  if (single && !(spread && isArray(v))) {
    write([rt.settle(v)]);
    return;
  }
  const shape = chosenShape(rt, where);
  if (spread) {
    write(spreadOver(rt, v, shape));
    return;
  }
  if (!isArray(v)) {
    throw argumentError(
      'indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?',
    );
  }
  const sizes = [where.row, ...(indices.length > 1 ? [where.col] : [])].map((p) =>
    p.kind === 'many' ? p.at.length : 1,
  );
  checkAssigned(v, sizes);
  write(object instanceof Arr ? valuesOf(rt, v) : gathered(rt, v));
}

type Values = readonly Value[] | Float64Array;

/** Writes to places in their order; a single value goes to all. */
type Writer = (values: Values) => void;

/** All elements, down the columns; numbers of an array unboxed. */
function valuesOf(rt: Runtime, v: Value): Values {
  if (!(v instanceof Arr)) return gathered(rt, v);
  const host = rt.host(v);
  return v.cols === 1
    ? host.slice()
    : Float64Array.from(host, (_, k) => host[(k % v.rows) * v.cols + Math.floor(k / v.rows)] ?? NaN);
}

function numberWriter(rt: Runtime, a: Arr, at: readonly number[]): Writer {
  return (values) => {
    const one = values.length === 1;
    if (values instanceof Float64Array) {
      rt.write(a, at, (k) => storable(values[one ? 0 : k] ?? NaN, a.eltype));
      return;
    }
    const [only = null] = values;
    if (one) {
      const x = hostNumber(only);
      if (x === null) throw cannotConvert(only, a.eltype);
      const stored = storable(x, a.eltype);
      rt.write(a, at, () => stored);
      return;
    }
    rt.write(a, at, (k) => {
      const v = rt.settle(values[k] ?? null);
      const x = hostNumber(v);
      if (x === null) throw cannotConvert(v, a.eltype);
      return storable(x, a.eltype);
    });
  };
}

function itemWriter(rt: Runtime, a: List, at: readonly number[]): Writer {
  return (values) => {
    const list = values instanceof Float64Array ? Array.from(values) : values;
    at.forEach((position, k) => {
      const down = (position % a.cols) * a.rows + Math.floor(position / a.cols);
      a.items[down] = item(rt, list[list.length === 1 ? 0 : k] ?? null, a.eltype);
    });
  };
}

/** What `.=` writes: the values repeated to the shape, down its columns. @throws DimensionMismatch */
function spreadOver(rt: Runtime, v: Value, shape: Shape): Values {
  if (v instanceof Ref) return [v.value];
  if (!isArray(v) && !(v instanceof Tuple)) return [rt.settle(v)];
  const from: Shape = v instanceof Tuple ? { rows: lengthOf(v), cols: 1, ndims: 1 } : shapeOfArray(v);
  if (from.ndims > shape.ndims && from.cols !== 1)
    throw dimensionMismatch('cannot broadcast array to have fewer dimensions');
  const joined = broadcastShape([shape, from]);
  if (joined.rows !== shape.rows || joined.cols !== shape.cols)
    throw dimensionMismatch('array could not be broadcast to match destination');
  if (v instanceof Arr && from.rows === shape.rows && from.cols === shape.cols) return valuesOf(rt, v);
  const values = gathered(rt, v);
  if (from.rows === shape.rows && from.cols === shape.cols) return values;
  return Array.from({ length: shape.rows * shape.cols }, (_, k) => {
    const i = from.rows === 1 ? 0 : k % shape.rows;
    const j = from.cols === 1 ? 0 : Math.floor(k / shape.rows);
    return values[j * from.rows + i] ?? null;
  });
}

function shapeOfArray(v: Value): Shape {
  if (v instanceof Arr || v instanceof List) return v;
  return { rows: lengthOf(v), cols: 1, ndims: 1 };
}

/** Sizes must agree but for ones, which may stand anywhere. @throws DimensionMismatch in Julia's words */
function checkAssigned(v: Value, sizes: readonly number[]): void {
  const { rows, cols, ndims } = shapeOfArray(v);
  const bare = (all: readonly number[]): string => all.filter((n) => n !== 1).join('x');
  const total = sizes.reduce((a, b) => a * b, 1);
  const [first = 1] = sizes;
  if (sizes.length === 1 || ndims === 1) {
    if (rows * cols === total) return;
  } else if (bare([rows, cols]) === bare(sizes) && (first === rows || first === 1 || rows === 1)) return;
  const text = (all: readonly number[]): string => (all.length === 1 ? `${all[0]}-element` : all.join('×'));
  throw dimensionMismatch(
    sizes.length === 1
      ? `tried to assign ${rows * cols} elements to ${total} destinations`
      : `tried to assign ${text(ndims === 1 ? [rows] : [rows, cols])} array to ${text(sizes)} destination`,
  );
}
