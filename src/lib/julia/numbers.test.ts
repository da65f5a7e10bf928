import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

const shown = (source: string): string => evaluate(source).text;
const rows = (cases: readonly (readonly [source: string, text: string])[]): void => {
  it.each(cases)('%s', (source, text) => expect(shown(source)).toBe(text));
};

describe('rounding', () => {
  rows([
    [
      'round(2.5, RoundUp), round(-2.5, RoundDown), round(-2.5, RoundToZero), round(2.5, RoundNearest)',
      '(3.0, -3.0, -2.0, 2.0)',
    ],
    ['round(Int, 2.2, RoundUp), round(2.25, RoundDown; digits=1)', '(3, 2.2)'],
    ['round.([1.5, 2.5], RoundUp) == [2, 3], round.(Int, [1.5, 2.2], RoundDown) == [1, 2]', '(true, true)'],
    ['round(123.456; sigdigits=2), floor(0.00123456; sigdigits=3), round(0.0; sigdigits=2)', '(120.0, 0.00123, 0.0)'],
    ['round.([123.456, 0.0456]; sigdigits=2)', '2-element Vector{Float64}:\n 120.0\n   0.046'],
    ['round(1250.0; digits=-2), floor(1299; digits=-2), round(1e308; digits=2)', '(1200.0, 1200.0, 1.0e308)'],
    ['round(2.345f0; digits=2), round(357.913; sigdigits=4, base=2)', '(2.34f0, 352.0)'],
    [
      'round(1.5; digits=1, sigdigits=1)',
      'ERROR: ArgumentError: `round` cannot use both `digits` and `sigdigits` arguments.',
    ],
    ['round(Int, NaN)', 'ERROR: InexactError: Int64(NaN)'],
    ['floor(Int, 1e20)', 'ERROR: InexactError: Int64(1.0e20)'],
    ['trunc.(Int, [1.0, -Inf])', 'ERROR: InexactError: Int64(-Inf)'],
    ['Int.([1.0, 1e20, 2.5])', 'ERROR: InexactError: Int64(2.5)'],
  ]);
});

describe('Int64 beside Float64', () => {
  rows([
    ['9007199254740993 == 9007199254740992.0, 9007199254740993 > 9007199254740992.0', '(false, true)'],
    ['typemax(Int) == 9.223372036854775807e18, typemax(Int) < 9.223372036854775807e18', '(false, true)'],
    ['1 == 1.0, 1 < NaN, 1 != NaN, true == 1.0, 2 >= 1.5f0', '(true, false, true, true, true)'],
    ['abs(typemin(Int)) == typemin(Int), -typemin(Int) == typemin(Int)', '(true, true)'],
    ['typemin(Int) ÷ -1', 'ERROR: DivideError: integer division error'],
    [
      'isless(1, NaN), isless(NaN, 1), isless(-0.0, 0.0), isless(0.0, -0.0), isless("a", "b")',
      '(true, false, true, false, true)',
    ],
  ]);
});

describe('about equal', () => {
  rows([
    ['1.0 ≈ 1.0001, 1f0 ≈ 1.0001f0, 1f0 ≈ 1.0001, 1 ≈ 1.0000000001, 1 ≈ 2', '(false, true, true, true, false)'],
    ['Inf ≈ Inf, Inf ≈ -Inf, NaN ≈ NaN, isapprox(NaN, NaN; nans=true), Inf ≈ 1.0', '(true, false, false, true, false)'],
    [
      'isapprox(1.0, 1.1; rtol=0.2), isapprox(1.0, 1.3; atol=0.2), isapprox(0, 1e-10), isapprox(0, 1e-10; atol=1e-8)',
      '(true, false, false, true)',
    ],
    [
      'isapprox([1.0, 2.0], [1.0, 2.1]; atol=0.2), [1.0, Inf] ≈ [1.0, Inf], [1.0, NaN] ≈ [1.0, NaN]',
      '(true, true, false)',
    ],
    [
      'isapprox([1.0, NaN], [1.0, NaN]; nans=true), filter(isapprox(1), [1.0, 1.0 + 1e-12, 1.1]) == [1, 1 + 1e-12]',
      '(true, true)',
    ],
  ]);
});

describe('Bool as a number', () => {
  rows([
    [
      'true + true, -true, +true, true - true, true * true, true ÷ true, true % true, true / true',
      '(2, -1, 1, 0, true, true, false, 1.0)',
    ],
    ['true^2, false^0, true^-1, 2^true', '(true, true, 1.0, 2)'],
    ['false * NaN, Inf * false, false * -Inf, true * NaN, true * 2.5f0', '(0.0, 0.0, -0.0, NaN, 2.5f0)'],
    ['([1.0, 0.0] .> 0.5) .* [2.0, NaN]', '2-element Vector{Float64}:\n 2.0\n 0.0'],
    ['[NaN 1.0; 2.0 Inf] .* [false, true]', '2×2 Matrix{Float64}:\n 0.0   0.0\n 2.0  Inf'],
    ['false * [NaN, -1.0], [true, false] .* [true, true]', '([0.0, -0.0], Bool[1, 0])'],
    ['true ÷ false', 'ERROR: DivideError: integer division error'],
    ['gradient(x -> sum((x .> 1) .* x .^ 2), [0.5, 3.0])', '([0.0, 6.0],)'],
  ]);
});

describe('a rounding once', () => {
  rows([
    ['fma(1.0 + eps(), 1.0 - eps(), -1.0), fma(2, 3, 1), fma(2.0, 3.0, NaN)', '(-4.930380657631324e-32, 7, NaN)'],
    ['fma(5.0e-324, 0.5, 5.0e-324), fma(1e308, 10.0, -1e308), fma(1.5f0, 2f0, 1f0)', '(1.0e-323, Inf, 4.0f0)'],
    ['fma(1e-160, 1e-160, 0.0), fma(1e160, 1e-160, -1.0)', '(1.0e-320, -4.834944694746051e-18)'],
    ['hypot(1, 2, 2), hypot(-3), hypot(Inf, NaN)', '(3.0, 3.0, Inf)'],
    ['mod2pi(9 * pi / 4), mod2pi(-1), modf(-3.5)', '(0.7853981633974481, 5.283185307179586, (-0.5, -3.0))'],
    ['NaN32, -Inf32, typeof(Inf32), gradient(x -> x^2, 3f0)', '(NaN32, -Inf32, Float32, (6.0f0,))'],
    [
      '(-8.0)^(1/3)',
      'ERROR: DomainError with -8.0:\nExponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar.',
    ],
  ]);
});

describe('what stood first stays first; a column is no matrix', () => {
  rows([
    ['union([1, 2], [2, 1]), union([4 2 3], 1:3)', '([1, 2], [4, 2, 3, 1])'],
    [
      '[1;;]',
      'ERROR: unsupported: `;;` at the end of a column (`hcat(x)` makes a matrix of one) is not in this subset of Julia',
    ],
    ['hcat([1, 2]), [1 2;;]', '([1; 2;;], [1 2])'],
  ]);
});
