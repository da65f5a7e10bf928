/** Types as values: conversion by call, convert, and the constants that are no functions. */

import { broadcast } from '../broadcast.ts';
import { isGray } from '../eltypes.ts';
import type { ChannelType } from '../eltypes.ts';
import { JuliaError, argumentError, inexactError, methodError } from '../errors.ts';
import { gathered, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { floatText } from '../show/number.ts';
import { printText } from '../show/show.ts';
import { elementOf } from '../show/typeinfo.ts';
import { isa } from '../types.ts';
import {
  Dict,
  Fn,
  Arr,
  Char,
  Colours,
  Lane,
  List,
  Module,
  Ref,
  Scaling,
  Tuple,
  TypeValue,
  boxed,
  hostNumber,
  scalarType,
  typeName,
} from '../values.ts';
import type { Eltype, Value } from '../values.ts';
import { colourConstants, colourTypeNamed, convertColours } from './colour-types.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** T(x) of a number. @throws InexactError where nothing of that type equals x */
function convertNumber(rt: Runtime, eltype: Eltype, v: Value): Value {
  if (v instanceof Lane) return new Lane(eltype, rt.conform(v.node, v.eltype, eltype));
  if (v instanceof Char && eltype === 'Int64') return BigInt(v.value.codePointAt(0) ?? 0);
  const x = hostNumber(v);
  if (x === null) throw methodError(eltype, [typeName(v)]);
  if (typeof v === 'bigint' && eltype === 'Int64') return v;
  if (eltype === 'Int64' && (!Number.isInteger(x) || Math.abs(x) >= 2 ** 63)) throw inexactError('Int64', floatText(x));
  if (eltype === 'Bool' && x !== 0 && x !== 1)
    throw inexactError('Bool', typeof v === 'bigint' ? String(v) : floatText(x));
  return boxed(x, eltype);
}

/** An array of a type that is none of numbers: its items are of that type, or cannot be converted. */
function listOf(rt: Runtime, v: Value, ndims: 1 | 2 | null, type: string): Value {
  const shape = v instanceof Arr || v instanceof List ? v : null;
  if (ndims !== null && ndims !== (shape?.ndims ?? 1))
    throw methodError('convert', [`Type{${ndims === 1 ? 'Vector' : 'Matrix'}{${type}}}`, typeName(v)]);
  const items = gathered(rt, v);
  const wrong = items.find((item) => !isa(item, type, { own: rt.ownTypes }));
  if (wrong !== undefined)
    throw new JuliaError(
      'MethodError',
      `MethodError: Cannot \`convert\` an object of type ${typeName(wrong)} to an object of type ${type}`,
    );
  return new List(items, type, shape);
}

export function convertArray(
  rt: Runtime,
  v: Value,
  eltype: Eltype | null,
  ndims: 1 | 2 | null,
  parameter?: string,
): Value {
  const [, channel] = /^RGB\{\s*(N0f8|Float32|Float64)\s*\}$/.exec(parameter ?? '') ?? [];
  if (v instanceof Colours && channel !== undefined) return convertColours(rt, v, channel as ChannelType);
  if (v instanceof Colours && (eltype === null || !isGray(eltype))) {
    if (eltype === null && (parameter === undefined || parameter === 'RGB')) return v;
    throw methodError('convert', [`Type{Array{${parameter ?? 'Any'}}}`, typeName(v)]);
  }
  if (v instanceof Colours) return broadcast(rt, typeOf(rt, eltype ?? 'Gray'), [v]);
  if (parameter !== undefined && eltype === null && !/^(<:|RGB|Gray|Colorant)/.test(parameter))
    return listOf(rt, v, ndims, parameter);
  const a = numbers(rt, v, 'convert');
  if (ndims !== null && ndims !== a.ndims)
    throw methodError('convert', [`Type{${ndims === 1 ? 'Vector' : 'Matrix'}}`, typeName(v)]);
  const type = eltype ?? a.eltype;
  if (type === a.eltype && v instanceof Arr && !v.row) return v;
  return new Arr(type, a.ndims, rt.conform(rt.node(a), a.eltype, type), a.rows, a.cols);
}

/** A Map, for a program may name a type `constructor`. */
const eltypes = new Map<string, Eltype>(
  Object.entries({
    Int: 'Int64',
    Int64: 'Int64',
    Float64: 'Float64',
    Float32: 'Float32',
    Bool: 'Bool',
    N0f8: 'N0f8',
    'Gray{Bool}': 'Gray{Bool}',
    'Gray{N0f8}': 'Gray{N0f8}',
    'Gray{Float32}': 'Gray{Float32}',
    'Gray{Float64}': 'Gray{Float64}',
  } as const),
);

/** `Matrix{Float32}`, `Array{Float64, 2}`, `Vector{Int}`: a type with parameters, or null. */
export function typeNamed(rt: Runtime, name: string): TypeValue | null {
  const match =
    /^(Matrix|Vector|Array|AbstractMatrix|AbstractVector|AbstractArray)(?:\{\s*(?:<:\s*)?(\w+(?:\{\s*\w+\s*\})?)\s*(?:,\s*([12]))?\s*\})?$/.exec(
      name,
    );
  if (!match) return colourTypeNamed(rt, name);
  const [, head = '', parameter, rank] = match;
  const eltype = parameter === undefined ? null : (eltypes.get(parameter) ?? null);
  const ndims = head.endsWith('Matrix')
    ? 2
    : head.endsWith('Vector')
      ? 1
      : rank === undefined
        ? null
        : rank === '1'
          ? 1
          : 2;
  return new TypeValue(
    name,
    (args) => {
      const [v = null, ...sizes] = args;
      if (v instanceof Scaling && sizes.length > 0) {
        const [rows = 0, cols = rows] = sizes
          .flatMap((s) => (s instanceof Tuple ? s.items : [s]))
          .map((s) => rt.integer(s));
        if (!(rows >= 0 && cols >= 0)) throw argumentError('invalid Array dimensions');
        rt.meter.room(rows * cols);
        const factor = rt.number(v.factor);
        const diagonal = new Float64Array(rows * cols);
        for (let k = 0; k < Math.min(rows, cols); k++) diagonal[k * cols + k] = factor;
        return new Arr(eltype ?? rt.eltype(v.factor), 2, diagonal, rows, cols);
      }
      if (args.length === 0 && ndims === 1)
        return eltype ? new Arr(eltype, 1, new Float64Array(0), 0, 1) : new List([], parameter ?? 'Any');
      if (args.length === 0) throw methodError(name, []);
      // Matrix{Float64}(undef, 2, 3)
      if (v === null || sizes.length > 0) {
        const zeros = rt.call(rt.fn('zeros'), [new TypeValue(name, () => null, eltype), ...sizes]);
        if (eltype || !(zeros instanceof Arr)) return zeros;
        rt.meter.boxes(zeros.length);
        return new List(
          Array.from({ length: zeros.length }, () => null),
          parameter ?? 'Any',
          zeros,
        );
      }
      if (v instanceof Scaling) throw methodError(name, [typeName(v)]);
      const converted = convertArray(rt, v, eltype, ndims, name.includes('<:') ? undefined : parameter);
      return converted === v ? rt.call(rt.fn('collect'), [v]) : converted;
    },
    eltype,
  );
}

/** What a reader is told of the types and constants. */
export const typesInWords: readonly About[] = [
  { name: 'Int', signature: 'Int(x)', doc: 'A whole number of 64 bits; x as one, where it is whole.' },
  { name: 'Float64', signature: 'Float64(x)', doc: 'A floating-point number of 64 bits.' },
  { name: 'Float32', signature: 'Float32(x)', doc: 'A floating-point number of 32 bits.' },
  { name: 'Bool', signature: 'Bool(x)', doc: 'true or false.' },
  { name: 'String', signature: 'String(x)', doc: 'Text.' },
  { name: 'Matrix', signature: 'Matrix{T}(A)', doc: 'An array of two dimensions, as a copy.' },
  { name: 'Vector', signature: 'Vector{T}(A)', doc: 'An array of one dimension, as a copy.' },
  { name: 'Gray', signature: 'Gray(x)', doc: 'A grey, or the luma of a colour.' },
  { name: 'RGB', signature: 'RGB(r, g, b)', doc: 'A colour of three numbers from 0 to 1.' },
  { name: 'Ref', signature: 'Ref(x)', doc: 'A box for one value, r[]; x as one thing under broadcast.' },
  { name: 'Tuple', signature: 'Tuple(itr)', doc: 'The elements as a tuple.' },
  { name: 'I', signature: 'I', doc: 'The unit matrix of whatever size is wanted.' },
  { name: 'pi', signature: 'pi', doc: 'The number π; also written π.' },
  { name: 'ℯ', signature: 'ℯ', doc: 'The base of natural logarithms.' },
  { name: 'Inf', signature: 'Inf', doc: 'Infinity.' },
  { name: 'NaN', signature: 'NaN', doc: 'Not a number.' },
  { name: 'Inf32', signature: 'Inf32', doc: 'Infinity, a Float32.' },
  { name: 'NaN32', signature: 'NaN32', doc: 'Not a number, a Float32.' },
  { name: 'true', signature: 'true', doc: 'The Bool that holds.' },
  { name: 'false', signature: 'false', doc: 'The Bool that does not hold.' },
  { name: 'nothing', signature: 'nothing', doc: 'No value.' },
];

/** Types, modules and constants by name. */
export function constants(rt: Runtime): Map<string, Value> {
  const values = new Map<string, Value>();
  const type = (name: string, call: (args: Value[]) => Value, eltype: Eltype | null = null): void => {
    values.set(name, new TypeValue(name, call, eltype));
  };
  for (const [name, eltype] of eltypes) {
    if (eltype === 'N0f8' || isGray(eltype)) continue;
    type(eltype, ([v = null]) => convertNumber(rt, eltype, v), eltype);
    if (name !== eltype) values.set(name, new TypeValue(eltype, ([v = null]) => convertNumber(rt, eltype, v), eltype));
  }
  for (const name of ['Matrix', 'Vector', 'Array']) {
    const found = typeNamed(rt, name);
    if (found) values.set(name, found);
  }
  for (const name of ['Gray', 'RGB', 'N0f8']) values.set(name, colourTypeNamed(rt, name));
  for (const [name, value] of colourConstants) values.set(name, value);
  type('Ref', ([v = null]) => new Ref(v));
  type('Any', ([v = null]) => v);
  type('String', ([v = null]) => printText(rt, v));
  type('Tuple', ([v = null]) => new Tuple(v instanceof Tuple ? v.items : gathered(rt, v)));
  for (const name of [
    'Real',
    'Number',
    'Integer',
    'AbstractFloat',
    'AbstractString',
    'AbstractMatrix',
    'AbstractVector',
    'AbstractArray',
    'Function',
    'Nothing',
  ]) {
    type(name, (args) => {
      throw methodError(name, args.map(typeName));
    });
  }
  for (const name of [
    'Base',
    'Random',
    'LinearAlgebra',
    'Statistics',
    'Images',
    'TestImages',
    'Plots',
    'Flux',
    'Zygote',
    'NNlib',
    'Main',
    'Math',
    'ImageCore',
    'ImageTransformations',
    'Colors',
    'PlutoUI',
    'ImageShow',
    'ImageIO',
    'ImageView',
    'FileIO',
    'StatsBase',
  ]) {
    values.set(name, new Module(name));
  }
  values.set('pi', Math.PI).set('π', Math.PI).set('ℯ', Math.E).set('Inf', Infinity).set('NaN', NaN);
  values.set('NaN32', boxed(NaN, 'Float32')).set('Inf32', boxed(Infinity, 'Float32'));
  values.set('I', new Scaling(true));
  values.set('undef', null);
  return values;
}

export const types: readonly Entry[] = [
  entry({ name: 'convert', signature: 'convert(T, x)', doc: 'x as a T.' }, [2, 2], (rt, [type = null, v = null]) => {
    if (!(type instanceof TypeValue)) throw noMethod('convert', [type, v]);
    if (/^(Matrix|Vector|Array|AbstractMatrix|AbstractVector|AbstractArray)/.test(type.name)) {
      const ndims = type.name.includes('Matrix') ? 2 : type.name.includes('Vector') ? 1 : null;
      const [, parameter] = /^\w+\{\s*([^,]+?)\s*(?:,.*)?\}$/.exec(type.name) ?? [];
      return convertArray(rt, v, type.eltype, ndims, parameter);
    }
    if (type.applied) {
      if (isa(v, type.name, { own: rt.ownTypes })) return v;
      throw new JuliaError(
        'MethodError',
        `MethodError: Cannot \`convert\` an object of type ${typeName(v)} to an object of type ${type.name}`,
      );
    }
    return type.call([v]);
  }),
  entry({ name: 'eltype', signature: 'eltype(A)', doc: 'Type of the elements.' }, [1, 1], (rt, [v = null]) => {
    const name =
      v instanceof Arr
        ? v.eltype
        : v instanceof List
          ? v.eltype
          : v instanceof Colours
            ? `RGB{${v.type}}`
            : scalarType(v);
    if (typeof v === 'string') return typeOf(rt, 'Char');
    if (v instanceof Dict) return typeOf(rt, elementOf(typeName(v)) ?? 'Any');
    if (name === null) return typeOf(rt, elementTypeOf(v));
    return typeOf(rt, name);
  }),
  entry({ name: 'isa', signature: 'isa(x, T)', doc: 'Whether x is a T.' }, [2, 2], (rt, [v = null, type = null]) => {
    // Dict and Set are functions here.
    if (!(type instanceof TypeValue) && !(type instanceof Fn && type.builtin)) throw argumentError('isa needs a type');
    return isa(v, type.name, { own: rt.ownTypes });
  }),
];

function elementTypeOf(v: Value): string {
  const match = /\{(?:.*, )?(\w+)\}$/.exec(typeName(v));
  return match?.[1] ?? 'Any';
}

export function typeOf(rt: Runtime, name: string): Value {
  const own = rt.ownTypes.size > 0 ? rt.globals.get(name.replace(/\{.*/s, '')) : null;
  if (own instanceof TypeValue && own.applied) return name.includes('{') ? own.applied(name) : own;
  return (
    rt.library.get(name) ??
    typeNamed(rt, name) ??
    new TypeValue(name, (args) => {
      throw methodError(name, args.map(typeName));
    })
  );
}
