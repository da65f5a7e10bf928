/** Strings, printing, errors. */

import { argumentError, budgetError, errorException, methodError } from '../errors.ts';
import { elements } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText, showText } from '../show.ts';
import { Char, Sym, TypeValue, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { typeOf } from './types.ts';
import { any, entry, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

/** Most that a cell may print. */
const longest = 100_000;

function print(rt: Runtime, args: readonly Value[], end: string): null {
  sequentialOnly(rt, 'printing');
  rt.printed += args.map((v) => printText(rt, v)).join('') + end;
  if (rt.printed.length > longest) throw budgetError(`the cell printed more than ${longest} characters`);
  return null;
}

function text(name: string, v: Value): string {
  if (typeof v === 'string') return v;
  if (v instanceof Char) return v.value;
  throw methodError(name, [typeName(v)]);
}

function pad(name: 'lpad' | 'rpad'): Entry {
  return entry(name, [2, 3], (rt, [s = null, n = null, p = ' ']) => {
    const size = rt.integer(n);
    rt.meter.room(size / 8);
    const filler = text(name, p);
    return name === 'lpad' ? printText(rt, s).padStart(size, filler) : printText(rt, s).padEnd(size, filler);
  });
}

export const texts: readonly Entry[] = [
  entry('print', any, (rt, args) => print(rt, args, '')),
  entry('println', any, (rt, args) => print(rt, args, '\n')),
  entry('show', [1, 1], (rt, [v = null]) => print(rt, [showText(rt, v)], '')),
  entry('display', [1, 1], (rt, [v = null]) => print(rt, [showText(rt, v)], '\n')),
  entry('string', any, (rt, args) => {
    const joined = args.map((v) => printText(rt, v)).join('');
    rt.meter.room(joined.length / 8);
    return joined;
  }),
  entry('repr', [1, 1], (rt, [v = null]) => showText(rt, v)),
  entry('uppercase', [1, 1], (_rt, [s = null]) => text('uppercase', s).toUpperCase()),
  entry('lowercase', [1, 1], (_rt, [s = null]) => text('lowercase', s).toLowerCase()),
  entry('strip', [1, 1], (_rt, [s = null]) => text('strip', s).trim()),
  entry('join', [1, 2], (rt, [v = null, between = '']) => {
    const joined = [...elements(rt, v)].map((x) => printText(rt, x)).join(text('join', between));
    rt.meter.room(joined.length / 8);
    return joined;
  }),
  entry('startswith', [2, 2], (_rt, [s = null, t = null]) => text('startswith', s).startsWith(text('startswith', t))),
  entry('endswith', [2, 2], (_rt, [s = null, t = null]) => text('endswith', s).endsWith(text('endswith', t))),
  entry('occursin', [2, 2], (_rt, [t = null, s = null]) => text('occursin', s).includes(text('occursin', t))),
  pad('lpad'),
  pad('rpad'),
  entry('Symbol', [1, 1], (rt, [s = null]) => new Sym(printText(rt, s))),
  entry('parse', [2, 2], (_rt, [type = null, s = null]) => {
    const source = text('parse', s).trim();
    const x = Number(source);
    if (!(type instanceof TypeValue) || source === '' || Number.isNaN(x)) {
      throw argumentError(`cannot parse ${JSON.stringify(source)} as a number`);
    }
    return type.call([type.eltype === 'Int64' && Number.isInteger(x) ? BigInt(x) : x]);
  }),
  entry('error', any, (rt, args) => {
    sequentialOnly(rt, 'error(...)');
    throw errorException(args.map((v) => printText(rt, v)).join(''));
  }),
  entry('throw', [1, 1], (rt, [v = null]) => {
    sequentialOnly(rt, 'throw');
    throw errorException(printText(rt, v));
  }),
  entry('ArgumentError', [1, 1], (rt, [v = null]) => `ArgumentError: ${printText(rt, v)}`),
  entry('ErrorException', [1, 1], (rt, [v = null]) => printText(rt, v)),
  entry('typeof', [1, 1], (rt, [v = null]) => typeOf(rt, typeName(v))),
];
