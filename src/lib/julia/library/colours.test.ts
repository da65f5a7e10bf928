import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

/** Program and value, as ColorTypes, ColorVectorSpace and FixedPointNumbers have them. */
const rows: readonly (readonly [string, string])[] = [
  [
    'typeof(Gray(0.5)), typeof(Gray(0.5f0)), typeof(Gray(1)), typeof(Gray(true))',
    '(Gray{Float64}, Gray{Float32}, Gray{N0f8}, Gray{Bool})',
  ],
  [
    'typeof(1 * Gray{N0f8}(0.5)), typeof(Gray(0.5f0) * 2.0), typeof(Gray(0.5f0) + 1)',
    '(Gray{Float32}, Gray{Float64}, Gray{Float32})',
  ],
  [
    'Gray(0.5) * Gray(0.5), Gray(0.5) / Gray(0.25), 1 / Gray(0.5), Gray(0.5) / 2',
    '(Gray{Float64}(0.25), 2.0, Gray{Float64}(2.0), Gray{Float64}(0.25))',
  ],
  ['typeof(Gray.([0.5f0 1])), eltype(Gray{N0f8}.([0.5 1]))', '(Matrix{Gray{Float32}}, Gray{N0f8})'],
  [
    'im = Gray.([0.5f0 0.25f0]); typeof(im * 2), typeof(im .+ 1), typeof(im - minimum(im)), typeof(1.5 * im)',
    '(Matrix{Gray{Float32}}, Matrix{Gray{Float32}}, Matrix{Gray{Float32}}, Matrix{Gray{Float64}})',
  ],
  [
    "im = Gray.([0.5f0 0.25f0]); typeof(im' * im), typeof(im ./ sum(im; dims=1)), typeof(reshape(im, 2)), typeof([im; im])",
    '(Matrix{Gray{Float32}}, Matrix{Float32}, Vector{Gray{Float32}}, Matrix{Gray{Float32}})',
  ],
  [
    'im = Gray.([0.5f0 0.25f0]); typeof([x * 2 for x in im]), typeof(im[:, 1]), typeof(copy(im)), typeof(convert(Matrix{Float32}, im))',
    '(Matrix{Gray{Float32}}, Vector{Gray{Float32}}, Matrix{Gray{Float32}}, Matrix{Float32})',
  ],
  [
    'im = Gray{N0f8}.([0.2 0.4]); typeof(float.(im)), typeof(real.(im)), typeof(Float32.(im)), typeof(exp.(im)), typeof(sum(im))',
    '(Matrix{Gray{Float32}}, Matrix{N0f8}, Matrix{Float32}, Matrix{Gray{Float32}}, Gray{Float64})',
  ],
  [
    'N0f8(0.8) + N0f8(0.4), N0f8(0.2) - N0f8(0.4), N0f8(0.5) * N0f8(0.5), -N0f8(0.2)',
    '(0.196N0f8, 0.804N0f8, 0.251N0f8, 0.804N0f8)',
  ],
  ['a = N0f8.([0.8 0.2]); a .+ a, a .- N0f8(0.4)', '(N0f8[0.596 0.4], N0f8[0.4 0.804])'],
  [
    'typeof(RGB(1, 0, 0)), typeof(RGB(0.5, 0, 1)), typeof(0.5f0 * RGB(1, 0, 0)), typeof(float(RGB(1, 0, 0)))',
    '(RGB{N0f8}, RGB{Float64}, RGB{Float32}, RGB{Float32})',
  ],
  [
    'c = colorview(RGB, [0.5 1.0], zeroarray, [0.0 0.25]); c[1, 2], typeof(c), red.(c), blue(c[1, 2])',
    '(RGB{Float64}(1.0,0.0,0.25), Matrix{RGB{Float64}}, [0.5 1.0], 0.25)',
  ],
  [
    'A = [0.5 1.5]; g = colorview(Gray, A); clamp01.(g)[1, 2], channelview(g) == A, Gray(0.5) == 0.5, Gray(0.5) < 0.75',
    '(Gray{Float64}(1.0), true, true, true)',
  ],
  [
    'm = zeros(Gray{Float32}, 1, 2); m[1, 2] = 0.5; m[1, 2], eltype(m), zero(m[1, 2])',
    '(Gray{Float32}(0.5), Gray{Float32}, Gray{Float32}(0.0))',
  ],
  ['g = Gray(0.5); g.val, color(g), alpha(g), alpha(RGB(1, 0, 0))', '(0.5, Gray{Float64}(0.5), 1.0, 1.0N0f8)'],
  [
    'float32(RGB(1, 0, 0)), float64(Gray{N0f8}(0.2)), typeof(n0f8.([0.5 1]))',
    '(RGB{Float32}(1.0,0.0,0.0), Gray{Float64}(0.2), Matrix{N0f8})',
  ],
  ['f(g::Gray) = "grey"; f(x::Real) = "number"; f(Gray(0.5)), f(0.5), f(N0f8(0.5))', '("grey", "number", "number")'],
];

describe('greys and colours', () => {
  for (const [program, value] of rows) {
    it(program, () => {
      expect(evaluate(program).text).toBe(value);
    });
  }

  it('shows a matrix as ColorTypes does', () => {
    expect(evaluate('Gray.([0.25 0.5; 1 1/3])').text).toBe(
      '2×2 Array{Gray{Float64},2} with eltype Gray{Float64}:\n Gray{Float64}(0.25)  Gray{Float64}(0.5)\n Gray{Float64}(1.0)   Gray{Float64}(0.333333)',
    );
  });

  it.each([
    ['N0f8(1.5)', /represent.* 256 values from 0.0 to 1.0; cannot represent 1.5/],
    ['N0f8(0.5) / N0f8(0.25)', /cannot represent/],
    ["a = Gray{N0f8}.([0.5 1]); a * a'", /unsupported: a matrix product of N0f8 numbers/],
    ['channelview([RGB(1, 0, 0) RGB(0, 0, 0)])', /unsupported: channelview of colours/],
    ['[1.0 2.0] + 1', /MethodError/],
  ])('%s is refused', (program, message) => {
    expect(evaluate(program).text).toMatch(message);
  });
});
