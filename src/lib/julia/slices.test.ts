import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('slices and turns', () => {
  it.each([
    ['a = [1 2; 3 4]; rotl90(a, 2) == rot180(a), rotr90(a, -1) == rotl90(a), rot180(a, 2) == a', '(true, true, true)'],
    ['A = [1 2; 3 4]; selectdim(A, 1, 2)[1] = 9; A[2, 1]', '9'],
    ['dropdims([1 2; 3 4]; dims=1)', 'ERROR: ArgumentError: dropped dims must all be size 1'],
    ['quantile([1.0, 2.0], 1.5)', 'ERROR: ArgumentError: input probability out of [0,1] range'],
    ['gradient(v -> quantile(v, 0.25), [3.0, 1.0, 2.0])[1]', '3-element Vector{Float64}:\n 0.0\n 0.5\n 0.5'],
    ['gradient(A -> rotl90(A)[1, 1], [1.0 2.0; 3.0 4.0])[1]', '2×2 Matrix{Float64}:\n 0.0  1.0\n 0.0  0.0'],
    ['gradient(x -> sum(cumsum(vec(x))), [1.0 2; 3 4])[1]', '2×2 Matrix{Float64}:\n 4.0  2.0\n 3.0  1.0'],
    [
      "gradient(x -> sum(sort(vec(x')) .* [1, 2, 3, 4]), [1.0 2; 3 4])[1]",
      '2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0',
    ],
  ])('%s', (source, value) => expect(evaluate(source).text).toBe(value));
});
