/** What programs write: below the cell, into a buffer, into a string. */

import { Stream } from '../show/stream.ts';
import { argumentError, budgetError, domainError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { displayIn } from '../show/display.ts';
import { contextOf, printIn, printText, showIn, showText } from '../show/show.ts';
import type { ShowContext } from '../show/show.ts';
import { Pair, Sym, TypeValue } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { any, entry, noMethod, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

/** Most that a cell may print. */
const longest = 100_000;

/** Writes to a stream; without one, below the cell. @throws BudgetError */
export function write(rt: Runtime, stream: Stream | null, text: string): void {
  sequentialOnly(rt, 'printing');
  if (stream?.buffer) {
    rt.meter.text(stream.buffer.text.length + text.length);
    stream.buffer.text += text;
    return;
  }
  if (stream?.name === 'devnull') return;
  rt.printed += text;
  if (rt.printed.length <= longest) return;
  rt.printed = rt.printed.slice(0, longest);
  throw budgetError(`the cell printed more than ${longest} characters`);
}

/** A leading stream, and the rest of the arguments. */
function streamed(args: readonly Value[]): [Stream | null, readonly Value[]] {
  const [first = null, ...rest] = args;
  return first instanceof Stream ? [first, rest] : [null, args];
}

export function contextOfStream(rt: Runtime, stream: Stream | null): ShowContext {
  return contextOf(rt, stream ? { compact: stream.compact, limit: stream.limit } : {});
}

function print(rt: Runtime, args: readonly Value[], end: string): null {
  sequentialOnly(rt, 'printing');
  const [stream, values] = streamed(args);
  const context = contextOfStream(rt, stream);
  write(rt, stream, values.map((v) => printIn(context, v)).join('') + end);
  return null;
}

/** The settings in `:compact => true` and the like. @throws ArgumentError for one that is not in this subset */
export function contextFrom(rt: Runtime, settings: readonly Value[]): { compact?: boolean; limit?: boolean } {
  const found: { compact?: boolean; limit?: boolean } = {};
  for (const s of settings) {
    const name = s instanceof Pair && s.key instanceof Sym ? s.key.name : '';
    if (!(s instanceof Pair) || (name !== 'compact' && name !== 'limit')) {
      throw argumentError(`the settings of an IOContext are :compact and :limit here, got ${showText(rt, s)}`);
    }
    found[name] = rt.truth(s.value);
  }
  return found;
}

/** `"text/plain"`, `MIME("text/plain")`. */
function isPlain(mime: Value): boolean {
  const name = mime instanceof TypeValue ? (/^MIME\{Symbol\("(.*)"\)\}$/.exec(mime.name)?.[1] ?? '') : mime;
  if (typeof name !== 'string' || name === '') return false;
  if (name !== 'text/plain') throw argumentError(`values are shown as text/plain here, not as ${name}`);
  return true;
}

/** `string(n; base, pad)`. @throws DomainError */
function integerText(rt: Runtime, n: bigint, keywords: Keywords): string {
  const given = keywords.get('base');
  const base = given === undefined ? 10 : rt.integer(given);
  if (base < 2 || base > 36) throw domainError(String(base), 'base must be 2 ≤ base ≤ 36 here');
  const pad = keywords.get('pad');
  const size = pad === undefined ? 1 : rt.integer(pad);
  rt.meter.text(size);
  return (n < 0n ? '-' : '') + (n < 0n ? -n : n).toString(base).padStart(size, '0');
}

export const outputs: readonly Entry[] = [
  entry({ name: 'print', signature: 'print(io, xs...)', doc: 'Writes values below the cell.' }, any, (rt, args) =>
    print(rt, args, ''),
  ),
  entry(
    { name: 'println', signature: 'println(io, xs...)', doc: 'Writes values and ends the line.' },
    any,
    (rt, args) => print(rt, args, '\n'),
  ),
  entry(
    { name: 'show', signature: 'show(io, x)', doc: 'Writes a value as the REPL would on one line.' },
    [1, 3],
    (rt, args) => {
      const [stream, [first = null, second]] = streamed(args);
      if (second === undefined) write(rt, stream, showIn(contextOfStream(rt, stream), first));
      else if (stream && isPlain(first)) write(rt, stream, displayIn(contextOfStream(rt, stream), second));
      else throw noMethod('show', args);
      return null;
    },
  ),
  entry(
    { name: 'display', signature: 'display(x)', doc: 'Writes a value as the REPL shows it, below the cell.' },
    [1, 1],
    (rt, [v = null]) => {
      write(rt, null, `${displayIn(contextOf(rt, { limit: true }), v)}\n`);
      return null;
    },
  ),
  entry(
    {
      name: 'string',
      signature: 'string(xs...; base, pad)',
      doc: 'The values’ printed forms, joined; a whole number to a base.',
      examples: [['string(1, "a", 2.5), string(10; base=2), string(7; pad=3)', '("1a2.5", "1010", "007")']],
    },
    any,
    (rt, args, keywords) => {
      const [n = null] = args;
      const whole = typeof n === 'bigint' ? n : typeof n === 'boolean' ? BigInt(n) : null;
      if (keywords.size > 0 && args.length === 1 && whole !== null) return integerText(rt, whole, keywords);
      const joined = args.map((v) => printText(rt, v)).join('');
      rt.meter.text(joined.length);
      return joined;
    },
  ),
  entry(
    { name: 'repr', signature: 'repr(x; context)', doc: 'As the REPL would show x on one line.' },
    [1, 2],
    (rt, args, keywords) => {
      const [first = null, second] = args;
      const context = keywords.get('context');
      const settings = contextOf(rt, context === undefined ? {} : contextFrom(rt, [context]));
      if (second === undefined) return showIn(settings, first);
      if (!isPlain(first)) throw noMethod('repr', args);
      return displayIn(settings, second);
    },
  ),
];
