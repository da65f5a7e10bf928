/**
 * What a program of the subset computes with. A value is typed as Julia types it:
 *
 * * `bigint` is Int64 (always kept within 64 bits, wrapping as Julia does), `number` is Float64, `boolean` is Bool,
 *   `Single` is Float32, `null` is `nothing`;
 * * `Lane` is a number that lives in the engine: 1x1 where it came from a reduction, larger where one run of a function
 *   stands for a run at every element of a matrix (see lanes.ts);
 * * `Arr` is an array of numbers, a mutable cell as in Julia: two names may hold the same one.
 */

import { Stream } from './show/stream.ts';
import type { Node, Ops } from '../matrix/tape.ts';
import { Thrown } from './errors.ts';
import { isGray, promote, realOf, tupleType } from './eltypes.ts';
import type { ChannelType, Eltype, RealType } from './eltypes.ts';
import { Extension } from './extension.ts';
import { cut, keptName, longestName } from './type-name.ts';
import { Plot, Widget } from './values-page.ts';

export type { ChannelType, Eltype };
export { Plot, Thrown, Widget, promote };

export type Value =
  | bigint
  | number
  | boolean
  | string
  | null
  | Single
  | Fixed
  | Gray
  | Char
  | Sym
  | Lane
  | Arr
  | List
  | Tuple
  | Range
  | Dict
  | Pair
  | Fn
  | Colour
  | Colours
  | Plot
  | TypeValue
  | Module
  | Widget
  | Scaling
  | Ref
  | Extension
  | Stream
  | Thrown;

/** A Float32 on the host: every operation rounds to 24 bits. */
export class Single {
  readonly value: number;
  constructor(value: number) {
    this.value = Math.fround(value);
  }
}

/** An N0f8 on the host: a byte k that stands for k/255. */
export class Fixed {
  readonly value: number;
  constructor(value: number) {
    this.value = Math.round(value * 255) / 255;
  }
}

/** A grey on the host; lanes of greys are a Lane whose eltype says so. */
export class Gray {
  readonly value: number | boolean | Single | Fixed;
  constructor(value: number | boolean | Single | Fixed) {
    this.value = value;
  }
}

export class Char {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export class Sym {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A number held by the engine; behaves as a scalar whatever its node's shape. */
export class Lane {
  readonly eltype: Eltype;
  readonly node: Node;
  constructor(eltype: Eltype, node: Node) {
    this.eltype = eltype;
    this.node = node;
  }
  /** True where every lane holds the same number, so that it may be read back for control flow. */
  get uniform(): boolean {
    return this.node.rows === 1 && this.node.cols === 1;
  }
}

/** The elements of another array, seen in another arrangement: `vec(A)`, `A'`, `@view A[:, 1]`. See share.ts. */
export interface Share {
  /** Whose elements they are; it may share them with another array in its turn. */
  readonly parent: Arr;
  /** Row-major position among the parent's elements of the element at a row-major position here. */
  readonly place: (at: number) => number;
  /** The matrix, from the parent's. */
  readonly derive: (ops: Ops, parent: Node) => Node;
  /** Julia's names for such an array: of its type, and as summaries have it; null where it is a plain Array. */
  readonly type: string | null;
  readonly label: string | null;
  /** Where there are zeros for good: a place of -1. */
  readonly hollow?: Hollow;
  /** One like this, around another array. */
  readonly wrap?: (parent: Arr) => Arr;
  /** Why a number cannot be written at a place; null where it can. */
  readonly refuses?: (at: number, x: number) => string | null;
}

/** On which side of the diagonal a matrix has no numbers. */
export type Hollow = 'off' | 'below' | 'above';

/**
 * A Vector or Matrix of numbers. Its elements are on the engine (`node`), on the host (`host`, row-major), or both;
 * `runtime.ts` moves them, and writes them. What an array with a `share` has there is a copy of its parent's elements,
 * valid as long as `version` is that of the array at the end of the chain, which counts the writes.
 */
export class Arr {
  eltype: Eltype;
  ndims: 1 | 2;
  rows: number;
  cols: number;
  node: Node | null = null;
  host: Float64Array | null = null;
  /** Set for `x'` of a vector: a row that remembers being one, so that x' * y is a number and (x')' a vector. */
  readonly row: boolean;
  readonly share: Share | null;
  version = 0;
  /** Bools packed as bits, Julia's BitVector and BitMatrix: what a comparison under broadcast makes. */
  readonly bits: boolean;
  /** Another array was made from this one's elements by `vec` or `reshape`: such an array cannot grow. */
  lent = false;

  constructor(
    eltype: Eltype,
    ndims: 1 | 2,
    content: Node | Float64Array | Share,
    rows: number,
    cols: number,
    row = false,
    bits = false,
  ) {
    this.eltype = eltype;
    this.ndims = ndims;
    this.rows = rows;
    this.cols = cols;
    this.share = null;
    if (content instanceof Float64Array) this.host = content;
    else if ('parent' in content) {
      this.share = content;
      this.version = ownerOf(content.parent).version;
    } else this.node = content;
    this.row = row;
    this.bits = bits && eltype === 'Bool';
  }
  get length(): number {
    return this.rows * this.cols;
  }
}

/** The same elements as a BitArray, or not as one. */
export function withBits(a: Arr, bits: boolean): Arr {
  if (a.eltype !== 'Bool' || a.bits === bits) return a;
  return new Arr(a.eltype, a.ndims, a.node ?? a.host ?? new Float64Array(0), a.rows, a.cols, false, bits);
}

/** The array whose own the elements are. */
export function ownerOf(a: Arr): Arr {
  let owner = a;
  while (owner.share) owner = owner.share.parent;
  return owner;
}

export interface Shape {
  readonly rows: number;
  readonly cols: number;
  readonly ndims: 1 | 2;
}

/** A vector or matrix of anything but plain numbers: strings, arrays, tuples. */
export class List {
  /** Julia's name of its type, and what stands for it on a line, where it is no plain array. */
  readonly type: string | null = null;
  readonly line: string | null = null;
  /** Down the columns. */
  readonly items: Value[];
  eltype: string;
  readonly ndims: 1 | 2;
  /** Of a matrix; a vector may grow. */
  readonly #sizes: Shape | null;

  constructor(items: Value[], eltype = 'Any', shape: Shape | null = null) {
    this.items = items;
    this.eltype = eltype;
    this.ndims = shape?.ndims ?? 1;
    this.#sizes = this.ndims === 2 ? shape : null;
  }
  get rows(): number {
    return this.#sizes ? this.#sizes.rows : this.items.length;
  }
  get cols(): number {
    return this.#sizes ? this.#sizes.cols : 1;
  }
  get length(): number {
    return this.items.length;
  }
}

export class Tuple {
  readonly items: readonly Value[];
  /** Field names of a named tuple. */
  readonly names: readonly string[] | null;
  constructor(items: readonly Value[], names: readonly string[] | null = null) {
    this.items = items;
    this.names = names;
  }
}

/** `CartesianIndex(i, j)`: where argmax found it in a matrix. */
export class Cartesian extends Tuple {}

/** What svd, eigen, qr, lu and cholesky give: fields by name, and the parts that `U, S, V = svd(A)` takes apart. */
export class Factorization extends Tuple {
  readonly type: string;
  /** Every field. */
  readonly fields: ReadonlyMap<string, Value>;
  /** What the REPL shows, with the words before each part. */
  readonly shown: readonly (readonly [label: string, part: Value])[];
  /** The matrix that was taken apart. */
  readonly source: Arr;
  constructor(
    type: string,
    source: Arr,
    parts: readonly Value[],
    fields: Readonly<Record<string, Value>>,
    shown: readonly (readonly [label: string, part: Value])[],
  ) {
    super(parts);
    this.type = type;
    this.source = source;
    this.fields = new Map(Object.entries(fields));
    this.shown = shown;
  }
}

export class Range {
  /** Julia's name of its type, where start and step do not tell it. */
  readonly type: string | null = null;
  readonly start: number;
  readonly step: number;
  readonly length: number;
  readonly integer: boolean;
  /** Written a:b, with no step. */
  readonly unit: boolean;
  /** Start and step are whole multiples of 1/scale: then elements are rounded once, as Julia's are ((0:0.1:1)[4] == 0.3). */
  readonly #scale: number;

  constructor(start: number, step: number, length: number, integer: boolean, unit: boolean) {
    this.start = start;
    this.step = step;
    this.length = length;
    this.integer = integer;
    this.unit = unit;
    const whole = (x: number): boolean => Math.abs(x - Math.round(x)) < 1e-9 * Math.max(1, Math.abs(x));
    this.#scale = integer ? 1 : ([1, 10, 100, 1e3, 1e4, 1e6].find((d) => whole(start * d) && whole(step * d)) ?? 0);
  }
  /** Element `k`, counted from 0, as a JavaScript number. */
  number(k: number): number {
    const scale = this.#scale;
    if (scale <= 1) return this.start + k * this.step;
    return (Math.round(this.start * scale) + k * Math.round(this.step * scale)) / scale;
  }
  at(k: number): bigint | number {
    return this.integer ? BigInt(this.number(k)) : this.number(k);
  }
  get last(): number {
    return this.number(this.length - 1);
  }
}

export class Dict {
  /** The types that keys and values are converted to; null where what is in it tells them. */
  types: readonly [key: string, value: string] | null = null;
  /** By `keyOf` (equality.ts); insertion order. */
  readonly entries = new Map<string, { readonly key: Value; value: Value }>();
}

export class Pair {
  readonly key: Value;
  readonly value: Value;
  constructor(key: Value, value: Value) {
    this.key = key;
    this.value = value;
  }
}

export type Keywords = ReadonlyMap<string, Value>;

/** Local variables of one run of a function's, loop's or comprehension's body. */
export interface Frame {
  /** `undefined`: not assigned yet. */
  readonly slots: (Value | undefined)[];
  readonly parent: Frame | null;
  /** Active lanes when the frame was made; an assignment under fewer of them merges. */
  readonly mask: Node | null;
  /** Nesting of lane runs. */
  readonly level: number;
}

export class Fn {
  readonly name: string;
  readonly call: (args: Value[], keywords: Keywords) => Value;
  /** Library functions never read the reader's variables, so a run over lanes of them cannot capture any. */
  readonly builtin: boolean;
  /** The variables around a function of the reader's. */
  readonly captured: Frame | null;
  /** How many methods a function of the reader's has; null for the library's, whose number is Julia's own affair. */
  methods: number | null;
  constructor(name: string, call: Fn['call'], builtin: boolean, captured: Frame | null = null) {
    this.name = name;
    this.call = call;
    this.builtin = builtin;
    this.captured = captured;
    this.methods = builtin ? null : 1;
  }
}

/** One colour, Julia's RGB{type}; its channels are numbers or lanes of that type. */
export class Colour {
  readonly channels: readonly [Value, Value, Value];
  readonly type: ChannelType;
  constructor(channels: readonly [Value, Value, Value], type: ChannelType) {
    this.channels = channels;
    this.type = type;
  }
}

export type Planes = readonly [Node, Node, Node];

/** A matrix of colours RGB{type}: three planes of one shape. */
export class Colours {
  planes: Planes;
  type: ChannelType;
  readonly ndims: 1 | 2;
  constructor(planes: Planes, type: ChannelType, ndims: 1 | 2 = 2) {
    this.planes = planes;
    this.type = type;
    this.ndims = ndims;
  }
  get rows(): number {
    return this.planes[0].rows;
  }
  get cols(): number {
    return this.planes[0].cols;
  }
}

/** A type used as a value: Float32.(x), convert(Matrix{Float32}, x), zeros(Int, 3). */
export class TypeValue {
  readonly name: string;
  readonly call: (args: Value[], keywords?: Keywords) => Value;
  /** Of a type of the reader's: its constructors, and itself with parameters. */
  makers: Fn | null = null;
  applied: ((name: string) => TypeValue) | null = null;
  /** The type of numbers it is, or holds. */
  readonly eltype: Eltype | null;
  constructor(name: string, call: TypeValue['call'], eltype: Eltype | null = null) {
    this.name = name;
    this.call = call;
    this.eltype = eltype;
  }
}

/** `Base`, `Random`, ... : field access finds the library's functions. */
export class Module {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A multiple of the identity matrix of whatever size is wanted: `I`, `2I`. */
export class Scaling {
  readonly factor: Value;
  constructor(factor: Value) {
    this.factor = factor;
  }
}

/** Ref(x): x as a scalar under broadcast; also a mutable box, r[]. */
export class Ref {
  value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** The type of a scalar number, or null for anything else. */
export function scalarType(v: Value): Eltype | null {
  switch (typeof v) {
    case 'bigint':
      return 'Int64';
    case 'number':
      return 'Float64';
    case 'boolean':
      return 'Bool';
    default:
      if (v instanceof Gray) return grayTypeOf(v);
      return v instanceof Single ? 'Float32' : v instanceof Fixed ? 'N0f8' : v instanceof Lane ? v.eltype : null;
  }
}

function grayTypeOf({ value }: Gray): Eltype {
  return `Gray{${scalarType(value) as 'Float32' | 'N0f8' | 'Float64' | 'Bool'}}`;
}

/** The JavaScript number in a host scalar; null for anything else, lanes included. */
export function hostNumber(v: Value): number | null {
  if (typeof v === 'number') return v;
  if (typeof v === 'bigint' || typeof v === 'boolean') return Number(v);
  if (v instanceof Gray) return hostNumber(v.value);
  return v instanceof Single || v instanceof Fixed ? v.value : null;
}

/** A JavaScript number as a host scalar of a type. */
export function boxed(x: number, eltype: Eltype): Value {
  if (eltype === 'Float64') return x;
  if (eltype === 'Int64') return BigInt(Math.round(x));
  return isGray(eltype) ? new Gray(boxedReal(x, realOf(eltype))) : boxedReal(x, eltype);
}

function boxedReal(x: number, type: RealType): number | boolean | Single | Fixed {
  if (type === 'Float32') return new Single(x);
  return type === 'N0f8' ? new Fixed(x) : type === 'Bool' ? x !== 0 : x;
}

/** The same number under another type: a grey's number, a number's grey. Nothing is rounded but what the host's types round. */
export function retyped(v: Value, eltype: Eltype): Value {
  return v instanceof Lane ? new Lane(eltype, v.node) : boxed(hostNumber(v) ?? NaN, eltype);
}

/** Julia's name for the type of a value. */
export function typeName(v: Value): string {
  const scalar = scalarType(v);
  if (scalar) return scalar;
  if (v === null) return 'Nothing';
  if (typeof v === 'string') return 'String';
  if (v instanceof Char) return 'Char';
  if (v instanceof Sym) return 'Symbol';
  if (v instanceof Arr) {
    if (v.share?.type) return v.share.type;
    if (v.row) return `Adjoint{${v.eltype}, Vector{${v.eltype}}}`;
    if (v.bits) return v.ndims === 1 ? 'BitVector' : 'BitMatrix';
    return `${v.ndims === 1 ? 'Vector' : 'Matrix'}{${v.eltype}}`;
  }
  if (v instanceof List) return v.type ?? `${v.ndims === 1 ? 'Vector' : 'Matrix'}{${v.eltype}}`;
  if (v instanceof Factorization) return v.type;
  if (v instanceof Cartesian) return `CartesianIndex{${v.items.length}}`;
  if (v instanceof Tuple)
    return cut(v, keptName, () => {
      const types = v.items.map(typeName);
      return v.names
        ? `@NamedTuple{${v.names.map((n, k) => `${n}::${types[k] ?? 'Any'}`).join(', ')}}`
        : tupleType(types);
    });
  if (v instanceof Range) {
    if (!v.integer) return 'StepRangeLen{Float64, Base.TwicePrecision{Float64}, Base.TwicePrecision{Float64}, Int64}';
    if (v.type !== null) return v.type;
    return v.unit ? 'UnitRange{Int64}' : 'StepRange{Int64, Int64}';
  }
  if (v instanceof Dict) {
    const entries = [...v.entries.values()];
    const types = (): readonly string[] =>
      v.types ?? [entries.map((e) => e.key), entries.map((e) => e.value)].map(elementType);
    return cut(v, longestName, () => `Dict{${types().join(', ')}}`);
  }
  if (v instanceof Pair) return cut(v, keptName, () => `Pair{${typeName(v.key)}, ${typeName(v.value)}}`);
  if (v instanceof Fn) return `typeof(${v.name})`;
  if (v instanceof Colour) return `RGB{${v.type}}`;
  if (v instanceof Colours) return `${v.ndims === 1 ? 'Vector' : 'Matrix'}{RGB{${v.type}}}`;
  if (v instanceof Plot) return 'Plot';
  if (v instanceof TypeValue) return 'DataType';
  if (v instanceof Module) return 'Module';
  if (v instanceof Extension) return cut(v, longestName, () => v.type);
  if (v instanceof Scaling) return `UniformScaling{${typeName(v.factor)}}`;
  if (v instanceof Stream) return v.buffer ? 'IOBuffer' : 'Base.TTY';
  if (v instanceof Thrown) return v.error.julia;
  return v instanceof Ref ? `Base.RefValue{${typeName(v.value)}}` : 'Widget';
}

/** The common type of a list's items, `Any` where there is none; `nothing` beside one type makes a union. */
export function elementType(items: readonly Value[]): string {
  const types = new Set(items.map(typeName));
  if (types.size > 1 && items.every((x) => x instanceof Fn)) return 'Function';
  if (types.size === 2 && types.delete('Nothing')) return `Union{Nothing, ${[...types].join('')}}`;
  return types.size === 1 ? (types.values().next().value ?? 'Any') : 'Any';
}

export const noKeywords: Keywords = new Map();
