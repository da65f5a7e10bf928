/** The whole standard library, bound to one runtime. */

import { methodError } from '../errors.ts';
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

export function library(rt: Runtime): Map<string, Value> {
  const values = constants(rt);
  for (const { name, run, arity } of table) {
    const [least, most] = arity;
    const call: Fn['call'] = (args, keywords) => {
      if (args.length < least || args.length > most) throw methodError(name, args.map(typeName));
      return run(rt, args, keywords);
    };
    values.set(name, new Fn(name, call, true));
  }
  return values;
}
