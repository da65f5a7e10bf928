/** The losses of the inverse problem (docs/studies.md, 12 to 14), on any engine: how far a picture's product is from a wanted one. */
import { distance, distribute, warp } from './parity-pipelines.ts';
import type { Node, Ops } from './tape.ts';

/** `V` scales between distribution and product (May 2021); `V'` does not (Stuttgart, October 2021). */
export type Transform = 'V' | "V'";

export interface LossOptions {
  readonly transform: Transform;
  /** L(X) = ‖V(W(X)) − T‖ instead of ‖V(X) − T‖; W is the linear warp at knob 0. */
  readonly inside: boolean;
  /** Minima and maxima count as constants when differentiating; the value stays the same. */
  readonly hold: boolean;
}

/** N(x): onto [0, 1] over the whole matrix. */
function normalize(ops: Ops, x: Node, hold: boolean): Node {
  const extreme = (op: 'min' | 'max'): Node => {
    const found = ops.reduce(op, x, 'all');
    return hold ? ops.detach(found) : found;
  };
  const low = extreme('min');
  return ops.binary('div', ops.binary('sub', x, low), ops.binary('sub', extreme('max'), low));
}

/** V or V′ of a picture, n x m to m x m: columns distributed by x + 1, times their own transpose, scaled. */
export function transformed(ops: Ops, x: Node, transform: Transform, hold = false): Node {
  const p = distribute(ops, x, 'x+1', 1);
  const q = transform === 'V' ? normalize(ops, p, hold) : p;
  return normalize(ops, ops.matmul(ops.transpose(q), q), hold);
}

/** The author's warp W_0 of a picture (docs/studies.md, 7.1, linear version). */
export function warped(ops: Ops, x: Node): Node {
  return warp(ops, x, 0);
}

/**
 * The Frobenius norm of V(X) − T (neither squared nor averaged) as a function of X. `target` must outlive it.
 * Where X makes T exactly the loss is 0 and has no gradient.
 */
export function productLoss(ops: Ops, target: Node, { transform, inside, hold }: LossOptions): (x: Node) => Node {
  return (x) => distance(ops, transformed(ops, inside ? warped(ops, x) : x, transform, hold), target);
}
