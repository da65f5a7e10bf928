/** Types with parameters where a program uses them as functions: `Dict{String, Any}()`, `Any[1, "a"]`. */

import { broadcast } from '../broadcast.ts';
import { vectorOf } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { canonical } from '../show/show.ts';
import { isa } from '../types.ts';
import { Fn, List } from '../values.ts';
import type { TypeValue, Value } from '../values.ts';

/** `Dict{String, Any}`, `Set{Int}`: made by the functions of these names, whose results are told the types. */
export function container(rt: Runtime, name: string): Value {
  const make = rt.fn(name.slice(0, name.indexOf('{')));
  return new Fn(canonical(name), (args) => rt.call(make, args, new Map([['types', name]])), true);
}

/** `T[a, b]`: elements that are of the type stay as they are, others are converted. */
export function elementsOfType(rt: Runtime, type: TypeValue | Fn, items: Value[]): Value {
  const other = type instanceof Fn || type.eltype === null;
  if (other && items.every((x) => isa(x, type.name, { own: rt.ownTypes })))
    return new List(items, canonical(type.name));
  return broadcast(rt, type, [vectorOf(rt, items)]);
}
