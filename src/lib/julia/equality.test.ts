/** Equality, identity, keys and rows. */

import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

const shown = (source: string): string => evaluate(source).text.replaceAll(/\s+/g, ' ').trim();

describe('equality, identity and keys', () => {
  it.each([
    ['NaN === NaN, 0.0 === -0.0, 1 === 1.0, 1 === 1', '(true, false, false, true)'],
    ['x = [1]; y = [1]; (x === y, x === x, x == y, isequal(x, y))', '(false, true, true, true)'],
    ['[1, 2] == 1:2, isequal([1, 2], 1:2), [1, 2] == [1 2]', '(true, true, false)'],
    ['(1, 2) == (1, 2.0), (1, 2) === (1, 2.0), ("a", :b) === ("a", :b)', '(true, false, true)'],
    [
      '[NaN] == [NaN], isequal([NaN], [NaN]), isequal((NaN,), (NaN,)), isequal([0.0], [-0.0])',
      '(false, true, true, false)',
    ],
    ['(a = 1,) == (b = 1,), ["a" "b"] == ["a", "b"]', '(false, false)'],
    ['length(unique([[1, 2], [3, 4], [1, 2]]))', '2'],
    ['length(unique([0.0, -0.0, NaN, NaN])), unique([1, 1.0, true])', '(3, [1.0])'],
    ['d = Dict([1, 2] => "v"); d[[1, 2]], haskey(d, 1:2), haskey(d, (1, 2))', '("v", true, false)'],
    [
      'd = Dict(1 => "one"); d[1.0], d[true], haskey(Dict(NaN => 1), NaN), haskey(Dict(0.0 => 1), -0.0)',
      '("one", "one", true, false)',
    ],
    ['d = Dict("a,s" => 1); haskey(d, "a"), haskey(Dict(("a", "b") => 1), ("a,", "b"))', '(false, false)'],
    ['sort([0.0, -0.0, NaN, -1.0])', '4-element Vector{Float64}: -1.0 -0.0 0.0 NaN'],
    ['keys((a = 1, b = 2))', '(:a, :b)'],
    [
      'a = [[1], [2]]; b = deepcopy(a); b[1][1] = 9; c = copy(a); c[2][1] = 7; a',
      '2-element Vector{Vector{Int64}}: [1] [7]',
    ],
    ['d = Dict(:k => [1]); e = deepcopy(d); e[:k][1] = 9; d[:k]', '1-element Vector{Int64}: 1'],
    ['v = [1]; a = deepcopy((v, v)); a[1] === a[2], a[1] === v', '(true, false)'],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});

describe('rows', () => {
  it.each([
    ["x = [1.0, 2]; A = [2.0 0; 0 3]; 0.5x' * A * x", '7.0'],
    ["A = [2.0 0; 0 3]; gradient(x -> 0.5x' * A * x, [1.0, 2.0])[1]", '2-element Vector{Float64}: 2.0 6.0'],
    ["x = [1, 2]; y = [3, 4]; (x' + y') * x, (-x') * y, (x' / 2) * y, (2x')'", '(16, -11, 5.5, [2, 4])'],
    ["x = [1, 2]; A = [1 2; 3 4]; (x' * A)'", '2-element Vector{Int64}: 7 10'],
    ["[1, 2]' .* 2", '1×2 Matrix{Int64}: 2 4'],
    ["2 * [1, 2]'", '1×2 adjoint(::Vector{Int64}) with eltype Int64: 2 4'],
    ["x = [1, 2]; (x'[1], size(x'), x' == [1 2], vcat(x', x'))", '(1, (1, 2), true, [1 2; 1 2])'],
    ["map(x -> x + 1, [1, 2]') * [1, 1]", '5'],
    ["[1 2; 3 4]'", '2×2 adjoint(::Matrix{Int64}) with eltype Int64: 1 3 2 4'],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});

describe('views', () => {
  it.each([
    ['A = [1 2; 3 4]; v = view(A, :, 1); v .= 0; A', '2×2 Matrix{Int64}: 0 2 0 4'],
    ['A = [1 2; 3 4]; v = view(A, 2, :); v[1] = 9; A', '2×2 Matrix{Int64}: 1 2 9 4'],
    ['view([1 2; 3 4], :, 1)', '2-element view(::Matrix{Int64}, :, 1) with eltype Int64: 1 3'],
    [
      'string(typeof(view([1.0 2; 3 4], :, 1)))',
      '"SubArray{Float64, 1, Matrix{Float64}, Tuple{Base.Slice{Base.OneTo{Int64}}, Int64}, true}"',
    ],
    [
      'A = zeros(3, 3); v = view(A, 1:2, [3, 1]); v .= [1 2; 3 4]; A',
      '3×3 Matrix{Float64}: 2.0 0.0 1.0 4.0 0.0 3.0 0.0 0.0 0.0',
    ],
    ['gradient(A -> sum(view(A, 1, :) .^ 2), [1.0 2; 3 4])[1]', '2×2 Matrix{Float64}: 2.0 4.0 0.0 0.0'],
    ['A = [1 2; 3 4]; v = vec(A); A[1] = 9; v', '4-element Vector{Int64}: 9 3 2 4'],
    ['A = [1 2; 3 4]; v = vec(A); s = v .+ 0; A[1] = 9; s = v[1]; v', '4-element Vector{Int64}: 9 3 2 4'],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});

describe('Bools and bits', () => {
  it.each([
    ['[true, false]', '2-element Vector{Bool}: 1 0'],
    ['[1, 2] .> 1', '2-element BitVector: 0 1'],
    ['trues(1, 2)', '1×2 BitMatrix: 1 1'],
    ['map(isodd, [1, 2])', '2-element Vector{Bool}: 1 0'],
    ['[i > 1 for i in 1:2]', '2-element Vector{Bool}: 0 1'],
    ['x = [1, 2, 3] .> 1; x[2:3]', '2-element BitVector: 1 1'],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});
