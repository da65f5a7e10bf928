/** Idioms of everyday programs: gradients, scopes, destructuring, types. */

import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('idioms', () => {
  it.each([
    [
      'x=1; y=2; @show x+y*2 2*x (x+y)*2 x.+[1] -x x^-1 x < y;',
      'x + y * 2 = 5\n2x = 2\n(x + y) * 2 = 6\nx .+ [1] = [2]\n-x = -1\nx ^ -1 = 1.0\nx < y = true\n',
    ],
    [
      "A=[1 2;3 4]; @show A[1,2] sum(A;dims=1) A' sin.([0.0]) size(A,1)+1 [a for a in 1:2];",
      "A[1, 2] = 2\nsum(A; dims = 1) = [4 6]\nA' = [1 3; 2 4]\nsin.([0.0]) = [0.0]\nsize(A, 1) + 1 = 3\n[a for a = 1:2] = [1, 2]\n",
    ],
    [
      '@show (1,2) "a$(1)" \'c\' 1=>2 1:3 !true;',
      '(1, 2) = (1, 2)\n"a$(1)" = "a1"\n\'c\' = \'c\'\n1 => 2 = 1 => 2\n1:3 = 1:3\n!true = false\n',
    ],
    [
      'gradient(x -> sum(x .^ 2), [1.0, 2.0]), gradient((x, y) -> x * y, 2.0, 3.0), gradient(x -> x^3, 2.0)',
      '(([2.0, 4.0],), (3.0, 2.0), (12.0,))',
    ],
    [
      'gradient(x -> sum(abs, x), [-1.0, 0.0, 2.0])[1], gradient(x -> maximum(x), [1.0, 3.0, 2.0])[1]',
      '([-1.0, 0.0, 1.0], [0.0, 1.0, 0.0])',
    ],
    [
      'gradient(x -> sum(reverse(x) .* [1, 2]), [1.0, 1.0])[1], gradient(x -> sum(sort(x) .* [1, 2, 3]), [3.0, 1.0, 2.0])[1]',
      '([2.0, 1.0], [3.0, 1.0, 2.0])',
    ],
    [
      'gradient(x -> x[1] * x[2], [2.0, 3.0])[1], gradient(t -> t.a^2, (a=3.0, b=1.0))[1], gradient(d -> d[:a]^2, Dict(:a=>3.0))[1]',
      '([3.0, 2.0], (a = 6.0, b = nothing), Dict(:a => 6.0))',
    ],
    [
      'gradient(x -> 2.0, 1.0), gradient(x -> x > 0 ? x^2 : -x, -2.0), gradient(x -> begin; s = 0.0; for i in 1:3; s += x^i; end; s; end, 1.0)',
      '((nothing,), (-1.0,), (6.0,))',
    ],
    [
      "gradient(x -> sum(x * x'), [1.0, 2.0])[1], gradient(x -> sum(x' * x), [1.0, 2.0])[1], gradient(A -> sum(A * [1.0, 2.0]), [1.0 2; 3 4])[1]",
      '([6.0, 6.0], [2.0, 4.0], [1.0 2.0; 1.0 2.0])',
    ],
    [
      'gradient(x -> sum(map(y -> y^2, x)), [1.0, 2.0])[1], gradient(x -> sum([y^2 for y in x]), [1.0, 2.0])[1], gradient(x -> sum(y^2 for y in x), [1.0, 2.0])[1]',
      '([2.0, 4.0], [2.0, 4.0], [2.0, 4.0])',
    ],
    [
      'gradient(x -> prod(x), [2.0, 3.0, 4.0])[1], gradient(x -> mean(x), [1.0, 2.0])[1], gradient(x -> std(x), [1.0, 3.0])[1]',
      '([12.0, 8.0, 6.0], [0.5, 0.5], [-0.7071067811865475, 0.7071067811865475])',
    ],
    [
      'gradient(x -> norm(x), [3.0, 4.0])[1], gradient(x -> dot(x, [1.0, 2.0]), [1.0, 1.0])[1], gradient(x -> sum(hcat(x, x)), [1.0, 2.0])[1]',
      '([0.6000000000000001, 0.8], [1.0, 2.0], [2.0, 2.0])',
    ],
    [
      'gradient(x -> sum(vcat(x, 2x)), [1.0])[1], gradient(x -> sum(x[2:3]), [1.0, 2, 3])[1], gradient(x -> sum(reshape(x, 2, 2)[1, :]), [1.0, 2, 3, 4])[1]',
      '([3.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0, 0.0])',
    ],
    [
      'gradient(x -> sum(repeat(x, 2)), [1.0, 2.0])[1], gradient(x -> sum(circshift(x, 1) .* [1, 0]), [1.0, 2.0])[1], gradient(x -> sum(diff(x)), [1.0, 2.0, 4.0])[1]',
      '([2.0, 2.0], [0.0, 1.0], [-1.0, 0.0, 1.0])',
    ],
    [
      'gradient(x -> sum(cumsum(x)), [1.0, 2.0])[1], gradient(x -> sum(clamp.(x, 0, 1)), [-1.0, 0.5, 2.0])[1], gradient(x -> sum(ifelse.(x .> 0, x, 0)), [-1.0, 2.0])[1]',
      '([2.0, 1.0], [0.0, 1.0, 0.0], [0.0, 1.0])',
    ],
    [
      'gradient(x -> sum(max.(x, 0)), [0.0, 1.0])[1], gradient(x -> sum(min.(x, 1)), [0.0, 2.0])[1], gradient(x -> x isa Number ? 2x : 0, 1.0)',
      '([0.0, 1.0], [1.0, 0.0], (2.0,))',
    ],
    [
      'gradient((x; k=2) -> k * x, 1.0), gradient(x -> let y = x; y^2; end, 3.0), gradient(x -> (x, 2x)[2], 1.0)',
      '((2.0,), (6.0,), (2.0,))',
    ],
    [
      'gradient(x -> foldl(*, [x, x, x]), 2.0), gradient(x -> reduce(+, [x, 2x]), 1.0), gradient(x -> mapreduce(y -> y * x, +, [1, 2]), 1.0)',
      '((12.0,), (3.0,), (3.0,))',
    ],
    [
      'gradient(x -> sum(x; dims=1)[1], [1.0 2; 3 4])[1], gradient(x -> sum(mean(x; dims=2)), [1.0 2; 3 4])[1]',
      '([1.0 0.0; 1.0 0.0], [0.5 0.5; 0.5 0.5])',
    ],
    ['gradient(x -> sum(reduce(+, x; dims=1)), [1.0 2; 3 4])[1]', '2×2 Matrix{Float64}:\n 1.0  1.0\n 1.0  1.0'],
    [
      'gradient(x -> median(x), [3.0, 1.0, 2.0])[1], gradient(x -> var(x), [1.0, 3.0])[1]',
      '([0.0, 0.0, 1.0], [-2.0, 2.0])',
    ],
    ['let x = 1; f() = (x += 1); f(); f(); x; end', '3'],
    ['f(x, y...; z=1, k...) = (x, y, z, k[:w]); f(1, 2, 3; z=4, w=5)', '(1, (2, 3), 4, 5)'],
    ['f(; a, b=a) = (a, b); f(a=1)', '(1, 1)'],
    ['f(a, b=2; c=3) = a+b+c; f(1), f(1, 1), f(1; c=1), f(1, 1, c=1)', '(6, 5, 4, 3)'],
    ['(x -> x + 1)(2), ((x, y) -> x * y)(2, 3), (() -> 5)(), map((x, y) -> x + y, [1], [2])', '(3, 6, 5, [3])'],
    ['a, (b, c), d... = 1, (2, 3), 4, 5; (a, b, c, d)', '(1, 2, 3, (4, 5))'],
    ['x = [1,2,3]; x[1], x[2] = x[2], x[1]; x', '3-element Vector{Int64}:\n 2\n 1\n 3'],
    ['i = 0; while true; i += 1; i > 3 && break; i == 2 && continue; print(i); end', '13'],
    ['for i in 1:2, j in i:2; print((i, j)); end', '(1, 1)(1, 2)(2, 2)'],
    ['for (k, v) in zip("ab", 1:2); print(k, v); end; for (i, c) in enumerate("xy"); print(i, c); end', 'a1b21x2y'],
    ['[(i, j) for i in 1:2, j in 1:2]', '2×2 Matrix{Tuple{Int64, Int64}}:\n (1, 1)  (1, 2)\n (2, 1)  (2, 2)'],
    [
      '[i for i in 1:5 if i % 2 == 0], [i + j for i in 1:2 for j in 1:i], Dict(i => i^2 for i in 1:2), Set(i for i in 1:2), Tuple(i for i in 1:2)',
      '([2, 4], [2, 3, 4], Dict(1 => 1, 2 => 4), Set([1, 2]), (1, 2))',
    ],
    ['x = 3; y = if x > 2; "a"; else; "b"; end; z = begin; 1; 2; end; (y, z, x > 2 ? 1 : 2)', '("a", 2, 1)'],
    [
      'function g(x)\n if x < 0\n  return "neg"\n elseif x == 0\n  return "zero"\n end\n "pos"\nend; g(-1), g(0), g(1)',
      '("neg", "zero", "pos")',
    ],
    [
      'f = x -> y -> x + y; f(1)(2), (sqrt ∘ abs)(-4), [1,2,3] |> sum |> sqrt, 4 |> (x -> x^2)',
      '(3, 2.0, 2.449489742783178, 16)',
    ],
    [
      '1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == true, !(1 > 2), 1 ≤ 2, 2 ≠ 3, 1 ∈ [1], 3 ∉ [1]',
      '(true, false, true, true, true, true, true, true)',
    ],
    [
      '"a" < "b", \'a\' < \'b\', (1, 2) < (1, 3), [1, 2] < [1, 3], "abc" == "abc", "Z" < "a"',
      '(true, true, true, true, true, true)',
    ],
    ['x = nothing; isnothing(x), x === nothing, something(x, 1), something(nothing, nothing, 2)', '(true, true, 1, 2)'],
    [
      'const c = 5; c + 1, Inf > 1, -Inf < 0, isnan(NaN), isfinite(Inf), isinf(Inf)',
      '(6, true, true, true, false, true)',
    ],
    ['s = 0; for i in 1:3; global s += i; end; s', '6'],
    ['f(n) = n <= 1 ? 1 : n * f(n - 1); f(5), f(20)', '(120, 2432902008176640000)'],
    ['f(x::Number) = "n"; f(x::String) = "s"; f(x) = "a"; f(1), f("a"), f(:a)', '("n", "s", "a")'],
    ['f(x::Vector{<:Real}) = 1; f(x::Matrix) = 2; f([1]), f([1 2]), f([1.0])', '(1, 2, 1)'],
    [
      'isa(1, Int), 1 isa Real, [1] isa Vector{Int}, [1] isa AbstractVector, "a" isa AbstractString, nothing isa Nothing, sin isa Function, 1:2 isa AbstractRange, \'a\' isa Char, :a isa Symbol',
      '(true, true, true, true, true, true, true, true, true, true)',
    ],
    [
      'Int <: Real, Float64 <: Integer, typeof(Int), Union{Int, Nothing}, Int isa DataType, promote(1, 2.0), promote_type(Int, Float64)',
      '(true, false, DataType, Union{Nothing, Int64}, true, (1.0, 2.0), Float64)',
    ],
    [
      'convert(Float64, 1), Float32(1), Int(2.0), Bool(1), string(1), Vector{Float64}([1]), float(1), float([1]), Int.([1.0])',
      '(1.0, 1.0f0, 2, true, "1", [1.0], 1.0, [1.0], [1])',
    ],
    [
      'pushfirst!([1], 0), insert!([1, 3], 2, 2), deleteat!([1, 2], 1), append!([1], [2, 3]), pop!([1, 2]), popfirst!([1, 2]), splice!([1, 2, 3], 2), empty!([1]), resize!([1, 2], 1)',
      '([0, 1], [1, 2, 3], [2], [1, 2, 3], 2, 1, 2, Int64[], [1])',
    ],
    [
      'd = Dict(:a=>1); d[:b] = 2; delete!(d, :a), get(d, :z, 0), get!(d, :c, 3), haskey(d, :c), pop!(d, :b), length(d), merge(d, Dict(:q=>1)) |> length, get(() -> 7, d, :z)',
      '(Dict(:c => 3), 0, 3, true, 2, 1, 2, 7)',
    ],
    ['v = [1, 2, 3, 4]; v[2:3] = [9, 8]; v[[1, 4]] .= 0; v', '4-element Vector{Int64}:\n 0\n 9\n 8\n 0'],
    ['v = [1, 2]; v[1] = 2.5', 'ERROR: InexactError: Int64(2.5)'],
    ['v = Any[1]; push!(v, "a"); v, typeof(v)', '(Any[1, "a"], Vector{Any})'],
    ['A = zeros(2, 2); A[1, :] = [1, 2]; A[:, 2] .+= 1; A', '2×2 Matrix{Float64}:\n 1.0  3.0\n 0.0  1.0'],
    ['sin ∘ cos', 'sin ∘ cos'],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
