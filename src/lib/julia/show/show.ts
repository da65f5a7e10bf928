/** Values as Julia prints them on one line: `show`, `print`, `string`. How its REPL displays them: display.ts. */

import { CentredArr } from '../centred.ts';
import { Stream } from './stream.ts';
import { isGray, realOf } from '../eltypes.ts';
import { budgetError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { ScreenSize } from './grid.ts';
import { elementText, floatText, singleLiteral } from './number.ts';
import { byteLength, charText, quoted, symbolText } from './text.ts';
import { elementOf, fieldTypes, isImplicit } from './typeinfo.ts';
import { Extension } from '../extension.ts';
import { OneTo } from '../ruled.ts';
import {
  Arr,
  Cartesian,
  Char,
  Colour,
  Colours,
  Dict,
  Fixed,
  Factorization,
  Fn,
  Gray,
  Lane,
  List,
  Module,
  Pair,
  Plot,
  Range,
  Ref,
  Scaling,
  Single,
  Sym,
  Thrown,
  Tuple,
  TypeValue,
  hostNumber,
  scalarType,
  typeName,
} from '../values.ts';
import type { Value } from '../values.ts';

/** A terminal of Julia's default size. */
export const defaultScreen: ScreenSize = { rows: 24, columns: 80 };

/** Most characters that one value may be printed as. */
const longest = 10_000_000;

/** What Julia keeps in an `IOContext`. */
export interface ShowContext {
  readonly rt: Runtime | null;
  /** Six digits, `=>` without blanks. */
  readonly compact: boolean;
  /** Long arrays are cut: as in the REPL, not in `print` or `string`. */
  readonly limit: boolean;
  /** The type that what stands around a value has told already; null at the top. */
  readonly typeinfo: string | null;
  readonly screen: ScreenSize;
  /** Characters that may still be written. */
  readonly room: { readonly most: number; left: number };
}

export function contextOf(rt: Runtime | null, more: Partial<ShowContext> = {}): ShowContext {
  const most = Math.min(longest, (rt?.meter.budget.bytes ?? Infinity) / 32);
  const room = { most, left: most };
  return { rt, compact: false, limit: false, typeinfo: null, screen: defaultScreen, room, ...more };
}

function spend(c: ShowContext, characters: number): void {
  c.room.left -= characters;
  if (c.room.left < 0) throw budgetError(`a value would be printed as more than ${c.room.most} characters`);
}

/** What `print` and string interpolation write. */
export function printText(rt: Runtime, v: Value): string {
  return printIn(contextOf(rt), v);
}

/** What `show` and `repr` write, on one line. */
export function showText(rt: Runtime, v: Value): string {
  return showIn(contextOf(rt), v);
}

export function printIn(c: ShowContext, v: Value): string {
  if (typeof v === 'string') return v;
  if (v instanceof Char) return v.value;
  if (v instanceof Sym) return v.name;
  if (v instanceof Single) return floatText(v.value, true, c.compact);
  if (v instanceof Lane) return printIn(c, settled(c, v));
  return showIn(c, v);
}

export function settled(c: ShowContext, v: Value): Value {
  return c.rt ? c.rt.settle(v, 'printing') : v;
}

/** An exception by its fields, as far as its message tells them: `KeyError(:a)`, `DomainError(-1.0, "...")`. */
function shownError(c: ShowContext, { error: { julia, message } }: Thrown): string {
  const text = message.replace(new RegExp(`^${julia}: ?`), '');
  if (text === '' || julia === 'DivideError') return `${julia}()`;
  const [, of] = /^key (.*) not found$/s.exec(text) ?? [];
  const [, name] = /^`(.*)` not defined/.exec(text) ?? [];
  const [, value, why] = /^DomainError with ([^\n]*):\n(.*)$/s.exec(text) ?? [];
  const fields = of ?? (name === undefined ? undefined : `:${name}`) ?? value ?? showIn(c, text);
  return `${julia}(${fields}${why === undefined ? '' : `, ${showIn(c, why)}`})`;
}

/** `show(io, v)`, in full. */
export function showIn(c: ShowContext, v: Value): string {
  spend(c, 1);
  if (v === null) return 'nothing';
  if (typeof v === 'number') return floatText(v, false, c.compact);
  if (typeof v === 'bigint') return String(v);
  if (typeof v === 'boolean') return c.typeinfo === 'Bool' ? String(Number(v)) : String(v);
  if (typeof v === 'string') {
    spend(c, v.length);
    return quoted(v);
  }
  if (v instanceof Single) {
    return c.compact || c.typeinfo === 'Float32' ? floatText(v.value, true, c.compact) : singleLiteral(v.value);
  }
  if (v instanceof Fixed) return `${elementText(v.value, 'N0f8', true)}${c.typeinfo === 'N0f8' ? '' : 'N0f8'}`;
  if (v instanceof Gray) return elementText(hostNumber(v) ?? NaN, scalarType(v) ?? 'Gray{Float64}', true);
  if (v instanceof Lane) return showIn(c, settled(c, v));
  if (v instanceof Char) return charText(v.value);
  if (v instanceof Sym) return symbolText(v.name);
  if (v instanceof Arr) return v.ndims === 1 ? vectorLine(c, v, v.eltype) : matrixLine(c, v);
  if (v instanceof List && v.line !== null) return v.line;
  if (v instanceof List) return v.ndims === 2 ? matrixLine(c, v) : vectorLine(c, v, v.eltype);
  if (v instanceof Factorization) return `${v.type}(${v.shown.map(([, part]) => showIn(c, part)).join(', ')})`;
  if (v instanceof Tuple) return v instanceof Cartesian ? `CartesianIndex${tupleLine(c, v)}` : tupleLine(c, v);
  if (v instanceof Range) return rangeLine(v);
  if (v instanceof Pair) return pairLine(c, v);
  if (v instanceof Dict) return dictLine(c, v);
  if (v instanceof TypeValue) return canonical(v.name);
  if (v instanceof Fn) return functionName(v);
  if (v instanceof Module) return v.name;
  if (v instanceof Colour) return colourLine(c, v);
  if (v instanceof Scaling) return `${typeName(v)}(${showIn(c, v.factor)})`;
  if (v instanceof Thrown) return shownError(c, v);
  if (v instanceof Ref) return `${typeName(v)}(${showIn({ ...c, typeinfo: 'Any' }, v.value)})`;
  if (v instanceof Colours) return summary(v);
  if (v instanceof Extension) return c.rt?.shown?.(v, c) ?? v.text((part) => showIn(c, part));
  if (v instanceof Stream) return v.buffer ? 'IOBuffer()' : v.name;
  return v instanceof Plot ? 'Plot' : 'Widget';
}

/** One colour; bytes have three digits. */
function colourLine(c: ShowContext, v: Colour): string {
  const channels = v.channels.map((channel) => {
    const x = settled(c, channel);
    return elementText(hostNumber(x) ?? NaN, realOf(scalarType(x) ?? v.type), true);
  });
  return `RGB{${v.type}}(${channels.join(',')})`;
}

/** `#1` for a function without a name, as in Julia. */
export function functionName(v: Fn): string {
  return v.name.startsWith('#') ? '#1' : v.name;
}

/** `Vector{Int}` and `Array{Float64, 2}` by the names that Julia prints. */
export function canonical(name: string): string {
  return name
    .replace(/\bInt\b/g, 'Int64')
    .replace(/,\s*/g, ', ')
    .replace(/\bUnion\{([^{}]*), Nothing\}/g, 'Union{Nothing, $1}')
    .replace(/^Array\{(.*),\s*1\}$/, 'Vector{$1}')
    .replace(/^Array\{(.*),\s*2\}$/, 'Matrix{$1}');
}

function tupleLine(c: ShowContext, v: Tuple): string {
  if (v.names && v.items.length === 0) return 'NamedTuple()';
  const fields = c.typeinfo !== null && c.typeinfo === typeName(v) ? fieldTypes(c.typeinfo) : null;
  const items = v.items.map((x, k) => {
    const inner = fields ? { ...c, typeinfo: fields[k] ?? 'Any' } : c;
    spend(c, 2);
    return (v.names ? `${v.names[k]} = ` : '') + showIn(inner, x);
  });
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function rangeLine(v: Range): string {
  const text = (x: number): string => (v.integer ? String(x) : floatText(x));
  if (v instanceof OneTo) return `Base.OneTo(${v.length})`;
  if (v.unit && v.integer) return `${text(v.start)}:${text(v.length === 0 ? v.start - 1 : v.last)}`;
  return `${text(v.start)}:${text(v.step)}:${text(v.length === 0 ? v.start - v.step : v.last)}`;
}

export function pairLine(c: ShowContext, v: Pair): string {
  const known = c.typeinfo !== null && c.typeinfo === typeName(v) ? fieldTypes(c.typeinfo) : null;
  const side = (x: Value, k: 0 | 1): string => {
    const text = showIn({ ...c, typeinfo: known?.[k] ?? 'Any' }, x);
    return x instanceof Pair ? `(${text})` : text;
  };
  return side(v.key, 0) + (c.compact ? '=>' : ' => ') + side(v.value, 1);
}

function dictLine(c: ShowContext, v: Dict): string {
  const type = typeName(v);
  const pairType = elementOf(type);
  const known = v.entries.size > 0 && pairType !== null && isImplicit(pairType);
  const shown: string[] = [];
  for (const e of v.entries.values()) {
    if (c.limit && shown.length === 10) {
      shown[9] = `${shown[9] ?? ''}…`;
      break;
    }
    spend(c, 2);
    shown.push(pairLine({ ...c, typeinfo: pairType }, new Pair(e.key, e.value)));
  }
  return `${known || c.typeinfo === type ? 'Dict' : type}(${shown.join(', ')})`;
}

/**
 * What stands before an array's bracket, and what its elements may take as told. Julia leaves the element type out where
 * the elements tell it, or where what stands around the array has told it.
 */
function prefixOf(c: ShowContext, v: Value, eltype: string, length: number): [string, ShowContext] {
  const told = c.typeinfo !== null && c.typeinfo === typeName(v) ? elementOf(c.typeinfo) : null;
  if (told === eltype) return ['', { ...c, typeinfo: eltype }];
  if (length > 0 && isImplicit(eltype)) return ['', c];
  return [eltype, { ...c, typeinfo: eltype }];
}

/** How an array's elements are read, by row-major position. */
function reader(c: ShowContext, v: Arr | List): (k: number) => string {
  if (v instanceof List) return (k) => showIn(c, v.items[k] ?? null);
  const host = c.rt?.peek(v) ?? v.host ?? new Float64Array(0);
  const plain = v.eltype !== 'Float32' && v.eltype !== 'Bool';
  const told = plain || c.compact || c.typeinfo === v.eltype;
  return (k) => {
    const x = host[k] ?? 0;
    if (told) return elementText(x, v.eltype, c.compact);
    return v.eltype === 'Bool' ? String(x !== 0) : singleLiteral(x);
  };
}

function vectorLine(c: ShowContext, v: Arr | List, eltype: string): string {
  const length = v instanceof Arr ? v.length : v.items.length;
  const [prefix, inner] = prefixOf(c, v, eltype, length);
  const cut = c.limit && length > 20;
  spend(c, cut ? 40 : 2 * length);
  const element = reader(inner, v);
  const part = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, k) => element(from + k)).join(', ');
  if (!cut) return `${prefix}[${part(0, length)}]`;
  return `${prefix}[${part(0, 10)}  …  ${part(length - 10, length)}]`;
}

function matrixLine(c: ShowContext, v: Arr | List): string {
  const [prefix, inner] = prefixOf(c, v, v.eltype, v.length);
  const { rows, cols } = v;
  if (v.length === 0) return `Matrix{${v.eltype}}(undef, ${rows}, ${cols})`;
  const element = reader(inner, v);
  const kept = (n: number): number[] =>
    c.limit && n > 4 ? [0, 1, -1, n - 2, n - 1] : Array.from({ length: n }, (_, k) => k);
  const [down, across] = [kept(rows), kept(cols)];
  spend(c, 2 * down.length * across.length);
  // Items lie down the columns, numbers along the rows.
  const at = (i: number, j: number): number => (v instanceof List ? j * rows + i : i * cols + j);
  const line = (i: number): string => across.map((j) => (j < 0 ? '…' : element(at(i, j)))).join(' ');
  const body = down.map((i) => (i < 0 ? '…' : line(i)));
  return `${prefix}[${body.join('; ').replace('; …; ', '; … ; ')}${cols === 1 ? ';;' : ''}]`;
}

/** `3×3 Matrix{Float64}`, `4-element Vector{Int64}`: how errors and the REPL name an array. */
export function summary(v: Value): string {
  if (v instanceof CentredArr) {
    const sizes = v.ndims === 1 ? [v.rows] : [v.rows, v.cols];
    // The middle of an even length is the element before it.
    const ranges = sizes.map((n) => `${-((n - 1) >> 1)}:${n >> 1}`);
    const whole = sizes.length === 1 ? `${v.rows}-element` : sizes.join('×');
    const inner = `OffsetArray(::${typeName(v)}, ${ranges.join(', ')})`;
    return `${whole} ${inner} with eltype ${v.eltype} with indices ${ranges.join('×')}`;
  }
  const name = typeName(v);
  if (v instanceof Arr && v.share?.label)
    return `${v.ndims === 1 ? `${v.rows}-element` : `${v.rows}×${v.cols}`} ${v.share.label} with eltype ${v.eltype}`;
  if (v instanceof Colours || (v instanceof Arr && isGray(v.eltype))) {
    const type = v instanceof Colours ? `RGB{${v.type}}` : v.eltype;
    const sizes = v.ndims === 1 ? `${v.rows}-element` : `${v.rows}×${v.cols}`;
    return `${sizes} Array{${type},${v.ndims}} with eltype ${type}`;
  }
  if (v instanceof Arr) {
    return v.ndims === 1 ? `${v.rows}-element ${name}` : `${v.rows}×${v.cols} ${name}`;
  }
  if (v instanceof List) return v.ndims === 1 ? `${v.items.length}-element ${name}` : `${v.rows}×${v.cols} ${name}`;
  if (typeof v === 'string') return `${byteLength(v)}-codeunit String`;
  if (v instanceof Dict) return `${name} with ${v.entries.size} ${v.entries.size === 1 ? 'entry' : 'entries'}`;
  return v instanceof Range ? `${v.length}-element ${name}` : name;
}
