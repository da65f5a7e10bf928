/**
 * The reverse-mode rule of every elementwise primitive: from the adjoint of the result to the adjoints of the operands.
 * Adjoints come in the result's (broadcast) shape; the tape sums them back to the operand's.
 *
 * Where a function has a corner or a pole the rule is the one of ChainRules.jl, so that a gradient taken there is Zygote's.
 */
import type { BinaryOp, Dims, UnaryOp } from './engine.ts';

/** Anything with a shape: a buffer of an engine, or a node of the tape. */
interface Sized {
  readonly rows: number;
  readonly cols: number;
}

/**
 * The arithmetic that rules are written in. An engine does it on buffers; the tape does it on nodes, and so records the
 * reverse pass itself: that is how a gradient of a gradient comes about.
 */
export interface Algebra<T extends Sized> {
  fill(value: number, rows: number, cols: number): T;
  unary(op: UnaryOp, a: T): T;
  binary(op: BinaryOp, a: T, b: T): T;
  select(mask: T, a: T, b: T): T;
  matmul(a: T, b: T): T;
  transpose(a: T): T;
  reduce(op: 'sum' | 'max' | 'min', a: T, dims: Dims): T;
  argreduce(op: 'max' | 'min', a: T, dims: Dims): T;
  reshape(a: T, rows: number, cols: number): T;
  slice(a: T, row: number, col: number, rows: number, cols: number): T;
  pad(a: T, row: number, col: number, rows: number, cols: number): T;
  concat(parts: readonly T[], dims: 1 | 2): T;
  gather(a: T, index: T): T;
  scatterAdd(values: T, index: T, rows: number, cols: number): T;
}

/** What a rule may read of the operation it reverses. */
export interface Recorded<T extends Sized> {
  readonly parents: readonly T[];
  readonly value: T;
  /** For each parent, whether its adjoint is wanted. */
  readonly wanted: readonly boolean[];
}

/** One adjoint for each parent; null where it is zero or not wanted. */
export type Pullback = <T extends Sized>(e: Algebra<T>, adjoint: T, call: Recorded<T>) => readonly (T | null)[];

/** Multiplies or divides the adjoint by a local derivative. */
type Scale = <T extends Sized>(e: Algebra<T>, op: 'mul' | 'div', g: T, by: T) => T;

const plain: Scale = (e, op, g, by) => e.binary(op, g, by);

/** As `plain`, but a zero adjoint stays zero where the derivative is infinite or NaN. */
const guarded: Scale = (e, op, g, by) => {
  const zero = e.fill(0, 1, 1);
  return e.select(e.binary('eq', g, zero), zero, e.binary(op, g, by));
};

type UnaryRule = <T extends Sized>(e: Algebra<T>, g: T, x: T, y: T, scale: Scale) => T;

/** Steps and signs: their derivative is 0, which is not the same as having none. */
const flat: UnaryRule = (e, _g, x) => e.fill(0, x.rows, x.cols);

/** x is the operand, y the result. The functions missing here answer a question and carry no gradient. */
const unaryRules: Partial<Record<UnaryOp, UnaryRule>> = {
  neg: (e, g) => e.unary('neg', g),
  exp: (e, g, _x, y, scale) => scale(e, 'mul', g, y),
  exp2: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('mul', constant(e, Math.LN2), y)),
  exp10: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('mul', constant(e, Math.LN10), y)),
  expm1: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('add', constant(e, 1), y)),
  log: (e, g, x, _y, scale) => scale(e, 'div', g, x),
  log2: (e, g, x, _y, scale) => scale(e, 'div', g, e.binary('mul', constant(e, Math.LN2), x)),
  log10: (e, g, x, _y, scale) => scale(e, 'div', g, e.binary('mul', constant(e, Math.LN10), x)),
  log1p: (e, g, x, _y, scale) => scale(e, 'div', g, e.binary('add', constant(e, 1), x)),
  sqrt: (e, g, _x, y, scale) => scale(e, 'div', g, e.binary('mul', constant(e, 2), y)),
  cbrt: (e, g, _x, y, scale) => scale(e, 'div', g, e.binary('mul', constant(e, 3), square(e, y))),
  sin: (e, g, x, _y, scale) => scale(e, 'mul', g, e.unary('cos', x)),
  cos: (e, g, x, _y, scale) => e.unary('neg', scale(e, 'mul', g, e.unary('sin', x))),
  tan: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('add', constant(e, 1), square(e, y))),
  asin: (e, g, x, _y, scale) => scale(e, 'div', g, leg(e, x)),
  acos: (e, g, x, _y, scale) => e.unary('neg', scale(e, 'div', g, leg(e, x))),
  sinh: (e, g, x, _y, scale) => scale(e, 'mul', g, e.unary('cosh', x)),
  cosh: (e, g, x, _y, scale) => scale(e, 'mul', g, e.unary('sinh', x)),
  tanh: (e, g, _x, y, scale) => scale(e, 'mul', g, e.binary('sub', constant(e, 1), square(e, y))),
  atan: (e, g, x, _y, scale) => scale(e, 'div', g, e.binary('add', constant(e, 1), square(e, x))),
  abs: (e, g, x, _y, scale) => scale(e, 'mul', g, e.unary('sign', x)),
  sign: flat,
  floor: flat,
  ceil: flat,
  round: flat,
  trunc: flat,
};

export function unaryPullback(op: UnaryOp, guard: boolean): Pullback | null {
  const rule = unaryRules[op];
  if (!rule) return null;
  const scale = guard ? guarded : plain;
  return (e, g, { parents: [x], value }) => [x ? rule(e, g, x, value, scale) : null];
}

interface BinaryCall<T extends Sized> {
  readonly e: Algebra<T>;
  readonly g: T;
  readonly a: T;
  readonly b: T;
  readonly y: T;
  readonly scale: Scale;
}

type Side = <T extends Sized>(call: BinaryCall<T>) => T;

/** Adjoints of the left and of the right operand, each computed only where wanted. */
type BinaryRule = readonly [left: Side, right: Side];

const same: Side = ({ g }) => g;

/** x^p by x: p x^(p-1), and 0 for p = 0 also at x = 0, where that would be 0 times infinity. */
const powerByBase: Side = ({ e, g, a, b, scale }) => {
  const zero = constant(e, 0);
  const slope = e.binary('mul', b, e.binary('pow', a, e.binary('sub', b, constant(e, 1))));
  return scale(e, 'mul', g, e.select(e.binary('eq', b, zero), zero, slope));
};

/** x^p by p: x^p log|x|; at x = 0 it is 0 where p > 0, and not a number elsewhere. */
const powerByExponent: Side = ({ e, g, a, b, y, scale }) => {
  const zero = constant(e, 0);
  const atZero = e.select(e.binary('lt', zero, b), zero, constant(e, NaN));
  const slope = e.binary('mul', y, e.unary('log', e.unary('abs', a)));
  return scale(e, 'mul', g, e.select(e.binary('eq', a, zero), atZero, slope));
};

/** Remainders jump where the quotient is whole: there they have no derivative. */
function remainder(by: 'floor' | 'trunc'): BinaryRule {
  const jumps = <T extends Sized>({ e, a, b }: BinaryCall<T>): { quotient: T; whole: T } => {
    const quotient = e.binary('div', a, b);
    return { quotient, whole: e.binary('eq', quotient, e.unary('floor', quotient)) };
  };
  return [
    (call) => call.e.select(jumps(call).whole, constant(call.e, NaN), call.g),
    (call) => {
      const { e, g, scale } = call;
      const { quotient, whole } = jumps(call);
      const steps = by === 'floor' ? e.unary('floor', quotient) : e.unary('trunc', quotient);
      return e.select(whole, constant(e, NaN), e.unary('neg', scale(e, 'mul', g, steps)));
    },
  ];
}

const binaryRules: Partial<Record<BinaryOp, BinaryRule>> = {
  add: [same, same],
  sub: [same, ({ e, g }) => e.unary('neg', g)],
  mul: [({ e, g, b, scale }) => scale(e, 'mul', g, b), ({ e, g, a, scale }) => scale(e, 'mul', g, a)],
  div: [
    ({ e, g, b, scale }) => scale(e, 'div', g, b),
    ({ e, g, b, y, scale }) => e.unary('neg', scale(e, 'mul', g, e.binary('div', y, b))),
  ],
  pow: [powerByBase, powerByExponent],
  // The greater takes the gradient of max, the lesser that of min. Of two equal numbers max takes the right one, min the left.
  max: [
    ({ e, g, a, b }) => e.select(e.binary('lt', b, a), g, constant(e, 0)),
    ({ e, g, a, b }) => e.select(e.binary('lt', b, a), constant(e, 0), g),
  ],
  min: [
    ({ e, g, a, b }) => e.select(e.binary('lt', b, a), constant(e, 0), g),
    ({ e, g, a, b }) => e.select(e.binary('lt', b, a), g, constant(e, 0)),
  ],
  mod: remainder('floor'),
  rem: remainder('trunc'),
  atan2: [
    ({ e, g, a, b, scale }) => scale(e, 'mul', g, e.binary('div', b, sumOfSquares(e, a, b))),
    ({ e, g, a, b, scale }) => e.unary('neg', scale(e, 'mul', g, e.binary('div', a, sumOfSquares(e, a, b)))),
  ],
};

export function binaryPullback(op: BinaryOp, guard: boolean): Pullback | null {
  const rule = binaryRules[op];
  if (!rule) return null;
  const scale = guard ? guarded : plain;
  return (e, g, { parents: [a, b], value, wanted }) => {
    if (!a || !b) return [];
    const call = { e, g, a, b, y: value, scale };
    return [wanted[0] ? rule[0](call) : null, wanted[1] ? rule[1](call) : null];
  };
}

function constant<T extends Sized>(e: Algebra<T>, value: number): T {
  return e.fill(value, 1, 1);
}

function square<T extends Sized>(e: Algebra<T>, x: T): T {
  return e.binary('mul', x, x);
}

/** sqrt(1 - x^2) */
function leg<T extends Sized>(e: Algebra<T>, x: T): T {
  const one = constant(e, 1);
  return e.unary('sqrt', e.binary('mul', e.binary('sub', one, x), e.binary('add', one, x)));
}

function sumOfSquares<T extends Sized>(e: Algebra<T>, a: T, b: T): T {
  return e.binary('add', square(e, a), square(e, b));
}
