/**
 * Lanes: one run of a scalar function that stands for a run at every element of a matrix.
 *
 * Inside a run a scalar may be a `Lane` whose node is as large as the matrix. Conditions on it cannot choose a branch, so
 * both branches run, each under a mask of the lanes that take it, and `merge` picks lane by lane (predication, as in SPMD
 * compilers for SIMD machines). Checks (bounds, domains) look at active lanes only.
 */

import type { Node } from '../matrix/tape.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { Arr, Colour, Colours, Lane, Tuple, promote, scalarType } from './values.ts';
import type { ChannelType, Shape, Value } from './values.ts';

/** The node repeated to fill the shape. */
export function expand(rt: Runtime, node: Node, shape: { rows: number; cols: number }): Node {
  if (node.rows === shape.rows && node.cols === shape.cols) return node;
  return rt.ops.binary('add', node, rt.ops.fill(0, shape.rows, shape.cols));
}

/** The result of a lane run as an array. @throws Unlaneable where lanes hold more than a number or a colour */
export function assemble(rt: Runtime, v: Value, shape: Shape, bits = false): Arr | Colours {
  if (v instanceof Colour) {
    const [r, g, b] = v.channels.map((c) => expand(rt, rt.scalarNode(c), shape));
    if (!r || !g || !b) throw new Unlaneable('a colour');
    return new Colours([r, g, b], v.type, shape.ndims);
  }
  const node = expand(rt, rt.scalarNode(v), shape);
  return new Arr(rt.eltype(v), shape.ndims, node, shape.rows, shape.cols, false, bits);
}

/** Runs `work` over lanes of a shape. Everything it defines is per lane. */
export function inLanes<T>(rt: Runtime, shape: { rows: number; cols: number }, work: () => T): T {
  const { lanes, mask, activation } = rt;
  rt.lanes = shape;
  rt.mask = null;
  rt.activation = null;
  rt.level++;
  try {
    return work();
  } finally {
    rt.lanes = lanes;
    rt.mask = mask;
    rt.activation = activation;
    rt.level--;
  }
}

/**
 * Tries one run over all lanes; where the function cannot run so, undoes what it did and takes the slow way,
 * for at most `limit` elements.
 */
export function orElementwise(
  rt: Runtime,
  count: number,
  lanewise: () => Value,
  elementwise: () => Value,
  limit = rt.gradients > 0 ? 4096 : 2 ** 20,
): Value {
  const { printed, depth, laneDepth, gradients, jump, span } = rt;
  const indexing = rt.indexing.length;
  const random = rt.random.save();
  const checks = rt.checkCount;
  try {
    return lanewise();
  } catch (error) {
    if (!(error instanceof Unlaneable) || count > limit) throw error;
    rt.printed = printed;
    rt.depth = depth;
    rt.laneDepth = laneDepth;
    rt.indexing.length = indexing;
    rt.gradients = gradients;
    rt.jump = jump;
    rt.span = span;
    rt.random.restore(random);
    rt.dropChecks(checks);
    return elementwise();
  }
}

/** `mask ? a : b`, lane by lane. A branch that left nothing (`null`) gives way to the other only where it is not wanted. */
export function merge(rt: Runtime, mask: Node, a: Value, b: Value): Value {
  if (a === b) return a;
  const [ta, tb] = [scalarType(a), scalarType(b)];
  if (ta && tb) return new Lane(promote(ta, tb), rt.ops.select(mask, rt.scalarNode(a), rt.scalarNode(b)));
  if (a instanceof Tuple && b instanceof Tuple && a.items.length === b.items.length) {
    return new Tuple(
      a.items.map((x, k) => merge(rt, mask, x, b.items[k] ?? null)),
      a.names,
    );
  }
  if (a instanceof Colour && b instanceof Colour) {
    const channel = (k: 0 | 1 | 2): Value => merge(rt, mask, a.channels[k], b.channels[k]);
    return new Colour([channel(0), channel(1), channel(2)], promote(a.type, b.type) as ChannelType);
  }
  throw new Unlaneable('a choice between values that are not numbers');
}

/** A condition that differs between lanes, as a mask; null where the host may decide. */
export function laneCondition(v: Value): Node | null {
  return v instanceof Lane && !v.uniform && v.eltype === 'Bool' ? v.node : null;
}

function both(rt: Runtime, a: Node | null, b: Node): Node {
  return a ? rt.ops.binary('and', a, b) : b;
}

/** Runs `work` where `condition` holds among the lanes active now. */
export function under(rt: Runtime, condition: Node, work: () => Value): Value {
  const before = rt.mask;
  const returned = rt.activation?.returned ?? null;
  rt.mask = both(rt, before, condition);
  try {
    return rt.ops.guarded(work);
  } finally {
    const now = rt.activation?.returned ?? null;
    rt.mask = now && now !== returned ? both(rt, before, rt.ops.unary('not', now)) : before;
  }
}

/** `condition ? yes : no` over lanes; null where the two cannot be merged, which only matters if the value is used. */
export function choose(rt: Runtime, condition: Node, yes: () => Value, no: () => Value): Value {
  const a = under(rt, condition, yes);
  const b = under(rt, rt.ops.unary('not', condition), no);
  if (a === null || b === null) return null;
  try {
    return merge(rt, condition, a, b);
  } catch (error) {
    if (error instanceof Unlaneable) return null;
    throw error;
  }
}

/** `return` over lanes. True: all active lanes of this call return, so the call may end. */
export function returnLanes(rt: Runtime, v: Value): boolean {
  const { activation, mask, ops } = rt;
  if (!activation || !mask || mask === activation.entry) return true;
  activation.value = activation.returned ? merge(rt, mask, v, activation.value) : v;
  activation.returned = activation.returned ? ops.binary('or', activation.returned, mask) : mask;
  rt.mask = ops.binary('and', mask, ops.unary('not', mask));
  return false;
}

/** A value of a call over lanes: what returned early, and what came to the end. */
export function finish(rt: Runtime, last: Value): Value {
  const { activation } = rt;
  if (!activation?.returned) return last;
  return last === null ? activation.value : merge(rt, activation.returned, activation.value, last);
}
