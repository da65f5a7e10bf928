/** What numbers and their types can be asked, and pictures seldom do. */

import type { Dims } from '../../matrix/engine.ts';
import type { Node } from '../../matrix/tape.ts';
import { broadcast } from '../broadcast.ts';
import { realOf } from '../eltypes.ts';
import { argumentError, methodError } from '../errors.ts';
import { gathered } from '../iterate.ts';
import { binary, compare, negate } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import {
  Arr,
  Char,
  List,
  Single,
  Tuple,
  TypeValue,
  boxed,
  hostNumber,
  promote as promoteTypes,
  scalarType,
  typeName,
} from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { approx } from './approx.ts';
import { integers } from './arithmetic.ts';
import { extreme, floating, joined, meanNode, reducer, result } from './reduce.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';
import { typeOf } from './types.ts';

/** Distance of x to the next number away from 0, with so many bits of mantissa and so small an exponent. */
function spacing(x: number, bits: number, lowest: number): number {
  if (!Number.isFinite(x)) return NaN;
  let exponent = Math.floor(Math.log2(Math.abs(x)));
  // The logarithm may be rounded across a power of 2.
  if (2 ** exponent > Math.abs(x)) exponent -= 1;
  return 2 ** (Math.max(exponent, -lowest) - bits);
}

function limit(type: Value, sign: 1 | -1): Value {
  const eltype = type instanceof TypeValue ? type.eltype : null;
  if (eltype === 'Int64') return sign > 0 ? 2n ** 63n - 1n : -(2n ** 63n);
  if (eltype === 'Bool') return sign > 0;
  if (eltype === null) throw argumentError('typemax and typemin need a type of numbers');
  return boxed(sign * Infinity, eltype);
}

/** Sum of squares about the mean, over n - 1 (or n). */
function varianceNode(rt: Runtime, a: Arr, dims: Dims, keywords: Keywords): Node {
  const { ops } = rt;
  const [corrected, mean] = [keywords.get('corrected') !== false, keywords.get('mean')];
  const about = mean === undefined ? meanNode(rt, a, dims) : mean instanceof Arr ? rt.node(mean) : rt.scalarNode(mean);
  const off = ops.binary('sub', rt.node(a), about);
  const squares = ops.reduce('sum', ops.binary('mul', off, off), dims);
  return ops.binary('div', squares, ops.scalar(joined(a, dims) - (corrected ? 1 : 0)));
}

function exclusive(about: About): Entry {
  return entry(about, [2, 2], (rt, [a = null, b = null]) => {
    const types = [a, b].map(scalarType);
    if (types.every((type) => type === 'Bool')) return compare(rt, '!=', a, b);
    const [x, y] = integers(about.name, a, b);
    return x ^ y;
  });
}

/** Whole multiples: isodd(3). */
function parity(about: About, remainder: bigint): Entry {
  return entry(about, [1, 1], (rt, [n = null]) => compare(rt, '==', scalarBinary(rt, 'mod', n, 2n), remainder));
}

function typed(rt: Runtime, x: Value, value: bigint): Value {
  if (x instanceof TypeValue) return x.call([value]);
  if (x instanceof Arr && value === 0n) return broadcast(rt, typeOf(rt, x.eltype), [broadcast(rt, rt.fn('zero'), [x])]);
  if (!scalarType(x)) throw methodError('zero', [typeName(x)]);
  return rt.call(typeOf(rt, rt.eltype(x)), [value]);
}

export const numerals: readonly Entry[] = [
  reducer(
    { name: 'var', signature: 'var(f, A; dims)', doc: 'Variance; `corrected=false` divides by n.' },
    (rt, a, dims, keywords) => result(a, realOf(floating(a.eltype)), varianceNode(rt, a, dims, keywords), dims),
  ),
  reducer(
    { name: 'std', signature: 'std(f, A; dims)', doc: 'Standard deviation; `corrected=false` divides by n.' },
    (rt, a, dims, keywords) =>
      result(a, realOf(floating(a.eltype)), rt.ops.unary('sqrt', varianceNode(rt, a, dims, keywords)), dims),
  ),
  entry({ name: 'cld', signature: 'cld(x, y)', doc: 'Quotient rounded up.' }, [2, 2], (rt, [a = null, b = null]) =>
    negate(rt, binary(rt, 'fld', negate(rt, a), b)),
  ),
  entry({ name: 'mod1', signature: 'mod1(x, y)', doc: 'mod into 1...y.' }, [2, 2], (rt, [a = null, b = null]) =>
    binary(rt, '+', binary(rt, 'mod', binary(rt, '-', a, 1n), b), 1n),
  ),
  exclusive({ name: 'xor', signature: 'xor(a, b)', doc: 'Exclusive or.' }),
  exclusive({ name: '⊻', signature: '⊻', doc: 'Exclusive or.' }),
  parity({ name: 'iseven', signature: 'iseven(n)', doc: 'Whether n is even.' }, 0n),
  parity({ name: 'isodd', signature: 'isodd(n)', doc: 'Whether n is odd.' }, 1n),
  entry({ name: 'zero', signature: 'zero(x)', doc: 'The 0 of x’s type.' }, [1, 1], (rt, [x = null]) =>
    typed(rt, x, 0n),
  ),
  entry({ name: 'one', signature: 'one(x)', doc: 'The 1 of x’s type.' }, [1, 1], (rt, [x = null]) => typed(rt, x, 1n)),
  reducer({ name: 'extrema', signature: 'extrema(f, A; dims)', doc: 'Least and greatest element.' }, (rt, a, dims) => {
    const [low, high] = [extreme(rt, 'min', a, dims), extreme(rt, 'max', a, dims)];
    if (!(low instanceof Arr) || !(high instanceof Arr)) return new Tuple([low, high]);
    const highs = gathered(rt, high);
    const pairs = gathered(rt, low).map((x, k) => new Tuple([x, highs[k] ?? null]));
    return new List(pairs, `Tuple{${a.eltype}, ${a.eltype}}`, low);
  }),
  entry(
    { name: 'typemax', signature: 'typemax(T)', doc: 'The greatest number of a type.' },
    [1, 1],
    (_rt, [type = null]) => limit(type, 1),
  ),
  entry(
    { name: 'typemin', signature: 'typemin(T)', doc: 'The least number of a type.' },
    [1, 1],
    (_rt, [type = null]) => limit(type, -1),
  ),
  entry(
    {
      name: 'eps',
      signature: 'eps(x)',
      doc: 'Distance from x, or from 1 of a type, to the next number.',
      examples: [
        [
          'eps(), eps(1000.0), eps(Float32), eps(0.0)',
          '(2.220446049250313e-16, 1.1368683772161603e-13, 1.1920929f-7, 5.0e-324)',
        ],
      ],
    },
    [0, 1],
    (_rt, [x]) => {
      if (typeof x === 'number') return spacing(x, 52, 1022);
      if (x instanceof Single) return boxed(spacing(x.value, 23, 126), 'Float32');
      if (x === undefined || x instanceof TypeValue) {
        return x?.eltype === 'Float32' ? boxed(2 ** -23, 'Float32') : 2 ** -52;
      }
      throw noMethod('eps', [x]);
    },
  ),
  entry(
    { name: 'promote', signature: 'promote(xs...)', doc: 'The numbers as numbers of one type.' },
    [1, Infinity],
    (rt, args) => {
      const types = args.map(scalarType);
      const [first, ...others] = types.filter((type) => type !== null);
      if (first === undefined || others.length + 1 < args.length) throw noMethod('promote', args);
      const type = typeOf(rt, others.reduce(promoteTypes, first));
      return new Tuple(args.map((v) => rt.call(type, [v])));
    },
  ),
  entry(
    {
      name: 'promote_type',
      signature: 'promote_type(T...)',
      doc: 'The type that numbers of these types have together.',
    },
    [1, Infinity],
    (rt, args) => {
      const types = args.flatMap((v) => (v instanceof TypeValue && v.eltype !== null ? [v.eltype] : []));
      const [first, ...others] = types;
      if (first === undefined || types.length < args.length) throw noMethod('promote_type', args);
      return typeOf(rt, others.reduce(promoteTypes, first));
    },
  ),
  entry(
    { name: 'something', signature: 'something(xs...)', doc: 'The first of the arguments that is not nothing.' },
    [0, Infinity],
    (_rt, args) => {
      const found = args.find((v) => v !== null);
      if (found === undefined) throw argumentError('No value arguments present');
      return found;
    },
  ),
  entry({ name: 'Char', signature: 'Char(x)', doc: 'A character.' }, [1, 1], (_rt, [v = null]) => {
    if (v instanceof Char) return v;
    if (typeof v === 'bigint' && v >= 0n && v < 0x110000n) return new Char(String.fromCodePoint(Number(v)));
    throw noMethod('Char', [v]);
  }),
  entry(
    { name: 'isreal', signature: 'isreal(x)', doc: 'Whether x is real: every number here is.' },
    [1, 1],
    (_rt, [v = null]) => scalarType(v) !== null,
  ),
  entry(
    { name: 'tuple', signature: 'tuple(xs...)', doc: 'The arguments as a tuple.' },
    [0, Infinity],
    (_rt, args) => new Tuple(args),
  ),
  entry(
    {
      name: 'hypot',
      signature: 'hypot(x, y...)',
      doc: 'sqrt(x^2 + y^2 + ...).',
      examples: [['hypot(3, 4), hypot(1, 2, 2), hypot(-3)', '(5.0, 3.0, 3.0)']],
    },
    [1, Infinity],
    (rt, [first = null, ...rest]) =>
      rest.length === 0 ? binary(rt, 'hypot', first, 0n) : rest.reduce((a, b) => binary(rt, 'hypot', a, b), first),
  ),
  entry(
    {
      name: 'isapprox',
      signature: 'isapprox(a, b; rtol, atol, nans)',
      doc: 'As ≈, with the tolerances that are given.',
      examples: [
        [
          'isapprox(1, 1.1; rtol=0.2), isapprox(0, 1e-10; atol=1e-8), isapprox(NaN, NaN; nans=true)',
          '(true, true, true)',
        ],
      ],
    },
    [2, 2],
    (rt, [a = null, b = null], keywords) => {
      const [rtol, atol, nans] = ['rtol', 'atol', 'nans'].map((name) => keywords.get(name));
      return approx(rt, a, b, {
        ...(rtol === undefined ? {} : { rtol: rt.number(rtol, 'isapprox') }),
        ...(atol === undefined ? {} : { atol: rt.number(atol, 'isapprox') }),
        nans: nans === true,
      });
    },
  ),
  entry(
    {
      name: 'isless',
      signature: 'isless(a, b)',
      doc: 'The order of sorting: NaN comes last, -0.0 before 0.0.',
      examples: [['isless(1, 2), isless(1, NaN), isless(NaN, 1), isless(-0.0, 0.0)', '(true, true, false, true)']],
    },
    [2, 2],
    (rt, [a = null, b = null]) => {
      const [x, y] = [hostNumber(a), hostNumber(b)];
      if (x === null || y === null) return compare(rt, '<', a, b);
      if (Number.isNaN(x) || Number.isNaN(y)) return !Number.isNaN(x);
      return x === 0 && y === 0 ? Object.is(x, -0) && !Object.is(y, -0) : compare(rt, '<', a, b);
    },
  ),
  entry(
    { name: 'isnothing', signature: 'isnothing(x)', doc: 'Whether x is nothing.' },
    [1, 1],
    (_rt, [v = null]) => v === null,
  ),
];
