/** Operators and functions of one or two numbers. */

import { broadcast } from '../broadcast.ts';
import { argumentError, methodError } from '../errors.ts';
import { binary, compare, conjunction, negate, not, power } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { Fn, Lane, TypeValue, promote, scalarType, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { entry } from './table.ts';
import type { Entry } from './table.ts';

function folded(name: string, doc: string): Entry {
  return entry(name, [1, Infinity], doc, (rt, args) => {
    const [first = null, ...rest] = args;
    if (rest.length === 0) return name === '-' ? negate(rt, first) : first;
    if (name === '-' && rest.length > 1) throw methodError('-', args.map(typeName));
    return rest.reduce((a, b) => binary(rt, name, a, b), first);
  });
}

function two(name: string, signature: string, doc: string, rule = name): Entry {
  return entry(signature, [2, 2], doc, (rt, [a = null, b = null]) => binary(rt, rule, a, b));
}

function logical(name: '&' | '|', op: 'and' | 'or'): Entry {
  return entry(name, [2, 2], `Logical ${op}, elementwise under broadcast.`, (rt, [a = null, b = null]) => {
    const bools = [a, b].every((v) => typeof v === 'boolean' || (v instanceof Lane && v.eltype === 'Bool'));
    if (!bools) throw methodError(name, [typeName(a), typeName(b)]);
    return conjunction(rt, op, a, b);
  });
}

function dotted(name: '.&&' | '.||', op: 'and' | 'or'): Entry {
  return entry(name, [2, 2], `Elementwise ${op}.`, (rt, args) =>
    broadcast(rt, new Fn(name, ([a = null, b = null]) => conjunction(rt, op, a, b), true), args),
  );
}

const extreme = (name: 'min' | 'max'): Entry =>
  entry(`${name}(x, y...)`, [1, Infinity], `The ${name === 'min' ? 'least' : 'greatest'} of the numbers.`, (rt, [first = null, ...rest]) =>
    rest.reduce((a, b) => scalarBinary(rt, name, a, b), first),
  );

/** Whole multiples: isodd(3). */
function parity(name: string, remainder: bigint): Entry {
  return entry(`${name}(n)`, [1, 1], `Whether n is ${name.slice(2)}.`, (rt, [n = null]) =>
    compare(rt, '==', scalarBinary(rt, 'mod', n, 2n), remainder),
  );
}

export function clamp(rt: Runtime, x: Value, low: Value, high: Value): Value {
  return scalarBinary(rt, 'min', scalarBinary(rt, 'max', x, low), high);
}

const comparisons = ['<', '<=', '>', '>=', '==', '!=', '===', '!==', '≈', '≉', 'in'].map((op) =>
  entry(op, [2, 2], 'Comparison.', (rt, [a = null, b = null]) => compare(rt, op, a, b)),
);

export const arithmetic: readonly Entry[] = [
  folded('+', 'Sum of numbers, or of arrays of one size.'),
  folded('-', 'Difference; with one argument, the negative.'),
  folded('*', 'Product of numbers or matrices; joins strings.'),
  two('/', '/', 'Quotient; of integers, a Float64.'),
  entry('^', [2, 2], 'Power.', (rt, [a = null, b = null]) => power(rt, a, b)),
  two('÷', '÷', 'Quotient rounded towards zero.'),
  two('div', 'div(x, y)', 'Quotient rounded towards zero.', '÷'),
  two('fld', 'fld(x, y)', 'Quotient rounded down.'),
  entry('cld(x, y)', [2, 2], 'Quotient rounded up.', (rt, [a = null, b = null]) =>
    negate(rt, binary(rt, 'fld', negate(rt, a), b)),
  ),
  two('%', '%', 'Remainder with the sign of x.'),
  two('rem', 'rem(x, y)', 'Remainder with the sign of x.', '%'),
  two('mod', 'mod(x, y)', 'Remainder with the sign of y.'),
  entry('mod1(x, y)', [2, 2], 'mod into 1...y.', (rt, [a = null, b = null]) =>
    binary(rt, '+', binary(rt, 'mod', binary(rt, '-', a, 1n), b), 1n),
  ),
  two('hypot', 'hypot(x, y)', 'sqrt(x^2 + y^2).'),
  extreme('min'),
  extreme('max'),
  entry('clamp(x, low, high)', [3, 3], 'x, or the bound it lies beyond.', (rt, [x = null, low = null, high = null]) => {
    if ([x, low, high].some((v) => !scalarType(v))) throw methodError('clamp', [x, low, high].map(typeName));
    return clamp(rt, x, low, high);
  }),
  entry('!', [1, 1], 'Negation of a Bool.', (rt, [v = null]) => not(rt, v)),
  logical('&', 'and'),
  logical('|', 'or'),
  dotted('.&&', 'and'),
  dotted('.||', 'or'),
  entry('xor(a, b)', [2, 2], 'Exclusive or.', (rt, [a = null, b = null]) => compare(rt, '!=', a, b)),
  entry('⊻', [2, 2], 'Exclusive or.', (rt, [a = null, b = null]) => compare(rt, '!=', a, b)),
  parity('iseven', 0n),
  parity('isodd', 1n),
  entry('identity(x)', [1, 1], 'x itself.', (_rt, [x = null]) => x),
  entry('isequal(a, b)', [2, 2], 'As ==.', (rt, [a = null, b = null]) => compare(rt, '==', a, b)),
  entry('isapprox(a, b)', [2, 2], 'As ≈.', (rt, [a = null, b = null]) => compare(rt, '≈', a, b)),
  entry('zero(x)', [1, 1], 'The 0 of x’s type.', (rt, [x = null]) => typed(rt, x, 0n)),
  entry('one(x)', [1, 1], 'The 1 of x’s type.', (rt, [x = null]) => typed(rt, x, 1n)),
  entry('ifelse(c, a, b)', [3, 3], 'a where c holds, else b; both are computed.', (rt, [c = null, a = null, b = null]) => {
    if (typeof c === 'boolean') return c ? a : b;
    if (!(c instanceof Lane) || c.eltype !== 'Bool') throw argumentError('ifelse needs a Bool');
    return new Lane(promote(rt.eltype(a), rt.eltype(b)), rt.ops.select(c.node, rt.scalarNode(a), rt.scalarNode(b)));
  }),
  ...comparisons,
];

function typed(rt: Runtime, x: Value, value: bigint): Value {
  if (x instanceof TypeValue) return x.call([value]);
  if (!scalarType(x)) throw methodError('zero', [typeName(x)]);
  return rt.call(rt.library.get(rt.eltype(x)) ?? null, [value]);
}
