/** Numbers from texts, and texts from the digits of numbers. */

import { argumentError, overflowError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { quoted } from '../show/text.ts';
import { positions } from '../strings.ts';
import { Char, Single, TypeValue, boxed } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/** A number, or what Julia says where a text writes none. */
type Reading = { readonly value: Value } | { readonly wrong: () => Error };

const wrong = (text: string): Reading => ({ wrong: () => argumentError(text) });

function keywordBase(rt: Runtime, keywords: Keywords, least: number): number | null {
  const v = keywords.get('base');
  if (v === undefined) return null;
  const base = rt.integer(v);
  if (base < least || base > 62) throw argumentError(`invalid base: base must be 2 ≤ base ≤ 62, got ${base}`);
  return base;
}

function digitOf(c: string, base: number): number {
  const u = c.charCodeAt(0);
  if (c >= '0' && c <= '9') return u - 48;
  if (c >= 'A' && c <= 'Z') return u - 55;
  if (c >= 'a' && c <= 'z') return base <= 36 ? u - 87 : u - 61;
  return 99;
}

/** `parse(Int, s; base)`, in Julia's words. */
function readInteger(text: string, given: number | null, type: 'Int64' | 'Bool'): Reading {
  if (text === '') return wrong('input string is empty');
  const trimmed = text.replace(/^[\s]+|[\s]+$/g, '');
  if (trimmed === '') return wrong('input string only contains whitespace');
  if (type === 'Bool' && given === null && (trimmed === 'true' || trimmed === 'false'))
    return { value: trimmed === 'true' };
  const [, sign = '', rest = ''] = /^([-+]?)\s*(.*)$/s.exec(trimmed) ?? [];
  if (rest === '') return wrong(`premature end of integer: ${quoted(text)}`);
  const prefix = given === null ? /^0([box])/.exec(rest)?.[1] : undefined;
  const base = given ?? (prefix === 'b' ? 2 : prefix === 'o' ? 8 : prefix === 'x' ? 16 : 10);
  const digits = prefix === undefined ? rest : rest.slice(2);
  if (digits === '') return wrong(`premature end of integer: ${quoted(text)}`);
  let n = 0n;
  let afterBlank = false;
  for (const c of digits) {
    if (/\s/.test(c)) {
      afterBlank = true;
      continue;
    }
    if (afterBlank) return wrong(`extra characters after whitespace in ${quoted(text)}`);
    const digit = digitOf(c, base);
    if (digit >= base) return wrong(`invalid base ${base} digit '${c}' in ${quoted(text)}`);
    n = n * BigInt(base) + BigInt(digit);
    if (n > 2n ** 64n) break;
  }
  if (sign === '-') n = -n;
  if (type === 'Bool') return n === 0n || n === 1n ? { value: n === 1n } : wrong(`invalid Bool: ${quoted(text)}`);
  if (n !== BigInt.asIntN(64, n)) {
    return { wrong: () => overflowError(`overflow parsing ${quoted(text)}`) };
  }
  return { value: n };
}

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+|f[-+]?\d+)?$/;

function readFloat(text: string, type: 'Float64' | 'Float32'): Reading {
  const trimmed = text.replace(/^\s+|\s+$/g, '');
  const special = /^([-+]?)(?:(inf(?:inity)?)|(nan))$/i.exec(trimmed);
  let x = NaN;
  if (special) x = special[2] === undefined ? NaN : special[1] === '-' ? -Infinity : Infinity;
  else if (decimal.test(trimmed)) x = Number(trimmed.replace('f', 'e'));
  else if (/^[-+]?0x[0-9a-f]+$/i.test(trimmed))
    x = Number(trimmed.replace(/^[-+]/, '')) * (trimmed.startsWith('-') ? -1 : 1);
  else return wrong(`cannot parse ${quoted(text)} as ${type}`);
  return { value: boxed(x, type) };
}

function read(rt: Runtime, name: string, args: readonly Value[], keywords: Keywords): Reading {
  const [type = null, s = null] = args;
  const text = s instanceof Char ? s.value : s;
  if (!(type instanceof TypeValue) || typeof text !== 'string') throw noMethod(name, args);
  const base = keywordBase(rt, keywords, 2);
  switch (type.name) {
    case 'Int64':
    case 'Integer':
      if (s instanceof Char) {
        const digit = digitOf(s.value, base ?? 10);
        return digit < (base ?? 10) ? { value: BigInt(digit) } : wrong(`invalid base ${base ?? 10} digit '${s.value}'`);
      }
      return readInteger(text, base, 'Int64');
    case 'Bool':
      return readInteger(text, base, 'Bool');
    case 'Float64':
    case 'Float32':
      return readFloat(text, type.name);
    default:
      throw noMethod(name, args);
  }
}

/** The digits of a whole number, the lowest first. */
function digitsOf(n: bigint, base: number): number[] {
  const big = BigInt(base);
  const all: number[] = [];
  let rest = n < 0n ? -n : n;
  const sign = n < 0n ? -1 : 1;
  do {
    all.push(sign * Number(rest % big));
    rest /= big;
  } while (rest > 0n);
  return all;
}

function whole(rt: Runtime, name: string, args: readonly Value[]): bigint {
  const v = rt.settle(args[0] ?? null);
  if (typeof v === 'bigint') return v;
  if (typeof v === 'boolean') return BigInt(v);
  throw noMethod(name, args);
}

function bits(v: Value): string | null {
  const view = new DataView(new ArrayBuffer(8));
  if (typeof v === 'bigint') return BigInt.asUintN(64, v).toString(2).padStart(64, '0');
  if (typeof v === 'boolean') return v ? '00000001' : '00000000';
  if (typeof v === 'number') {
    view.setFloat64(0, v);
    return view.getBigUint64(0).toString(2).padStart(64, '0');
  }
  if (!(v instanceof Single)) return null;
  view.setFloat32(0, v.value);
  return view.getUint32(0).toString(2).padStart(32, '0');
}

export const readers: readonly Entry[] = [
  entry(
    {
      name: 'parse',
      signature: 'parse(T, s; base)',
      doc: 'The number that a string writes.',
      examples: [
        [
          'parse(Int, "12"), parse(Float64, "1e3"), parse(Int, "ff"; base=16), parse(Bool, "true")',
          '(12, 1000.0, 255, true)',
        ],
        ['parse(Int, "1e3")', `ERROR: ArgumentError: invalid base 10 digit 'e' in "1e3"`],
      ],
    },
    [2, 2],
    (rt, args, keywords) => {
      const reading = read(rt, 'parse', args, keywords);
      if ('wrong' in reading) throw reading.wrong();
      return reading.value;
    },
  ),
  entry(
    {
      name: 'tryparse',
      signature: 'tryparse(T, s; base)',
      doc: 'The number that a string writes, or nothing.',
      examples: [['tryparse(Int, "12"), tryparse(Int, "x")', '(12, nothing)']],
    },
    [2, 2],
    (rt, args, keywords) => {
      const reading = read(rt, 'tryparse', args, keywords);
      return 'wrong' in reading ? null : reading.value;
    },
  ),
  entry(
    {
      name: 'digits',
      signature: 'digits(n; base, pad)',
      doc: 'The digits of a whole number, the lowest first.',
      examples: [['digits(120), digits(5; base=2, pad=4)', '([0, 2, 1], [1, 0, 1, 0])']],
    },
    [1, 1],
    (rt, args, keywords) => {
      const all = digitsOf(whole(rt, 'digits', args), keywordBase(rt, keywords, 2) ?? 10);
      const pad = keywords.get('pad');
      const size = pad === undefined ? 1 : rt.integer(pad);
      rt.meter.room(size);
      while (all.length < size) all.push(0);
      return positions(all);
    },
  ),
  entry(
    {
      name: 'ndigits',
      signature: 'ndigits(n; base)',
      doc: 'How many digits a whole number has.',
      examples: [['ndigits(1000), ndigits(8; base=2)', '(4, 4)']],
    },
    [1, 1],
    (rt, args, keywords) => BigInt(digitsOf(whole(rt, 'ndigits', args), keywordBase(rt, keywords, 2) ?? 10).length),
  ),
  entry(
    {
      name: 'bitstring',
      signature: 'bitstring(x)',
      doc: 'The bits of a number.',
      examples: [['bitstring(true), bitstring(5)[61:64]', '("00000001", "0101")']],
    },
    [1, 1],
    (rt, args) => {
      const text = bits(rt.settle(args[0] ?? null));
      if (text === null) throw noMethod('bitstring', args);
      return text;
    },
  ),
];
