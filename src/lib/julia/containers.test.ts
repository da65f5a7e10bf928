/** Containers told their types: they keep them, and convert to them. */

import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('containers of one type', () => {
  it.each([
    ['struct P; x; end; P[P(1), P(2)], typeof(P[P(1)])', '(P[P(1), P(2)], Vector{P})'],
    [
      'Any[1, 2] .+ 1, sum(Any[1, 2.5]), Real[1, 2.5], Any[], Union{Int, Nothing}[1, nothing], [1, 2] isa Union{Vector{Int}, Nothing}',
      '([2, 3], 3.5, Real[1, 2.5], Any[], Union{Nothing, Int64}[1, nothing], true)',
    ],
    ['x::Union{Int, Nothing} = nothing; x = 2; x', '2'],
    ['Tuple{Int, Int}[(1, 2)], Pair{Int, Int}[1 => 2], Vector{Int}[[1], [2]]', '([(1, 2)], [1 => 2], [[1], [2]])'],
    [
      'String["a", "b"], Symbol[:a], Char[\'a\'], Bool[1, 0], Float32[1, 2], Int[1.0, 2]',
      '(["a", "b"], [:a], [\'a\'], Bool[1, 0], Float32[1.0, 2.0], [1, 2])',
    ],
    [
      'Dict{String, Any}("a" => 1, "b" => "c"), Dict{Symbol, Vector{Int}}(:a => [1]), Dict{Int, Int}()',
      '(Dict{String, Any}("a" => 1, "b" => "c"), Dict(:a => [1]), Dict{Int64, Int64}())',
    ],
    [
      'd = Dict{String, Any}(); d["a"] = 1; d["b"] = [1, 2]; d["b"][2], length(d), typeof(d)',
      '(2, 2, Dict{String, Any})',
    ],
    ['d = Dict{String, Float64}(); d["a"] = 1; d', 'Dict{String, Float64} with 1 entry:\n  "a" => 1.0'],
    ['s = Set{Int}(); push!(s, 1); s, typeof(s)', '(Set([1]), Set{Int64})'],
    [
      'Set{Float64}([1, 2]), Dict(1 => "a", 2 => :b), Dict("a" => 1, "b" => 2.5)',
      '(Set([1.0, 2.0]), Dict{Int64, Any}(1 => "a", 2 => :b), Dict{String, Real}("a" => 1, "b" => 2.5))',
    ],
    [
      'zero(1.5), one(2), zero(Float32), one(Int), zeros(Float32, 2), zero([1, 2]), oneunit(3), zero("a")',
      'ERROR: MethodError: no method matching zero(::String)',
    ],
    [
      'd = Dict("a" => 1); d["b"] = "x"',
      'ERROR: MethodError: Cannot `convert` an object of type String to an object of type Int64',
    ],
    [
      'd = Dict("a" => 1); d[:b] = 2',
      'ERROR: MethodError: Cannot `convert` an object of type Symbol to an object of type String',
    ],
    ['d = Dict(); d["a"] = 1; d[:b] = "x"; d', 'Dict{Any, Any} with 2 entries:\n  "a" => 1\n  :b  => "x"'],
    [
      'd = Dict(:a => 1.0); d[:b] = 2; d[:b], copy(d), filter(p -> p.second > 5, d), merge(d, Dict(:c => 1))',
      '(2.0, Dict(:a => 1.0, :b => 2.0), Dict{Symbol, Float64}(), Dict(:a => 1.0, :b => 2.0, :c => 1.0))',
    ],
    [
      's = Set([1]); push!(s, "a")',
      'ERROR: MethodError: Cannot `convert` an object of type String to an object of type Int64',
    ],
    [
      's = Set(); push!(s, 1, "a"); s, typeof(Set(Int[])), Dict{Symbol, Int} == Dict{Symbol, Int}, Dict(:a=>1) isa Dict{Symbol, Int}',
      '(Set(Any[1, "a"]), Set{Int64}, true, true)',
    ],
    [
      'counts = Dict{Char, Int}(); for c in "abca"; counts[c] = get(counts, c, 0) + 1; end; counts',
      "Dict{Char, Int64} with 3 entries:\n  'a' => 2\n  'b' => 1\n  'c' => 1",
    ],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
