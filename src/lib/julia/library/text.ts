/** Strings, printing, errors. */

import { argumentError, budgetError, errorException, methodError } from '../errors.ts';
import { elements } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText, showText } from '../show.ts';
import { Char, Sym, Thrown, TypeValue, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { typeOf } from './types.ts';
import { any, entry, sequentialOnly } from './table.ts';
import type { About, Entry } from './table.ts';

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

function pad(about: About<'lpad' | 'rpad'>): Entry {
  const { name } = about;
  return entry(about, [2, 3], (rt, [s = null, n = null, p = ' ']) => {
    const size = rt.integer(n);
    rt.meter.room(size / 8);
    const filler = text(name, p);
    return name === 'lpad' ? printText(rt, s).padStart(size, filler) : printText(rt, s).padEnd(size, filler);
  });
}

export const texts: readonly Entry[] = [
  entry({ name: 'print', signature: 'print(xs...)', doc: 'Writes values below the cell.' }, any, (rt, args) =>
    print(rt, args, ''),
  ),
  entry({ name: 'println', signature: 'println(xs...)', doc: 'Writes values and ends the line.' }, any, (rt, args) =>
    print(rt, args, '\n'),
  ),
  entry(
    { name: 'show', signature: 'show(x)', doc: 'Writes a value as the REPL would on one line.' },
    [1, 1],
    (rt, [v = null]) => print(rt, [showText(rt, v)], ''),
  ),
  entry(
    { name: 'display', signature: 'display(x)', doc: 'Writes a value on a line of its own.' },
    [1, 1],
    (rt, [v = null]) => print(rt, [showText(rt, v)], '\n'),
  ),
  entry({ name: 'string', signature: 'string(xs...)', doc: 'The values’ printed forms, joined.' }, any, (rt, args) => {
    const joined = args.map((v) => printText(rt, v)).join('');
    rt.meter.room(joined.length / 8);
    return joined;
  }),
  entry(
    { name: 'repr', signature: 'repr(x)', doc: 'As the REPL would show x on one line.' },
    [1, 1],
    (rt, [v = null]) => showText(rt, v),
  ),
  entry({ name: 'uppercase', signature: 'uppercase(s)', doc: 'In capitals.' }, [1, 1], (_rt, [s = null]) =>
    text('uppercase', s).toUpperCase(),
  ),
  entry({ name: 'lowercase', signature: 'lowercase(s)', doc: 'In small letters.' }, [1, 1], (_rt, [s = null]) =>
    text('lowercase', s).toLowerCase(),
  ),
  entry({ name: 'strip', signature: 'strip(s)', doc: 'Without blanks at its ends.' }, [1, 1], (_rt, [s = null]) =>
    text('strip', s).trim(),
  ),
  entry(
    { name: 'join', signature: 'join(itr, between)', doc: 'Printed forms with a string between.' },
    [1, 2],
    (rt, [v = null, between = '']) => {
      const joined = [...elements(rt, v)].map((x) => printText(rt, x)).join(text('join', between));
      rt.meter.room(joined.length / 8);
      return joined;
    },
  ),
  entry(
    { name: 'startswith', signature: 'startswith(s, t)', doc: 'Whether s starts with t.' },
    [2, 2],
    (_rt, [s = null, t = null]) => text('startswith', s).startsWith(text('startswith', t)),
  ),
  entry(
    { name: 'endswith', signature: 'endswith(s, t)', doc: 'Whether s ends with t.' },
    [2, 2],
    (_rt, [s = null, t = null]) => text('endswith', s).endsWith(text('endswith', t)),
  ),
  entry(
    { name: 'occursin', signature: 'occursin(t, s)', doc: 'Whether t occurs in s.' },
    [2, 2],
    (_rt, [t = null, s = null]) => text('occursin', s).includes(text('occursin', t)),
  ),
  pad({ name: 'lpad', signature: 'lpad(s, n, p)', doc: 's filled up to n characters, on the left.' }),
  pad({ name: 'rpad', signature: 'rpad(s, n, p)', doc: 's filled up to n characters, on the right.' }),
  entry(
    { name: 'Symbol', signature: 'Symbol(s)', doc: 'The symbol of that name.' },
    [1, 1],
    (rt, [s = null]) => new Sym(printText(rt, s)),
  ),
  entry(
    { name: 'parse', signature: 'parse(T, s)', doc: 'The number that a string writes.' },
    [2, 2],
    (_rt, [type = null, s = null]) => {
      const source = text('parse', s).trim();
      const x = Number(source);
      if (!(type instanceof TypeValue) || source === '' || Number.isNaN(x)) {
        throw argumentError(`cannot parse ${JSON.stringify(source)} as a number`);
      }
      return type.call([type.eltype === 'Int64' && Number.isInteger(x) ? BigInt(x) : x]);
    },
  ),
  entry({ name: 'error', signature: 'error(xs...)', doc: 'Stops with a message.' }, any, (rt, args) => {
    sequentialOnly(rt, 'error(...)');
    throw errorException(args.map((v) => printText(rt, v)).join(''));
  }),
  entry({ name: 'throw', signature: 'throw(x)', doc: 'Stops with a message.' }, [1, 1], (rt, [v = null]) => {
    sequentialOnly(rt, 'throw');
    if (v instanceof Thrown) throw v.error;
    const error = errorException(showText(rt, v));
    error.payload = v;
    throw error;
  }),
  entry({ name: 'typeof', signature: 'typeof(x)', doc: 'The type of x.' }, [1, 1], (rt, [v = null]) =>
    typeOf(rt, typeName(v)),
  ),
];
