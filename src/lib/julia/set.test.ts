import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('sets', () => {
  it.each([
    ['s = Set{Int}(); push!(s, 3, 3); s', 'Set{Int64} with 1 element:\n  3'],
    ['Set([1, 1.0, true])', 'Set{Float64} with 1 element:\n  1.0'],
    [
      'Set("aba") == Set(["b", "a"]), Set([NaN]) == Set([NaN]), isequal(Set([1, 2]), Set([2, 1]))',
      '(false, true, true)',
    ],
    ['3 in Set(1:3), 4 ∉ Set(1:3), isempty(Set()), Set([[1, 2]]) == Set([1:2])', '(true, true, true, true)'],
    ['s = Set([1, 2]); t = copy(s); push!(t, 9); s, t', '(Set([1, 2]), Set([1, 2, 9]))'],
    [
      'setdiff(Set([1, 2, 3]), [2]), intersect(Set([1, 2]), Set([2])), symdiff(Set([1]), Set([2]))',
      '(Set([1, 3]), Set([2]), Set([1, 2]))',
    ],
    ['Set([1, 2]) isa Set, typeof(Set(["a"])), sort(collect(Set([3, 1])))', '(true, Set{String}, [1, 3])'],
    ['sum(Set([1, 2, 2])), maximum(Set([4, 5])), [2x for x in Set([1])]', '(3, 5, [2])'],
    ['pop!(Set([7])), filter(isodd, Set([1, 2]))', '(7, Set([1]))'],
    ['delete!(Set([1]), 5)', 'Set{Int64} with 1 element:\n  1'],
    ['pop!(Set([1]), 5)', 'ERROR: KeyError: key 5 not found'],
    ['d = Dict(Set([1, 2]) => 5); d[Set([2, 1])]', '5'],
    ['unique(Set([1, 2])), union(1:2, Set([3]))', '([1, 2], [1, 2, 3])'],
    ['Set(x % 2 for x in 1:5)', 'Set{Int64} with 2 elements:\n  1\n  0'],
    ['Set([1]) ⊆ Set([1, 2]) && Set([1]) ⊊ [1, 2]', 'true'],
    ['Set([1, 2])[1]', 'ERROR: MethodError: no method matching getindex(::Set{Int64}, ::Int64)'],
  ])('%s', (source, value) => expect(evaluate(source).text).toBe(value));
});
