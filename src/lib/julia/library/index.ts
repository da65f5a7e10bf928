/** The whole standard library, bound to one runtime. */

import { methodError, unknownKeyword } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { Fn, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { arithmetic } from './arithmetic.ts';
import { collections } from './collections.ts';
import { elementary } from './elementary.ts';
import { images } from './images.ts';
import { linear } from './linear.ts';
import { makers } from './make.ts';
import { plots } from './plots.ts';
import { reductions } from './reduce.ts';
import type { Entry } from './table.ts';
import { texts } from './text.ts';
import { constants, types } from './types.ts';

/** Every function of the subset. */
export const table: readonly Entry[] = [
  ...arithmetic,
  ...elementary,
  ...reductions,
  ...linear,
  ...makers,
  ...collections,
  ...texts,
  ...images,
  ...plots,
  ...types,
];

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

export function library(rt: Runtime): Map<string, Value> {
  const values = constants(rt);
  for (const { name, run, arity } of table) {
    const [least, most] = arity;
    const call: Fn['call'] = (args, keywords) => {
      if (args.length < least || args.length > most) throw methodError(name, args.map(typeName));
      if (keywords.size === 0) return run(rt, args, keywords);
      const read = new ReadKeywords(keywords);
      const value = run(rt, args, read);
      const ignored = read.unread();
      if (ignored !== undefined) throw unknownKeyword(name, ignored);
      return value;
    };
    values.set(name, new Fn(name, call, true));
  }
  return values;
}
