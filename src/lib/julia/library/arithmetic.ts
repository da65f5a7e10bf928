/** Operators and functions of one or two numbers. */

import { broadcast } from '../broadcast.ts';
import { keyOf } from '../equality.ts';
import { argumentError, methodError } from '../errors.ts';
import { binary, compare, conjunction, negate, not, power } from '../operators.ts';
import { Unlaneable } from '../runtime.ts';
import { integerBits, scalarBinary } from '../scalar.ts';
import { Fn, Lane, promote, scalarType, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { clamp } from './clamp.ts';
import { entry } from './table.ts';
import type { About, Entry } from './table.ts';

function folded(about: About): Entry {
  const { name } = about;
  return entry(about, [1, Infinity], (rt, args) => {
    const [first = null, ...rest] = args;
    if (rest.length === 0)
      return name === '-' ? negate(rt, first) : first === true || first === false ? BigInt(first) : first;
    if (name === '-' && rest.length > 1) throw methodError('-', args.map(typeName));
    return rest.reduce((a, b) => binary(rt, name, a, b), first);
  });
}

function two(about: About, rule = about.name): Entry {
  return entry(about, [2, 2], (rt, [a = null, b = null]) => binary(rt, rule, a, b));
}

/** Two integers for an operation on their bits; over lanes there is none. */
export function integers(name: string, a: Value, b: Value): [bigint, bigint] {
  const [x, y] = [integerBits(a), integerBits(b)];
  if (x !== null && y !== null) return [x, y];
  if (a instanceof Lane || b instanceof Lane) throw new Unlaneable(`\`${name}\` of integers`);
  throw methodError(name, [typeName(a), typeName(b)]);
}

function logical(about: About, op: 'and' | 'or'): Entry {
  const { name } = about;
  return entry(about, [2, 2], (rt, [a = null, b = null]) => {
    const bools = [a, b].every((v) => typeof v === 'boolean' || (v instanceof Lane && v.eltype === 'Bool'));
    if (bools) return conjunction(rt, op, a, b);
    const bits = integers(name, a, b);
    return op === 'and' ? bits[0] & bits[1] : bits[0] | bits[1];
  });
}

function dotted(about: About, op: 'and' | 'or'): Entry {
  const { name } = about;
  return entry(about, [2, 2], (rt, args) =>
    broadcast(rt, new Fn(name, ([a = null, b = null]) => conjunction(rt, op, a, b), true), args),
  );
}

const extreme = (about: About<'min' | 'max'>): Entry =>
  entry(about, [1, Infinity], (rt, [first = null, ...rest]) =>
    rest.reduce((a, b) => {
      // Texts, tuples and the like have an order in the part of the library that is fetched on demand.
      if (!scalarType(a) || !scalarType(b)) rt.need('base');
      return scalarBinary(rt, about.name, a, b);
    }, first),
  );

const comparison = (about: About): Entry =>
  entry(about, [2, 2], (rt, [a = null, b = null]) => compare(rt, about.name, a, b));

const comparisons: readonly Entry[] = [
  comparison({ name: '<', signature: 'a < b', doc: 'Whether a is less than b.' }),
  comparison({ name: '<=', signature: 'a <= b', doc: 'Whether a is less than b, or equal; also written ≤.' }),
  comparison({ name: '>', signature: 'a > b', doc: 'Whether a is greater than b.' }),
  comparison({ name: '>=', signature: 'a >= b', doc: 'Whether a is greater than b, or equal; also written ≥.' }),
  comparison({ name: '==', signature: 'a == b', doc: 'Whether a and b are equal in value.' }),
  comparison({ name: '!=', signature: 'a != b', doc: 'Whether a and b differ in value; also written ≠.' }),
  comparison({ name: '===', signature: 'a === b', doc: 'Whether a and b cannot be told apart.' }),
  comparison({ name: '!==', signature: 'a !== b', doc: 'Whether a and b can be told apart.' }),
  comparison({ name: '≈', signature: 'a ≈ b', doc: 'Whether a and b are equal up to rounding.' }),
  comparison({ name: '≉', signature: 'a ≉ b', doc: 'Whether a and b differ by more than rounding.' }),
  comparison({ name: '∉', signature: 'x ∉ itr', doc: 'Whether x is not among the elements.' }),
  comparison({ name: 'in', signature: 'x in itr', doc: 'Whether x is among the elements; also written ∈.' }),
];

export const arithmetic: readonly Entry[] = [
  folded({ name: '+', signature: '+', doc: 'Sum of numbers, or of arrays of one size.' }),
  folded({ name: '-', signature: '-', doc: 'Difference; with one argument, the negative.' }),
  folded({ name: '*', signature: '*', doc: 'Product of numbers or matrices; joins strings.' }),
  two({ name: '/', signature: '/', doc: 'Quotient; of integers, a Float64.' }),
  entry({ name: '^', signature: '^', doc: 'Power.' }, [2, 2], (rt, [a = null, b = null]) => power(rt, a, b)),
  two({ name: '÷', signature: '÷', doc: 'Quotient rounded towards zero.' }),
  two({ name: 'div', signature: 'div(x, y)', doc: 'Quotient rounded towards zero.' }, '÷'),
  two({ name: 'fld', signature: 'fld(x, y)', doc: 'Quotient rounded down.' }),
  two({ name: '%', signature: '%', doc: 'Remainder with the sign of x.' }),
  two({ name: 'rem', signature: 'rem(x, y)', doc: 'Remainder with the sign of x.' }, '%'),
  two({ name: 'mod', signature: 'mod(x, y)', doc: 'Remainder with the sign of y.' }),
  extreme({ name: 'min', signature: 'min(x, y...)', doc: 'The least of the numbers.' }),
  extreme({ name: 'max', signature: 'max(x, y...)', doc: 'The greatest of the numbers.' }),
  entry(
    { name: 'clamp', signature: 'clamp(x, low, high)', doc: 'x, or the bound it lies beyond.' },
    [3, 3],
    (rt, [x = null, low = null, high = null]) => {
      if ([x, low, high].some((v) => !scalarType(v))) throw methodError('clamp', [x, low, high].map(typeName));
      return clamp(rt, x, low, high);
    },
  ),
  entry({ name: '!', signature: '!', doc: 'Negation of a Bool.' }, [1, 1], (rt, [v = null]) => not(rt, v)),
  logical({ name: '&', signature: '&', doc: 'Logical and, elementwise under broadcast.' }, 'and'),
  logical({ name: '|', signature: '|', doc: 'Logical or, elementwise under broadcast.' }, 'or'),
  dotted({ name: '.&&', signature: '.&&', doc: 'Elementwise and.' }, 'and'),
  dotted({ name: '.||', signature: '.||', doc: 'Elementwise or.' }, 'or'),
  entry({ name: 'identity', signature: 'identity(x)', doc: 'x itself.' }, [1, 1], (_rt, [x = null]) => x),
  // A NaN is equal to itself here, and -0.0 is not 0.0.
  entry(
    {
      name: 'isequal',
      signature: 'isequal(a, b)',
      doc: 'As ==, but NaN is equal to itself, and -0.0 is not 0.0.',
    },
    [2, 2],
    (rt, [a = null, b = null]) =>
      [a, b].some((v) => v instanceof Lane && !v.uniform) ? compare(rt, '==', a, b) : keyOf(rt, a) === keyOf(rt, b),
  ),
  entry(
    { name: 'ifelse', signature: 'ifelse(c, a, b)', doc: 'a where c holds, else b; both are computed.' },
    [3, 3],
    (rt, [c = null, a = null, b = null]) => {
      if (typeof c === 'boolean') return c ? a : b;
      if (!(c instanceof Lane) || c.eltype !== 'Bool') throw argumentError('ifelse needs a Bool');
      return new Lane(promote(rt.eltype(a), rt.eltype(b)), rt.ops.select(c.node, rt.scalarNode(a), rt.scalarNode(b)));
    },
  ),
  ...comparisons,
];
