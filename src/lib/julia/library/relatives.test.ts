/** Functions of collections with dims, init, by, rev and their curried forms; what shares and what copies. */

import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

describe('functions of collections', () => {
  it.each([
    ['sum([1 2; 3 4]; dims=2)', '2×1 Matrix{Int64}:\n 3\n 7'],
    ['sum([1 2; 3 4]; dims=(1,2))', '1×1 Matrix{Int64}:\n 10'],
    ['prod([1 2; 3 4]; dims=1), maximum([1 2; 3 4]; dims=2), minimum([1 2; 3 4]; dims=1)', '([3 8], [2; 4;;], [1 2])'],
    ['sum(abs2, [1 2; 3 4]; dims=1)', '1×2 Matrix{Int64}:\n 10  20'],
    ['sum([1,2,3]; init=10), prod([2,3]; init=10), maximum([1,2]; init=5), minimum([1,2]; init=0)', '(16, 60, 5, 0)'],
    ['sum(Int[]), prod(Float64[]), sum(Float64[])', '(0, 1.0, 0.0)'],
    [
      'maximum(Int[])',
      'ERROR: ArgumentError: reducing over an empty collection is not allowed; consider supplying `init` to the reducer',
    ],
    ['reduce(+, [1 2; 3 4]; dims=1), reduce(max, [1 2; 3 4]; dims=2)', '([4 6], [2; 4;;])'],
    ['reduce(+, Int[]; init=0), foldl(-, [1,2,3]), foldr(-, [1,2,3]), foldl(-, [1,2,3]; init=10)', '(0, -4, 2, 4)'],
    ['mapreduce(x -> x^2, +, [1 2; 3 4]; dims=2)', '2×1 Matrix{Int64}:\n  5\n 25'],
    ['mapreduce(abs, max, [-3, 2]; init=1), mapreduce(*, +, [1,2], [3,4])', '(3, 11)'],
    ['reduce(hcat, [[1,2],[3,4]]), reduce(vcat, [[1,2],[3,4]])', '([1 3; 2 4], [1, 2, 3, 4])'],
    [
      'any([false true; false false]; dims=1), all([true true; false true]; dims=2), count([true false; true true]; dims=1)',
      '(Bool[0 1], Bool[1; 0;;], [2 1])',
    ],
    ['count(>(1), [1 2; 3 4]; dims=1), count(isodd, [1,2,3]; init=10)', '([1 2], 12)'],
    ['any(>(3), [1 2; 3 4]; dims=2)', '2×1 Matrix{Bool}:\n 0\n 1'],
    [
      'cumsum([1 2; 3 4]; dims=2), cumprod([1 2; 3 4]; dims=1), cumsum([true, true]), cumsum(1:3)',
      '([1 3; 3 7], [1 2; 3 8], [1, 2], [1, 3, 6])',
    ],
    ['accumulate(+, [1,2,3]; init=10), accumulate(max, [1 3; 2 1]; dims=2)', '([11, 13, 16], [1 3; 2 2])'],
    ['mean([1 2; 3 4]; dims=1), mean(x -> x^2, [1,2,3]), mean([1 2; 3 4])', '([2.0 3.0], 4.666666666666667, 2.5)'],
    [
      'std([1 2; 3 4]; dims=1), var([1,2,3,4]; corrected=false), var([1,2,3]; mean=2)',
      '([1.4142135623730951 1.4142135623730951], 1.25, 1.0)',
    ],
    [
      'median([1 2; 3 4]; dims=1), median([1,2,3,4]), median(1:4), quantile([1,2,3], [0.5])',
      '([2.0 3.0], 2.5, 2.5, [2.0])',
    ],
    ['extrema([1 2; 3 0]; dims=1), extrema(abs, [-3, 1]), extrema([3,1,2])', '([(1, 3) (0, 2)], (1, 3), (1, 3))'],
    ['findmax([1 5; 7 2]; dims=1)', '([7 5], CartesianIndex{2}[CartesianIndex(2, 1) CartesianIndex(1, 2)])'],
    ['argmax([1, 3, 3]), argmin(abs, [-2, 1]), argmax(x -> -x^2, -1:2), findmin([3,1,2])', '(2, 1, 0, (1, 2))'],
    ['findmax(abs, [-3, 2]), maximum(abs, [-3 2; 1 0]; dims=2)', '((3, 1), [3; 1;;])'],
    [
      'reverse([1 2; 3 4]; dims=1), reverse([1 2; 3 4]; dims=2), reverse([1 2; 3 4]), reverse([1,2,3,4], 2, 3), reverse((1,2)), reverse("abc")',
      '([3 4; 1 2], [2 1; 4 3], [4 3; 2 1], [1, 3, 2, 4], (2, 1), "cba")',
    ],
    [
      'circshift([1 2; 3 4], (1, 0)), circshift([1,2,3], -1), circshift([1 2 3], (0, 1))',
      '([3 4; 1 2], [2, 3, 1], [3 1 2])',
    ],
    [
      'sort([3 1; 2 4]; dims=1), sort([3 1; 2 4]; dims=2, rev=true), sort([3,1,2]; by=x->-x)',
      '([2 1; 3 4], [3 1; 4 2], [3, 2, 1])',
    ],
    [
      'sortperm([3,1,2]), sortperm([3,1,2]; rev=true), sort!([3,1,2]), partialsort([3,1,2], 1:2)',
      '([2, 3, 1], [1, 3, 2], [1, 2, 3], [1, 2])',
    ],
    ['sortperm([3 1; 2 4]; dims=1)', '2×2 Matrix{Int64}:\n 2  3\n 1  4'],
    [
      'unique([3,1,3]), unique(abs, [-1, 1, 2]), unique([1 2; 1 2]; dims=1), allunique([1,2])',
      '([3, 1], [-1, 2], [1 2], true)',
    ],
    [
      'hcat([1,2],[3,4]), vcat(1, [2,3]), hvcat((2,2), 1,2,3,4), cat([1,2],[3,4]; dims=2), cat([1 2],[3 4]; dims=1)',
      '([1 3; 2 4], [1, 2, 3], [1 2; 3 4], [1 3; 2 4], [1 2; 3 4])',
    ],
    [
      'repeat([1,2], 2), repeat([1 2], 2, 2), repeat([1,2]; inner=2), repeat([1,2]; outer=2), repeat("ab", 2)',
      '([1, 2, 1, 2], [1 2 1 2; 1 2 1 2], [1, 1, 2, 2], [1, 2, 1, 2], "abab")',
    ],
    [
      'repeat([1 2; 3 4]; inner=(1,2), outer=(2,1))',
      '4×4 Matrix{Int64}:\n 1  1  2  2\n 3  3  4  4\n 1  1  2  2\n 3  3  4  4',
    ],
    ['diff([1 4; 9 16]; dims=1), diff([1,4,9])', '([8 12], [3, 5])'],
    [
      'norm([1 2; 3 4]), norm([3,4], 1), norm([3,4], Inf), normalize([3.0,4.0])',
      '(5.477225575051661, 7.0, 4.0, [0.6, 0.8])',
    ],
    ['clamp.([1,5,10], 2, 8), clamp(3.7, 0, 1), clamp!([1,5,10], 2, 8)', '([2, 5, 8], 1.0, [2, 5, 8])'],
    [
      'map(+, [1,2], [3,4]), map(x -> x, (1,2)), map((a,b) -> a*b, (1,2), (3,4)), map(uppercase, "ab")',
      '([4, 6], (1, 2), (3, 8), "AB")',
    ],
    ['map(+, [1,2,3], [1,2])', '2-element Vector{Int64}:\n 2\n 4'],
    [
      'filter(p -> p.second > 1, Dict(1=>1, 2=>2)), filter(isodd, (1,2,3)), filter(isletter, "a1b")',
      '(Dict(2 => 2), (1, 3), "ab")',
    ],
    [
      'findall(isodd, Dict(1=>1, 2=>3)), findfirst(==(3), Dict(:a=>3)), findfirst(isodd, (2,3)), findall(>(1), (1,2,3))',
      '([1, 2], :a, 2, [2, 3])',
    ],
    [
      'findfirst(==(9), [1,2]), findlast(==(1), [1,2,1]), findnext(==(1), [1,2,1], 2), findprev(isodd, [1,2,4], 3)',
      '(nothing, 3, 3, 1)',
    ],
    [
      'count("a", "banana"), count(==(\'a\'), "banana"), occursin(\'a\', "ab"), startswith("abc", "ab")',
      '(3, 3, true, true)',
    ],
    [
      'filter(startswith("a"), ["ab","b"]), filter(endswith("b"), ["ab","b"]), filter(contains("b"), ["ab","c"]), map(==(1), [1,2])',
      '(["ab"], ["ab", "b"], ["ab"], Bool[1, 0])',
    ],
    [
      'filter(<=(2), [1,2,3]), filter(!=(2), [1,2,3]), filter(!in([1]), [1,2]), filter(≥(2), [1,2]), filter(∈([1]), [1,2]), filter(∉([1]), [1,2])',
      '([1, 2], [1, 3], [2], [2], [1], [2])',
    ],
    [
      '(>(1))(2), (==(1) ∘ length)([5]), (!isnan)(1.0), Base.Fix1(-, 10)(3), Base.Fix2(-, 10)(3)',
      '(true, true, true, 7, -7)',
    ],
    ['minimum(x for x in [3,1]), sum(i*j for i in 1:2, j in 1:2), maximum(length, ["a","bb"])', '(1, 9, 2)'],
    ["copy([1 2;3 4]') ", '2×2 Matrix{Int64}:\n 1  3\n 2  4'],
    ["A=[1 2;3 4]; B=A'; B[1,2]=9; A", '2×2 Matrix{Int64}:\n 1  2\n 9  4'],
    ['A=[1,2,3]; B=A[1:2]; B[1]=9; A, B', '([1, 2, 3], [9, 2])'],
    ['A=[[1],[2]]; B=copy(A); B[1][1]=9; A, deepcopy(A) === A', '([[9], [2]], false)'],
    ['A=[1,2]; d=Dict(:a=>A); A[1]=5; d[:a]', '2-element Vector{Int64}:\n 5\n 2'],
    ['A=zeros(2,2); r=@view A[1,:]; r .= 5; A', '2×2 Matrix{Float64}:\n 5.0  5.0\n 0.0  0.0'],
    ['A=[1 2;3 4]; B=permutedims(A); B[1]=9; A[1]', '1'],
    ['a=fill([0],2); push!(a[1], 1); a', '2-element Vector{Vector{Int64}}:\n [0, 1]\n [0, 1]'],
    ['a=[zeros(1) for _ in 1:2]; a[1][1]=1; a', '2-element Vector{Vector{Float64}}:\n [1.0]\n [0.0]'],
    ['A = [1 2; 3 4]; t = (A, A); t[1][1] = 9; t[2][1], A[1]', '(9, 9)'],
    ['x = [1,2,3]; y = x; y .+= 1; x, (x === y)', '([2, 3, 4], true)'],
    ['x = [1,2,3]; y = x; y += [1,1,1]; x, y', '([1, 2, 3], [2, 3, 4])'],
    ['A = rand(2,2); A[:] === A, A[:,:] == A, vec(A) == A[:]', '(false, true, true)'],
    [
      'd1 = Dict("a"=>[1]); d2 = copy(d1); push!(d2["a"], 2); d1',
      'Dict{String, Vector{Int64}} with 1 entry:\n  "a" => [1, 2]',
    ],
    ['s = Set([1]); t = s; push!(t, 2); length(s), length(copy(s))', '(2, 2)'],
    ['f!(v) = (push!(v, 1); v); v = Int[]; f!(v); f!(v); v', '2-element Vector{Int64}:\n 1\n 1'],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
