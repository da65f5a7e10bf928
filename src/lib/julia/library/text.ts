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
  return entry(`${name}(s, n, p)`, [2, 3], `s filled up to n characters, on the ${name === 'lpad' ? 'left' : 'right'}.`, (rt, [s = null, n = null, p = ' ']) => {
    const size = rt.integer(n);
    rt.meter.room(size / 8);
    const filler = text(name, p);
    return name === 'lpad' ? printText(rt, s).padStart(size, filler) : printText(rt, s).padEnd(size, filler);
  });
}

export const texts: readonly Entry[] = [
  entry('print(xs...)', any, 'Writes values below the cell.', (rt, args) => print(rt, args, '')),
  entry('println(xs...)', any, 'Writes values and ends the line.', (rt, args) => print(rt, args, '\n')),
  entry('show(x)', [1, 1], 'Writes a value as the REPL would on one line.', (rt, [v = null]) => print(rt, [showText(rt, v)], '')),
  entry('display(x)', [1, 1], 'Writes a value on a line of its own.', (rt, [v = null]) => print(rt, [showText(rt, v)], '\n')),
  entry('string(xs...)', any, 'The values’ printed forms, joined.', (rt, args) => {
    const joined = args.map((v) => printText(rt, v)).join('');
    rt.meter.room(joined.length / 8);
    return joined;
  }),
  entry('repr(x)', [1, 1], 'As the REPL would show x on one line.', (rt, [v = null]) => showText(rt, v)),
  entry('uppercase(s)', [1, 1], 'In capitals.', (_rt, [s = null]) => text('uppercase', s).toUpperCase()),
  entry('lowercase(s)', [1, 1], 'In small letters.', (_rt, [s = null]) => text('lowercase', s).toLowerCase()),
  entry('strip(s)', [1, 1], 'Without blanks at its ends.', (_rt, [s = null]) => text('strip', s).trim()),
  entry('join(itr, between)', [1, 2], 'Printed forms with a string between.', (rt, [v = null, between = '']) => {
    const joined = [...elements(rt, v)].map((x) => printText(rt, x)).join(text('join', between));
    rt.meter.room(joined.length / 8);
    return joined;
  }),
  entry('startswith(s, t)', [2, 2], 'Whether s starts with t.', (_rt, [s = null, t = null]) => text('startswith', s).startsWith(text('startswith', t))),
  entry('endswith(s, t)', [2, 2], 'Whether s ends with t.', (_rt, [s = null, t = null]) => text('endswith', s).endsWith(text('endswith', t))),
  entry('occursin(t, s)', [2, 2], 'Whether t occurs in s.', (_rt, [t = null, s = null]) => text('occursin', s).includes(text('occursin', t))),
  pad('lpad'),
  pad('rpad'),
  entry('Symbol(s)', [1, 1], 'The symbol of that name.', (rt, [s = null]) => new Sym(printText(rt, s))),
  entry('parse(T, s)', [2, 2], 'The number that a string writes.', (_rt, [type = null, s = null]) => {
    const source = text('parse', s).trim();
    const x = Number(source);
    if (!(type instanceof TypeValue) || source === '' || Number.isNaN(x)) {
      throw argumentError(`cannot parse ${JSON.stringify(source)} as a number`);
    }
    return type.call([type.eltype === 'Int64' && Number.isInteger(x) ? BigInt(x) : x]);
  }),
  entry('error(xs...)', any, 'Stops with a message.', (rt, args) => {
    sequentialOnly(rt, 'error(...)');
    throw errorException(args.map((v) => printText(rt, v)).join(''));
  }),
  entry('throw(x)', [1, 1], 'Stops with a message.', (rt, [v = null]) => {
    sequentialOnly(rt, 'throw');
    throw errorException(printText(rt, v));
  }),
  entry('ArgumentError(s)', [1, 1], 'A message for throw.', (rt, [v = null]) => `ArgumentError: ${printText(rt, v)}`),
  entry('ErrorException(s)', [1, 1], 'A message for throw.', (rt, [v = null]) => printText(rt, v)),
  entry('typeof(x)', [1, 1], 'The type of x.', (rt, [v = null]) => typeOf(rt, typeName(v))),
];
