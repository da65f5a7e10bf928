/** What functions of collections do with strings: methods that the entries of these functions get beside their own. */

import { argumentError, boundsError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { byteLength } from '../show/text.ts';
import {
  bytesOf,
  finderOf,
  indexAt,
  indicesOf,
  lastByte,
  nextIndex,
  positions,
  previousIndex,
  thisIndex,
  unitAt,
} from '../strings.ts';
import type { Finder } from '../strings.ts';
import { Char, List, Range, Tuple } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { noMethod } from './table.ts';

/** Undefined where the arguments are no strings after all. */
export type TextMethod = (rt: Runtime, args: readonly Value[], keywords: Keywords) => Value | undefined;

/** The first or last n characters. */
function ends(name: 'first' | 'last'): TextMethod {
  return (rt, [s = null, n]) => {
    if (typeof s !== 'string') return undefined;
    if (n === undefined) {
      if (s === '') throw boundsError('0-codeunit String', name === 'first' ? '1' : '0');
      const unit = name === 'first' ? 0 : unitAt(bytesOf(s), lastByte(s));
      return new Char(String.fromCodePoint(s.codePointAt(unit) ?? 0));
    }
    const count = rt.integer(n);
    if (count < 0) throw argumentError('Number of elements must be non-negative');
    const all = Array.from(s);
    return (name === 'first' ? all.slice(0, count) : all.slice(Math.max(0, all.length - count))).join('');
  };
}

/** A place in a string as Julia gives it: an index for a character or a condition, a range for a string. */
function found(text: string, pattern: Value, place: readonly [number, number] | null): Value {
  if (place === null) return null;
  const [from, to] = place;
  const first = indexAt(text, from);
  if (typeof pattern !== 'string') return BigInt(first);
  const last = from === to ? first - 1 : previousIndex(bytesOf(text), indexAt(text, to));
  return new Range(first, 1, Math.max(0, last - first + 1), true, true);
}

function patternOf(rt: Runtime, name: string, pattern: Value, text: string): Finder {
  const finder = finderOf(rt, pattern);
  if (finder === null || pattern instanceof List || pattern instanceof Tuple) throw noMethod(name, [pattern, text]);
  return finder;
}

/** All places of a pattern, one behind the other. */
function* placesOf(text: string, finder: Finder): Generator<readonly [number, number]> {
  for (let place = finder(text, 0); place !== null;) {
    yield place;
    place = finder(text, Math.max(place[1], place[0] + 1));
  }
}

const forward =
  (name: 'findfirst' | 'findnext'): TextMethod =>
  (rt, [pattern = null, text = null, start]) => {
    if (typeof text !== 'string') return undefined;
    const finder = patternOf(rt, name, pattern, text);
    if (start === undefined) return found(text, pattern, finder(text, 0));
    const bytes = bytesOf(text);
    const at = rt.integer(start);
    if (at < 1) throw boundsError(`${bytes.size}-codeunit String`, String(at));
    return at > bytes.size + 1 ? null : found(text, pattern, finder(text, unitAt(bytes, thisIndex(bytes, at))));
  };

const backward =
  (name: 'findlast' | 'findprev'): TextMethod =>
  (rt, [pattern = null, text = null, stop]) => {
    if (typeof text !== 'string') return undefined;
    const finder = patternOf(rt, name, pattern, text);
    const bytes = bytesOf(text);
    const limit =
      stop === undefined ? text.length : unitAt(bytes, nextIndex(bytes, Math.min(rt.integer(stop), bytes.size)));
    let last: readonly [number, number] | null = null;
    for (let place = finder(text, 0); place !== null && place[1] <= limit; place = finder(text, place[0] + 1))
      last = place;
    return found(text, pattern, last);
  };

/** any and all of a condition on the characters: the first that is `decisive` decides. */
function quantified(decisive: boolean): TextMethod {
  return (rt, [f = null, s = null]) => {
    if (typeof s !== 'string') return undefined;
    for (const c of s) if (rt.truth(rt.call(f, [new Char(c)])) === decisive) return decisive;
    return !decisive;
  };
}

/** Where the characters of a string begin. */
const places: TextMethod = (_rt, [s = null]) => (typeof s === 'string' ? positions(indicesOf(s)) : undefined);

export const textMethods: Readonly<Partial<Record<string, TextMethod>>> = {
  first: ends('first'),
  last: ends('last'),
  eachindex: places,
  keys: places,
  lastindex: (_rt, [s = null]) => (typeof s === 'string' ? BigInt(lastByte(s)) : undefined),
  reverse: (_rt, [s = null]) => (typeof s === 'string' ? Array.from(s).reverse().join('') : undefined),
  sizeof: (_rt, [s = null]) => (typeof s === 'string' ? BigInt(byteLength(s)) : undefined),
  filter: (rt, [f = null, s = null]) =>
    typeof s === 'string'
      ? Array.from(s)
          .filter((c) => rt.truth(rt.call(f, [new Char(c)])))
          .join('')
      : undefined,
  map: (rt, [f = null, s = null, ...rest]) => {
    if (typeof s !== 'string' || rest.length > 0) return undefined;
    return Array.from(s)
      .map((c) => {
        const x = rt.call(f, [new Char(c)]);
        if (x instanceof Char) return x.value;
        throw argumentError(
          `map(f, s::AbstractString) requires f to return AbstractChar; try map(f, collect(s)) or a comprehension instead`,
        );
      })
      .join('');
  },
  repeat: (rt, [s = null, n = null]) => {
    if (typeof s !== 'string' && !(s instanceof Char)) return undefined;
    const text = typeof s === 'string' ? s : s.value;
    const count = rt.integer(n);
    if (count < 0) throw argumentError(`can't repeat a string ${count} times`);
    rt.meter.text(text.length * count);
    return text.repeat(count);
  },
  findfirst: forward('findfirst'),
  findnext: forward('findnext'),
  findlast: backward('findlast'),
  findprev: backward('findprev'),
  findall: (rt, [pattern = null, text = null]) => {
    if (typeof text !== 'string') return undefined;
    const all = [...placesOf(text, patternOf(rt, 'findall', pattern, text))].map((place) =>
      found(text, pattern, place),
    );
    return typeof pattern === 'string' ? new List(all, 'UnitRange{Int64}') : positions(all.map(Number));
  },
  any: quantified(true),
  all: quantified(false),
  count: (rt, [pattern = null, text = null]) => {
    if (typeof text !== 'string') return undefined;
    return BigInt([...placesOf(text, patternOf(rt, 'count', pattern, text))].length);
  },
};
