/**
 * The reverse-mode rule of every elementwise primitive: from the adjoint of the result to the adjoints of the operands.
 * Adjoints come in the result's (broadcast) shape; the tape sums them back to the operand's.
 */
import type { BinaryOp, Buffer, Engine, UnaryOp } from './engine.ts';
import type { Node } from './tape.ts';

/** One adjoint for each parent; null where it is zero or not wanted. */
export type Pullback = (engine: Engine, adjoint: Buffer, node: Node) => (Buffer | null)[];

/** Multiplies or divides the adjoint by a local derivative. */
type Scale = (engine: Engine, op: 'mul' | 'div', g: Buffer, by: Buffer) => Buffer;

const plain: Scale = (engine, op, g, by) => engine.binary(op, g, by);

/** As `plain`, but a zero adjoint stays zero where the derivative is infinite or NaN. */
const guarded: Scale = (engine, op, g, by) => {
  const zero = engine.fill(0, 1, 1);
  return engine.select(engine.binary('eq', g, zero), zero, engine.binary(op, g, by));
};

type UnaryRule = (e: Engine, g: Buffer, x: Buffer, y: Buffer, scale: Scale) => Buffer;

/** x is the operand, y the result. Functions missing here are constant almost everywhere. */
const unaryRules: Partial<Record<UnaryOp, UnaryRule>> = {
  neg: (e, g) => e.unary('neg', g),
  exp: (e, g, _x, y, scale) => scale(e, 'mul', g, y),
  log: (e, g, x, _y, scale) => scale(e, 'div', g, x),
  sqrt: (e, g, _x, y, scale) => scale(e, 'div', g, e.binary('mul', constant(e, 2), y)),
  sin: (e, g, x, _y, scale) => scale(e, 'mul', g, e.unary('cos', x)),
  cos: (e, g, x, _y, scale) => e.unary('neg', scale(e, 'mul', g, e.unary('sin', x))),
  tan: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('add', constant(e, 1), square(e, y))),
  tanh: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('sub', constant(e, 1), square(e, y))),
  atan: (e, g, x, _y, scale) => scale(e, 'div', g, e.binary('add', constant(e, 1), square(e, x))),
  abs: (e, g, x, _y, scale) => scale(e, 'mul', g, e.unary('sign', x)),
};

export function unaryPullback(op: UnaryOp, guard: boolean): Pullback | null {
  const rule = unaryRules[op];
  if (!rule) return null;
  const scale = guard ? guarded : plain;
  return (engine, g, node) => {
    const [x] = node.parents;
    return [x ? rule(engine, g, x.value, node.value, scale) : null];
  };
}

interface BinaryCall {
  readonly e: Engine;
  readonly g: Buffer;
  readonly a: Buffer;
  readonly b: Buffer;
  readonly y: Buffer;
  readonly scale: Scale;
}

/** Adjoints of the left and of the right operand, each computed only where wanted. */
type BinaryRule = readonly [left: (call: BinaryCall) => Buffer, right: (call: BinaryCall) => Buffer];

const binaryRules: Partial<Record<BinaryOp, BinaryRule>> = {
  add: [({ g }) => g, ({ g }) => g],
  sub: [({ g }) => g, ({ e, g }) => e.unary('neg', g)],
  mul: [({ e, g, b, scale }) => scale(e, 'mul', g, b), ({ e, g, a, scale }) => scale(e, 'mul', g, a)],
  div: [
    ({ e, g, b, scale }) => scale(e, 'div', g, b),
    ({ e, g, b, y, scale }) => e.unary('neg', scale(e, 'mul', g, e.binary('div', y, b))),
  ],
  pow: [
    ({ e, g, a, b, scale }) =>
      scale(e, 'mul', g, e.binary('mul', b, e.binary('pow', a, e.binary('sub', b, constant(e, 1))))),
    ({ e, g, a, y, scale }) => scale(e, 'mul', g, e.binary('mul', y, e.unary('log', a))),
  ],
  // Where both are equal the left operand takes the gradient.
  max: [({ e, g, a, b }) => keep(e, g, e.binary('le', b, a)), ({ e, g, a, b }) => keep(e, g, e.binary('lt', a, b))],
  min: [({ e, g, a, b }) => keep(e, g, e.binary('le', a, b)), ({ e, g, a, b }) => keep(e, g, e.binary('lt', b, a))],
  mod: [
    ({ g }) => g,
    ({ e, g, a, b, scale }) => e.unary('neg', scale(e, 'mul', g, e.unary('floor', e.binary('div', a, b)))),
  ],
  rem: [
    ({ g }) => g,
    ({ e, g, a, b, y, scale }) => e.unary('neg', scale(e, 'mul', g, e.binary('div', e.binary('sub', a, y), b))),
  ],
  atan2: [
    ({ e, g, a, b, scale }) => scale(e, 'mul', g, e.binary('div', b, sumOfSquares(e, a, b))),
    ({ e, g, a, b, scale }) => e.unary('neg', scale(e, 'mul', g, e.binary('div', a, sumOfSquares(e, a, b)))),
  ],
};

export function binaryPullback(op: BinaryOp, guard: boolean): Pullback | null {
  const rule = binaryRules[op];
  if (!rule) return null;
  const scale = guard ? guarded : plain;
  return (engine, g, node) => {
    const [a, b] = node.parents;
    if (!a || !b) return [];
    const call = { e: engine, g, a: a.value, b: b.value, y: node.value, scale };
    return [a.tracked ? rule[0](call) : null, b.tracked ? rule[1](call) : null];
  };
}

function constant(e: Engine, value: number): Buffer {
  return e.fill(value, 1, 1);
}

function square(e: Engine, x: Buffer): Buffer {
  return e.binary('mul', x, x);
}

function sumOfSquares(e: Engine, a: Buffer, b: Buffer): Buffer {
  return e.binary('add', square(e, a), square(e, b));
}

function keep(e: Engine, g: Buffer, mask: Buffer): Buffer {
  return e.select(mask, g, constant(e, 0));
}
