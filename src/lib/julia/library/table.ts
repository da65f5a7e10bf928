/**
 * The shape of the standard library: one table of functions, in files by topic. A function stands once: its name, its signature, what
 * it does in one line, whether it has a gradient, examples, and its code. Completion, hover, the tables of the documentation and the
 * tests read the same entry (register.ts); what a page runs is built without the words (src/plugins/library-words.ts).
 */

import { argumentError, methodError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { Unlaneable } from '../runtime.ts';
import { Lane, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { Dims } from '../../matrix/engine.ts';

/** What a reader is told of a function. */
export interface About<Name extends string = string> {
  readonly name: Name;
  /** As it is called: `sum(f, A; dims)`. */
  readonly signature: string;
  /** One line, ended by a full stop. */
  readonly doc: string;
  /** Whether `gradient` goes through it: 'no' where the result is constant almost everywhere or not a number. */
  readonly differentiable?: 'yes' | 'no';
  /** Programs with their values as the REPL prints them, on one line: each is run by the tests. */
  readonly examples?: readonly (readonly [program: string, value: string])[];
}

export interface Entry {
  readonly name: string;
  readonly about: About;
  readonly run: (rt: Runtime, args: Value[], keywords: Keywords) => Value;
  /** Least and greatest number of positional arguments. */
  readonly arity: readonly [number, number];
}

export function entry(about: About, arity: readonly [number, number], run: Entry['run']): Entry {
  return { name: about.name, about, run, arity };
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
