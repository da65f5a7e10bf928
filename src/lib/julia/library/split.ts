/** Splitting strings, and putting something else into them. */

import { argumentError, unknownKeyword } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show/show.ts';
import { finderOf } from '../strings.ts';
import type { Finder } from '../strings.ts';
import { Char, Fn, List, Pair, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { isSpace } from './characters.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** A string, or a character as one. */
export function text(name: string, args: readonly Value[], k = 0): string {
  const v = args[k] ?? null;
  if (typeof v === 'string') return v;
  if (v instanceof Char) return v.value;
  throw noMethod(name, args);
}

export function stringOnly(name: string, args: readonly Value[], k = 0): string {
  const v = args[k] ?? null;
  if (typeof v !== 'string') throw noMethod(name, args);
  return v;
}

const substringType = 'SubString{String}';

/** The delimiter of split and rsplit. */
function delimiter(rt: Runtime, name: string, args: readonly Value[]): { finder: Finder; blanks: boolean } {
  const given = args[1];
  if (given === undefined) return { finder: blankFinder, blanks: true };
  const finder = finderOf(rt, given);
  if (finder === null) throw noMethod(name, args);
  return { finder, blanks: false };
}

const blankFinder: Finder = (s, from) => {
  for (let k = from; k < s.length; k++) if (isSpace(s.charAt(k))) return [k, k + 1];
  return null;
};

const step = (s: string, at: number): number => at + ((s.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

function split(s: string, finder: Finder, limit: number, keepEmpty: boolean): string[] {
  const parts: string[] = [];
  let [from, search] = [0, 0];
  for (
    let place = finder(s, 0);
    place !== null && parts.length !== limit - 1 && place[0] < s.length;
    place = finder(s, search)
  ) {
    const [at, behind] = place;
    const next = behind <= at ? step(s, at) : behind;
    if (from < behind) {
      if (keepEmpty || from < at) parts.push(s.slice(from, at));
      from = behind;
    }
    search = next;
  }
  if (keepEmpty || from < s.length) parts.push(s.slice(from));
  return parts;
}

/** From the end. */
function splitBack(s: string, finder: Finder, limit: number, keepEmpty: boolean): string[] {
  const parts: string[] = [];
  const places: (readonly [number, number])[] = [];
  for (let place = finder(s, 0); place !== null; place = finder(s, Math.max(place[1], place[0] + 1)))
    places.push(place);
  let to = s.length;
  for (let place = places.pop(); place !== undefined && parts.length !== limit - 1; place = places.pop()) {
    if (place[1] > to || (place[0] === place[1] && place[0] === 0)) continue;
    if (keepEmpty || place[1] < to) parts.unshift(s.slice(place[1], to));
    [to] = place;
  }
  if (keepEmpty || to > 0) parts.unshift(s.slice(0, to));
  return parts;
}

function splitting(about: About<'split' | 'rsplit'>): Entry {
  const { name } = about;
  const run = name === 'split' ? split : splitBack;
  return entry(about, [1, 2], (rt, args, keywords) => {
    const s = stringOnly(name, args);
    const { finder, blanks } = delimiter(rt, name, args);
    const limit = keywords.get('limit');
    const keep = keywords.get('keepempty');
    const count = limit === undefined ? 0 : rt.integer(limit);
    const parts = run(s, finder, count, keep === undefined ? !blanks : rt.truth(keep));
    rt.meter.room(parts.length);
    return new List(parts, substringType);
  });
}

/** What a match becomes. */
function replacement(rt: Runtime, to: Value, found: string, pattern: Value): string {
  if (typeof to === 'string') return to;
  if (to instanceof Char) return to.value;
  if (to instanceof Fn) return printText(rt, rt.call(to, [typeof pattern === 'string' ? found : new Char(found)]));
  throw noMethod('replace', [found, to]);
}

function replaced(rt: Runtime, args: readonly Value[], keywords: Keywords): string {
  const s = stringOnly('replace', args);
  const rules = args.slice(1).map((p) => {
    const finder = p instanceof Pair ? finderOf(rt, p.key) : null;
    if (!(p instanceof Pair) || finder === null) throw noMethod('replace', args);
    return { finder, pattern: p.key, to: p.value };
  });
  const given = keywords.get('count');
  const most = given === undefined ? Infinity : rt.integer(given);
  if (most < 0) throw argumentError('`count` must be non-negative.');
  let result = '';
  let at = 0;
  let search = 0;
  for (let n = 0; n < most; n++) {
    let best: { place: readonly [number, number]; rule: (typeof rules)[number] } | null = null;
    for (const rule of rules) {
      const place = rule.finder(s, search);
      if (place && (best === null || place[0] < best.place[0])) best = { place, rule };
    }
    if (best === null) break;
    const [from, to] = best.place;
    result += s.slice(at, from) + replacement(rt, best.rule.to, s.slice(from, to), best.rule.pattern);
    rt.meter.text(result.length);
    at = to;
    if (from < to) search = to;
    else if (from < s.length) search = step(s, from);
    else break;
    if (search > s.length) break;
  }
  return result + s.slice(at);
}

/** `replace(v, 1 => 2)`: items that are equal to the left of a pair. */
function replacedItems(rt: Runtime, args: readonly Value[], keywords: Keywords): Value {
  const [v = null, ...rules] = args;
  if (keywords.size > 0) throw unknownKeyword('replace', [...keywords.keys()][0] ?? '');
  if (rules.length === 0 || !rules.every((p) => p instanceof Pair)) throw noMethod('replace', args);
  const same = rt.fn('isequal');
  const change = new Fn(
    'replace',
    ([x = null]) => rules.find((p) => rt.truth(rt.call(same, [x, p.key])))?.value ?? x,
    true,
  );
  const map = rt.fn('map');
  if (typeName(v) === 'Nothing') throw noMethod('replace', args);
  return rt.call(map, [change, v]);
}

export const splitters: readonly Entry[] = [
  splitting({
    name: 'split',
    signature: 'split(s, delim; limit, keepempty)',
    doc: 'The parts between blanks or delimiters.',
    examples: [
      ['split("a,b,,c", ",")', '4-element Vector{SubString{String}}: "a" "b" "" "c"'],
      ['join(split(" a  b "), "|")', '"a|b"'],
    ],
  }),
  splitting({
    name: 'rsplit',
    signature: 'rsplit(s, delim; limit, keepempty)',
    doc: 'As split, counting from the end.',
    examples: [['join(rsplit("a.b.c", "."; limit=2), "|")', '"a.b|c"']],
  }),
  entry(
    {
      name: 'replace',
      signature: 'replace(s, old => new...; count)',
      doc: 'Puts new where old stands; old may be a string, a character or a condition.',
      examples: [
        ['replace("banana", "an" => "AN", \'b\' => \'B\'; count=2)', '"BANana"'],
        ['replace("abc", "" => "-")', '"-a-b-c-"'],
      ],
    },
    [1, Infinity],
    (rt, args, keywords) => {
      if (typeof args[0] === 'string') return replaced(rt, args, keywords);
      return replacedItems(rt, args, keywords);
    },
  ),
];
