/** Numbers beyond the everyday: divisors, angles in degrees, neighbours of a floating-point number, polynomials. */

import { argumentError, domainError, overflowError } from '../errors.ts';
import { gathered } from '../iterate.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { floatText } from '../show/number.ts';
import { Lane, Module, Single, Tuple, boxed, hostNumber, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { angles, call } from './angles.ts';
import { fused, signed, withinTurn } from './exact.ts';
import { floats } from './floats.ts';
import type { Pack } from './pack.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** An Int64 or a Bool. @throws MethodError */
function whole(rt: Runtime, name: string, args: readonly Value[], k: number): bigint {
  const v = args[k] ?? null;
  const x = v instanceof Lane && v.uniform ? rt.settle(v) : v;
  if (typeof x === 'bigint') return x;
  if (typeof x === 'boolean') return BigInt(x);
  throw noMethod(name, args);
}

/** @throws OverflowError for what is no Int64 */
function fitting(n: bigint, text: () => string): bigint {
  if (n !== BigInt.asIntN(64, n)) throw overflowError(text());
  return n;
}

const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

function greatest(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

function folded(about: About<'gcd' | 'lcm'>): Entry {
  const { name } = about;
  return entry(about, [1, Infinity], (rt, args) => {
    const items = args.length === 1 && !scalarType(args[0] ?? null) ? gathered(rt, args[0] ?? null) : args;
    return items
      .map((_, k) => whole(rt, name, items, k))
      .reduce(
        (a, b) => {
          if (name === 'gcd') return greatest(a, b);
          const g = greatest(a, b);
          return g === 0n ? 0n : fitting(absolute((a / g) * b), () => `${a} * ${b} overflowed for type Int64`);
        },
        name === 'gcd' ? 0n : 1n,
      );
  });
}

function factorial(n: bigint): bigint {
  if (n < 0n) throw domainError(String(n), '`n` must not be negative.');
  if (n > 20n) {
    throw overflowError(`${n} is too large to look up in the table; consider using \`factorial(big(${n}))\` instead`);
  }
  let product = 1n;
  for (let k = 2n; k <= n; k++) product *= k;
  return product;
}

function binomial(rt: Runtime, n: bigint, k: bigint): bigint {
  if (k < 0n) return 0n;
  if (n < 0n) {
    const value = binomial(rt, k - n - 1n, k);
    return k % 2n === 0n ? value : -value;
  }
  if (k > n) return 0n;
  const steps = k > n - k ? n - k : k;
  let value = 1n;
  for (let i = 1n; i <= steps; i++) {
    rt.meter.tick();
    value = fitting((value * (n - steps + i)) / i, () => `binomial(${n}, ${k}) overflows`);
  }
  return value;
}

/** A function of one number that is computed on the host alone: a number of each element's own. */
function onHost(about: About, f: (x: number) => number): Entry {
  return entry(about, [1, 1], (_rt, args) => {
    const x = hostNumber(args[0] ?? null);
    if (x === null) throw noMethod(about.name, args);
    return boxed(f(x), args[0] instanceof Single ? 'Float32' : 'Float64');
  });
}

const bits = (n: bigint): string => BigInt.asUintN(64, n).toString(2).padStart(64, '0');

function ofBits(name: string, doc: string, count: (bits: string) => number): Entry {
  return entry({ name, signature: `${name}(n)`, doc }, [1, 1], (rt, args) =>
    BigInt(count(bits(whole(rt, name, args, 0)))),
  );
}

function powerOf(about: About<'nextpow' | 'prevpow'>): Entry {
  const next = about.name === 'nextpow';
  return entry(about, [2, 2], (rt, args) => {
    const [a, x] = [whole(rt, about.name, args, 0), rt.number(args[1] ?? null, about.name)];
    if (a < 2n) throw domainError(String(a), '`a` must be greater than 1.');
    if (x < (next ? 0 : 1) || (next && x === 0))
      throw domainError(String(x), next ? '`x` must be positive.' : '`x` must be ≥ 1.');
    let power = 1n;
    while (next ? Number(power) < x : Number(power * a) <= x) power = fitting(power * a, () => `${a}^k overflows`);
    return power;
  });
}

function squareRoot(n: bigint): bigint {
  if (n < 0n)
    throw domainError(
      floatText(Number(n)),
      'sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x)).',
    );
  let x = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (x * x > n) x -= 1n;
  while ((x + 1n) * (x + 1n) <= n) x += 1n;
  return x;
}

const entries: readonly Entry[] = [
  folded({
    name: 'gcd',
    signature: 'gcd(a, b...)',
    doc: 'The greatest common divisor.',
    examples: [['gcd(6, 9), gcd(6, -9), gcd(0, 0), gcd([12, 18])', '(3, 3, 0, 6)']],
  }),
  folded({
    name: 'lcm',
    signature: 'lcm(a, b...)',
    doc: 'The least common multiple.',
    examples: [['lcm(2, 3), lcm(-2, 3)', '(6, 6)']],
  }),
  entry(
    {
      name: 'factorial',
      signature: 'factorial(n)',
      doc: '1 * 2 * ... * n.',
      examples: [
        ['factorial(6), factorial(20)', '(720, 2432902008176640000)'],
        [
          'factorial(21)',
          'ERROR: OverflowError: 21 is too large to look up in the table; consider using `factorial(big(21))` instead',
        ],
      ],
    },
    [1, 1],
    (rt, args) => factorial(whole(rt, 'factorial', args, 0)),
  ),
  entry(
    {
      name: 'binomial',
      signature: 'binomial(n, k)',
      doc: 'The number of ways to choose k of n.',
      examples: [['binomial(5, 3), binomial(-5, 3)', '(10, -35)']],
    },
    [2, 2],
    (rt, args) => binomial(rt, whole(rt, 'binomial', args, 0), whole(rt, 'binomial', args, 1)),
  ),
  entry(
    { name: 'isqrt', signature: 'isqrt(n)', doc: 'The whole part of the square root.', examples: [['isqrt(10)', '3']] },
    [1, 1],
    (rt, args) => squareRoot(whole(rt, 'isqrt', args, 0)),
  ),
  entry(
    { name: 'powermod', signature: 'powermod(x, p, m)', doc: 'mod(x^p, m).', examples: [['powermod(2, 6, 5)', '4']] },
    [3, 3],
    (rt, args) => {
      const [x, p, m] = [
        whole(rt, 'powermod', args, 0),
        whole(rt, 'powermod', args, 1),
        whole(rt, 'powermod', args, 2),
      ];
      if (p < 0n) throw noMethod('powermod', args);
      if (m === 0n) throw argumentError('the modulus of powermod must not be 0');
      let result = 1n;
      for (let square = x % m, e = p; e > 0n; e >>= 1n, square = (square * square) % m)
        if (e & 1n) result = (result * square) % m;
      const value = result % m;
      return value !== 0n && value < 0n !== m < 0n ? value + m : value;
    },
  ),
  entry(
    {
      name: 'divrem',
      signature: 'divrem(x, y)',
      doc: '(x ÷ y, x % y).',
      examples: [['divrem(7, 3), divrem(-7, 3)', '((2, 1), (-2, -1))']],
    },
    [2, 2],
    (rt, [x = null, y = null]) => new Tuple([binary(rt, '÷', x, y), binary(rt, '%', x, y)]),
  ),
  entry(
    {
      name: 'fldmod',
      signature: 'fldmod(x, y)',
      doc: '(fld(x, y), mod(x, y)).',
      examples: [['fldmod(-7, 3)', '(-3, 2)']],
    },
    [2, 2],
    (rt, [x = null, y = null]) => new Tuple([binary(rt, 'fld', x, y), binary(rt, 'mod', x, y)]),
  ),
  entry(
    {
      name: 'fld1',
      signature: 'fld1(x, y)',
      doc: 'fld for counting from 1.',
      examples: [['fld1(3, 3), fld1(4, 3)', '(1, 2)']],
    },
    [2, 2],
    (rt, [x = null, y = null]) => binary(rt, '+', binary(rt, 'fld', binary(rt, '-', x, 1n), y), 1n),
  ),
  ...angles,
  ...floats,
  onHost(
    {
      name: 'sinc',
      signature: 'sinc(x)',
      doc: 'sin(πx) / (πx), and 1 at 0.',
      examples: [['sinc(0), sinc(1), sinc(0.5)', '(1.0, 0.0, 0.6366197723675814)']],
    },
    (x) => (x === 0 ? 1 : Number.isInteger(x) || Math.abs(x) === Infinity ? 0 : Math.sin(Math.PI * x) / (Math.PI * x)),
  ),
  entry(
    { name: 'sincos', signature: 'sincos(x)', doc: '(sin(x), cos(x)).' },
    [1, 1],
    (rt, [x = null]) => new Tuple([call(rt, 'sin', x), call(rt, 'cos', x)]),
  ),
  entry(
    {
      name: 'signbit',
      signature: 'signbit(x)',
      doc: 'Whether the sign of x is negative, that of -0.0 too.',
      examples: [['signbit(-4), signbit(-0.0), signbit(5.5)', '(true, true, false)']],
    },
    [1, 1],
    (_rt, args) => {
      const x = hostNumber(args[0] ?? null);
      if (x === null) throw noMethod('signbit', args);
      return x < 0 || Object.is(x, -0);
    },
  ),
  entry(
    {
      name: 'copysign',
      signature: 'copysign(x, y)',
      doc: 'The size of x with the sign of y.',
      examples: [['copysign(1, -2), copysign(-1.5, 2)', '(-1, 1.5)']],
    },
    [2, 2],
    (rt, args) => signed(rt, 'copysign', args),
  ),
  entry(
    {
      name: 'flipsign',
      signature: 'flipsign(x, y)',
      doc: 'x, or -x where y is negative.',
      examples: [['flipsign(5, 3), flipsign(5, -3)', '(5, -5)']],
    },
    [2, 2],
    (rt, args) => signed(rt, 'flipsign', args),
  ),
  entry(
    {
      name: 'evalpoly',
      signature: 'evalpoly(x, p)',
      doc: 'p[1] + p[2]x + p[3]x² + ...',
      differentiable: 'yes',
      examples: [['evalpoly(2, (1, 2, 3)), evalpoly(2.0, [1, 2, 3])', '(17, 17.0)']],
    },
    [2, 2],
    (rt, args) => {
      const [x = null, p = null] = args;
      const all = gathered(rt, p);
      const last = all.pop();
      if (last === undefined) throw argumentError('evalpoly needs at least one coefficient');
      return all.reduceRight((sum, c) => binary(rt, '+', binary(rt, '*', x, sum), c), last);
    },
  ),
  entry(
    {
      name: 'muladd',
      signature: 'muladd(x, y, z)',
      doc: 'x * y + z.',
      differentiable: 'yes',
      examples: [['muladd(3, 2, 1)', '7']],
    },
    [3, 3],
    (rt, [x = null, y = null, z = null]) => binary(rt, '+', binary(rt, '*', x, y), z),
  ),
  entry(
    {
      name: 'fma',
      signature: 'fma(x, y, z)',
      doc: 'x * y + z, rounded once.',
      examples: [
        [
          'fma(2, 3, 1), fma(1.0 + eps(), 1.0 - eps(), -1.0), muladd(0.1, 10.0, -1.0)',
          '(7, -4.930380657631324e-32, 0.0)',
        ],
      ],
    },
    [3, 3],
    (rt, args) => fused(rt, args),
  ),
  entry(
    {
      name: 'mod2pi',
      signature: 'mod2pi(x)',
      doc: 'The angle between 0 and 2π.',
      differentiable: 'yes',
      examples: [['mod2pi(9 * pi / 4), mod2pi(-1)', '(0.7853981633974481, 5.283185307179586)']],
    },
    [1, 1],
    (rt, [x = null]) => {
      const value = hostNumber(x);
      if (value !== null && Number.isFinite(value))
        return boxed(withinTurn(value), x instanceof Single ? 'Float32' : 'Float64');
      return binary(rt, 'mod', scalarType(x) === 'Float32' ? x : binary(rt, '*', x, 1), 2 * Math.PI);
    },
  ),
  entry(
    {
      name: 'modf',
      signature: 'modf(x)',
      doc: 'The fraction and the whole part, with the sign of x.',
      examples: [['modf(3.5), modf(-3.5)', '((0.5, 3.0), (-0.5, -3.0))']],
    },
    [1, 1],
    (rt, [x = null]) => {
      const whole = call(rt, 'trunc', binary(rt, '*', 1, x));
      return new Tuple([call(rt, 'copysign', binary(rt, '-', x, whole), x), whole]);
    },
  ),
  entry(
    {
      name: 'fldmod1',
      signature: 'fldmod1(x, y)',
      doc: '(fld1(x, y), mod1(x, y)).',
      examples: [['fldmod1(3, 3), fldmod1(4, 3)', '((1, 3), (2, 1))']],
    },
    [2, 2],
    (rt, [x = null, y = null]) => new Tuple([call(rt, 'fld1', x, y), call(rt, 'mod1', x, y)]),
  ),
  ofBits('count_ones', 'How many bits of n are 1.', (b) => b.replaceAll('0', '').length),
  ofBits('count_zeros', 'How many bits of n are 0.', (b) => b.replaceAll('1', '').length),
  ofBits('leading_zeros', 'Zeros before the highest bit of n.', (b) => (b.includes('1') ? b.indexOf('1') : 64)),
  ofBits('leading_ones', 'Ones before the highest zero of n.', (b) => (b.includes('0') ? b.indexOf('0') : 64)),
  ofBits('trailing_zeros', 'Zeros behind the lowest bit of n.', (b) =>
    b.includes('1') ? 63 - b.lastIndexOf('1') : 64,
  ),
  ofBits('trailing_ones', 'Ones behind the lowest zero of n.', (b) => (b.includes('0') ? 63 - b.lastIndexOf('0') : 64)),
  entry(
    {
      name: 'ispow2',
      signature: 'ispow2(n)',
      doc: 'Whether n is a power of 2.',
      examples: [['ispow2(8), ispow2(6), ispow2(0.5)', '(true, false, true)']],
    },
    [1, 1],
    (_rt, args) => {
      const [n = null] = args;
      if (typeof n === 'bigint') return n > 0n && (n & (n - 1n)) === 0n;
      const x = hostNumber(n);
      if (x === null) throw noMethod('ispow2', args);
      return x > 0 && Number.isFinite(x) && 2 ** Math.round(Math.log2(x)) === x;
    },
  ),
  powerOf({
    name: 'nextpow',
    signature: 'nextpow(a, x)',
    doc: 'The least power of a that is not below x.',
    examples: [['nextpow(2, 7), nextpow(2, 9)', '(8, 16)']],
  }),
  powerOf({
    name: 'prevpow',
    signature: 'prevpow(a, x)',
    doc: 'The greatest power of a that is not above x.',
    examples: [['prevpow(2, 7), prevpow(2, 9)', '(4, 8)']],
  }),
  entry(
    {
      name: 'isone',
      signature: 'isone(x)',
      doc: 'Whether x is 1.',
      examples: [['isone(1.0), isone(2)', '(true, false)']],
    },
    [1, 1],
    (rt, [x = null]) => call(rt, '==', x, 1n),
  ),
  entry(
    {
      name: 'oneunit',
      signature: 'oneunit(x)',
      doc: '1 of the type of x, or of a type.',
      examples: [['oneunit(2.5)', '1.0']],
    },
    [1, 1],
    (rt, [x = null]) => call(rt, 'one', x),
  ),
];

const modes = ['Up', 'Down', 'ToZero', 'Nearest'];

export const pack: Pack = {
  entries,
  values: () => new Map(modes.map((mode) => [`Round${mode}`, new Module(`RoundingMode{:${mode}}()`)])),
  words: modes.map((mode) => ({
    name: `Round${mode}`,
    signature: `Round${mode}`,
    doc: 'A way to round, for round(x, mode).',
  })),
};
