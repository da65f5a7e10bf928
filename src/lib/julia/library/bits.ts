/** Integers as rows of bits, and types compared: operators that pictures seldom need, so that a page fetches them when a program has one. */

import { methodError } from '../errors.ts';
import { integerBits } from '../scalar.ts';
import { Unlaneable } from '../runtime.ts';
import { subtype } from '../types.ts';
import type { Known } from '../types.ts';
import { Lane, TypeValue, boxed, hostNumber, scalarType, typeName } from '../values.ts';
import type { Pack } from './pack.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

function shift(about: About, apply: (x: bigint, by: bigint) => bigint): Entry {
  return entry(about, [2, 2], (_rt, [a = null, b = null]) => {
    if (a instanceof Lane || b instanceof Lane) throw new Unlaneable('a bit shift');
    const [x, by] = [integerBits(a), integerBits(b)];
    if (x === null || by === null) throw methodError(about.name, [typeName(a), typeName(b)]);
    return BigInt.asIntN(64, apply(x, by));
  });
}

const left = (x: bigint, by: bigint): bigint => (by >= 64n ? 0n : x << by);
const right = (x: bigint, by: bigint): bigint => x >> (by >= 64n ? 63n : by);
const logicalRight = (x: bigint, by: bigint): bigint => (by >= 64n ? 0n : BigInt.asUintN(64, x) >> by);

function typeOrder(about: About, holds: (a: string, b: string, known: Known) => boolean): Entry {
  return entry(about, [2, 2], (rt, [a = null, b = null]) => {
    if (a instanceof TypeValue && b instanceof TypeValue) return holds(a.name, b.name, { own: rt.ownTypes });
    throw noMethod(about.name, [a, b]);
  });
}

export const pack: Pack = {
  entries: [
    shift({ name: '<<', signature: 'x << n', doc: 'Bits moved n places up.', examples: [['1 << 3', '8']] }, (x, by) =>
      by < 0n ? right(x, -by) : left(x, by),
    ),
    shift(
      {
        name: '>>',
        signature: 'x >> n',
        doc: 'Bits moved n places down; the sign stays.',
        examples: [['-16 >> 2', '-4']],
      },
      (x, by) => (by < 0n ? left(x, -by) : right(x, by)),
    ),
    shift(
      {
        name: '>>>',
        signature: 'x >>> n',
        doc: 'Bits moved n places down, zeros behind them.',
        examples: [['-1 >>> 60', '15']],
      },
      (x, by) => (by < 0n ? left(x, -by) : logicalRight(x, by)),
    ),
    entry(
      { name: '~', signature: '~x', doc: 'Every bit the other way.', examples: [['~5, ~true', '(-6, false)']] },
      [1, 1],
      (_rt, [x = null]) => {
        if (typeof x === 'boolean') return !x;
        if (x instanceof Lane) throw new Unlaneable('`~`');
        if (typeof x !== 'bigint') throw methodError('~', [typeName(x)]);
        return BigInt.asIntN(64, ~x);
      },
    ),
    typeOrder(
      {
        name: '<:',
        signature: 'T <: S',
        doc: 'Whether every T is an S.',
        examples: [['Int <: Real, Real <: Int', '(true, false)']],
      },
      (a, b, known) => subtype(a, b, known),
    ),
    typeOrder({ name: '>:', signature: 'T >: S', doc: 'Whether every S is a T.' }, (a, b, known) =>
      subtype(b, a, known),
    ),
    entry({ name: '∛', signature: '∛x', doc: 'Cube root.', examples: [['∛27', '3.0']] }, [1, 1], (_rt, [x = null]) => {
      if (x instanceof Lane) throw new Unlaneable('`∛`');
      const number = hostNumber(x);
      if (number === null) throw noMethod('∛', [x]);
      return boxed(Math.cbrt(number), scalarType(x) === 'Float32' ? 'Float32' : 'Float64');
    }),
  ],
};
