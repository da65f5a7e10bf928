/** Dictionaries. */

import { keyOf } from '../equality.ts';
import { keyError, methodError } from '../errors.ts';
import { elements, isArray, lengthOf } from '../iterate.ts';
import { dictOf, typedDict } from '../dict.ts';
import type { Runtime } from '../runtime.ts';
import { equal } from '../operators.ts';
import { Stream } from '../show/stream.ts';
import { showText, summary } from '../show/show.ts';
import { parametersOf } from '../show/typeinfo.ts';
import { Extension } from '../extension.ts';
import { OneTo } from '../ruled.ts';
import { Dict, Fn, List, Pair, Range, Sym, Tuple, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { shrink } from './collections.ts';
import { any, entry, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

function lookup(rt: Runtime, d: Value, key: Value): { key: Value; value: Value } | undefined {
  if (d instanceof Tuple && d.names && key instanceof Sym) {
    const k = d.names.indexOf(key.name);
    return k < 0 ? undefined : { key, value: d.items[k] ?? null };
  }
  if (!(d instanceof Dict)) throw methodError('get', [typeName(d), typeName(key)]);
  return d.entries.get(keyOf(rt, key));
}

/** `keys(d)` and `values(d)`: what d holds whenever they are asked. */
class DictSide extends Extension {
  readonly #rt: Runtime;
  readonly #dict: Dict;
  readonly #side: 'key' | 'value';

  constructor(rt: Runtime, dict: Dict, side: 'key' | 'value') {
    super();
    this.#rt = rt;
    this.#dict = dict;
    this.#side = side;
  }
  get type(): string {
    const type = typeName(this.#dict);
    if (this.#side === 'value') return `Base.ValueIterator{${type}}`;
    return `Base.KeySet{${parametersOf(type)[0] ?? 'Any'}, ${type}}`;
  }
  override held(): Iterable<Value> {
    return [this.#dict];
  }
  override text(show: (v: Value) => string): string {
    return `[${Array.from(this.iterate(), show).join(', ')}]`;
  }
  override lines(show: (v: Value) => string): string {
    const side = this.#side === 'key' ? 'KeySet' : 'ValueIterator';
    const { size } = this.#dict.entries;
    const shown = [...this.iterate()].slice(0, 20).map((x) => `\n  ${show(x)}`);
    const what = this.#side === 'key' ? 'Keys' : 'Values';
    return `${side} for a ${summary(this.#dict)}. ${what}:${shown.join('')}${size > 20 ? '\n  ⋮' : ''}`;
  }
  override iterate(): Value[] {
    return Array.from(this.#dict.entries.values(), (e) => e[this.#side]);
  }
  override count(): number {
    return this.#dict.entries.size;
  }
  override has(x: Value): boolean {
    if (this.#side === 'key') return this.#dict.entries.has(keyOf(this.#rt, x));
    return this.iterate().some((y) => this.#rt.truth(equal(this.#rt, y, x)));
  }
  /** As sets are: by what is in them. */
  override equals(other: Extension): boolean {
    if (this.#side === 'value' || !other.has || !other.iterate) return this === other;
    const all = [...other.iterate()];
    return all.length === this.count() && all.every((x) => this.has(x));
  }
}

export const dictionaries: readonly Entry[] = [
  entry(
    { name: 'Pair', signature: 'Pair(a, b)', doc: 'The pair a => b.' },
    [2, 2],
    (_rt, [a = null, b = null]) => new Pair(a, b),
  ),
  entry(
    { name: 'NamedTuple', signature: 'NamedTuple(pairs)', doc: 'A named tuple of pairs or of a dictionary.' },
    [0, 1],
    (rt, [pairs = new Tuple([])]) => {
      const all = new Map<string, Value>();
      for (const p of elements(rt, pairs)) {
        const [key, value = null] = p instanceof Pair ? [p.key, p.value] : p instanceof Tuple ? p.items : [];
        if (!(key instanceof Sym)) throw methodError('NamedTuple', [typeName(pairs)]);
        all.set(key.name, value);
      }
      return new Tuple([...all.values()], [...all.keys()]);
    },
  ),
  entry({ name: 'Dict', signature: 'Dict(key => value...)', doc: 'Dictionary.' }, any, (rt, args, keywords) => {
    const types = keywords.get('types');
    return typeof types === 'string' ? typedDict(rt, types, args) : dictOf(rt, args);
  }),
  entry(
    { name: 'haskey', signature: 'haskey(d, key)', doc: 'Whether the key is there.' },
    [2, 2],
    (rt, [d = null, key = null]) => lookup(rt, d, key) !== undefined,
  ),
  entry(
    { name: 'get', signature: 'get(d, key, default)', doc: 'The value of a key, or default.' },
    [3, 3],
    (rt, [first = null, second = null, third = null]) => {
      // `get(f, d, key)` asks f where there is no such key.
      const asks = first instanceof Fn;
      const [d, key, other] = asks ? [second, third, null] : [first, second, third];
      // A setting of an IOContext.
      if (d instanceof Stream && key instanceof Sym)
        return key.name === 'compact' || key.name === 'limit' ? d[key.name] : other;
      const found = lookup(rt, d, key);
      if (found) return found.value;
      return asks ? rt.call(first, []) : other;
    },
  ),
  entry(
    { name: 'keys', signature: 'keys(d)', doc: 'The keys, or the indices of an array.' },
    [1, 1],
    (rt, [d = null]) => {
      if (d instanceof Extension && d.keys) return new List([...d.keys()]);
      if (d instanceof Tuple && d.names) return new Tuple(d.names.map((name) => new Sym(name)));
      if (isArray(d)) {
        const matrix = !(d instanceof Range) && d.ndims === 2;
        return rt.call(rt.fn(matrix ? 'CartesianIndices' : 'LinearIndices', 'indices'), [d]);
      }
      return d instanceof Dict ? new DictSide(rt, d, 'key') : new OneTo(lengthOf(d));
    },
  ),
  entry({ name: 'values', signature: 'values(d)', doc: 'The values.' }, [1, 1], (rt, [d = null]) => {
    if (d instanceof Tuple && d.names) return new Tuple(d.items);
    return d instanceof Dict ? new DictSide(rt, d, 'value') : d;
  }),
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
    [1, 3],
    (rt, [v = null, key, other]) => {
      if (v instanceof Extension && v.remove && key !== undefined) {
        if (!v.remove(key)) throw keyError(showText(rt, key), key);
        return key;
      }
      if (!(v instanceof Dict) || key === undefined) return shrink(rt, v, 'last', 'pop!');
      const found = lookup(rt, v, key);
      if (!found && other !== undefined) return other;
      if (!found) throw keyError(showText(rt, key), key);
      v.entries.delete(keyOf(rt, key));
      return found.value;
    },
  ),
];
