/** Indices as values, axes, keys. */

import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

describe('indices as values', () => {
  it.each([
    ['A = [2 6; 4 7; 3 1]; CartesianIndices(A)[5]', 'CartesianIndex(2, 2)'],
    ['CartesianIndices([1 2; 3 4])', 'CartesianIndices((2, 2))'],
    ['CartesianIndices([1, 2])', 'CartesianIndices((2,))'],
    ['CartesianIndices((1:3, 1:2))', 'CartesianIndices((1:3, 1:2))'],
    ['CartesianIndices((1:3, 1:2))[4]', 'CartesianIndex(1, 2)'],
    ['CartesianIndices((1:2:5, 1:2))[2, 2]', 'CartesianIndex(3, 2)'],
    [
      'LinearIndices([1 2; 3 4; 5 6])',
      '3×2 LinearIndices{2, Tuple{Base.OneTo{Int64}, Base.OneTo{Int64}}}:\n 1  4\n 2  5\n 3  6',
    ],
    ['LinearIndices((1:3, 1:2))[1, 2]', '4'],
    [
      'for I in CartesianIndices((2,2)); print(I, "."); end',
      'CartesianIndex(1, 1).CartesianIndex(2, 1).CartesianIndex(1, 2).CartesianIndex(2, 2).',
    ],
    ['A = [1 2; 3 4]; [A[I] for I in CartesianIndices(A)]', '2×2 Matrix{Int64}:\n 1  2\n 3  4'],
    ['A = [1 2; 3 4]; sum(A[I] * I[1] for I in CartesianIndices(A))', '17'],
    [
      'A = [1 2; 3 4]; B = zero(A); for I in CartesianIndices(A); B[I] = A[I]^2; end; B',
      '2×2 Matrix{Int64}:\n 1   4\n 9  16',
    ],
    [
      'A = collect(1:9); R = CartesianIndices(A); I1 = oneunit(first(R)); [sum(A[J] for J in max(first(R), I-I1):min(last(R), I+I1)) for I in R]',
      '9-element Vector{Int64}:\n  3\n  6\n  9\n 12\n 15\n 18\n 21\n 24\n 17',
    ],
    [
      'CartesianIndex(1, 2) + CartesianIndex(1, 1), CartesianIndex(3,4) - CartesianIndex(1, 1), 2CartesianIndex(1, 2), -CartesianIndex(1, 2)',
      '(CartesianIndex(2, 3), CartesianIndex(2, 3), CartesianIndex(2, 4), CartesianIndex(-1, -2))',
    ],
    [
      'Tuple(CartesianIndex(1,2)), CartesianIndex(1,2)[2], CartesianIndex((3, 4)), CartesianIndex(1,2).I',
      '((1, 2), 2, CartesianIndex(3, 4), (1, 2))',
    ],
    [
      'i, j = CartesianIndex(1, 2)',
      'ERROR: ArgumentError: iteration is deliberately unsupported for CartesianIndex. Use `I` rather than `I...`, or use `Tuple(I)...`',
    ],
    ['i, j = Tuple(argmax([1 9; 3 4])); (i, j)', '(1, 2)'],
    [
      'CartesianIndex(1,2) == CartesianIndex(1,2), CartesianIndex(1,2) < CartesianIndex(2,1), CartesianIndex(1, 2) in CartesianIndices((2, 2))',
      '(true, false, true)',
    ],
    ['CartesianIndex(1,1):CartesianIndex(2,2)', 'CartesianIndices((1:2, 1:2))'],
    [
      'typeof(CartesianIndex(1,2)), typeof(CartesianIndices((2,))), size(CartesianIndices((2,3))), length(CartesianIndices((2,3)))',
      '(CartesianIndex{2}, CartesianIndices{1, Tuple{Base.OneTo{Int64}}}, (2, 3), 6)',
    ],
    ['A = [1 2; 3 4]; A[CartesianIndices((1:1, 1:2))]', '1×2 Matrix{Int64}:\n 1  2'],
    ['A = [1 2; 3 4]; A[[CartesianIndex(1,1), CartesianIndex(2,2)]]', '2-element Vector{Int64}:\n 1\n 4'],
    [
      '[CartesianIndex(1,1), CartesianIndex(2,2)]',
      '2-element Vector{CartesianIndex{2}}:\n CartesianIndex(1, 1)\n CartesianIndex(2, 2)',
    ],
    [
      'collect(CartesianIndices((2,2)))',
      '2×2 Matrix{CartesianIndex{2}}:\n CartesianIndex(1, 1)  CartesianIndex(1, 2)\n CartesianIndex(2, 1)  CartesianIndex(2, 2)',
    ],
    ['axes([1 2;3 4]), axes([1,2], 1), axes(1:3)', '((Base.OneTo(2), Base.OneTo(2)), Base.OneTo(2), (Base.OneTo(3),))'],
    [
      'eachindex([1 2; 3 4]), eachindex((1,2)), eachindex([1,2], [3,4])',
      '(Base.OneTo(4), Base.OneTo(2), Base.OneTo(2))',
    ],
    ["eachindex([1 2; 3 4]')", 'CartesianIndices((2, 2))'],
    [
      'eachindex([1,2], [1])',
      'ERROR: DimensionMismatch: all inputs to eachindex must have the same indices, got Base.OneTo(2) and Base.OneTo(1)',
    ],
    ['keys([5, 6])', '2-element LinearIndices{1, Tuple{Base.OneTo{Int64}}}:\n 1\n 2'],
    ['keys([1 2; 3 4])', 'CartesianIndices((2, 2))'],
    ['keys("αb"), keys((1, 2)), keys((a=1,))', '([1, 3], Base.OneTo(2), (:a,))'],
    ['keys(Dict("a"=>1))', 'KeySet for a Dict{String, Int64} with 1 entry. Keys:\n  "a"'],
    ['values(Dict("a"=>1))', 'ValueIterator for a Dict{String, Int64} with 1 entry. Values:\n  1'],
    [
      'd = Dict("a"=>1, "b"=>2); sort(collect(keys(d))), sum(values(d)), "a" in keys(d), 2 in values(d), maximum(values(d)), length(keys(d))',
      '(["a", "b"], 3, true, true, 2, 2)',
    ],
    ['print(keys(Dict(1=>2)), values(Dict(1=>2)))', '[1][2]'],
    ['sort(keys(Dict(1=>2)))', 'ERROR: MethodError: no method matching sort(::Base.KeySet{Int64, Dict{Int64, Int64}})'],
    ['for (k, v) in Dict(1=>2); print(k, v); end; for k in keys(Dict(3=>4)); print(k); end', '123'],
    [
      'd = Dict(:a=>1); [k for k in keys(d)], [2v for v in values(d)], map(x -> 2x, values(d)), join(keys(d), ",")',
      '([:a], [2], [2], "a")',
    ],
    ['d = Dict(1=>2); k = keys(d); d[5] = 6; length(k)', '2'],
    [
      'iterate([5, 6]), iterate([5, 6], 3), iterate(1:2), iterate("ab"), iterate("αb", 3)',
      "((5, 2), nothing, (1, 1), ('a', 2), ('b', 4))",
    ],
    ['getindex([5,6],2), getindex(Dict(1=>2), 1), getindex([1 2; 3 4], 1, :)', '(6, 2, [1, 2])'],
    [
      'axes([1 2; 3 4], 1)[1:1], collect(axes([1,2],1)), typeof(axes([1],1)), Base.OneTo(3)',
      '(1:1, [1, 2], Base.OneTo{Int64}, Base.OneTo(3))',
    ],
    [
      'axes([1,2],1) == 1:2, axes([1,2],1) isa AbstractUnitRange, 2 .* axes([1,2],1), reverse(axes([1,2],1))',
      '(true, true, 2:2:4, 2:-1:1)',
    ],
    ["['a':'c'], 'a':'c', collect('a':'c')", "(StepRange{Char, Int64}['a':1:'c'], 'a':1:'c', ['a', 'b', 'c'])"],
    ['[s * "!" for s in ["a" "b"; "c" "d"]]', '2×2 Matrix{String}:\n "a!"  "b!"\n "c!"  "d!"'],
    ['findall([1 0; 0 1] .== 1)', '2-element Vector{CartesianIndex{2}}:\n CartesianIndex(1, 1)\n CartesianIndex(2, 2)'],
    ['A = [1 2; 3 4]; I = findfirst(==(3), A); A[I], I + CartesianIndex(0, 1)', '(3, CartesianIndex(2, 2))'],
    ['checkbounds(Bool, [1,2], 3), checkbounds(Bool, [1 2; 3 4], 2, 2), isassigned([1,2], 3)', '(false, true, false)'],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
