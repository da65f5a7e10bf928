/** Dictionaries out of pairs. */

import { keyOf } from './equality.ts';
import { setIndex } from './indexing/write.ts';
import { canonical } from './show/show.ts';
import { parametersOf } from './show/typeinfo.ts';
import { argumentError } from './errors.ts';
import { entryBytes } from './host-size.ts';
import { gathered } from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { Dict, Pair, Tuple, elementType, typeName } from './values.ts';
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
    rt.meter.hold(entryBytes);
    dict.entries.set(keyOf(rt, key), { key, value });
  }
  const entries = [...dict.entries.values()];
  dict.types = [joinedType(entries.map((e) => e.key)), joinedType(entries.map((e) => e.value))];
  return dict;
}

/** What is above the types of all values: of numbers of several types an abstract one. */
export function joinedType(values: readonly Value[]): string {
  const type = elementType(values);
  const names = new Set(values.map(typeName));
  const among = (...all: string[]): boolean => names.size > 0 && [...names].every((name) => all.includes(name));
  if (type !== 'Any' || names.has('Any')) return type;
  if (among('Int64', 'Bool')) return 'Integer';
  if (among('Float64', 'Float32')) return 'AbstractFloat';
  return among('Int64', 'Bool', 'Float64', 'Float32') ? 'Real' : 'Any';
}

/** `Dict{K, V}(...)`. @throws MethodError for what is of other types */
export function typedDict(rt: Runtime, name: string, args: readonly Value[]): Dict {
  const [key = 'Any', value = 'Any'] = parametersOf(canonical(name));
  const dict = new Dict();
  dict.types = [key, value];
  for (const e of args.length === 0 ? [] : dictOf(rt, args).entries.values()) setEntry(rt, dict, e.key, e.value);
  return dict;
}

/** Stores a value under a key, both as the dictionary's types want them. */
export function setEntry(rt: Runtime, dict: Dict, key: Value, value: Value): void {
  setIndex(rt, dict, [key], value, false);
}
