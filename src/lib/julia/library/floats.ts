/** Floating-point numbers as such: their neighbours and limits. */

import { Single, TypeValue, boxed, hostNumber, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** The floating-point number `n` steps above x. */
function stepped(x: Value, n: number): Value {
  const view = new DataView(new ArrayBuffer(8));
  const single = x instanceof Single;
  const value = hostNumber(x) ?? NaN;
  if (Number.isNaN(value)) return x;
  if (single) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  const width = single ? 32 : 64;
  const sign = 1n << BigInt(width - 1);
  const bits = single ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
  const limit = single ? 0x7f800000n : 0x7ff0000000000000n;
  let at = (bits & sign) === 0n ? bits : -(bits - sign);
  at += BigInt(n);
  at = at > limit ? limit : at < -limit ? -limit : at;
  const result = at < 0n || (at === 0n && n > 0 && value < 0) ? -at + sign : at;
  if (!single) {
    view.setBigUint64(0, result);
    return view.getFloat64(0);
  }
  view.setUint32(0, Number(result));
  return boxed(view.getFloat32(0), 'Float32');
}

function neighbour(about: About<'nextfloat' | 'prevfloat'>): Entry {
  return entry(about, [1, 2], (rt, args) => {
    const [x = null, n] = args;
    if (typeof x !== 'number' && !(x instanceof Single)) throw noMethod(about.name, args);
    const steps = n === undefined ? 1 : rt.integer(n);
    return stepped(x, about.name === 'nextfloat' ? steps : -steps);
  });
}

/** A constant of a type of floating-point numbers. */
function limit(about: About, double: Value, single: Value): Entry {
  return entry(about, [0, 1], (_rt, args) => {
    const [type] = args;
    if (type === undefined) return double;
    const eltype = type instanceof TypeValue ? type.eltype : scalarType(type);
    if (eltype === 'Float64') return double;
    if (eltype === 'Float32') return single;
    throw noMethod(about.name, args);
  });
}

export const floats: readonly Entry[] = [
  neighbour({
    name: 'nextfloat',
    signature: 'nextfloat(x, n)',
    doc: 'The next floating-point number above x.',
    examples: [['nextfloat(1.25f0), nextfloat(1.0), nextfloat(0.0)', '(1.2500001f0, 1.0000000000000002, 5.0e-324)']],
  }),
  neighbour({
    name: 'prevfloat',
    signature: 'prevfloat(x, n)',
    doc: 'The next floating-point number below x.',
    examples: [['prevfloat(1.25f0), prevfloat(0.0)', '(1.2499999f0, -5.0e-324)']],
  }),
  limit(
    {
      name: 'floatmin',
      signature: 'floatmin(T)',
      doc: 'The least positive normal number.',
      examples: [['floatmin(), floatmin(Float32)', '(2.2250738585072014e-308, 1.1754944f-38)']],
    },
    2 ** -1022,
    boxed(2 ** -126, 'Float32'),
  ),
  limit(
    {
      name: 'floatmax',
      signature: 'floatmax(T)',
      doc: 'The greatest finite number.',
      examples: [['floatmax(), floatmax(Float32)', '(1.7976931348623157e308, 3.4028235f38)']],
    },
    Number.MAX_VALUE,
    boxed((2 - 2 ** -23) * 2 ** 127, 'Float32'),
  ),
  limit(
    {
      name: 'maxintfloat',
      signature: 'maxintfloat(T)',
      doc: 'Up to here every whole number is a floating-point number.',
      examples: [['maxintfloat()', '9.007199254740992e15']],
    },
    2 ** 53,
    boxed(2 ** 24, 'Float32'),
  ),
];
