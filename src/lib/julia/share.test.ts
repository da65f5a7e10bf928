/** What Julia shares is shared here, what it copies is copied. */

import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

const shown = (source: string): string => evaluate(source).text.replaceAll(/\s+/g, ' ').trim();

describe('arrays that share elements', () => {
  it.each([
    ['vec', 'A = [1 2; 3 4]; v = vec(A); v[2] = 99; A', '2×2 Matrix{Int64}: 1 2 99 4'],
    ['reshape', 'v = [1, 2, 3, 4]; R = reshape(v, 2, 2); R[1, 2] = 99; v', '4-element Vector{Int64}: 1 2 99 4'],
    ['reshape, the other way', 'v = [1, 2, 3, 4]; R = reshape(v, 2, 2); v[3] = 99; R', '2×2 Matrix{Int64}: 1 99 2 4'],
    ["A'", "A = [1 2; 3 4]; B = A'; B[1, 2] = 99; A", '2×2 Matrix{Int64}: 1 2 99 4'],
    ['transpose of a vector', 'x = [1, 2]; r = transpose(x); r[1] = 9; x', '2-element Vector{Int64}: 9 2'],
    [
      'eachcol',
      'A = [1.0 2; 3 4]; for c in eachcol(A); c ./= sum(c); end; sum(A; dims=1)',
      '1×2 Matrix{Float64}: 1.0 1.0',
    ],
    ['eachrow', 'A = [1 2; 3 4]; for r in eachrow(A); r .+= r[1]; end; A', '2×2 Matrix{Int64}: 2 3 6 7'],
    ['a share of a share', "A = [1 2; 3 4]; v = vec(A'); v[2] = 99; A", '2×2 Matrix{Int64}: 1 99 3 4'],
    ['.=', 'A = [1 2; 3 4]; v = vec(A); A .= 0; v .+= 1; A', '2×2 Matrix{Int64}: 1 1 1 1'],
    ["A .= A'", "A = [1 2; 3 4]; A .= A'; A", '2×2 Matrix{Int64}: 1 3 2 4'],
    ['x .= its own reverse', 'x = [1, 2, 3]; x .= x[end:-1:1]; x', '3-element Vector{Int64}: 3 2 1'],
    ['exchanged rows', 'A = [1 2; 3 4]; A[[1, 2], :] = A[[2, 1], :]; A', '2×2 Matrix{Int64}: 3 4 1 2'],
    [
      'reading after writing through another name',
      'A = [1 2; 3 4]; v = vec(A); s = sum(v); A[1] = 11; (s, sum(v))',
      '(10, 20)',
    ],
    ["the transpose of x' is x", "x = [1, 2]; y = (x')'; y === x", 'true'],
  ])('%s', (_, source, value) => expect(shown(source)).toBe(value));

  it('refuses to grow a vector whose elements another array has', () => {
    expect(shown('v = [1, 2]; R = reshape(v, 1, 2); push!(v, 3)')).toBe('ERROR: cannot resize array with shared data');
  });

  it('differentiates through shares', () => {
    expect(shown("gradient(A -> sum(vec(A')[1:3] .* [1.0, 2, 3]), [1.0 2; 3 4])[1]")).toBe(
      '2×2 Matrix{Float64}: 1.0 2.0 3.0 0.0',
    );
    expect(shown('gradient(A -> sum(sum(c .^ 2) for c in eachcol(A)), [1.0 2; 3 4])[1]')).toBe(
      '2×2 Matrix{Float64}: 2.0 4.0 6.0 8.0',
    );
  });
});

describe('arrays that copy', () => {
  it.each([
    ['repeat keeps a vector', 'repeat([1, 2], 2)', '4-element Vector{Int64}: 1 2 1 2'],
    ['repeat', 'A = [1 2]; B = repeat(A, 1, 1); B[1] = 9; A[1]', '1'],
    ['A[:, :]', 'A = [1 2]; B = A[:, :]; B[1] = 9; A[1]', '1'],
    ['copy of a share', 'A = [1 2]; B = copy(vec(A)); B[1] = 9; A[1]', '1'],
    ['permutedims', 'A = [1 2]; B = permutedims(A); B[1] = 9; A[1]', '1'],
    ['hcat', 'A = [1 2]; B = hcat(A); B[1] = 9; A[1]', '1'],
    ['collect', "A = [1 2]; B = collect(A'); B[1] = 9; A[1]", '1'],
  ])('%s', (_, source, value) => expect(shown(source)).toBe(value));
});

describe('matrices of anything', () => {
  it.each([
    ['["a" "b"; "c" "d"][2, 1]', '"c"'],
    ['size(["a" "b"])', '(1, 2)'],
    ['[(i, j) for i in 1:2, j in 1:2]', '2×2 Matrix{Tuple{Int64, Int64}}: (1, 1) (1, 2) (2, 1) (2, 2)'],
    ['(["a" "b"; "c" "d"],)', '(["a" "b"; "c" "d"],)'],
    ['[(i, j) for i in 1:2, j in 1:2][2, 1]', '(2, 1)'],
    ['length.(["a" "bb"; "ccc" "dddd"])', '2×2 Matrix{Int64}: 1 2 3 4'],
    ['A = ["a" "b"]; A[1, 2] = "z"; A[2]', '"z"'],
    ['fill("a", 2, 2)[2, :] == ["a", "a"]', 'true'],
    ['string(typeof(["a" "b"]))', '"Matrix{String}"'],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});

describe('indices', () => {
  it.each([
    ['lut = [10, 20, 30]; lut[[1 2; 3 1]]', '2×2 Matrix{Int64}: 10 20 30 10'],
    ['B = zeros(2, 2); B[:] = [1 2; 3 4]; B', '2×2 Matrix{Float64}: 1.0 2.0 3.0 4.0'],
    ['B = zeros(2, 2); B[:] = [1, 2, 3, 4]; B', '2×2 Matrix{Float64}: 1.0 3.0 2.0 4.0'],
    ['A = [1 2; 3 4]; A[findall(A .> 1)] == [3, 2, 4]', 'true'],
    ['(1:10)[2:3]', '2:3'],
    ['[1 2; 3 4][:, 3]', 'ERROR: BoundsError: attempt to access 2×2 Matrix{Int64} at index [1:2, 3]'],
    ['[1, 2, 3][[true, false]]', 'ERROR: BoundsError: attempt to access 3-element Vector{Int64} at index [Bool[1, 0]]'],
    ['x = [1, 2, 3]; x[1:2] = [1, 2, 3]', 'ERROR: DimensionMismatch: tried to assign 3 elements to 2 destinations'],
    [
      'A = zeros(2, 2); A[:, 1] = [1, 2, 3]',
      'ERROR: DimensionMismatch: tried to assign 3-element array to 2×1 destination',
    ],
    ['A = [1 2; 3 4]; A[1:2] .= 5; A', '2×2 Matrix{Int64}: 5 2 5 4'],
    ['A = [1 2; 3 4]; A[A .> 1] .+= 1; A', '2×2 Matrix{Int64}: 1 3 4 5'],
    ['x = [1.0]; x["a"]', 'ERROR: ArgumentError: invalid index: "a" of type String'],
    [
      'x = [1.0]; x[1] = "a"',
      'ERROR: MethodError: Cannot `convert` an object of type String to an object of type Float64',
    ],
  ])('%s', (source, value) => expect(shown(source)).toBe(value));
});
