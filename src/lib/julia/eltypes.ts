/**
 * The types of numbers and greys, and what arithmetic makes of them. `N0f8` is FixedPointNumbers': a byte k that stands for
 * k/255. `Gray{T}` is ColorTypes' grey; its rules are ColorVectorSpace's: a grey stays a grey, and the quotient of two greys
 * is a number.
 */

export type RealType = 'Bool' | 'Int64' | 'N0f8' | 'Float32' | 'Float64';
export type GrayType = `Gray{${'Bool' | 'N0f8' | 'Float32' | 'Float64'}}`;
export type Eltype = RealType | GrayType;
/** What a channel of a colour is made of. */
export type ChannelType = 'N0f8' | 'Float32' | 'Float64';

const ranks: Record<RealType, number> = { Bool: 0, Int64: 1, N0f8: 2, Float32: 3, Float64: 4 };

export function isGray(type: Eltype): type is GrayType {
  return type.startsWith('Gray{');
}

/** The type of the number in a grey; a number's type is its own. */
export function realOf(type: Eltype): RealType {
  return (isGray(type) ? type.slice(5, -1) : type) as RealType;
}

/** The grey of a number's type; `Gray(1)` is a Gray{N0f8}, as in ColorTypes. */
export function grayOf(type: RealType): GrayType {
  return `Gray{${type === 'Int64' ? 'N0f8' : type}}`;
}

/** The type with its number's type replaced. */
export function withReal(type: Eltype, real: RealType): Eltype {
  return isGray(type) ? grayOf(real) : real;
}

/** `float(T)`: an N0f8 has room in a Float32. */
export function floatOf(type: Eltype): Eltype {
  const real = realOf(type);
  return withReal(type, real === 'Float32' || real === 'N0f8' ? 'Float32' : 'Float64');
}

/** The type of a sum of many: whole numbers count, bytes are summed as Float64. */
export function sumOf(type: Eltype): Eltype {
  const real = realOf(type);
  return withReal(type, real === 'Bool' ? 'Int64' : real === 'N0f8' ? 'Float64' : real);
}

function promoteReal(a: RealType, b: RealType): RealType {
  if (a === b) return a;
  const [low, high] = ranks[a] < ranks[b] ? [a, b] : [b, a];
  return high === 'N0f8' && low !== 'N0f8' ? 'Float32' : high;
}

/** Julia's `promote_type`. */
export function promote(a: Eltype, b: Eltype): Eltype {
  const real = promoteReal(realOf(a), realOf(b));
  return isGray(a) || isGray(b) ? grayOf(real) : real;
}

/** More than three equal types at the end are counted, as in Julia: `NTuple{4, Int64}`. */
export function tupleType(types: readonly string[]): string {
  const last = types.at(-1);
  let tail = 1;
  while (tail < types.length && types[types.length - 1 - tail] === last) tail += 1;
  if (tail <= 3) return `Tuple{${types.join(', ')}}`;
  if (tail === types.length) return `NTuple{${tail}, ${last}}`;
  return `Tuple{${[...types.slice(0, -tail), `Vararg{${last}, ${tail}}`].join(', ')}}`;
}
