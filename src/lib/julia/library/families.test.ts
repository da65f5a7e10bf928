/** Functions with dims, init, by, rev and curried forms; makers; errors that name what was called. */

import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

const shown = (source: string): string => evaluate(source).text.replaceAll(/\s+/g, ' ').trim();

describe('families of functions', () => {
  it.each([
    ['findall(>(1), [1, 2, 3])', '2-element Vector{Int64}: 2 3'],
    ['filter(!isnan, [1.0, NaN])', '1-element Vector{Float64}: 1.0'],
    ['filter(in([1, 2]), [1, 5, 2])', '2-element Vector{Int64}: 1 2'],
    ['count(==(1), [1, 2, 1]), filter(startswith("a"), ["ab", "b"])', '(2, ["ab"])'],
    ['filter(isodd, [2])', 'Int64[]'],
    ['findfirst([0 1; 1 0] .== 1)', 'CartesianIndex(2, 1)'],
    ['findfirst(==(3), [1 2; 3 4]), findfirst(isodd, [2]) === nothing', '(CartesianIndex(2, 1), true)'],
    ['maximum(Float64[]; init=-Inf), sum([1, 2]; init=10), maximum([1, 5]; init=3)', '(-Inf, 13, 5)'],
    [
      'maximum(Float64[])',
      'ERROR: ArgumentError: reducing over an empty collection is not allowed; consider supplying `init` to the reducer',
    ],
    ['any([true false; false false]; dims=1), count([1 2; 3 4] .> 1; dims=2)', '(Bool[1 0], [1; 2;;])'],
    ['extrema([1 5; 3 4]; dims=1)', '1×2 Matrix{Tuple{Int64, Int64}}: (1, 3) (4, 5)'],
    ['findmax([1 5; 3 4]; dims=1)', '([3 5], CartesianIndex{2}[CartesianIndex(2, 1) CartesianIndex(1, 2)])'],
    ['argmax(abs, [1, -3, 2]), findmax(abs, [1, -3, 2])', '(-3, (3, 2))'],
    ['cumsum([1 2; 3 4]; dims=2)', '2×2 Matrix{Int64}: 1 3 3 7'],
    ['cumsum([1 2; 3 4])', 'ERROR: UndefKeywordError: keyword argument `dims` not assigned'],
    ['norm(-3), tr([1 2; 3 4])', '(3.0, 5)'],
    ['tr([1 2 3; 4 5 6])', 'ERROR: DimensionMismatch: matrix is not square: dimensions are (2, 3)'],
    ['mean(Float64[])', 'NaN'],
    ['all(x -> (println(x); x < 2), 1:10)', 'false'],
    [
      'Matrix(1.0I, 2, 2), Matrix(I, 2, 2), Matrix{Float64}(I, 2, 2)',
      '([1.0 0.0; 0.0 1.0], Bool[1 0; 0 1], [1.0 0.0; 0.0 1.0])',
    ],
    ['Diagonal([1 2; 3 4]) == [1 0; 0 4], I(2) == [1 0; 0 1]', '(true, true)'],
    ['repeat([1 2; 3 4], inner=(2, 1))', '4×2 Matrix{Int64}: 1 2 1 2 3 4 3 4'],
    ['repeat([1, 2], inner=2), repeat([1, 2]; inner=2, outer=2)', '([1, 1, 2, 2], [1, 1, 2, 2, 1, 1, 2, 2])'],
    ['collect(range(start=0, stop=1, length=3))', '3-element Vector{Float64}: 0.0 0.5 1.0'],
    ['sort!([3, 1, 2]; by=x -> -x), searchsortedfirst([1, 3, 5], 4), union(1:2, [2, 9])', '([3, 2, 1], 3, [1, 2, 9])'],
    ['x = [1, 2, 3]; deleteat!(x, 2); insert!(x, 1, 9); x', '3-element Vector{Int64}: 9 1 3'],
    ['gradient(x -> sum(diff(x) .* [1.0, 2.0]), [1.0, 2.0, 4.0])[1]', '3-element Vector{Float64}: -1.0 -1.0 2.0'],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});
