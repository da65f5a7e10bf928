/** `Set`: what is in it is in it once, by `isequal`. */

import { keyOf } from '../equality.ts';
import { item } from '../indexing/write.ts';
import { canonical } from '../show/show.ts';
import { isImplicit, parametersOf } from '../show/typeinfo.ts';
import { joinedType } from '../dict.ts';
import { Extension } from '../extension.ts';
import { entryBytes, hostBytes } from '../host-size.ts';
import { gathered, elements } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, List, elementType } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

/** Iterated in the order of insertion, where Julia's order is that of hashes. */
export class JuliaSet extends Extension {
  readonly #rt: Runtime;
  readonly members = new Map<string, Value>();
  /** The type that elements are converted to; null where they tell it. */
  declared: string | null;

  constructor(rt: Runtime, items: Iterable<Value>, declared: string | null = null) {
    super();
    this.#rt = rt;
    this.declared = declared;
    for (const x of items) this.add(x);
  }
  get type(): string {
    return this.declared ? `Set{${this.declared}}` : `Set{${elementType([...this.members.values()])}}`;
  }
  override held(): Iterable<Value> {
    return this.members.values();
  }
  override text(show: (v: Value) => string): string {
    const items = [...this.members.values()].map(show);
    const [held = 'Any'] = parametersOf(this.type);
    return items.length === 0 ? `${this.type}()` : `Set(${isImplicit(held) ? '' : held}[${items.join(', ')}])`;
  }
  override lines(show: (v: Value) => string): string {
    const { size } = this.members;
    if (size === 0) return `${this.type}()`;
    const shown = [...this.members.values()].slice(0, 20).map((x) => `\n  ${show(x)}`);
    return `${this.type} with ${size} element${size === 1 ? '' : 's'}:${shown.join('')}${size > 20 ? '\n  ⋮ ' : ''}`;
  }
  override iterate(): Iterable<Value> {
    return [...this.members.values()];
  }
  override count(): number {
    return this.members.size;
  }
  override has(x: Value): boolean {
    return this.members.has(keyOf(this.#rt, x));
  }
  override equals(other: Extension): boolean {
    return (
      other instanceof JuliaSet &&
      other.members.size === this.members.size &&
      [...this.members.keys()].every((key) => other.members.has(key))
    );
  }
  override key(): string {
    return `Set{${[...this.members.keys()].sort().join()}}`;
  }
  override add(given: Value): void {
    const x = this.declared === null ? given : item(this.#rt, given, this.declared);
    const key = keyOf(this.#rt, x);
    if (this.members.has(key)) return;
    this.#rt.meter.hold(entryBytes + hostBytes(x));
    this.members.set(key, x);
  }
  override remove(x: Value): boolean {
    return this.members.delete(keyOf(this.#rt, x));
  }
  override copy(): JuliaSet {
    return new JuliaSet(this.#rt, this.members.values(), this.declared);
  }
  override deep(inner: (v: Value) => Value): JuliaSet {
    return new JuliaSet(this.#rt, [...this.members.values()].map(inner), this.declared);
  }
}

/** FNV-1a, 62 bits of two runs, of what `isequal` compares by. */
function hashOf(key: string): bigint {
  const run = (seed: number): number => {
    let h = seed;
    for (const c of key) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 16777619);
    return h >>> 1;
  };
  return (BigInt(run(2166136261)) << 31n) | BigInt(run(40389));
}

/** `setdiff!(s, itr...)`: the result of the plain function, in place. */
function inPlace(
  name: 'union' | 'intersect' | 'setdiff' | 'symdiff',
  doc: string,
  example: readonly [string, string],
): Entry {
  return entry(
    { name: `${name}!`, signature: `${name}!(s, itr...)`, doc, differentiable: 'no', examples: [example] },
    [1, Infinity],
    (rt, args) => {
      sequentialOnly(rt, `${name}!`);
      const [first = null] = args;
      if (!(first instanceof JuliaSet)) throw noMethod(`${name}!`, args);
      rt.mutable(first, `${name}!`);
      const all = gathered(rt, rt.call(rt.fn(name), args));
      first.members.clear();
      for (const x of all) first.add(x);
      return first;
    },
  );
}

/** Comparisons that are `issubset` turned round, or without equality. */
function comparison(
  name: string,
  doc: string,
  example: readonly [string, string],
  of: (sub: (a: Value, b: Value) => boolean, a: Value, b: Value) => boolean,
): Entry {
  return entry(
    { name, signature: `a ${name} b`, doc, differentiable: 'no', examples: [example] },
    [2, 2],
    (rt, [a = null, b = null]) => of((p, q) => rt.truth(rt.call(rt.fn('issubset'), [p, q])), a, b),
  );
}

export const setEntries: readonly Entry[] = [
  entry(
    {
      name: 'Set',
      signature: 'Set(itr)',
      doc: 'What is in itr, each once; iterated in the order of insertion.',
      differentiable: 'no',
      examples: [
        ['Set([2, 1, 2])', 'Set{Int64} with 2 elements: 2 1'],
        [
          's = Set([1, 2]); push!(s, 3); delete!(s, 1); (s, 2 in s, length(s), s == Set([3, 2]))',
          '(Set([2, 3]), true, 2, true)',
        ],
        ['Set(), union(Set([1]), [2]), [1, 2] ⊆ Set([2, 1, 3])', '(Set{Any}(), Set([1, 2]), true)'],
      ],
    },
    [0, 1],
    (rt, [v], keywords) => {
      const types = keywords.get('types');
      const declared = typeof types === 'string' ? (parametersOf(canonical(types))[0] ?? 'Any') : null;
      const set = new JuliaSet(rt, v === undefined ? [] : elements(rt, v), declared);
      const held = v instanceof Arr || v instanceof List ? v.eltype : joinedType([...set.members.values()]);
      set.declared ??= v === undefined ? 'Any' : held;
      return set;
    },
  ),
  entry(
    {
      name: 'hash',
      signature: 'hash(x)',
      doc: 'A number that is the same for what isequal calls equal; not the number that Julia gives.',
      differentiable: 'no',
      examples: [['hash(1) == hash(1.0), hash([1, 2]) == hash(1:2), hash(0.0) == hash(-0.0)', '(true, true, false)']],
    },
    [1, 1],
    (rt, [v = null]) => hashOf(keyOf(rt, v)),
  ),
  inPlace('union', 'Adds what is in any.', ['union!(Set([1]), [2, 1])', 'Set{Int64} with 2 elements: 1 2']),
  inPlace('intersect', 'Leaves what is in all.', ['intersect!(Set([1, 2]), [2])', 'Set{Int64} with 1 element: 2']),
  inPlace('setdiff', 'Removes what is in the others.', [
    'setdiff!(Set([1, 3, 4]), 1:2:6)',
    'Set{Int64} with 1 element: 4',
  ]),
  inPlace('symdiff', 'Leaves what is in one of the two.', [
    'symdiff!(Set([1, 2]), [2, 3])',
    'Set{Int64} with 2 elements: 1 3',
  ]),
  ...(['∪', '∩'] as const).map((name) =>
    entry(
      {
        name,
        signature: `a ${name} b`,
        doc: name === '∪' ? 'union.' : 'intersect.',
        differentiable: 'no',
        examples: [
          name === '∪' ? ['[1] ∪ [2]', '2-element Vector{Int64}: 1 2'] : ['[1, 2] ∩ [2]', '1-element Vector{Int64}: 2'],
        ],
      },
      [1, Infinity],
      (rt, args) => rt.call(rt.fn(name === '∪' ? 'union' : 'intersect'), args),
    ),
  ),
  comparison('⊆', 'issubset.', ['[1, 2, 3] ⊆ [1, 2]', 'false'], (sub, a, b) => sub(a, b)),
  comparison('⊇', 'issubset, turned round.', ['[1, 2, 3] ⊇ [1, 2]', 'true'], (sub, a, b) => sub(b, a)),
  comparison('⊊', 'issubset, and not equal.', ['(1, 2) ⊊ (1, 2, 3)', 'true'], (sub, a, b) => sub(a, b) && !sub(b, a)),
  comparison('⊈', 'Not issubset.', ['(1, 2) ⊈ (2, 3)', 'true'], (sub, a, b) => !sub(a, b)),
  comparison(
    'issetequal',
    'Whether the same is in both.',
    ['issetequal([1, 2], [2, 1, 1])', 'true'],
    (sub, a, b) => sub(a, b) && sub(b, a),
  ),
];
