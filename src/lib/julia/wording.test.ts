import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('errors say what Julia says', () => {
  it.each([
    [
      '[1, 2] + [1, 2, 3]',
      'DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2),), b has dims (Base.OneTo(3),), mismatch at 1',
    ],
    [
      '[1 2; 3 4] + [1 2]',
      'DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2), Base.OneTo(2)), b has dims (Base.OneTo(1), Base.OneTo(2)), mismatch at 1',
    ],
    [
      '[1, 2] + [1 2; 3 4]',
      'DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2), Base.OneTo(2)), b has dims (Base.OneTo(2),), must have singleton at dim 2',
    ],
    ["[1, 2]' * [1, 2, 3]", 'DimensionMismatch: dot product arguments have lengths 2 and 3'],
    ['(a = 1,).b', 'type NamedTuple has no field b'],
    ['f(x; k = 1) = x; f(1; j = 2.0)', 'MethodError: no method matching f(::Int64; j::Float64)'],
    ['sum([])', 'MethodError: no method matching zero(::Type{Any})'],
    ['first([])', 'BoundsError: attempt to access 0-element Vector{Any} at index [1]'],
    ['last(Int[])', 'BoundsError: attempt to access 0-element Vector{Int64} at index [0]'],
    ['Base.nobody', 'UndefVarError: `nobody` not defined in `Base`'],
    ['let; y; y = 1; end', 'UndefVarError: `y` not defined in local scope'],
  ])('%s', (source, text) => expect(evaluate(source).text).toBe(`ERROR: ${text}`));
});
