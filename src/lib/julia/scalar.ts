/**
 * Arithmetic of scalars: host numbers by Julia's promotion rules, lanes by the engine. Int64 wraps at 64 bits on the host;
 * integers on the engine are whole floating-point numbers, exact to 2^53 (2^24 where the engine is float32).
 */

import type { BinaryOp } from '../matrix/engine.ts';
import type { Pullback } from '../matrix/pullbacks.ts';
import { mod as floatMod, pow, roundEven } from '../matrix/scalar.ts';
import type { Node } from '../matrix/tape.ts';
import { floatText } from './show/number.ts';
import { byteRangeError, divideError, domainError, methodError } from './errors.ts';
import { floatOf, grayOf, isGray, promote, realOf } from './eltypes.ts';
import type { RealType } from './eltypes.ts';
import type { Runtime } from './runtime.ts';
import { Lane, boxed, hostNumber, scalarType, typeName } from './values.ts';
import type { Eltype, Value } from './values.ts';

interface Rule {
  readonly float: (a: number, b: number) => number;
  /** Missing: integers are converted to Float64. */
  readonly int?: (a: bigint, b: bigint) => bigint;
  readonly lane: (rt: Runtime, a: Node, b: Node, type: Eltype) => Node;
}

const op =
  (name: BinaryOp): Rule['lane'] =>
  (rt, a, b) =>
    rt.ops.binary(name, a, b);

const nonzero = (b: bigint): bigint => {
  if (b === 0n) throw divideError();
  return b;
};

function intMod(a: bigint, b: bigint): bigint {
  const r = a % nonzero(b);
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

/** Quotients as (a - remainder) / b, which is exact also where the engine's division is not. */
function quotient(remainder: 'mod' | 'rem'): Rule['lane'] {
  return (rt, a, b, type) => {
    const { ops } = rt;
    noZero(rt, b, type);
    return ops.unary('round', ops.binary('div', ops.binary('sub', a, ops.binary(remainder, a, b)), b));
  };
}

function noZero(rt: Runtime, b: Node, type: Eltype): void {
  if (type === 'Int64') rt.check(rt.ops.binary('eq', b, rt.ops.scalar(0)), () => divideError());
}

const rules: Record<string, Rule> = {
  '+': { float: (a, b) => a + b, int: (a, b) => a + b, lane: op('add') },
  '-': { float: (a, b) => a - b, int: (a, b) => a - b, lane: op('sub') },
  '*': { float: (a, b) => a * b, int: (a, b) => a * b, lane: op('mul') },
  '/': { float: (a, b) => a / b, lane: op('div') },
  min: { float: Math.min, int: (a, b) => (a < b ? a : b), lane: op('min') },
  max: { float: Math.max, int: (a, b) => (a > b ? a : b), lane: op('max') },
  '÷': {
    float: (a, b) => roundEven((a - (a % b)) / b),
    // The one quotient that is no Int64.
    int: (a, b) => (b === -1n && a === -(2n ** 63n) ? nonzero(0n) : a / nonzero(b)),
    lane: quotient('rem'),
  },
  fld: {
    float: (a, b) => roundEven((a - floatMod(a, b)) / b),
    int: (a, b) => (a - intMod(a, b)) / b,
    lane: quotient('mod'),
  },
  '%': {
    float: (a, b) => a % b,
    int: (a, b) => a % nonzero(b),
    lane: (rt, a, b, type) => (noZero(rt, b, type), rt.ops.binary('rem', a, b)),
  },
  mod: {
    float: floatMod,
    int: intMod,
    lane: (rt, a, b, type) => (noZero(rt, b, type), rt.ops.binary('mod', a, b)),
  },
  atan: { float: Math.atan2, lane: op('atan2') },
  hypot: {
    float: Math.hypot,
    lane: ({ ops }, a, b) => {
      const square = (x: Node): Node => ops.binary('mul', ops.detach(x), ops.detach(x));
      const { value } = ops.unary('sqrt', ops.binary('add', square(a), square(b)));
      return ops.record(value, [a, b], hypotPullback);
    },
  },
};

/** x / hypot and y / hypot; where both are 0, 0. */
const hypotPullback: Pullback = (e, g, { parents: [a, b], value, wanted }) => {
  if (!a || !b) return [];
  const nonzero = e.select(e.binary('eq', value, e.fill(0, 1, 1)), e.fill(1, 1, 1), value);
  const slope = e.binary('div', g, nonzero);
  return [wanted[0] ? e.binary('mul', slope, a) : null, wanted[1] ? e.binary('mul', slope, b) : null];
};

/** Result type: Bool counts as Int64 in sums and products, and Int64 becomes Float64 where there is no integer rule. */
function resultType(name: string, a: Eltype, b: Eltype): Eltype {
  const real = realResult(name, realOf(promote(realOf(a), realOf(b))));
  const grey = isGray(a) && isGray(b) ? !['/', 'atan', 'hypot'].includes(name) : isGray(a) || isGray(b);
  return grey ? grayOf(real) : real;
}

/** What makes a Bool of two, in Julia: `true * true` is `true & true`. */
const bitwise = new Set(['min', 'max', '*', '÷', '%', 'mod', 'fld']);

function realResult(name: string, type: RealType): RealType {
  if (type === 'N0f8' && !(name in bytes)) return 'Float32';
  if (type === 'Bool') {
    if (bitwise.has(name)) return 'Bool';
    return rules[name]?.int ? 'Int64' : 'Float64';
  }
  return type === 'Int64' && !rules[name]?.int ? 'Float64' : type;
}

/**
 * Arithmetic of N0f8 is that of bytes, as in FixedPointNumbers: sums and differences wrap around at 256, products are rounded,
 * and a quotient above 1 is an error.
 */
const bytes: Record<string, (k: number) => number> = {
  '+': (k) => floatMod(k, 256),
  '-': (k) => floatMod(k, 256),
  '*': (k) => k,
  '/': (k) => {
    if (k > 255 || Number.isNaN(k)) throw byteRangeError(k / 255);
    return k;
  },
  min: (k) => k,
  max: (k) => k,
  '%': (k) => k,
  mod: (k) => k,
};

/** A result of N0f8 arithmetic, computed as if it were exact, as a byte. */
function byteNode(rt: Runtime, name: string, node: Node): Node {
  const { ops } = rt;
  const whole = ops.unary('round', ops.binary('mul', node, ops.scalar(255)));
  if (name === '+' || name === '-')
    return ops.binary('div', ops.binary('mod', whole, ops.scalar(256)), ops.scalar(255));
  if (name === '/')
    rt.check(ops.unary('not', ops.binary('le', whole, ops.scalar(255))), (k) =>
      byteRangeError(ops.download(node)[k] ?? NaN),
    );
  return ops.binary('div', whole, ops.scalar(255));
}

/** @throws MethodError unless both are numbers */
export function scalarBinary(rt: Runtime, name: string, a: Value, b: Value): Value {
  const rule = rules[name];
  if (!rule) throw methodError(name, [typeName(a), typeName(b)]);
  if (typeof a === 'number' && typeof b === 'number') return rule.float(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint' && rule.int) return BigInt.asIntN(64, rule.int(a, b));
  const [ta, tb] = [scalarType(a), scalarType(b)];
  if (!ta || !tb) throw methodError(name, [typeName(a), typeName(b)]);
  const type = resultType(name, ta, tb);
  const masked = name === '*' ? strongZero(rt, a, b, ta, tb) : null;
  if (masked !== null) return masked;
  if (a instanceof Lane || b instanceof Lane) {
    const node = rule.lane(rt, rt.scalarNode(a), rt.scalarNode(b), type);
    return new Lane(type, realOf(type) === 'N0f8' ? byteNode(rt, name, node) : node);
  }
  const [x, y] = [hostNumber(a) ?? 0, hostNumber(b) ?? 0];
  if (type === 'Int64' && rule.int) return BigInt.asIntN(64, rule.int(integerOf(a), integerOf(b)));
  if (type === 'Bool' && rule.int) return rule.int(integerOf(a), integerOf(b)) !== 0n;
  const real = realOf(type);
  const result = real === 'Float32' ? rule.float(Math.fround(x), Math.fround(y)) : rule.float(x, y);
  return boxed(real === 'N0f8' ? (bytes[name]?.(Math.round(result * 255)) ?? NaN) / 255 : result, type);
}

/** `false * x` is 0.0 with the sign of x, of NaN and infinities too: a mask hides what is under it. */
function strongZero(rt: Runtime, a: Value, b: Value, ta: Eltype, tb: Eltype): Value {
  if ((ta === 'Bool') === (tb === 'Bool')) return null;
  const [mask, x, type] = ta === 'Bool' ? [a, b, tb] : [b, a, ta];
  if (type !== 'Float64' && type !== 'Float32') return null;
  if (!(mask instanceof Lane) && !(x instanceof Lane)) {
    const value = hostNumber(x) ?? NaN;
    return mask === true ? x : boxed(value < 0 || Object.is(value, -0) ? -0 : 0, type);
  }
  const node = rt.scalarNode(mask);
  if (node.tracked) return null;
  const { ops } = rt;
  const value = rt.scalarNode(x);
  const plain = ops.detach(value);
  const zero = ops.select(ops.binary('lt', plain, ops.scalar(0)), ops.scalar(-0), ops.scalar(0));
  return new Lane(type, ops.select(node, value, zero));
}

/** The integer in an Int64 or a Bool; null for anything else. */
export function integerBits(v: Value): bigint | null {
  return typeof v === 'bigint' ? v : typeof v === 'boolean' ? BigInt(v) : null;
}

/** An Int64 or a Bool as an integer. */
function integerOf(v: Value): bigint {
  return typeof v === 'bigint' ? v : BigInt(v === true);
}

function integerPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) {
    if (base === 1n) return 1n;
    if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
    throw domainError(
      String(exponent),
      `Cannot raise an integer x to a negative power ${exponent}.\nMake x or ${exponent} a float by adding a zero decimal (e.g., 2.0^-1 instead of 2^-1), or write 1/x^${-exponent} or x^float(${exponent}).`,
    );
  }
  let result = 1n;
  for (let square = base, e = exponent; e > 0n; e >>= 1n, square = BigInt.asIntN(64, square * square)) {
    if (e & 1n) result = BigInt.asIntN(64, result * square);
  }
  return result;
}

const negativeBase =
  'Exponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar.';

/** x^y. Small whole exponents of lanes are products, so that they are exact on every engine. */
export function scalarPower(rt: Runtime, a: Value, b: Value): Value {
  const [ta, tb] = [scalarType(a), scalarType(b)];
  if (!ta || !tb) throw methodError('^', [typeName(a), typeName(b)]);
  const whole = tb === 'Int64' || tb === 'Bool';
  if (!(a instanceof Lane) && !(b instanceof Lane)) {
    if (ta === 'Bool' && whole) {
      const n = integerOf(b);
      if (n >= 0n) return n === 0n || a;
      if (a === true) return true;
    }
    if (whole && (ta === 'Int64' || ta === 'Bool')) return integerPower(integerOf(a), integerOf(b));
    const [x, y] = [hostNumber(a) ?? 0, hostNumber(b) ?? 0];
    if (x < 0 && Number.isFinite(y) && !Number.isInteger(y)) throw domainError(floatText(x), negativeBase);
    return boxed(pow(x, y), floatOf(whole ? ta : promote(ta, tb)));
  }
  const { ops } = rt;
  const type = whole && realOf(ta) !== 'N0f8' ? promote(ta, 'Int64') : promote(promote(ta, 'Int64'), tb);
  const exponent = hostNumber(b);
  const base = rt.scalarNode(a);
  // The power 0 is left to the engine: its derivative is 0, not missing.
  if (exponent !== null && Number.isInteger(exponent) && exponent >= 1 && exponent <= 8 && (whole || ta !== 'Int64')) {
    let result = base;
    for (let k = 1; k < exponent; k++) result = ops.binary('mul', result, base);
    return new Lane(type, result);
  }
  const power = rt.scalarNode(b);
  const negative = ops.binary('lt', base, ops.scalar(0));
  if (!whole) {
    const fraction = ops.binary(
      'and',
      ops.unary('isfinite', power),
      ops.binary('ne', power, ops.unary('floor', power)),
    );
    const broken = ops.binary('and', negative, fraction);
    rt.check(broken, () => domainError('a negative number', negativeBase));
  } else if (ta === 'Int64') {
    rt.check(ops.binary('lt', power, ops.scalar(0)), () =>
      domainError('a negative exponent', 'Cannot raise an integer x to a negative power.'),
    );
  }
  const result = ops.binary('pow', base, power);
  return new Lane(type, type === 'Int64' && !result.tracked ? ops.unary('round', result) : result);
}

/** JavaScript compares the two kinds by their exact values. */
type Real = number | bigint;

const comparisons: Record<string, { test: (a: Real, b: Real) => boolean; op: BinaryOp; swap: boolean }> = {
  '<': { test: (a, b) => a < b, op: 'lt', swap: false },
  '<=': { test: (a, b) => a <= b, op: 'le', swap: false },
  '>': { test: (a, b) => a > b, op: 'lt', swap: true },
  '>=': { test: (a, b) => a >= b, op: 'le', swap: true },
  '==': { test: (a, b) => a <= b && a >= b, op: 'eq', swap: false },
  '!=': { test: (a, b) => !(a <= b && a >= b), op: 'ne', swap: false },
};

/** Null where the operands are not both numbers. */
export function scalarCompare(rt: Runtime, name: string, a: Value, b: Value): Value {
  const rule = comparisons[name];
  if (!rule || !scalarType(a) || !scalarType(b)) return null;
  if (a instanceof Lane || b instanceof Lane) {
    const [x, y] = rule.swap ? [b, a] : [a, b];
    return new Lane('Bool', rt.ops.binary(rule.op, rt.scalarNode(x), rt.scalarNode(y)));
  }
  // An Int64 is compared with a Float64 as it is: converted, it would lose what is beyond 2^53.
  const exact = (v: Value): number | bigint => (typeof v === 'bigint' ? v : (hostNumber(v) ?? 0));
  return rule.test(exact(a), exact(b));
}
