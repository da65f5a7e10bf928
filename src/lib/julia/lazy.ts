/** Iterators that make their elements when asked: `enumerate`, `zip`, generators, and those of the module Iterators. */

import { methodError } from './errors.ts';
import { Extension } from './extension.ts';
import { elements, lengthOf } from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { Tuple, typeName } from './values.ts';
import type { Shape, Value } from './values.ts';

interface Made {
  /** Julia's name of its type. */
  readonly type: string;
  /** What stands before the brackets where it is printed; the type unless given. */
  readonly name?: string;
  /** What it was made from, as printed. */
  readonly parts: readonly Value[];
  readonly iterate: () => Iterable<Value>;
  /** How many elements, where that is known. */
  readonly count?: () => number;
  readonly shape?: Shape;
}

export class Lazy extends Extension {
  readonly type: string;
  readonly #made: Made;

  constructor(made: Made) {
    super();
    this.type = made.type;
    this.#made = made;
  }
  override get shape(): Shape | undefined {
    return this.#made.shape;
  }
  override held(): Iterable<Value> {
    return this.#made.parts;
  }
  override text(show: (v: Value) => string): string {
    return `${this.#made.name ?? this.type}(${this.#made.parts.map(show).join(', ')})`;
  }
  override iterate(): Iterable<Value> {
    return this.#made.iterate();
  }
  override count(): number {
    const { shape } = this;
    if (shape) return shape.rows * shape.cols;
    if (!this.#made.count) throw methodError('length', [this.type]);
    return this.#made.count();
  }
  override known(): number | null {
    try {
      return this.count();
    } catch {
      return null;
    }
  }
}

export function enumerated(rt: Runtime, v: Value): Lazy {
  return new Lazy({
    type: `Base.Iterators.Enumerate{${typeName(v)}}`,
    name: 'enumerate',
    parts: [v],
    *iterate() {
      let k = 0n;
      for (const x of elements(rt, v)) yield new Tuple([++k, x]);
    },
    count: () => lengthOf(v),
  });
}

/** Ends with the shortest. */
export function zipped(rt: Runtime, parts: readonly Value[]): Lazy {
  return new Lazy({
    type: `Base.Iterators.Zip{Tuple{${parts.map(typeName).join(', ')}}}`,
    name: 'zip',
    parts,
    *iterate() {
      const all = parts.map((v) => elements(rt, v));
      while (all.length > 0) {
        const items: Value[] = [];
        for (const one of all) {
          const next = one.next();
          if (next.done) return;
          items.push(next.value);
        }
        yield new Tuple(items);
      }
    },
    count: () => Math.min(...parts.map(lengthOf)),
  });
}
