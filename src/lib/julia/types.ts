/** Julia's types as far as annotations, `isa`, `<:` and dispatch need them: names with parameters, and which is a subtype of which. */

import { parametersOf } from './show/typeinfo.ts';
import { Fn, TypeValue, typeName } from './values.ts';
import type { Value } from './values.ts';

/** Each type's supertype; of what is not here, `Any`. */
const parents = new Map<string, string>(
  Object.entries({
    Int64: 'Signed',
    Signed: 'Integer',
    Unsigned: 'Integer',
    Bool: 'Integer',
    Integer: 'Real',
    Rational: 'Real',
    Float64: 'AbstractFloat',
    Float32: 'AbstractFloat',
    Float16: 'AbstractFloat',
    N0f8: 'FixedPoint',
    FixedPoint: 'Real',
    AbstractFloat: 'Real',
    Real: 'Number',
    Complex: 'Number',
    String: 'AbstractString',
    SubString: 'AbstractString',
    Char: 'AbstractChar',
    Dict: 'AbstractDict',
    IdDict: 'AbstractDict',
    Set: 'AbstractSet',
    Gray: 'AbstractGray',
    AbstractGray: 'Colorant',
    RGB: 'Colorant',
    DataType: 'Type',
    ErrorException: 'Exception',
    ArgumentError: 'Exception',
    BoundsError: 'Exception',
    DimensionMismatch: 'Exception',
    DivideError: 'Exception',
    DomainError: 'Exception',
    InexactError: 'Exception',
    KeyError: 'Exception',
    MethodError: 'Exception',
    OverflowError: 'Exception',
    AssertionError: 'Exception',
    StringIndexError: 'Exception',
    StackOverflowError: 'Exception',
    TypeError: 'Exception',
    UndefKeywordError: 'Exception',
    UndefVarError: 'Exception',
    LoadError: 'Exception',
    IOBuffer: 'IO',
    TTY: 'IO',
    PosDefException: 'Exception',
    SingularException: 'Exception',
  }),
);

/** Other roots that an annotation may name. */
const roots = new Set([
  ...[
    'Any',
    'Nothing',
    'Missing',
    'Symbol',
    'Tuple',
    'NTuple',
    'NamedTuple',
    'Pair',
    'Module',
    'Function',
    'Type',
    'Exception',
    'MIME',
  ],
  ...[
    'Array',
    'AbstractArray',
    'AbstractRange',
    'UnitRange',
    'OneTo',
    'StepRange',
    'StepRangeLen',
    'LinRange',
    'OrdinalRange',
    'AbstractUnitRange',
  ],
  ...[
    'Adjoint',
    'Transpose',
    'BitArray',
    'SubArray',
    'Diagonal',
    'Symmetric',
    'UpperTriangular',
    'LowerTriangular',
    'UniformScaling',
    'CartesianIndex',
    'CartesianIndices',
    'LinearIndices',
    'Ref',
    'IO',
    'Vararg',
  ],
]);

const aliases = new Map<string, string>(
  Object.entries({ OneTo: 'Base.OneTo', Int: 'Int64', Color: 'Colorant', 'Base.RefValue': 'Ref', RefValue: 'Ref' }),
);
/** Names of arrays of one rank. */
const ranked = new Map<string, readonly [head: string, rank: string]>(
  Object.entries({
    Vector: ['Array', '1'],
    Matrix: ['Array', '2'],
    AbstractVector: ['AbstractArray', '1'],
    AbstractMatrix: ['AbstractArray', '2'],
  }),
);

interface Type {
  readonly head: string;
  /** Null where none are written: any will do. */
  readonly params: readonly Type[] | null;
}

const read = new Map<string, Type>();

/** A type from its name in the source or in `typeName`. */
function typeOf(text: string): Type {
  const known = read.get(text);
  if (known) return known;
  const type = parse(text.trim());
  if (read.size > 2000) read.clear();
  read.set(text, type);
  return type;
}

function parse(text: string): Type {
  const where = /^(.*)\swhere\s+\{?([^}]*)\}?$/s.exec(text);
  // `Vector{T} where T <: Real` on its own: the variable is as free as its bound.
  if (where)
    return parse(
      (where[1] ?? '').replaceAll(
        new RegExp(`\\b${(where[2] ?? '').split('<:')[0]?.trim()}\\b`, 'g'),
        `<:${(where[2] ?? '').split('<:')[1]?.trim() ?? 'Any'}`,
      ),
    );
  if (text.startsWith('<:')) return { head: '<:', params: [typeOf(text.slice(2))] };
  if (text.startsWith('@NamedTuple')) return { head: 'NamedTuple', params: null };
  const open = text.indexOf('{');
  const head = (open < 0 ? text : text.slice(0, open)).trim();
  const given = open < 0 ? null : parametersOf(text).map(typeOf);
  const rank = ranked.get(head);
  if (rank) return { head: rank[0], params: [given?.[0] ?? anything, { head: rank[1], params: null }] };
  if (head === 'VecOrMat' || head === 'AbstractVecOrMat') {
    const prefix = head.startsWith('Abstract') ? 'Abstract' : '';
    const inner = open < 0 ? '' : text.slice(open);
    return { head: 'Union', params: [typeOf(`${prefix}Vector${inner}`), typeOf(`${prefix}Matrix${inner}`)] };
  }
  if (head === 'BitVector' || head === 'BitMatrix') {
    return { head: 'Array', params: [typeOf('Bool'), typeOf(head === 'BitVector' ? '1' : '2')] };
  }
  if (head === 'NTuple') {
    const [count, type = anything] = given ?? [];
    const n = Number(count?.head);
    return {
      head: 'Tuple',
      params:
        Number.isInteger(n) && n >= 0 && n <= mostOfTuple
          ? Array.from({ length: n }, () => type)
          : [{ head: 'Vararg', params: [type] }],
    };
  }
  return { head: aliases.get(head) ?? head, params: given };
}

/** A parameter that is not written. */
/** Most parts of an NTuple that are spelt out. */
const mostOfTuple = 1000;

const anything: Type = { head: '<:', params: [{ head: 'Any', params: null }] };

/** What is known of types beside Julia's own: the reader's, each with its supertype, and variables of a `where` with what they stand for. */
export interface Known {
  readonly own?: ReadonlyMap<string, string>;
  /** Bounds of variables. */
  readonly bounds?: ReadonlyMap<string, string>;
  /** What variables have been found to stand for; filled while types are compared. */
  readonly found?: Map<string, string>;
}

const nothingKnown: Known = {};

/** The types above one, with their parameters as far as they are handed up. */
function above(type: Type, known: Known): Type | null {
  const [element = anything, rank] = type.params ?? [];
  switch (type.head) {
    case 'Array':
    case 'BitArray':
    case 'SubArray':
    case 'AbstractRange':
      return {
        head: 'AbstractArray',
        params: type.head === 'AbstractRange' ? [element, typeOf('1')] : [element, rank ?? anything],
      };
    case 'Adjoint':
    case 'Transpose':
    case 'Diagonal':
    case 'Symmetric':
    case 'UpperTriangular':
    case 'LowerTriangular':
      return { head: 'AbstractArray', params: [element, typeOf('2')] };
    case 'UnitRange':
    case 'Base.OneTo':
      return { head: 'AbstractUnitRange', params: [element] };
    case 'AbstractUnitRange':
    case 'StepRange':
      return { head: 'OrdinalRange', params: [element] };
    case 'OrdinalRange':
    case 'StepRangeLen':
    case 'LinRange':
      return { head: 'AbstractRange', params: [element] };
    case 'AbstractDict':
    case 'AbstractSet':
      return null;
    default: {
      if (type.head.startsWith('typeof(')) return { head: 'Function', params: null };
      const parent = known.own?.get(type.head) ?? parents.get(type.head);
      if (parent === undefined) return null;
      return { ...typeOf(parent), params: parent.includes('{') ? typeOf(parent).params : type.params };
    }
  }
}

function textOf(type: Type): string {
  if (type.head === '<:') return type.params?.[0]?.head === 'Any' ? 'Any' : `<:${textOf(type.params?.[0] ?? anything)}`;
  const [element, rank] = type.params ?? [];
  if (type.head === 'Array' && element && (rank?.head === '1' || rank?.head === '2')) {
    const name = rank.head === '1' ? 'Vector' : 'Matrix';
    return element === anything ? name : `${name}{${textOf(element)}}`;
  }
  return type.params === null ? type.head : `${type.head}{${type.params.map(textOf).join(', ')}}`;
}

function isSubtype(a: Type, b: Type, known: Known): boolean {
  if (b.head === 'Any' || a === b) return true;
  if (a.head === 'Union') return (a.params ?? []).every((part) => isSubtype(part, b, known));
  if (b.head === 'Union') return (b.params ?? []).some((part) => isSubtype(a, part, known));
  if (b.head === '<:') return isSubtype(a, b.params?.[0] ?? anything, known);
  const bound = known.bounds?.get(b.head);
  if (bound !== undefined && b.params === null) {
    const found = known.found?.get(b.head);
    if (found !== undefined) return found === textOf(a);
    if (!isSubtype(a, typeOf(bound), known)) return false;
    known.found?.set(b.head, textOf(a));
    return true;
  }
  for (let at: Type | null = a; at !== null; at = above(at, known)) {
    if (at.head === b.head) return b.params === null || fits(at, b, known);
  }
  return false;
}

function fits(a: Type, b: Type, known: Known): boolean {
  const [given, wanted] = [a.params, b.params ?? []];
  if (b.head === 'Tuple') {
    if (given === null) return false;
    const last = wanted.at(-1);
    const rest = last?.head === 'Vararg' ? (last.params?.[0] ?? anything) : null;
    const fixed = rest ? wanted.length - 1 : wanted.length;
    if (rest ? given.length < fixed : given.length !== fixed) return false;
    return given.every((type, k) => isSubtype(type, k < fixed ? (wanted[k] ?? anything) : (rest ?? anything), known));
  }
  if (given === null) return wanted.every((type) => type === anything);
  return wanted.every((type, k) => sameParameter(given[k] ?? anything, type, known));
}

/** Parameters are equal, or where `<:T` is asked for, below; variables stand for whatever they meet first. */
function sameParameter(a: Type, b: Type, known: Known): boolean {
  if (b.head === '<:') return isSubtype(a.head === '<:' ? (a.params?.[0] ?? a) : a, b.params?.[0] ?? anything, known);
  if (known.bounds?.has(b.head)) return isSubtype(a, b, known);
  return a.head === b.head && isSubtype(a, b, known) && isSubtype(b, a, { ...known, bounds: new Map() });
}

/** Whether `a <: b`, by their names. */
export function subtype(a: string, b: string, known: Known = nothingKnown): boolean {
  return isSubtype(typeOf(a), typeOf(b), known);
}

/** Whether a value is of a type named in the source. */
export function isa(v: Value, type: string, known: Known = nothingKnown): boolean {
  const wanted = typeOf(type);
  if (wanted.head === 'Any') return true;
  if (wanted.head === 'Union') return (wanted.params ?? []).some((part) => isa(v, textOf(part), known));
  if (v instanceof Fn && wanted.head === 'Function') return true;
  if (v instanceof TypeValue) {
    if (wanted.head !== 'Type') return wanted.head === 'DataType' || isSubtype(typeOf('DataType'), wanted, known);
    return wanted.params === null || sameParameter(typeOf(v.name), wanted.params[0] ?? anything, known);
  }
  return isSubtype(typeOf(typeName(v)), wanted, known);
}

/** Names in a type that nobody knows: no type of Julia's, none of the reader's, no variable. */
export function unknownTypes(text: string, isKnown: (name: string) => boolean): string[] {
  const names = text.match(/[\p{L}_][\p{L}\p{N}_!.]*/gu) ?? [];
  return names.filter((name) => {
    const own = name.replace(/^.*\./, '');
    return !(
      parents.has(own) ||
      roots.has(own) ||
      aliases.has(own) ||
      aliases.has(name) ||
      ranked.has(own) ||
      /^(Union|where|(Abstract)?VecOrMat|Bit(Vector|Matrix)|Colorant|Abstract(String|Char|Dict|Set)|Number|IOBuffer)$/.test(
        own,
      ) ||
      isKnown(own)
    );
  });
}
