/** Dictionaries out of pairs. */

import { keyOf } from './equality.ts';
import { argumentError } from './errors.ts';
import { gathered } from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { Dict, Pair, Tuple } from './values.ts';
import type { Value } from './values.ts';

export function dictOf(rt: Runtime, args: readonly Value[]): Dict {
  const dict = new Dict();
  const pairs = args.length === 1 && !(args[0] instanceof Pair) ? gathered(rt, args[0] ?? null) : args;
  for (const p of pairs) {
    const [key, value] =
      p instanceof Pair
        ? [p.key, p.value]
        : p instanceof Tuple
          ? [p.items[0] ?? null, p.items[1] ?? null]
          : [null, null];
    if (!(p instanceof Pair) && !(p instanceof Tuple))
      throw argumentError('Dict(kv): kv needs to be an iterator of tuples or pairs');
    dict.entries.set(keyOf(rt, key), { key, value });
  }
  return dict;
}
