/** Matrices that say what they are; pictures turned; rows and columns in order. */

import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

describe('wrappers of matrices, turns, slices', () => {
  it.each([
    ['Diagonal([1,2])', '2×2 Diagonal{Int64, Vector{Int64}}:\n 1  ⋅\n ⋅  2'],
    ['Diagonal([1.0,2.0])', '2×2 Diagonal{Float64, Vector{Float64}}:\n 1.0   ⋅ \n  ⋅   2.0'],
    ['Symmetric([1 2; 3 4])', '2×2 Symmetric{Int64, Matrix{Int64}}:\n 1  2\n 2  4'],
    [
      'Symmetric([1 2; 3 4], :L) == [1 3; 3 4], typeof(Symmetric([1.0 2; 3 4])), issymmetric(Symmetric([1 2; 3 4]))',
      '(true, Symmetric{Float64, Matrix{Float64}}, true)',
    ],
    ['UpperTriangular([1 2; 3 4])', '2×2 UpperTriangular{Int64, Matrix{Int64}}:\n 1  2\n ⋅  4'],
    ['LowerTriangular([1.5 2; 3 4])', '2×2 LowerTriangular{Float64, Matrix{Float64}}:\n 1.5   ⋅ \n 3.0  4.0'],
    [
      'typeof(Diagonal([1, 2])), Diagonal([1, 2]) * [1 2; 3 4], [1 2; 3 4] * Diagonal([1, 2]), Diagonal([1 2; 3 4]), Diagonal([1, 2]) == [1 0; 0 2]',
      '(Diagonal{Int64, Vector{Int64}}, [1 2; 6 8], [1 4; 3 8], [1 0; 0 4], true)',
    ],
    [
      "2Diagonal([1, 2]), Diagonal([1, 2]) + Diagonal([3, 4]), inv(Diagonal([2, 4])), Diagonal([1, 2])', Diagonal([1, 2]) * Diagonal([3, 4])",
      '([2 0; 0 4], [4 0; 0 6], [0.5 0.0; 0.0 0.25], [1 0; 0 2], [3 0; 0 8])',
    ],
    [
      'typeof(2Diagonal([1, 2])), typeof(Diagonal([1, 2]) + [1 2; 3 4]), typeof(copy(Diagonal([1]))), typeof(Matrix(Diagonal([1]))), typeof(collect(Diagonal([1])))',
      '(Diagonal{Int64, Vector{Int64}}, Matrix{Int64}, Diagonal{Int64, Vector{Int64}}, Matrix{Int64}, Matrix{Int64})',
    ],
    ['d = [1, 2]; D = Diagonal(d); d[1] = 9; D[2, 2] = 7; D, d', '([9 0; 0 7], [9, 7])'],
    [
      'D = Diagonal([1, 2]); D[1, 2] = 3',
      'ERROR: ArgumentError: cannot set off-diagonal entry (1, 2) to a nonzero value (3)',
    ],
    [
      'S = Symmetric([1 2; 3 4]); S[1, 2] = 3',
      'ERROR: ArgumentError: Cannot set a non-diagonal index in a symmetric matrix',
    ],
    [
      'gradient(d -> sum(Diagonal(d) * [1 2; 3 4]), [1.0, 1.0])[1], gradient(A -> sum(Symmetric(A)), [1.0 2; 3 4])[1], gradient(A -> sum(UpperTriangular(A)), [1.0 2; 3 4])[1]',
      '([3.0, 7.0], [1.0 2.0; 0.0 1.0], [1.0 1.0; 0.0 1.0])',
    ],
    ['I(2), size(I(3))', '(Bool[1 0; 0 1], (3, 3))'],
    ['I(2)', '2×2 Diagonal{Bool, Vector{Bool}}:\n 1  ⋅\n ⋅  1'],
    [
      'Diagonal([1, 2])[1, 2], Diagonal([1, 2])[2, 2], diag(Diagonal([1, 2])), Diagonal([1, 2]) .+ 1, Diagonal([2, 4]) \\ [2, 4], sum(Diagonal([1, 2])), Diagonal([1,2]) isa AbstractMatrix',
      '(0, 2, [1, 2], [2 1; 1 3], [1.0, 1.0], 3, true)',
    ],
    ["U, S, V = svd([3.0 0; 0 4]); U * Diagonal(S) * V' ≈ [3 0; 0 4]", 'true'],
    ['inv(Diagonal([1, 0]))', 'ERROR: SingularException(2)'],
    [
      'Symmetric([1 2; 3 4]) + Symmetric([1 0; 0 1]), typeof(Symmetric([1 2; 3 4]) * 2), Symmetric([1 2; 3 4]) * [1, 1]',
      '([2 2; 2 5], Symmetric{Int64, Matrix{Int64}}, [3, 6])',
    ],
    ['imrotate([1.0 2; 3 4], 0)', '2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0'],
    ['gradient(A -> sum(imrotate(A, 0.0)), [1.0 2; 3 4])[1]', '2×2 Matrix{Float64}:\n 1.0  1.0\n 1.0  1.0'],
    ['imrotate([1.0 2 3; 4 5 6; 7 8 9], 0.1, (2:2, 2:2))', '1×1 Matrix{Float64}:\n 5.0'],
    [
      'sortslices([3 1; 1 2; 1 0]; dims=1), sortslices([3 1; 1 2]; dims=2), sortslices([3 1; 1 2]; dims=1, rev=true)',
      '([1 0; 1 2; 3 1], [1 3; 2 1], [3 1; 1 2])',
    ],
    ['imrotate([1, 2], 0.1)', 'ERROR: MethodError: no method matching imrotate(::Vector{Int64}, ::Float64)'],
    [
      'size(imrotate(ones(3, 5), π / 4)), round.(imrotate([1.0 2 3; 4 5 6; 7 8 9], π / 2, (2:2, 1:3)); digits=3)',
      '((7, 7), [8.0 5.0 2.0])',
    ],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
