/** The standard library, bound to one runtime: what every page carries, and the packs that it fetches. */

import { JuliaError, methodError, unknownKeyword } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { showText } from '../show/show.ts';
import { Fn, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { arithmetic } from './arithmetic.ts';
import { images } from './images.ts';
import type { Pack } from './pack.ts';
import { controls } from './controls.ts';
import { reductions } from './reduce.ts';
import type { Entry } from './table.ts';
import { constants, types } from './types.ts';

/** What nearly every picture needs: operators, sums and extremes, softmax and its kin, controls, types. The rest is in packs. */
export const table: readonly Entry[] = [...arithmetic, ...reductions, ...images, ...controls, ...types];

/** Keyword arguments that remember which of them were asked for: what a function never looks at, it does not know. */
class ReadKeywords extends Map<string, Value> {
  readonly #read = new Set<string>();

  override get(name: string): Value | undefined {
    this.#read.add(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.#read.add(name);
    return super.has(name);
  }

  unread(): string | undefined {
    return [...this.keys()].find((name) => !this.#read.has(name));
  }
}

/** `nothing` is an answer, undefined is none. */
function either(answer: Value | undefined, other: () => Value): Value {
  return answer === undefined ? other() : answer;
}

/** Functions of two arguments that, given one, wait for the first: `filter(>(1), v)`. */
const curried = new Set([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '≈',
  'isapprox',
  'isless',
  'isequal',
  'in',
  '∉',
  'startswith',
  'endswith',
  'occursin',
]);

/** `Base.Fix2(f, x)`. */
function fixedSecond(rt: Runtime, name: string, second: Value): Fn {
  const call: Fn['call'] = ([first = null]) => rt.call(rt.fn(name), [first, second]);
  return new Fn(`Base.Fix2(${name}, ${showText(rt, second)})`, call, false, {
    slots: [second],
    parent: null,
    mask: null,
    level: rt.level,
  });
}

/** Functions that others carry out, but which refuse what they cannot take under their own name. */
const ownRefusals = new Set(
  'iseven isodd one oneunit repeat permutedims Diagonal range mod2pi modf seed! randperm size ndims gray normalize sincos scatter bar histogram imresize'.split(
    ' ',
  ),
);

function underOwnName(name: string, run: Entry['run']): Entry['run'] {
  if (!ownRefusals.has(name)) return run;
  return (rt, args, keywords) => {
    try {
      return run(rt, args, keywords);
    } catch (error) {
      throw error instanceof JuliaError && error.julia === 'MethodError'
        ? methodError(name, args.map(typeName))
        : error;
    }
  };
}

/** A function of the library as a value, held to its number of arguments and to the keywords it reads. */
function bound(rt: Runtime, { name, run: plain, arity }: Entry): Fn {
  const [least, most] = arity;
  const run = underOwnName(name, (own, args, keywords) =>
    either(rt.own.get(name)?.(args, keywords), () =>
      either(rt.methods.get(name)?.(own, args, keywords), () => plain(own, args, keywords)),
    ),
  );
  const call: Fn['call'] = (args, keywords) => {
    const [only] = args;
    if (args.length === 1 && only !== undefined && curried.has(name) && keywords.size === 0)
      return fixedSecond(rt, name, only);
    if (args.length < least || args.length > most) throw methodError(name, args.map(typeName));
    if (keywords.size === 0) return run(rt, args, keywords);
    const read = new ReadKeywords(keywords);
    const value = run(rt, args, read);
    const ignored = read.unread();
    if (ignored !== undefined) throw unknownKeyword(name, ignored);
    return value;
  };
  return new Fn(name, call, true);
}

/** What every page carries. */
export function library(rt: Runtime): Map<string, Value> {
  const values = constants(rt);
  for (const one of table) values.set(one.name, bound(rt, one));
  return values;
}

/** Adds a pack to a runtime's library. */
export function extend(rt: Runtime, name: string, { entries, values, forms = {}, methods = {} }: Pack): void {
  rt.packs.add(name);
  for (const one of entries) rt.library.set(one.name, bound(rt, one));
  for (const [name, method] of Object.entries(methods)) {
    const before = rt.methods.get(name);
    if (method)
      rt.methods.set(name, (own, args, keywords) => {
        const answer = method(own, args, keywords);
        return answer === undefined ? before?.(own, args, keywords) : answer;
      });
  }
  for (const [name, value] of values?.(rt) ?? []) rt.library.set(name, value);
  for (const [kind, form] of Object.entries(forms)) rt.forms.set(kind, form);
}
