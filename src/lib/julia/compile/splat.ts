/** Named values laid out from others: `f(; kw...)`, `(; nt..., a = 1)`. */

import { typeError } from '../errors.ts';
import { gathered } from '../iterate.ts';
import { Pair, Sym, Tuple, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import type { Context } from './scope.ts';

/** Names and values of `f(; kw...)`: a named tuple, a Dict of symbols, or pairs. */
export function splatted(c: Context, v: Value): (readonly [string, Value])[] {
  if (v instanceof Tuple && v.names) return v.names.map((name, k) => [name, v.items[k] ?? null] as const);
  return gathered(c.rt, v).map((pair): readonly [string, Value] => {
    const [key, value] = pair instanceof Pair ? [pair.key, pair.value] : pair instanceof Tuple ? pair.items : [];
    if (!(key instanceof Sym) || value === undefined)
      throw typeError(`in typeassert, expected Symbol, got a value of type ${typeName(key ?? pair)}`);
    return [key.name, value];
  });
}

/** A named tuple of values, those named `...` laid out; the last of equal names counts. */
export function namedTuple(c: Context, names: readonly string[], values: readonly Value[]): Tuple {
  const fields = new Map<string, Value>();
  values.forEach((v, k) => {
    const name = names[k] ?? '';
    if (name !== '...') fields.set(name, v);
    else for (const [key, value] of splatted(c, v)) fields.set(key, value);
  });
  return new Tuple([...fields.values()], [...fields.keys()]);
}
