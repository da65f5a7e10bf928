/** Strings: parts, places, splitting, replacing. Indexing and what collections share with strings: ../strings.ts, text-methods.ts. */

import { argumentError, boundsError } from '../errors.ts';
import { elements } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show/show.ts';
import { bytesOf, checkIndex, finderOf, isStart, nextIndex, previousIndex, substring, thisIndex } from '../strings.ts';
import { Char, Fn } from '../values.ts';
import type { Value } from '../values.ts';
import { characters, isSpace, textWidth } from './characters.ts';
import type { Pack } from './pack.ts';
import { readers } from './read-number.ts';
import { splitters, stringOnly, text } from './split.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** Characters in capitals or in small letters; one that would become several stays. */
function mapped(text: string, change: (c: string) => string): string {
  // Plain letters at once: their capitals are as many.
  return text.replace(/[\x20-\x7e]+|[^]/gu, (part) => {
    const other = change(part);
    return part.length > 1 || Array.from(other).length === 1 ? other : part;
  });
}

const upper = (c: string): string => mapped(c, (x) => x.toUpperCase());
const lower = (c: string): string => mapped(c, (x) => x.toLowerCase());

function cased(about: About, change: (c: string) => string): Entry {
  return entry(about, [1, 1], (_rt, args) => {
    const [s = null] = args;
    if (s instanceof Char) return new Char(change(s.value));
    return change(stringOnly(about.name, args));
  });
}

function firstCased(about: About, change: (c: string) => string): Entry {
  return entry(about, [1, 1], (_rt, args) => {
    const [head = '', ...rest] = Array.from(stringOnly(about.name, args));
    return change(head) + rest.join('');
  });
}

/** strip(s), strip(s, chars), strip(f, s). */
function stripping(about: About<'strip' | 'lstrip' | 'rstrip'>): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, args) => {
    const [first = null, second] = args;
    const byFunction = first instanceof Fn;
    const s = byFunction ? stringOnly(name, args, 1) : stringOnly(name, args);
    const finder = second === undefined ? null : byFunction ? finderOf(rt, first) : finderOf(rt, second);
    if (second !== undefined && (finder === null || typeof second === (byFunction ? '' : 'string')))
      throw noMethod(name, args);
    const fits = (c: string): boolean => (finder ? finder(c, 0) !== null : isSpace(c));
    const all = Array.from(s);
    let [from, to] = [0, all.length];
    if (name !== 'rstrip') while (from < to && fits(all[from] ?? '')) from += 1;
    if (name !== 'lstrip') while (to > from && fits(all[to - 1] ?? '')) to -= 1;
    return all.slice(from, to).join('');
  });
}

/** startswith, endswith, contains: of two strings, or of one, which makes a condition. */
function condition(about: About, holds: (s: string, part: Value, rt: Runtime) => boolean): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, args) => {
    const [s = null, part] = args;
    if (part !== undefined) return holds(stringOnly(name, args), part, rt);
    return new Fn(name, ([x = null]) => holds(stringOnly(name, [x, s]), s, rt), true);
  });
}

function pad(about: About<'lpad' | 'rpad'>): Entry {
  const { name } = about;
  return entry(about, [2, 3], (rt, args) => {
    const [s = null, n = null] = args;
    const shown = printText(rt, s);
    const filler = args.length > 2 ? text(name, args, 2) : ' ';
    const missing = rt.integer(n) - textWidth(shown);
    if (missing <= 0) return shown;
    const width = textWidth(filler);
    if (width === 0)
      throw argumentError(
        `${JSON.stringify(filler)} has zero textwidth. Maybe you want pad^max(0, npad - textwidth(str)) instead?`,
      );
    rt.meter.text(missing);
    const whole =
      filler.repeat(Math.floor(missing / width)) +
      Array.from(filler)
        .slice(0, missing % width)
        .join('');
    return name === 'lpad' ? whole + shown : shown + whole;
  });
}

/** Indices of characters, by byte. */
function stepping(about: About<'nextind' | 'prevind' | 'thisind'>): Entry {
  const { name } = about;
  return entry(about, [2, 3], (rt, args) => {
    const s = stringOnly(name, args);
    const bytes = bytesOf(s);
    let at = rt.integer(args[1] ?? null);
    const times = args[2] === undefined ? 1 : rt.integer(args[2]);
    const [least, most] =
      name === 'nextind' ? [0, bytes.size] : name === 'prevind' ? [1, bytes.size + 1] : [0, bytes.size + 1];
    if (at < least || at > most) throw boundsError(`${bytes.size}-codeunit String`, String(at));
    if (name === 'thisind') return BigInt(thisIndex(bytes, at));
    if (times < 0) throw argumentError(`n cannot be negative: ${times}`);
    if (times === 0) {
      if (at >= 1 && at <= bytes.size) checkIndex(s, at);
      return BigInt(at);
    }
    const on = name === 'nextind';
    for (let left = times; left > 0; left--) {
      // Beyond the string's ends every number is an index: the rest is one step.
      if (on ? at > bytes.size : at < 1) return BigInt(at) + BigInt(on ? left : -left);
      at = on ? nextIndex(bytes, at) : previousIndex(bytes, at);
    }
    return BigInt(at);
  });
}

function joined(rt: Runtime, args: readonly Value[]): string {
  const [v = null, between, last] = args;
  const parts: string[] = [];
  let size = 0;
  for (const x of elements(rt, v)) {
    const part = printText(rt, x);
    size += part.length;
    parts.push(part);
    if ((parts.length & 1023) === 0) rt.meter.text(size);
  }
  const middle = between === undefined ? '' : printText(rt, between);
  rt.meter.text(size + parts.length * middle.length);
  if (last === undefined || parts.length < 2) return parts.join(middle);
  return parts.slice(0, -1).join(middle) + printText(rt, last) + (parts.at(-1) ?? '');
}

const starts = (s: string, part: Value, rt: Runtime): boolean => {
  if (typeof part === 'string' || part instanceof Char)
    return s.startsWith(typeof part === 'string' ? part : part.value);
  const finder = finderOf(rt, part);
  if (finder === null) throw noMethod('startswith', [s, part]);
  return s !== '' && finder(Array.from(s)[0] ?? '', 0) !== null;
};

const stops = (s: string, part: Value, rt: Runtime): boolean => {
  if (typeof part === 'string' || part instanceof Char) return s.endsWith(typeof part === 'string' ? part : part.value);
  const finder = finderOf(rt, part);
  if (finder === null) throw noMethod('endswith', [s, part]);
  return s !== '' && finder(Array.from(s).at(-1) ?? '', 0) !== null;
};

const holds = (s: string, part: Value): boolean => {
  if (typeof part !== 'string' && !(part instanceof Char)) throw noMethod('occursin', [part, s]);
  return s.includes(typeof part === 'string' ? part : part.value);
};

const entries: readonly Entry[] = [
  cased(
    {
      name: 'uppercase',
      signature: 'uppercase(s)',
      doc: 'In capitals.',
      examples: [['uppercase("añb"), uppercase(\'a\')', `("AÑB", 'A')`]],
    },
    upper,
  ),
  cased({ name: 'lowercase', signature: 'lowercase(s)', doc: 'In small letters.' }, lower),
  firstCased(
    {
      name: 'uppercasefirst',
      signature: 'uppercasefirst(s)',
      doc: 'With a capital in front.',
      examples: [['uppercasefirst("abc")', '"Abc"']],
    },
    upper,
  ),
  firstCased({ name: 'lowercasefirst', signature: 'lowercasefirst(s)', doc: 'With a small letter in front.' }, lower),
  entry(
    {
      name: 'titlecase',
      signature: 'titlecase(s)',
      doc: 'Every word with a capital in front.',
      examples: [['titlecase("the JULIA book")', '"The Julia Book"']],
    },
    [1, 1],
    (_rt, args, keywords) => {
      const strict = keywords.get('strict');
      let inside = false;
      return Array.from(stringOnly('titlecase', args), (c) => {
        if (!/\p{L}/u.test(c)) {
          inside = false;
          return c;
        }
        const first = !inside;
        inside = true;
        return first ? upper(c) : strict === false ? c : lower(c);
      }).join('');
    },
  ),
  stripping({
    name: 'strip',
    signature: 'strip(s, chars)',
    doc: 'Without blanks, or some characters, at its ends.',
    examples: [['strip("  a b "), strip("xxaxx", \'x\')', '("a b", "a")']],
  }),
  stripping({ name: 'lstrip', signature: 'lstrip(s, chars)', doc: 'Without blanks, or some characters, in front.' }),
  stripping({ name: 'rstrip', signature: 'rstrip(s, chars)', doc: 'Without blanks, or some characters, at the end.' }),
  entry(
    {
      name: 'chop',
      signature: 'chop(s; head, tail)',
      doc: 'Without the last character, or some at each end.',
      examples: [['chop("abc"), chop("abcde"; head=1, tail=2)', '("ab", "bc")']],
    },
    [1, 1],
    (rt, args, keywords) => {
      const all = Array.from(stringOnly('chop', args));
      const count = (name: string, otherwise: number): number => {
        const v = keywords.get(name);
        return v === undefined ? otherwise : rt.integer(v);
      };
      const [head, tail] = [count('head', 0), count('tail', 1)];
      if (head < 0) throw argumentError(`head must be nonnegative, got ${head}`);
      if (tail < 0) throw argumentError(`tail must be nonnegative, got ${tail}`);
      return all.slice(head, Math.max(head, all.length - tail)).join('');
    },
  ),
  entry(
    {
      name: 'chomp',
      signature: 'chomp(s)',
      doc: 'Without one line break at the end.',
      examples: [['chomp("a\\n")', '"a"']],
    },
    [1, 1],
    (_rt, args) => stringOnly('chomp', args).replace(/\r?\n$/, ''),
  ),
  entry(
    {
      name: 'chopprefix',
      signature: 'chopprefix(s, t)',
      doc: 'Without t in front.',
      examples: [['chopprefix("Hamburger", "Ham")', '"burger"']],
    },
    [2, 2],
    (_rt, args) => {
      const [s, t] = [stringOnly('chopprefix', args), text('chopprefix', args, 1)];
      return s.startsWith(t) ? s.slice(t.length) : s;
    },
  ),
  entry(
    {
      name: 'chopsuffix',
      signature: 'chopsuffix(s, t)',
      doc: 'Without t at the end.',
      examples: [['chopsuffix("Hamburger", "er")', '"Hamburg"']],
    },
    [2, 2],
    (_rt, args) => {
      const [s, t] = [stringOnly('chopsuffix', args), text('chopsuffix', args, 1)];
      return t !== '' && s.endsWith(t) ? s.slice(0, -t.length) : s;
    },
  ),
  ...splitters,
  entry(
    {
      name: 'join',
      signature: 'join(itr, delim, last)',
      doc: 'Printed forms with a string between, and another before the last.',
      examples: [['join([1, 2, 3], ", ", " and ")', '"1, 2 and 3"']],
    },
    [1, 3],
    (rt, args) => joined(rt, args),
  ),
  condition(
    {
      name: 'startswith',
      signature: 'startswith(s, t)',
      doc: 'Whether s starts with t.',
      examples: [['startswith("abc", "ab"), filter(startswith("a"), ["ab", "b"])', '(true, ["ab"])']],
    },
    starts,
  ),
  condition({ name: 'endswith', signature: 'endswith(s, t)', doc: 'Whether s ends with t.' }, stops),
  condition(
    {
      name: 'contains',
      signature: 'contains(s, t)',
      doc: 'Whether t occurs in s.',
      examples: [['contains("banana", "nan")', 'true']],
    },
    holds,
  ),
  entry({ name: 'occursin', signature: 'occursin(t, s)', doc: 'Whether t occurs in s.' }, [1, 2], (_rt, args) => {
    const [t = null, s] = args;
    if (s !== undefined) return holds(stringOnly('occursin', args, 1), t);
    return new Fn('occursin', ([x = null]) => holds(stringOnly('occursin', [t]), x), true);
  }),
  pad({
    name: 'lpad',
    signature: 'lpad(s, n, p)',
    doc: 's filled up to the width n, on the left.',
    examples: [['lpad(7, 3, "0"), rpad("π", 3, "-")', '("007", "π--")']],
  }),
  pad({ name: 'rpad', signature: 'rpad(s, n, p)', doc: 's filled up to the width n, on the right.' }),
  stepping({
    name: 'nextind',
    signature: 'nextind(s, i, n)',
    doc: 'The index of the next character, or of the n-th after i.',
    examples: [['nextind("αβγ", 1), nextind("αβγ", 0, 3)', '(3, 5)']],
  }),
  stepping({
    name: 'prevind',
    signature: 'prevind(s, i, n)',
    doc: 'The index of the character before, or of the n-th before i.',
    examples: [['prevind("αβγ", 5)', '3']],
  }),
  stepping({
    name: 'thisind',
    signature: 'thisind(s, i)',
    doc: 'The index of the character that byte i belongs to.',
    examples: [['thisind("αβγ", 4)', '3']],
  }),
  entry(
    {
      name: 'ncodeunits',
      signature: 'ncodeunits(s)',
      doc: 'Bytes of s in UTF-8.',
      examples: [['ncodeunits("αβγ")', '6']],
    },
    [1, 1],
    (_rt, args) => BigInt(bytesOf(text('ncodeunits', args)).size),
  ),
  entry(
    {
      name: 'isvalid',
      signature: 'isvalid(s, i)',
      doc: 'Whether a character starts at index i.',
      examples: [['isvalid("αβγ", 2)', 'false']],
    },
    [1, 2],
    (rt, args) => {
      const s = text('isvalid', args);
      return args[1] === undefined ? true : isStart(bytesOf(s), rt.integer(args[1]));
    },
  ),
  entry(
    {
      name: 'SubString',
      signature: 'SubString(s, i, j)',
      doc: 'The part from index i to index j.',
      examples: [['SubString("abcd", 2, 3)', '"bc"']],
    },
    [2, 3],
    (rt, args) => {
      const s = stringOnly('SubString', args);
      return substring(
        s,
        rt.integer(args[1] ?? null),
        args[2] === undefined ? thisIndex(bytesOf(s), bytesOf(s).size) : rt.integer(args[2]),
      );
    },
  ),
  ...characters,
  ...readers,
];

export const pack: Pack = { entries };
