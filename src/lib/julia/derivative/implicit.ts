/** Gradients with respect to arrays that a function reaches by itself: `gradient(() -> loss(X), params(X))`. */

import type { Node } from '../../matrix/tape.ts';
import { argumentError, keyError } from '../errors.ts';
import { floatOf, realOf } from '../eltypes.ts';
import { Extension } from '../extension.ts';
import { resultNode, taping } from './gradient.ts';
import type { Runtime } from '../runtime.ts';
import { summary } from '../show/show.ts';
import { Arr, Dict, Lane, List, Tuple, scalarType } from '../values.ts';
import type { Value } from '../values.ts';

/** Zygote's Params: arrays by identity, each once, in the order in which they came. */
export class Params extends Extension {
  readonly type = 'Zygote.Params{Zygote.Buffer{Any, Vector{Any}}}';
  readonly arrays: readonly Arr[];
  readonly #rt: Runtime;

  /** Every array of numbers in the values, however deep. */
  constructor(rt: Runtime, values: readonly Value[]) {
    super();
    this.#rt = rt;
    const found = new Set<Arr>();
    const visit = (v: Value): void => {
      if (v instanceof Arr) {
        if (realOf(v.eltype) === 'Bool') return;
        if (v.share)
          throw argumentError('params takes arrays of their own: give the array that this one is a part or a view of');
        found.add(v);
      } else if (v instanceof Tuple || v instanceof List) v.items.forEach(visit);
      else if (v instanceof Dict) for (const { value } of v.entries.values()) visit(value);
      else if (v instanceof Params) v.arrays.forEach(visit);
      else if (v instanceof Extension && v.parts)
        throw argumentError(`unsupported: params of a struct (${v.type}); params(p.w, p.b) takes its arrays`);
    };
    values.forEach(visit);
    this.arrays = [...found];
  }

  override held(): Iterable<Value> {
    return this.arrays;
  }

  override items(): readonly Value[] {
    return this.arrays;
  }

  override text(show: (v: Value) => string): string {
    return `Params([${this.arrays.map(show).join(', ')}])`;
  }

  override index([key = null]: readonly Value[]): Value {
    const found = typeof key === 'bigint' ? this.arrays[Number(key) - 1] : undefined;
    if (!found) throw argumentError('Params are indexed by whole numbers from 1 to their number');
    return found;
  }

  override gradientOf(f: Value): { value: Value; gradient: Value } {
    const rt = this.#rt;
    return taping(rt, () => {
      const before = this.arrays.map((a) => ({ a, node: rt.node(a), host: a.host }));
      const inputs = before.map(({ node }) => rt.ops.input(node));
      const put = (a: Arr, node: Node, host: Float64Array | null): void => {
        a.node = node;
        a.host = host;
        // What shares the array's elements looks at them anew.
        a.version++;
      };
      before.forEach(({ a }, k) => {
        put(a, inputs[k] as Node, null);
      });
      try {
        const y = rt.call(f, []);
        const node = resultNode(rt, y);
        if (!node) return { value: y, gradient: new Grads(this, []) };
        const { value, gradients } = rt.ops.differentiate(node, inputs);
        return { value: new Lane(scalarType(y) ?? 'Float64', value), gradient: new Grads(this, gradients) };
      } finally {
        for (const { a, node, host } of before) put(a, node, host);
      }
    });
  }
}

/** Zygote's Grads: derivatives by the identity of the array they belong to. */
export class Grads extends Extension {
  readonly type = 'Zygote.Grads';
  readonly params: Params;
  readonly #found = new Map<Value, Value>();

  constructor(params: Params, gradients: readonly (Node | null)[]) {
    super();
    this.params = params;
    params.arrays.forEach((a, k) => {
      const g = gradients[k];
      this.#found.set(a, g ? new Arr(floatOf(a.eltype), a.ndims, g, a.rows, a.cols, a.row) : null);
    });
  }

  /** The derivative of an array; null where it has none. @throws JuliaError KeyError where it was no parameter */
  of(a: Value): Value {
    const g = this.#found.get(a);
    if (g === undefined) throw keyError(summary(a), a);
    return g;
  }

  override *held(): Iterable<Value> {
    yield this.params;
    yield* this.#found.values();
  }

  override text(): string {
    return 'Grads(...)';
  }

  override field(name: string): Value | undefined {
    return name === 'params' ? this.params : name === 'grads' ? this : undefined;
  }

  override index([key = null]: readonly Value[]): Value {
    return this.of(key);
  }

  override keys(): readonly Value[] {
    return this.params.arrays;
  }

  override items(): readonly Value[] {
    return [...this.#found.values()];
  }
}
