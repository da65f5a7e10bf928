/** Values of the reader's own types. */

import { JuliaError, methodError } from './errors.ts';
import { Extension } from './extension.ts';
import { Tuple, typeName } from './values.ts';
import type { Value } from './values.ts';

/** What all values of one `struct` have in common. */
export interface StructLayout {
  readonly names: readonly string[];
  readonly mutable: boolean;
  /** Fields of a mutable struct that are `const`. */
  readonly fixed: ReadonlySet<string>;
  /** What the program's own method of a library's function makes of values; undefined where it has none. */
  readonly method: (name: string, args: readonly Value[]) => Value | undefined;
}

/** Those that are being printed, outermost first: one inside itself is named by its distance. */
const printing: Structure[] = [];

/** Numbers of mutable ones, as keys. */
const identities = new WeakMap<Structure, number>();
let given = 0;

export class Structure extends Extension {
  /** With its parameters: `P{Int64}`. */
  readonly type: string;
  readonly layout: StructLayout;
  readonly values: Value[];
  /** A value as one of field k's type. */
  readonly #convert: (v: Value, k: number) => Value;

  constructor(type: string, layout: StructLayout, values: Value[], convert: (v: Value, k: number) => Value) {
    super();
    this.type = type;
    this.layout = layout;
    this.values = values;
    this.#convert = convert;
  }

  held(): Iterable<Value> {
    return this.values;
  }

  text(show: (v: Value) => string): string {
    const at = printing.indexOf(this);
    if (at >= 0) return `${this.type}(#= circular reference @-${printing.length - at} =#)`;
    printing.push(this);
    try {
      return `${this.type}(${this.values.map(show).join(', ')})`;
    } finally {
      printing.pop();
    }
  }

  override field(name: string): Value | undefined {
    return this.values[this.layout.names.indexOf(name)];
  }

  override setField(name: string, v: Value): boolean {
    const k = this.layout.names.indexOf(name);
    if (!this.layout.mutable || k < 0) return false;
    if (this.layout.fixed.has(name))
      throw new JuliaError('ErrorException', `setfield!: const field .${name} of type ${this.type} cannot be changed`);
    this.values[k] = this.#convert(v, k);
    return true;
  }

  /** `===`: a mutable one is itself alone, immutable ones are what their fields are. */
  override same(other: Extension, egal: (a: Value, b: Value) => boolean): boolean {
    if (this === other) return true;
    if (!(other instanceof Structure) || this.layout.mutable || this.type !== other.type) return false;
    return this.values.every((v, k) => egal(v, other.values[k] ?? null));
  }

  override key(of: (v: Value) => string): string {
    if (!this.layout.mutable) return `${this.type}(${this.values.map(of).join()})`;
    const known = identities.get(this) ?? ++given;
    identities.set(this, known);
    return `${this.type}@${known}`;
  }

  override deep(inner: (v: Value) => Value, kept: <T extends Value>(copy: T) => T): Structure {
    const copy = kept(this.withParts(this.values));
    copy.values.forEach((v, k) => (copy.values[k] = inner(v)));
    return copy;
  }

  override parts(): { names: readonly string[]; values: readonly Value[] } {
    if (this.layout.mutable)
      throw new JuliaError(
        'UnsupportedError',
        `unsupported: the gradient by a mutable struct (${this.type}); make it a \`struct\`, whose gradient is a named tuple of its fields`,
      );
    return { names: this.layout.names, values: this.values };
  }

  override index(keys: readonly Value[]): Value {
    return this.#asked('getindex', keys);
  }

  override count(): number {
    return Number(this.#asked('length', []));
  }

  override known(): number {
    return this.count();
  }

  /** By the program's methods of `iterate`. */
  override *iterate(): Iterable<Value> {
    let next = this.layout.method('iterate', [this]);
    if (next === undefined) throw methodError('iterate', [this.type]);
    while (next instanceof Tuple) {
      const [item = null, state = null]: readonly Value[] = next.items;
      yield item;
      next = this.layout.method('iterate', [this, state]);
    }
  }

  #asked(name: string, args: readonly Value[]): Value {
    const all = [this, ...args];
    const answer = this.layout.method(name, all);
    if (answer === undefined) throw methodError(name, all.map(typeName));
    return answer;
  }

  override withParts(values: readonly Value[]): Structure {
    return new Structure(this.type, this.layout, [...values], this.#convert);
  }
}
