/** Functions of one number: exponentials, roots, angles, rounding. */

import type { UnaryOp } from '../../matrix/engine.ts';
import { exp10, roundEven } from '../../matrix/scalar.ts';
import type { Node } from '../../matrix/tape.ts';
import { broadcast } from '../broadcast.ts';
import { floatOf, realOf } from '../eltypes.ts';
import { argumentError, domainError, inexactError, methodError, unsupported } from '../errors.ts';
import { isArray } from '../iterate.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { exponential, inverse } from '../derivative/solve.ts';
import { floatText } from '../show/number.ts';
import { Arr, Colour, Lane, Module, TypeValue, boxed, hostNumber, scalarType, typeName } from '../values.ts';
import type { Eltype, Keywords, Value } from '../values.ts';
import { floatColour } from './colours.ts';
import { entry } from './table.ts';
import type { About, Entry } from './table.ts';

interface Rule {
  /** What it does, in one line. */
  readonly doc: string;
  readonly host: (x: number) => number;
  readonly lane: UnaryOp | ((rt: Runtime, x: Node) => Node);
  /** Arguments Julia refuses, and its reason. */
  readonly refuses?: {
    readonly host: (x: number) => boolean;
    readonly lane: (rt: Runtime, x: Node) => Node;
    readonly why: string;
  };
  /** Keeps the argument's type; otherwise integers become Float64. */
  readonly keeps?: boolean;
}

const constant = (rt: Runtime, x: number): Node => rt.ops.scalar(x);

function negative(name: string): Rule['refuses'] {
  return {
    host: (x) => x < 0,
    lane: (rt, x) => rt.ops.binary('lt', x, constant(rt, 0)),
    why: `${name} was called with a negative real argument but will only return a complex result if called with a complex argument. Try ${name}(Complex(x)).`,
  };
}

function beyondOne(name: string): Rule['refuses'] {
  return {
    host: (x) => Math.abs(x) > 1,
    lane: (rt, x) => rt.ops.binary('lt', constant(rt, 1), rt.ops.unary('abs', x)),
    why: `${name}(x) is not defined for |x| > 1.`,
  };
}

function infinite(name: string): Rule['refuses'] {
  return {
    host: (x) => Math.abs(x) === Infinity,
    lane: (rt, x) => rt.ops.binary('eq', rt.ops.unary('abs', x), constant(rt, Infinity)),
    why: `${name}(x) is only defined for finite x.`,
  };
}

/**
 * sin(πx) or cos(πx), with x brought between -1 and 1, and then to at most a quarter turn: so sin(πx) is 0 for whole x, and
 * cos(πx) for half ones, as in Julia.
 */
function turns(kind: 'sin' | 'cos', x: number): number {
  const r = x - 2 * roundEven(x / 2);
  if (kind === 'cos') return Math.sin(Math.PI * (0.5 - Math.abs(r)));
  return Math.sin(Math.PI * (Math.abs(r) > 0.5 ? Math.sign(r) - r : r));
}

function turnsOfLanes(kind: 'sin' | 'cos') {
  return (rt: Runtime, x: Node): Node => {
    const { ops } = rt;
    const half = constant(rt, 0.5);
    const even = ops.binary('mul', constant(rt, 2), ops.unary('round', ops.binary('mul', x, half)));
    const r = ops.binary('sub', x, even);
    const size = ops.unary('abs', r);
    const folded =
      kind === 'cos'
        ? ops.binary('sub', half, size)
        : ops.select(ops.binary('lt', half, size), ops.binary('sub', ops.unary('sign', r), r), r);
    return ops.unary('sin', ops.binary('mul', constant(rt, Math.PI), folded));
  };
}

const degree = Math.PI / 180;
const radian = 180 / Math.PI;

const rules: Record<string, Rule> = {
  exp: { doc: 'e to the power x; of a square matrix, its exponential.', host: Math.exp, lane: 'exp' },
  exp2: { doc: '2 to the power x.', host: (x) => 2 ** x, lane: 'exp2' },
  exp10: { doc: '10 to the power x.', host: exp10, lane: 'exp10' },
  expm1: {
    doc: 'exp(x) - 1, exact near 0.',
    host: Math.expm1,
    lane: 'expm1',
  },
  log: { doc: 'Natural logarithm.', host: Math.log, lane: 'log', refuses: negative('log') },
  log2: { doc: 'Logarithm to base 2.', host: Math.log2, lane: 'log2', refuses: negative('log2') },
  log10: {
    doc: 'Logarithm to base 10.',
    host: Math.log10,
    lane: 'log10',
    refuses: negative('log10'),
  },
  log1p: {
    doc: 'log(1 + x), exact near 0.',
    host: Math.log1p,
    lane: 'log1p',
    refuses: {
      host: (x) => x < -1,
      lane: (rt, x) => rt.ops.binary('lt', x, constant(rt, -1)),
      why: 'log1p was called with a real argument < -1 but will only return a complex result if called with a complex argument. Try log1p(Complex(x)).',
    },
  },
  sqrt: { doc: 'Square root.', host: Math.sqrt, lane: 'sqrt', refuses: negative('sqrt') },
  '√': { doc: 'Square root.', host: Math.sqrt, lane: 'sqrt', refuses: negative('sqrt') },
  cbrt: {
    doc: 'Cube root.',
    host: Math.cbrt,
    lane: 'cbrt',
  },
  sin: { doc: 'Sine of x in radians.', host: Math.sin, lane: 'sin', refuses: infinite('sin') },
  cos: { doc: 'Cosine of x in radians.', host: Math.cos, lane: 'cos', refuses: infinite('cos') },
  tan: { doc: 'Tangent of x in radians.', host: Math.tan, lane: 'tan', refuses: infinite('tan') },
  asin: {
    doc: 'Angle whose sine is x.',
    host: Math.asin,
    lane: 'asin',
    refuses: beyondOne('asin'),
  },
  acos: {
    doc: 'Angle whose cosine is x.',
    host: Math.acos,
    lane: 'acos',
    refuses: beyondOne('acos'),
  },
  sinh: { doc: 'Hyperbolic sine.', host: Math.sinh, lane: 'sinh' },
  cosh: { doc: 'Hyperbolic cosine.', host: Math.cosh, lane: 'cosh' },
  tanh: { doc: 'Hyperbolic tangent.', host: Math.tanh, lane: 'tanh' },
  sinpi: { doc: 'sin(πx).', host: (x) => turns('sin', x), lane: turnsOfLanes('sin'), refuses: infinite('sinpi') },
  cospi: { doc: 'cos(πx).', host: (x) => turns('cos', x), lane: turnsOfLanes('cos'), refuses: infinite('cospi') },
  deg2rad: {
    doc: 'Degrees as radians.',
    host: (x) => x * degree,
    lane: (rt, x) => rt.ops.binary('mul', x, constant(rt, degree)),
  },
  rad2deg: {
    doc: 'Radians as degrees.',
    host: (x) => x * radian,
    lane: (rt, x) => rt.ops.binary('mul', x, constant(rt, radian)),
  },
  inv: {
    doc: '1 / x; the inverse of a square matrix.',
    host: (x) => 1 / x,
    lane: (rt, x) => rt.ops.binary('div', constant(rt, 1), x),
  },
  float: { doc: 'x as a floating-point number.', host: (x) => x, lane: (_rt, x) => x },
  abs: { doc: 'Absolute value.', host: Math.abs, lane: 'abs', keeps: true },
  abs2: {
    doc: 'Square of the absolute value.',
    host: (x) => x * x,
    lane: (rt, x) => rt.ops.binary('mul', x, x),
    keeps: true,
  },
  sign: { doc: '-1, 0 or 1.', host: Math.sign, lane: 'sign', keeps: true },
  real: { doc: 'Real part: x itself.', host: (x) => x, lane: (_rt, x) => x, keeps: true },
  conj: { doc: 'Complex conjugate: x itself.', host: (x) => x, lane: (_rt, x) => x, keeps: true },
};

/** `real` and `abs2` of a grey are numbers; everything else keeps a grey grey. */
function resultOf(name: string, type: Eltype, keeps: boolean): Eltype {
  if (!keeps) return floatOf(type);
  if (name === 'real' || name === 'abs2') return realOf(type) === 'Bool' && name === 'abs2' ? 'Int64' : realOf(type);
  return type === 'Bool' ? 'Int64' : type;
}

function apply(rt: Runtime, name: string, rule: Omit<Rule, 'doc'>, v: Value): Value {
  if (name === 'float' && v instanceof Colour) return floatColour(rt, v);
  if (name === 'float' && isArray(v)) return broadcast(rt, rt.fn('float'), [v]);
  const type = scalarType(v);
  if (name === 'exp' && v instanceof Arr && v.ndims === 2) return exponential(rt, v);
  if (name === 'inv' && v instanceof Arr && v.ndims === 2) return inverse(rt, v);
  if (!type) throw methodError(name, [typeName(v)]);
  const result = resultOf(name, type, rule.keeps === true);
  if (v instanceof Lane) {
    const { node } = v;
    if (rule.refuses) {
      const { why } = rule.refuses;
      rt.check(rule.refuses.lane(rt, node), (lane) => domainError(floatText(rt.ops.download(node)[lane] ?? NaN), why));
    }
    return new Lane(result, typeof rule.lane === 'string' ? rt.ops.unary(rule.lane, node) : rule.lane(rt, node));
  }
  if (typeof v === 'bigint' && rule.keeps) {
    if (name === 'abs2') return BigInt.asIntN(64, v * v);
    return name === 'sign' ? BigInt(v > 0n) - BigInt(v < 0n) : name === 'abs' && v < 0n ? BigInt.asIntN(64, -v) : v;
  }
  const x = hostNumber(v) ?? NaN;
  if (rule.refuses?.host(x)) throw domainError(floatText(x), rule.refuses.why);
  return boxed(rule.host(x), result);
}

const elementaryNames = Object.entries(rules).map(([name, rule]) =>
  entry({ name, signature: `${name}(x)`, doc: rule.doc }, [1, name === 'log' ? 2 : 1], (rt, [x = null, y]) =>
    // log(b, x): the logarithm to base b.
    y === undefined
      ? apply(rt, name, rule, x)
      : scalarBinary(rt, '/', apply(rt, name, rule, y), apply(rt, name, rule, x)),
  ),
);

interface Rounding {
  readonly doc: string;
  readonly examples?: About['examples'];
  readonly host: (x: number) => number;
  readonly lane: (rt: Runtime, x: Node) => Node;
}

const roundings: Record<string, Rounding> = {
  floor: {
    doc: 'Rounds down, to a whole number or to digits.',
    host: Math.floor,
    lane: (rt, x) => rt.ops.unary('floor', x),
  },
  ceil: {
    doc: 'Rounds up, to a whole number or to digits.',
    host: Math.ceil,
    lane: (rt, x) => rt.ops.unary('ceil', x),
  },
  round: {
    doc: 'Rounds to the nearest, ties to even, to a whole number or to digits; RoundUp, RoundDown and RoundToZero say otherwise.',
    examples: [
      ['round(2.5), round(Int, 2.2, RoundUp), round(-2.5, RoundToZero)', '(2.0, 3, -2.0)'],
      ['round(123.456; sigdigits=2), round(1250.0; digits=-2), round(pi; digits=3, base=2)', '(120.0, 1200.0, 3.125)'],
    ],
    host: roundEven,
    lane: (rt, x) => rt.ops.unary('round', x),
  },
  trunc: {
    doc: 'Rounds towards zero, to a whole number or to digits.',
    host: Math.trunc,
    lane: (rt, x) => rt.ops.unary('trunc', x),
  },
};

/** The rounding modes that are roundings of their own, by the name that Julia shows. */
const modes = new Map([
  ['RoundingMode{:Up}()', 'ceil'],
  ['RoundingMode{:Down}()', 'floor'],
  ['RoundingMode{:ToZero}()', 'trunc'],
  ['RoundingMode{:Nearest}()', 'round'],
]);

/**
 * The power of the base by which x is multiplied before it is rounded, and divided by after, or with fewer digits than none the other
 * way round: a power with a negative exponent would itself be rounded.
 */
function scaleOf(rt: Runtime, name: string, x: Value, keywords: Keywords): { step: number; up: boolean } | null {
  const [digits, significant] = [keywords.get('digits'), keywords.get('sigdigits')];
  const base = keywords.has('base') ? rt.integer(keywords.get('base') ?? null) : 10;
  if (digits === undefined && significant === undefined) return null;
  if (digits !== undefined && significant !== undefined)
    throw argumentError('`round` cannot use both `digits` and `sigdigits` arguments.');
  let places = digits === undefined ? 0 : rt.integer(digits);
  if (significant !== undefined) {
    if (x instanceof Lane && !x.uniform) throw new Unlaneable(`${name} to significant digits`);
    const size = Math.abs(hostNumber(x) ?? NaN);
    const log = base === 10 ? Math.log10(size) : base === 2 ? Math.log2(size) : Math.log(size) / Math.log(base);
    places = rt.integer(significant) - (size > 0 && size < Infinity ? 1 + Math.floor(log) : 0);
  }
  return { step: base ** Math.abs(places), up: places >= 0 };
}

/** floor(x), floor(Int, x), floor(x; digits = 2), round(x, RoundUp). */
function rounding(name: string): Entry {
  const rounder = roundings[name];
  const signature = name === 'round' ? 'round(Int, x, mode; digits, sigdigits)' : `${name}(Int, x; digits, sigdigits)`;
  const examples = rounder?.examples ? { examples: rounder.examples } : {};
  const about = { name, signature, doc: rounder?.doc ?? '', ...examples };
  return entry(about, [1, 3], (rt, args, keywords) => {
    const last = args.at(-1);
    const mode = last instanceof Module && name === 'round' ? modes.get(last.name) : undefined;
    const rule = mode === undefined ? rounder : roundings[mode];
    const [first = null, second, third] = mode === undefined ? args : args.slice(0, -1);
    const whole = first instanceof TypeValue ? first : null;
    const given = whole ? (second ?? null) : first;
    const type = scalarType(given);
    if (!rule || !type || (second !== undefined && !whole) || third !== undefined)
      throw methodError(name, args.map(typeName));
    if (whole && whole.eltype !== 'Int64') throw unsupported(`${name} to ${whole.name}; ${name}(Int, x) works`);
    const x = keywords.has('sigdigits') ? rt.settle(given) : given;
    const scale = scaleOf(rt, name, x, keywords);
    if ((type === 'Int64' || type === 'Bool') && (scale === null || whole))
      return type === 'Bool' && whole ? scalarBinary(rt, '+', x, 0n) : x;
    const result: Eltype = whole ? 'Int64' : scale === null ? type : floatOf(type);
    if (x instanceof Lane) {
      if (scale !== null && scale.step !== 1) {
        const step = constant(rt, scale.step);
        const [there, back] = scale.up ? (['mul', 'div'] as const) : (['div', 'mul'] as const);
        const rounded = rule.lane(rt, rt.ops.binary(there, x.node, step));
        return new Lane(result, rt.ops.binary(back, rounded, step));
      }
      if (whole) {
        const size = rt.ops.unary('abs', x.node);
        const fits = rt.ops.binary('lt', size, constant(rt, 2 ** 63));
        rt.check(rt.ops.unary('not', fits), (k) => inexactError('Int64', floatText(rt.ops.download(x.node)[k] ?? NaN)));
      }
      // A whole number is a place or a count: it has no gradient, as in Zygote.
      return new Lane(result, rule.lane(rt, whole ? rt.ops.detach(x.node) : x.node));
    }
    const value = hostNumber(x) ?? NaN;
    const narrow = type === 'Float32' ? Math.fround : (y: number): number => y;
    let rounded = scale === null ? rule.host(value) : NaN;
    if (scale) {
      const { step, up } = scale;
      rounded = up ? rule.host(narrow(value * step)) / step : rule.host(narrow(value / step)) * step;
      // Where the scaled number overflows, there are no digits to take away.
      if (!Number.isFinite(rounded)) rounded = value;
    }
    if (whole && !(rounded >= -(2 ** 63) && rounded < 2 ** 63))
      throw inexactError('Int64', floatText(value, type === 'Float32'));
    return boxed(rounded, result);
  });
}

const tests: Record<string, { doc: string; host: (x: number) => boolean; lane: (rt: Runtime, x: Node) => Node }> = {
  isnan: { doc: 'Whether x is NaN.', host: Number.isNaN, lane: (rt, x) => rt.ops.unary('isnan', x) },
  isfinite: {
    doc: 'Whether x is neither infinite nor NaN.',
    host: Number.isFinite,
    lane: (rt, x) => rt.ops.unary('isfinite', x),
  },
  isinf: {
    doc: 'Whether x is infinite.',
    host: (x) => Math.abs(x) === Infinity,
    lane: (rt, x) => rt.ops.binary('eq', rt.ops.unary('abs', x), constant(rt, Infinity)),
  },
  isinteger: {
    doc: 'Whether x is a whole number.',
    host: Number.isInteger,
    lane: (rt, x) =>
      rt.ops.binary('and', rt.ops.unary('isfinite', x), rt.ops.binary('eq', x, rt.ops.unary('floor', x))),
  },
  iszero: { doc: 'Whether x is 0.', host: (x) => x === 0, lane: (rt, x) => rt.ops.binary('eq', x, constant(rt, 0)) },
};

const testEntries = Object.entries(tests).map(([name, test]) =>
  entry({ name, signature: `${name}(x)`, doc: test.doc }, [1, 1], (rt, [x = null]) => {
    if (x instanceof Lane) return new Lane('Bool', test.lane(rt, x.node));
    const value = hostNumber(x);
    if (value === null) throw methodError(name, [typeName(x)]);
    return test.host(value);
  }),
);

export const elementary: readonly Entry[] = [
  ...elementaryNames,
  ...testEntries,
  ...Object.keys(roundings).map(rounding),
  entry({ name: 'atan', signature: 'atan(y, x)', doc: 'Angle of y / x.' }, [1, 2], (rt, args) => {
    const [y = null, x] = args;
    if (x !== undefined) return scalarBinary(rt, 'atan', y, x);
    return apply(rt, 'atan', { host: Math.atan, lane: 'atan' }, y);
  }),
];
