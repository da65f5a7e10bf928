/** `object.name`. */

import { isGray, realOf } from './eltypes.ts';
import { JuliaError, undefVarError } from './errors.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { Extension } from './extension.ts';
import {
  Cartesian,
  Colour,
  Factorization,
  Module,
  Pair,
  Range,
  Ref,
  Thrown,
  Tuple,
  retyped,
  scalarType,
  typeName,
} from './values.ts';
import type { Value } from './values.ts';

export function fieldOf(rt: Runtime, v: Value, name: string): Value {
  if (v instanceof Module) {
    // A function of a module inside a package stands under both names: Kernel.gaussian is not gaussian.
    const known = rt.library.get(`${v.name}.${name}`) ?? rt.fn(name);
    if (known === null) throw undefVarError(name, undefined, `in \`${v.name}\``);
    return known;
  }
  const type = scalarType(v);
  if (type && isGray(type) && name === 'val') return retyped(v, realOf(type));
  if (v instanceof Colour) {
    const k = ['r', 'g', 'b'].indexOf(name);
    if (k >= 0) return v.channels[k as 0 | 1 | 2];
  }
  if (v instanceof Factorization) {
    const part = v.fields.get(name);
    if (part !== undefined) return part;
  }
  if (v instanceof Tuple && v.names) {
    const k = v.names.indexOf(name);
    if (k >= 0) return v.items[k] ?? null;
  }
  if (v instanceof Extension) {
    const known = v.field?.(name);
    if (known !== undefined) return known;
  }
  if (v instanceof Cartesian && name === 'I') return new Tuple(v.items);
  if (v instanceof Pair && name === 'first') return v.key;
  if (v instanceof Pair && name === 'second') return v.value;
  if (
    v instanceof Thrown &&
    name === 'msg' &&
    /^(ErrorException|ArgumentError|DimensionMismatch|DomainError|AssertionError|OverflowError)$/.test(v.error.julia)
  ) {
    return v.error.message.replace(/^(?:DomainError with [^\n]*:\n|[A-Z]\w+: )/, '');
  }
  if (v instanceof Thrown && Object.hasOwn(v.error.fields, name)) return v.error.fields[name] as Value;
  if (v instanceof Thrown && v.error.julia === 'DomainError' && name === 'val') {
    const [, text = ''] = /^DomainError with ([^\n]*?):?(?:\n|$)/.exec(v.error.message) ?? [];
    if (/^-?\d+$/.test(text)) return BigInt(text);
    if (!Number.isNaN(Number(text))) return Number(text);
  }
  if (v instanceof Ref && name === 'x') return v.value;
  if (v instanceof Range && v.length > 0) {
    if (name === 'start') return v.at(0);
    if (name === 'stop') return v.at(v.length - 1);
  }
  throw new JuliaError('ErrorException', `type ${typeName(v).replace(/^@|\{.*/g, '')} has no field ${name}`);
}

/** `object.name = v`. @throws JuliaError where the object has no such field, or does not let it be set */
export function setField(rt: Runtime, object: Value, name: string, v: Value): void {
  if (rt.lanes) throw new Unlaneable('assigning a field');
  if (object instanceof Ref && name === 'x') {
    object.value = v;
    return;
  }
  const type = typeName(object);
  if (object instanceof Ref) throw new JuliaError('ErrorException', `type RefValue has no field ${name}`);
  if (object instanceof Extension && object.setField) {
    rt.mutable(object, 'setfield!');
    if (object.setField(name, v)) return;
    if (object.field?.(name) === undefined)
      throw new JuliaError('ErrorException', `type ${type.replace(/\{.*/, '')} has no field ${name}`);
  }
  if (object instanceof Tuple && object.names?.includes(name)) {
    throw new JuliaError('ErrorException', 'setfield!: immutable struct of type NamedTuple cannot be changed');
  }
  throw new JuliaError(
    'ErrorException',
    `setfield!: immutable struct of type ${type.replace(/\{.*/, '')} cannot be changed`,
  );
}
