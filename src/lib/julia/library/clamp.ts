/** Bounds of numbers, for `clamp` and the pictures' `clamp01`. */

import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { Lane, promote } from '../values.ts';
import type { Value } from '../values.ts';

/** x, or the bound it lies beyond. At a bound x takes the gradient. */
export function clamp(rt: Runtime, x: Value, low: Value, high: Value): Value {
  if ([x, low, high].some((v) => v instanceof Lane && v.node.tracked)) {
    const { ops } = rt;
    const [at, from, to] = [rt.scalarNode(x), rt.scalarNode(low), rt.scalarNode(high)];
    const below = ops.select(ops.binary('lt', at, from), from, at);
    const type = promote(promote(rt.eltype(x), rt.eltype(low)), rt.eltype(high));
    return new Lane(type, ops.select(ops.binary('lt', to, at), to, below));
  }
  return scalarBinary(rt, 'min', scalarBinary(rt, 'max', x, low), high);
}
