/** The shape of the standard library: one table of functions, in files by topic. What each does, in words: reference.ts. */

import { argumentError, methodError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { Unlaneable } from '../runtime.ts';
import { Lane, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { Dims } from '../../matrix/engine.ts';

export interface Entry {
  readonly name: string;
  readonly run: (rt: Runtime, args: Value[], keywords: Keywords) => Value;
  /** Least and greatest number of positional arguments. */
  readonly arity: readonly [number, number];
}

export function entry(name: string, arity: readonly [number, number], run: Entry['run']): Entry {
  return { name, run, arity };
}

export const any: readonly [number, number] = [0, Infinity];

/** `dims = 1`, `2` or absent. @throws ArgumentError */
export function dimsOf(rt: Runtime, keywords: Keywords): Dims {
  const v = keywords.get('dims');
  if (v === undefined) return 'all';
  const d = rt.integer(v);
  if (d !== 1 && d !== 2) throw argumentError(`dims must be 1 or 2, got ${d}`);
  return d;
}

/** Functions that write or keep something run once an element, never over lanes. */
export function sequentialOnly(rt: Runtime, what: string): void {
  if (rt.lanes) throw new Unlaneable(what);
}

/** No method for these arguments; lanes may find one element by element. */
export function noMethod(name: string, args: readonly Value[]): Error {
  if (args.some((v) => v instanceof Lane && !v.uniform)) return new Unlaneable(`${name} of the element`);
  return methodError(name, args.map(typeName));
}
