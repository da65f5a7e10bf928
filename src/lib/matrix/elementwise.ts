/** The loops of the reference engine's elementwise functions. */
import { binaryFunctions, unaryFunctions } from './scalar.ts';
import type { BinaryOp, UnaryOp } from './engine.ts';

/** A matrix as a broadcast operand: a step of 0 along a dimension of size 1. */
export interface OperandLane {
  readonly data: Float64Array;
  readonly down: number;
  readonly right: number;
}

export function mapUnary(op: UnaryOp, data: Float64Array): Float64Array {
  const f = unaryFunctions[op];
  const out = new Float64Array(data.length);
  for (let k = 0; k < out.length; k++) out[k] = f(data[k] as number);
  return out;
}

export function mapBinary(op: BinaryOp, a: OperandLane, b: OperandLane, rows: number, cols: number): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) row(op, out, i * cols, cols, a.data, i * a.down, a.right, b.data, i * b.down, b.right);
  return out;
}

/**
 * One row of the result. The four operations that a picture is made of are spelt out: a function passed in would be
 * called once an element, ten times slower.
 */
function row(
  op: BinaryOp,
  out: Float64Array,
  at: number,
  cols: number,
  x: Float64Array,
  p: number,
  dp: number,
  y: Float64Array,
  q: number,
  dq: number,
): void {
  const end = at + cols;
  switch (op) {
    case 'add':
      for (; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) + (y[q] as number);
      return;
    case 'sub':
      for (; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) - (y[q] as number);
      return;
    case 'mul':
      for (; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) * (y[q] as number);
      return;
    case 'div':
      for (; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) / (y[q] as number);
      return;
    default: {
      const f = binaryFunctions[op];
      for (; at < end; at++, p += dp, q += dq) out[at] = f(x[p] as number, y[q] as number);
    }
  }
}
