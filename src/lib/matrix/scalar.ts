/** The elementwise functions, one number at a time: the reference engine's arithmetic, and what every other engine is held to. */
import type { BinaryOp, UnaryOp } from './engine.ts';

/** Nearest integer, ties to even (IEEE 754 roundTiesToEven; Julia's `round`). */
export function roundEven(x: number): number {
  const nearest = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/** Julia's `mod`: the result has the sign of the divisor, a zero too. */
export function mod(a: number, b: number): number {
  const r = a % b;
  if (r === 0) return b < 0 ? -0 : 0;
  return r < 0 !== b < 0 ? r + b : r;
}

/** IEEE 754's pow: JavaScript's `**` gives NaN for 1^NaN, 1^±Inf and (-1)^±Inf, which are 1. */
export function pow(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
}

/** 10^x, exact for whole x, which `**` is not. */
export function exp10(x: number): number {
  return Number.isInteger(x) && Math.abs(x) < 400 ? Number(`1e${x}`) : 10 ** x;
}

/** Whether x is above y in Julia's order for maxima: NaN above all, 0.0 above -0.0. */
export function above(x: number, y: number): boolean {
  return x > y || (x !== x && y === y) || (x === 0 && y === 0 && Object.is(y, -0) && !Object.is(x, -0));
}

/** Whether x is below y in Julia's order for minima: NaN below all, -0.0 below 0.0. */
export function below(x: number, y: number): boolean {
  return x < y || (x !== x && y === y) || (x === 0 && y === 0 && Object.is(x, -0) && !Object.is(y, -0));
}

// Math.min/Math.max already give NaN where either argument is NaN, as Julia does.
export const unaryFunctions: Readonly<Record<UnaryOp, (x: number) => number>> = {
  neg: (x) => -x,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  exp10,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundEven,
  trunc: Math.trunc,
  not: (x) => (x === 0 ? 1 : 0),
  isnan: (x) => (Number.isNaN(x) ? 1 : 0),
  isfinite: (x) => (Number.isFinite(x) ? 1 : 0),
};

export const binaryFunctions: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow,
  min: Math.min,
  max: Math.max,
  mod,
  rem: (a, b) => a % b,
  atan2: Math.atan2,
  eq: (a, b) => (a === b ? 1 : 0),
  ne: (a, b) => (a !== b ? 1 : 0),
  lt: (a, b) => (a < b ? 1 : 0),
  le: (a, b) => (a <= b ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};
