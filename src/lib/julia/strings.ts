/**
 * Strings as Julia means them: indexed by the bytes of their UTF-8, where only the first byte of a character is an index. Positions
 * that programs see count from 1.
 */

import { argumentError, boundsError, methodError, stringIndexError } from './errors.ts';
import type { Runtime } from './runtime.ts';
import { byteLength, charText } from './show/text.ts';
import { RuledList } from './ruled.ts';
import { Arr, Char, Fn, List, Range, Tuple, typeName } from './values.ts';
import type { Value } from './values.ts';

/** For each byte, counted from 0, where its character starts in the JavaScript string; -1 inside a character. Ends with the length. */
export interface Bytes {
  readonly size: number;
  /** Null where every character is one byte. */
  readonly units: Int32Array | null;
}

let latest = '';
let latestBytes: Bytes = { size: 0, units: null };

/** The map of a string's bytes; the latest is kept, since loops ask again and again. */
export function bytesOf(text: string): Bytes {
  if (text === latest) return latestBytes;
  const size = byteLength(text);
  let units: Int32Array | null = null;
  if (size !== text.length) {
    units = new Int32Array(size + 1).fill(-1);
    let at = 0;
    for (let k = 0; k < text.length;) {
      const c = text.codePointAt(k) ?? 0;
      units[at] = k;
      at += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      k += c < 0x10000 ? 1 : 2;
    }
    units[size] = text.length;
  }
  latest = text;
  latestBytes = { size, units };
  return latestBytes;
}

/** Whether a character starts at byte `index`. */
export function isStart({ size, units }: Bytes, index: number): boolean {
  return index >= 1 && index <= size && (units === null || (units[index - 1] ?? -1) >= 0);
}

/** The start of the character that byte `index` belongs to: `thisind`. 0 and n + 1 pass. */
export function thisIndex(bytes: Bytes, index: number): number {
  let at = index;
  while (at > 1 && at <= bytes.size && !isStart(bytes, at)) at -= 1;
  return at;
}

/** The start of the character after the one at `index`: `nextind`. */
export function nextIndex(bytes: Bytes, index: number): number {
  let at = index + 1;
  while (at <= bytes.size && !isStart(bytes, at)) at += 1;
  return at;
}

export function previousIndex(bytes: Bytes, index: number): number {
  return thisIndex(bytes, index - 1);
}

/** The JavaScript position of byte `index`, which starts a character or is the end. */
export function unitAt({ units }: Bytes, index: number): number {
  return units === null ? index - 1 : (units[index - 1] ?? 0);
}

/** The byte index of a JavaScript position. */
export function indexAt(text: string, unit: number): number {
  const { size } = bytesOf(text);
  return size === text.length ? unit + 1 : byteLength(text.slice(0, unit)) + 1;
}

/** `lastindex`. */
export function lastByte(text: string): number {
  const bytes = bytesOf(text);
  return thisIndex(bytes, bytes.size);
}

/** All indices of a string, as a vector. */
export function indicesOf(text: string): number[] {
  const bytes = bytesOf(text);
  const all: number[] = [];
  for (let at = 1; at <= bytes.size; at = nextIndex(bytes, at)) all.push(at);
  return all;
}

/** A vector of whole numbers. */
export function positions(all: readonly number[]): Arr {
  return new Arr('Int64', 1, Float64Array.from(all), all.length, 1);
}

/** @throws BoundsError, StringIndexError unless a character starts at `index` */
export function checkIndex(text: string, index: number): void {
  const bytes = bytesOf(text);
  if (index < 1 || index > bytes.size) throw boundsError(`${bytes.size}-codeunit String`, String(index));
  if (isStart(bytes, index)) return;
  const before = thisIndex(bytes, index);
  const after = nextIndex(bytes, before);
  const near = (at: number): string => `[${at}]=>${charText(charAt(text, at))}`;
  throw stringIndexError(index, after <= bytes.size ? [near(before), near(after)] : [near(before)]);
}

/** The character that starts at byte `index`. */
function charAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(unitAt(bytesOf(text), index)) ?? 0);
}

/** From the character at byte `first` to the one at byte `last`. @throws BoundsError, StringIndexError */
export function substring(text: string, first: number, last: number): string {
  if (last < first) return '';
  const bytes = bytesOf(text);
  if (first < 1 || last > bytes.size) throw boundsError(`${bytes.size}-codeunit String`, `${first}:${last}`);
  checkIndex(text, first);
  checkIndex(text, last);
  return text.slice(unitAt(bytes, first), unitAt(bytes, nextIndex(bytes, last)));
}

/** `s[i]`, `s[i:j]`, `s[[i, j]]`, `s[:]`. */
export function stringIndex(rt: Runtime, text: string, index: Value, whole: boolean): Value {
  if (whole) return text;
  const v = rt.settle(index);
  if (typeof v === 'bigint') {
    checkIndex(text, Number(v));
    return new Char(charAt(text, Number(v)));
  }
  if (v instanceof Range && v.integer && v.step === 1) return substring(text, v.start, v.last);
  if (v instanceof Range) rt.meter.boxes(v.length);
  const all =
    v instanceof Arr && v.eltype === 'Int64'
      ? [...rt.host(v)]
      : v instanceof Range && v.integer
        ? Array.from({ length: v.length }, (_, k) => v.number(k))
        : null;
  if (all) {
    return all
      .map((at) => {
        checkIndex(text, at);
        return charAt(text, at);
      })
      .join('');
  }
  if (v instanceof Arr && v.eltype === 'Bool') throw argumentError('logical indexing not supported for strings');
  if (typeof v === 'boolean') throw argumentError(`invalid index: ${v} of type Bool`);
  throw methodError('getindex', ['String', typeName(v)]);
}

const codeOf = (c: Char): number => c.value.codePointAt(0) ?? 0;

/** `'a' + 1`, `'b' - 1`, `'b' - 'a'`; null for anything else. */
export function charArithmetic(name: string, a: Value, b: Value): Value | null {
  const shifted = (c: Char, by: bigint): Char => {
    const code = codeOf(c) + Number(by);
    if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      throw argumentError(`there is no character with the code ${code}`);
    }
    return new Char(String.fromCodePoint(code));
  };
  if (a instanceof Char && b instanceof Char) return name === '-' ? BigInt(codeOf(a) - codeOf(b)) : null;
  if (a instanceof Char && typeof b === 'bigint')
    return name === '+' || name === '-' ? shifted(a, name === '+' ? b : -b) : null;
  return b instanceof Char && typeof a === 'bigint' && name === '+' ? shifted(b, a) : null;
}

/** The order of strings, of characters: by code points. Null unless both are of one kind. */
export function compareText(a: Value, b: Value): number | null {
  const both = (x: string, y: string): number => {
    let k = 0;
    while (k < x.length && x.charCodeAt(k) === y.charCodeAt(k)) k += 1;
    // Inside a pair of surrogates the whole character counts.
    if (k > 0 && /[\uD800-\uDBFF]/.test(x.charAt(k - 1))) k -= 1;
    return (x.codePointAt(k) ?? -1) - (y.codePointAt(k) ?? -1);
  };
  if (typeof a === 'string' && typeof b === 'string') return both(a, b);
  return a instanceof Char && b instanceof Char ? codeOf(a) - codeOf(b) : null;
}

/** `'a':'e'`, `'a':2:'e'`. */
export function charRange(first: Char, step: number, last: Char): RuledList {
  if (step === 0) throw argumentError('step cannot be zero');
  const items: Char[] = [];
  const [from, to] = [codeOf(first), codeOf(last)];
  for (let code = from; step > 0 ? code <= to : code >= to; code += step)
    items.push(new Char(String.fromCodePoint(code)));
  const ends = [items[0], items.at(-1)].map((c) => (c ? charText(c.value) : ''));
  return new RuledList(items, 'Char', 'StepRange{Char, Int64}', ends.join(`:${step}:`));
}

/** The places of a pattern in a string as JavaScript positions: a string, a character, or a condition on characters. */
export type Finder = (text: string, from: number) => readonly [from: number, to: number] | null;

export function finderOf(rt: Runtime, pattern: Value): Finder | null {
  if (typeof pattern === 'string' || pattern instanceof Char) {
    const wanted = typeof pattern === 'string' ? pattern : pattern.value;
    return (text, from) => {
      if (from > text.length) return null;
      const at = text.indexOf(wanted, from);
      return at < 0 ? null : [at, at + wanted.length];
    };
  }
  if (pattern instanceof List || pattern instanceof Tuple) {
    const set = new Set(pattern.items.map((x) => (x instanceof Char ? x.value : '')));
    return characters((c) => set.has(c));
  }
  if (pattern instanceof Fn) return characters((c) => rt.truth(rt.call(pattern, [new Char(c)])));
  return null;
}

function characters(fits: (c: string) => boolean): Finder {
  return (text, from) => {
    for (let k = from; k < text.length;) {
      const c = String.fromCodePoint(text.codePointAt(k) ?? 0);
      if (fits(c)) return [k, k + c.length];
      k += c.length;
    }
    return null;
  };
}
