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

function folded(name: string): Entry {
  return entry(name, [1, Infinity], (rt, args) => {
    const [first = null, ...rest] = args;
    if (rest.length === 0) return name === '-' ? negate(rt, first) : first;
    if (name === '-' && rest.length > 1) throw methodError('-', args.map(typeName));
    return rest.reduce((a, b) => binary(rt, name, a, b), first);
  });
}

function two(name: string, rule = name): Entry {
  return entry(name, [2, 2], (rt, [a = null, b = null]) => binary(rt, rule, a, b));
}

function logical(name: '&' | '|', op: 'and' | 'or'): Entry {
  return entry(name, [2, 2], (rt, [a = null, b = null]) => {
    const bools = [a, b].every((v) => typeof v === 'boolean' || (v instanceof Lane && v.eltype === 'Bool'));
    if (!bools) throw methodError(name, [typeName(a), typeName(b)]);
    return conjunction(rt, op, a, b);
  });
}

function dotted(name: '.&&' | '.||', op: 'and' | 'or'): Entry {
  return entry(name, [2, 2], (rt, args) =>
    broadcast(rt, new Fn(name, ([a = null, b = null]) => conjunction(rt, op, a, b), true), args),
  );
}

const extreme = (name: 'min' | 'max'): Entry =>
  entry(name, [1, Infinity], (rt, [first = null, ...rest]) =>
    rest.reduce((a, b) => scalarBinary(rt, name, a, b), first),
  );

/** Whole multiples: isodd(3). */
function parity(name: string, remainder: bigint): Entry {
  return entry(name, [1, 1], (rt, [n = null]) => compare(rt, '==', scalarBinary(rt, 'mod', n, 2n), remainder));
}

export function clamp(rt: Runtime, x: Value, low: Value, high: Value): Value {
  return scalarBinary(rt, 'min', scalarBinary(rt, 'max', x, low), high);
}

const comparisons = ['<', '<=', '>', '>=', '==', '!=', '===', '!==', '≈', '≉', 'in'].map((op) =>
  entry(op, [2, 2], (rt, [a = null, b = null]) => compare(rt, op, a, b)),
);

export const arithmetic: readonly Entry[] = [
  folded('+'),
  folded('-'),
  folded('*'),
  two('/'),
  entry('^', [2, 2], (rt, [a = null, b = null]) => power(rt, a, b)),
  two('÷'),
  two('div', '÷'),
  two('fld'),
  entry('cld', [2, 2], (rt, [a = null, b = null]) => negate(rt, binary(rt, 'fld', negate(rt, a), b))),
  two('%'),
  two('rem', '%'),
  two('mod'),
  entry('mod1', [2, 2], (rt, [a = null, b = null]) =>
    binary(rt, '+', binary(rt, 'mod', binary(rt, '-', a, 1n), b), 1n),
  ),
  two('hypot'),
  extreme('min'),
  extreme('max'),
  entry('clamp', [3, 3], (rt, [x = null, low = null, high = null]) => {
    if ([x, low, high].some((v) => !scalarType(v))) throw methodError('clamp', [x, low, high].map(typeName));
    return clamp(rt, x, low, high);
  }),
  entry('!', [1, 1], (rt, [v = null]) => not(rt, v)),
  logical('&', 'and'),
  logical('|', 'or'),
  dotted('.&&', 'and'),
  dotted('.||', 'or'),
  entry('xor', [2, 2], (rt, [a = null, b = null]) => compare(rt, '!=', a, b)),
  entry('⊻', [2, 2], (rt, [a = null, b = null]) => compare(rt, '!=', a, b)),
  parity('iseven', 0n),
  parity('isodd', 1n),
  entry('identity', [1, 1], (_rt, [x = null]) => x),
  // A NaN is equal to itself here, and -0.0 is not 0.0.
  entry('isequal', [2, 2], (rt, [a = null, b = null]) =>
    typeof a === 'number' && typeof b === 'number' ? Object.is(a, b) : compare(rt, '==', a, b),
  ),
  entry('isapprox', [2, 2], (rt, [a = null, b = null]) => compare(rt, '≈', a, b)),
  entry('zero', [1, 1], (rt, [x = null]) => typed(rt, x, 0n)),
  entry('one', [1, 1], (rt, [x = null]) => typed(rt, x, 1n)),
  entry('ifelse', [3, 3], (rt, [c = null, a = null, b = null]) => {
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
