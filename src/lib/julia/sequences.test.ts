/** Lines of matrices, ranges, structs, tuples and broadcasts. */

import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('lines, ranges, structs, tuples', () => {
  it.each([
    [
      'mapslices(sum, [1 2; 3 4]; dims=1), mapslices(x -> x .- mean(x), [1.0 2; 3 4]; dims=2)',
      '([4 6], [-0.5 0.5; -0.5 0.5])',
    ],
    [
      'eachslice([1 2; 3 4]; dims=2) |> collect |> length, [sum(r) for r in eachrow([1 2; 3 4])], sum.(eachcol([1 2; 3 4]))',
      '(2, [3, 7], [4, 6])',
    ],
    ['for (i, r) in enumerate(eachrow([1 2; 3 4])); print(i, r); end', '1[1, 2]2[3, 4]'],
    [
      'hcat(eachcol([1 2; 3 4])...), stack([[1,2],[3,4]]), stack([[1,2],[3,4]]; dims=1), reduce(hcat, eachrow([1 2; 3 4]))',
      '([1 2; 3 4], [1 3; 2 4], [1 2; 3 4], [1 3; 2 4])',
    ],
    ['eachcol([1 2; 3 4])[1], collect(eachrow([1 2; 3 4]))[2], length(eachrow([1 2; 3 4]))', '([1, 3], [3, 4], 2)'],
    [
      'map(sum, eachrow([1 2; 3 4])), maximum.(eachrow([1 2; 3 4])), map(x -> x[1], eachcol([1 2; 3 4]))',
      '([3, 7], [2, 4], [1, 2])',
    ],
    [
      'dropdims(sum([1 2; 3 4]; dims=1); dims=1), vec(sum([1 2; 3 4]; dims=2)), selectdim([1 2; 3 4], 1, 2)',
      '([4, 6], [3, 7], [3, 4])',
    ],
    ['A = [1 2; 3 4]; A[2, :] .= 0; A[:, end] = [7, 8]; A .+= 1; A', '2×2 Matrix{Int64}:\n 2  8\n 1  9'],
    [
      'rotl90([1 2; 3 4]), rotr90([1 2; 3 4]), rot180([1 2; 3 4]), permutedims([1 2; 3 4], (2, 1)), transpose([1 2])',
      '([2 4; 1 3], [3 1; 4 2], [4 3; 2 1], [1 3; 2 4], [1; 2;;])',
    ],
    [
      'isempty(zeros(0, 3)), size(zeros(0, 3)), sum(zeros(0, 3); dims=1), vcat(zeros(0, 2), [1 2])',
      '(true, (0, 3), [0.0 0.0 0.0], [1.0 2.0])',
    ],
    [
      '1:0, isempty(1:0), collect(1:0), sum(1:0), length(5:1), maximum(1:3), (1:3) .+ 0.5, reverse(1:3), (1:10)[2:2:6]',
      '(1:0, true, Int64[], 0, 0, 3, 1.5:1.0:3.5, 3:-1:1, 2:2:6)',
    ],
    [
      '1:3 == [1,2,3], (1:3) * 2, 2 * (1:3), (1:3) + (1:3), -(1:3), (1:3)[end], 3 in 1:5, step(1:2:5), first(1:3), last(1:2:6)',
      '(true, 2:2:6, 2:2:6, 2:2:6, -1:-1:-3, 3, true, 2, 1, 5)',
    ],
    [
      'range(0, 1; length=5), range(0, 1, 5), range(1; step=2, length=3), LinRange(0, 1, 3)[2], 0:0.25:1',
      '(0.0:0.25:1.0, 0.0:0.25:1.0, 1:2:5, 0.5, 0.0:0.25:1.0)',
    ],
    [
      'string(1:3), "$(0:0.1:0.3)", collect(0:0.1:0.3), (0:0.1:0.3)[4]',
      '("1:3", "0.0:0.1:0.3", [0.0, 0.1, 0.2, 0.3], 0.3)',
    ],
    [
      'struct P; x::Float64; y; end; p = P(1, "a"); p, p.x, fieldnames(P), typeof(p), p == P(1, "a"), hash(p) == hash(P(1, "a"))',
      '(P(1.0, "a"), 1.0, (:x, :y), P, true, true)',
    ],
    ['mutable struct M; x; end; m = M(1); m.x += 1; m.x, m == M(2), m === m', '(2, false, true)'],
    [
      'struct P; x; end; [P(1), P(2)], (P(1),), Dict(P(1) => 2)[P(1)], P(1) in [P(1)], unique([P(1), P(1)])',
      '(P[P(1), P(2)], (P(1),), 2, true, P[P(1)])',
    ],
    [
      'struct P{T<:Real}; x::T; end; P(1), P(1.5), P{Float64}(1), typeof(P(1)), P(1) isa P, P(1) isa P{Int}',
      '(P{Int64}(1), P{Float64}(1.5), P{Float64}(1.0), P{Int64}, true, true)',
    ],
    ['struct A; x; end; struct B; a::A; end; b = B(A(1)); b.a.x, b', '(1, B(A(1)))'],
    ['Base.@kwdef struct K; a = 1; b::Int = 2; end; K(), K(; a = 5), K(3, 4)', '(K(1, 2), K(5, 2), K(3, 4))'],
    [
      'abstract type S end; struct C <: S; r; end; struct D <: S; a; b; end; area(c::C) = c.r^2; area(d::D) = d.a * d.b; sum(area, [C(2), D(1, 3)]), [C(1), D(1, 2)]',
      '(7, S[C(1), D(1, 2)])',
    ],
    ['(; a, b) = (a=1, b=2); a + b, let (x, y) = (3, 4); x * y; end', '(3, 12)'],
    [
      'nt = (a=1, b=2); nt.a, nt[:b], nt[1], keys(nt), values(nt), length(nt), merge(nt, (c=3,)), (; nt..., a=5), haskey(nt, :a)',
      '(1, 2, 1, (:a, :b), (1, 2), 2, (a = 1, b = 2, c = 3), (a = 5, b = 2), true)',
    ],
    [
      'for (k, v) in pairs((a=1, b=2)); print(k, v); end; pairs((a=1,)) |> collect',
      'a1b21-element Vector{Pair{Symbol, Int64}}:\n :a => 1',
    ],
    [
      't = (1, "a", :b); t[1], t[end], length(t), t[2:3], (t..., 4), reverse(t), 1 in t, first(t), map(string, t)',
      '(1, :b, 3, ("a", :b), (1, "a", :b, 4), (:b, "a", 1), true, 1, ("1", "a", "b"))',
    ],
    ['@. sin([0.0]) + 1, @.([1, 2] * 2), (x -> @. x^2 + 1)([1, 2])', '([1.0], [2, 4], [2, 5])'],
    [
      '[1, 2] .== [1, 3], all([1, 2] .== [1, 2]), any([1, 2] .> 1), .![true, false], [true, false] .& [true, true], ([1, 2] .> 1) .| [true, false]',
      '(Bool[1, 0], true, true, Bool[0, 1], Bool[1, 0], Bool[1, 1])',
    ],
    [
      'max.([1, 5], [3, 2]), [1, 2] .^ 2, 2 .^ [1, 2], [1, 2]\' .* [3, 4], (1, 2) .+ 1, "a" .* ["b", "c"], string.([1, 2]), ["a", "b"] .* "x"',
      '([3, 5], [1, 4], [2, 4], [3 6; 4 8], (2, 3), ["ab", "ac"], ["1", "2"], ["ax", "bx"])',
    ],
    [
      'f(x, y) = x + y; f.([1, 2], 3), f.([1, 2], [3 4]), f.(1, 2), f.(Ref([1, 2]), [[1, 1]])',
      '([4, 5], [4 5; 5 6], 3, [[2, 3]])',
    ],
    [
      'sum([[1, 2], [3, 4]]), mean([[1, 2], [3, 4]]), [[1, 2], [3, 4]] .+ [[1, 1], [1, 1]], maximum(maximum, [[1, 5], [2]])',
      '([4, 6], [2.0, 3.0], [[2, 3], [4, 5]], 5)',
    ],
    [
      'nt = (a=1, b=2); (; nt..., c=3), (; nt...), (; a=5, nt...)',
      '((a = 1, b = 2, c = 3), (a = 1, b = 2), (a = 1, b = 2))',
    ],
    ['f(; kw...) = (; kw..., z = 1); f(a=2)', '(a = 2, z = 1)'],
    ['(1:3) - (1:3), (1:3) + (0:0.5:1)', '([0, 0, 0], 1.0:1.5:4.0)'],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
