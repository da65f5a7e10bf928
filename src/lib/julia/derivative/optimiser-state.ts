/** Optimisers.jl: the memory of an optimiser apart from the optimiser, for a structure of arrays. */

import { assignInto } from '../broadcast.ts';
import { argumentError, methodError } from '../errors.ts';
import { Extension } from '../extension.ts';
import { fresh, heldBy } from './optimisers.ts';
import type { Memory, FluxOptimiser } from './optimisers.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, List, Tuple, typeName } from '../values.ts';
import type { Value } from '../values.ts';

/** What `setup(opt, x)` gives: a memory for every array in x, in their order. */
export class Trained extends Extension {
  readonly type = 'Optimisers.Leaf';
  readonly opt: FluxOptimiser;
  readonly #memories: Memory[] = [];

  constructor(opt: FluxOptimiser, x: Value, memories: readonly Memory[] | null = null) {
    super();
    this.opt = opt;
    const visit = (v: Value): void => {
      if (v instanceof Arr) this.#memories.push(fresh());
      else if (v instanceof Tuple || v instanceof List) v.items.forEach(visit);
      else if (v instanceof Extension && v.parts)
        throw argumentError(`unsupported: setup of a struct (${v.type}); a named tuple of its arrays works`);
    };
    if (memories) this.#memories.push(...memories);
    else visit(x);
  }

  /** A step: the state and x, as a tuple. `inPlace` writes into the arrays of x and into this state. */
  updated(rt: Runtime, x: Value, g: Value, inPlace: boolean): Tuple {
    const memories = inPlace
      ? this.#memories
      : this.#memories.map(({ moments, steps }) => ({ moments: [...moments], steps }));
    let k = 0;
    const visit = (v: Value, slope: Value): Value => {
      if (v instanceof Arr) {
        const memory = memories[k++];
        if (slope === null || !memory) return v;
        if (!(slope instanceof Arr)) throw methodError('update!', [v, slope].map(typeName));
        const step = this.opt.step(rt, rt.node(v), rt.node(slope), memory);
        const next = new Arr(slope.eltype, v.ndims, rt.ops.binary('sub', rt.node(v), step), v.rows, v.cols);
        if (!inPlace) return next;
        assignInto(rt, v, next);
        return v;
      }
      if (!(v instanceof Tuple || v instanceof List)) return v;
      const slopes = slope instanceof Tuple || slope instanceof List ? slope.items : [];
      const items = v.items.map((item, n) => visit(item, slopes[n] ?? null));
      if (inPlace) return v;
      return v instanceof List ? new List(items, v.eltype, v) : new Tuple(items, v.names);
    };
    const next = visit(x, g);
    return new Tuple([inPlace ? this : new Trained(this.opt, x, memories), next]);
  }

  override *held(): Iterable<Value> {
    yield this.opt;
    yield* heldBy(this.#memories);
  }

  override text(show: (v: Value) => string): string {
    return `Leaf(${show(this.opt)}, …)`;
  }
}
