/** Angles: in degrees, and the functions that sines and exponentials make. */

import { domainError } from '../errors.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { floatText } from '../show/number.ts';
import { Single, boxed, hostNumber, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

export const call = (rt: Runtime, name: string, ...args: Value[]): Value => rt.call(rt.fn(name), args);

/** A function that others make: it runs over lanes and is differentiable as they are. */
function composed(about: About, f: (rt: Runtime, x: Value) => Value): Entry {
  return entry({ differentiable: 'yes', ...about }, [1, 1], (rt, args) => {
    const [x = null] = args;
    if (!scalarType(x)) throw noMethod(about.name, args);
    return f(rt, x);
  });
}

const over = (rt: Runtime, x: Value): Value => binary(rt, '/', 1n, x);

/** Exact at multiples of 30 and 90 degrees, as Julia's are. */
function degrees(name: 'sin' | 'cos' | 'tan', x: number): number {
  if (!Number.isFinite(x)) {
    if (Number.isNaN(x)) return NaN;
    throw domainError(floatText(x), `${name}d(x) is only defined for finite \`x\`.`);
  }
  const turn = ((x % 360) + 360) % 360;
  const sine = (a: number): number => {
    if (a > 180) return -sine(a - 180);
    if (a > 90) return sine(180 - a);
    if (a === 30) return 0.5;
    return a === 90 ? 1 : a > 45 ? Math.cos(((90 - a) * Math.PI) / 180) : Math.sin((a * Math.PI) / 180);
  };
  if (name === 'sin') return turn === 0 || turn === 180 ? x * 0 : sine(turn);
  if (name === 'cos') return turn === 90 || turn === 270 ? 0 : sine((turn + 90) % 360);
  const [s, c] = [degrees('sin', x), degrees('cos', x)];
  return turn === 45 || turn === 225 ? 1 : turn === 135 || turn === 315 ? -1 : s / c;
}

const inDegrees = (name: 'sin' | 'cos' | 'tan'): Entry =>
  composed(
    {
      name: `${name}d`,
      signature: `${name}d(x)`,
      doc: `The ${name} of x degrees.`,
      examples: [[`${name}d(45)`, floatText(degrees(name, 45))]],
    },
    (rt, x) => {
      const value = hostNumber(x);
      if (value !== null) return boxed(degrees(name, value), x instanceof Single ? 'Float32' : 'Float64');
      return call(rt, name, call(rt, 'deg2rad', x));
    },
  );

const backInDegrees = (name: 'asin' | 'acos' | 'atan'): Entry =>
  composed(
    { name: `${name}d`, signature: `${name}d(x)`, doc: `The angle in degrees whose ${name.slice(1)} is x.` },
    (rt, x) => call(rt, 'rad2deg', call(rt, name, x)),
  );

/** A function whose value on the host is JavaScript's, and over lanes a formula. */
function inverse(_rt: Runtime, x: Value, host: (x: number) => number, lanes: () => Value): Value {
  const value = hostNumber(x);
  if (value === null) return lanes();
  return boxed(host(value), x instanceof Single ? 'Float32' : 'Float64');
}

export const angles: readonly Entry[] = [
  composed({ name: 'sec', signature: 'sec(x)', doc: '1 / cos(x).' }, (rt, x) => over(rt, call(rt, 'cos', x))),
  composed({ name: 'csc', signature: 'csc(x)', doc: '1 / sin(x).' }, (rt, x) => over(rt, call(rt, 'sin', x))),
  composed({ name: 'cot', signature: 'cot(x)', doc: '1 / tan(x).' }, (rt, x) => over(rt, call(rt, 'tan', x))),
  composed({ name: 'sech', signature: 'sech(x)', doc: '1 / cosh(x).' }, (rt, x) => over(rt, call(rt, 'cosh', x))),
  composed({ name: 'csch', signature: 'csch(x)', doc: '1 / sinh(x).' }, (rt, x) => over(rt, call(rt, 'sinh', x))),
  composed({ name: 'coth', signature: 'coth(x)', doc: '1 / tanh(x).' }, (rt, x) => over(rt, call(rt, 'tanh', x))),
  composed(
    {
      name: 'asinh',
      signature: 'asinh(x)',
      doc: 'Inverse hyperbolic sine.',
      examples: [['asinh(1)', '0.881373587019543']],
    },
    (rt, x) =>
      inverse(rt, x, Math.asinh, () => {
        const size = call(rt, 'abs', x);
        const root = call(rt, 'sqrt', binary(rt, '+', binary(rt, '*', x, x), 1n));
        return binary(rt, '*', call(rt, 'sign', x), call(rt, 'log', binary(rt, '+', size, root)));
      }),
  ),
  composed(
    {
      name: 'acosh',
      signature: 'acosh(x)',
      doc: 'Inverse hyperbolic cosine.',
      examples: [
        ['acosh(2)', '1.3169578969248166'],
        ['acosh(0.5)', 'ERROR: DomainError with 0.5: acosh(x) is only defined for x ≥ 1.'],
      ],
    },
    (rt, x) => {
      const value = hostNumber(x);
      if (value !== null && value < 1) throw domainError(floatText(value), 'acosh(x) is only defined for x ≥ 1.');
      return inverse(rt, x, Math.acosh, () => {
        const root = call(rt, 'sqrt', binary(rt, '-', binary(rt, '*', x, x), 1n));
        return call(rt, 'log', binary(rt, '+', x, root));
      });
    },
  ),
  composed(
    {
      name: 'atanh',
      signature: 'atanh(x)',
      doc: 'Inverse hyperbolic tangent.',
      examples: [['atanh(0.5)', '0.5493061443340548']],
    },
    (rt, x) => {
      const value = hostNumber(x);
      if (value !== null && Math.abs(value) > 1)
        throw domainError(floatText(value), 'atanh(x) is only defined for |x| ≤ 1.');
      return inverse(rt, x, Math.atanh, () => {
        const ratio = binary(rt, '/', binary(rt, '+', 1n, x), binary(rt, '-', 1n, x));
        return binary(rt, '/', call(rt, 'log', ratio), 2n);
      });
    },
  ),
  inDegrees('sin'),
  inDegrees('cos'),
  inDegrees('tan'),
  backInDegrees('asin'),
  backInDegrees('acos'),
  backInDegrees('atan'),
];
