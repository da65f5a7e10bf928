/** Dictionaries. */

import { keyOf } from '../equality.ts';
import { keyError, methodError } from '../errors.ts';
import { lengthOf, vectorOf } from '../iterate.ts';
import { dictOf } from '../dict.ts';
import type { Runtime } from '../runtime.ts';
import { showText } from '../show/show.ts';
import { Extension } from '../extension.ts';
import { Dict, List, Range, Sym, Tuple, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { shrink } from './collections.ts';
import { any, entry, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

function lookup(rt: Runtime, d: Value, key: Value): { key: Value; value: Value } | undefined {
  if (!(d instanceof Dict)) throw methodError('get', [typeName(d), typeName(key)]);
  return d.entries.get(keyOf(rt, key));
}

export const dictionaries: readonly Entry[] = [
  entry({ name: 'Dict', signature: 'Dict(key => value...)', doc: 'Dictionary.' }, any, (rt, args) => dictOf(rt, args)),
  entry(
    { name: 'haskey', signature: 'haskey(d, key)', doc: 'Whether the key is there.' },
    [2, 2],
    (rt, [d = null, key = null]) => lookup(rt, d, key) !== undefined,
  ),
  entry(
    { name: 'get', signature: 'get(d, key, default)', doc: 'The value of a key, or default.' },
    [3, 3],
    (rt, [d = null, key = null, other = null]) => {
      const found = lookup(rt, d, key);
      return found ? found.value : other;
    },
  ),
  entry({ name: 'keys', signature: 'keys(d)', doc: 'The keys.' }, [1, 1], (rt, [d = null]) => {
    if (d instanceof Extension && d.keys) return new List([...d.keys()]);
    if (d instanceof Tuple && d.names) return new Tuple(d.names.map((name) => new Sym(name)));
    if (!(d instanceof Dict)) return new Range(1, 1, lengthOf(d), true, true);
    return vectorOf(
      rt,
      [...d.entries.values()].map((e) => e.key),
    );
  }),
  entry({ name: 'values', signature: 'values(d)', doc: 'The values.' }, [1, 1], (rt, [d = null]) =>
    d instanceof Dict
      ? vectorOf(
          rt,
          [...d.entries.values()].map((e) => e.value),
        )
      : d,
  ),
  entry(
    { name: 'delete!', signature: 'delete!(d, key)', doc: 'Removes a key.' },
    [2, 2],
    (rt, [d = null, key = null]) => {
      sequentialOnly(rt, 'delete!');
      if (d instanceof Dict) d.entries.delete(keyOf(rt, key));
      else if (d instanceof Extension && d.remove) d.remove(key);
      else throw methodError('delete!', [typeName(d), typeName(key)]);
      return d;
    },
  ),
  entry(
    { name: 'pop!', signature: 'pop!(v)', doc: 'Removes and returns the last element, or a key’s value.' },
    [1, 2],
    (rt, [v = null, key]) => {
      if (v instanceof Extension && v.remove && key !== undefined) {
        if (!v.remove(key)) throw keyError(showText(rt, key));
        return key;
      }
      if (!(v instanceof Dict) || key === undefined) return shrink(rt, v, 'last', 'pop!');
      const found = lookup(rt, v, key);
      if (!found) throw keyError(showText(rt, key));
      v.entries.delete(keyOf(rt, key));
      return found.value;
    },
  ),
];
