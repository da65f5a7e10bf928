import { expect, test } from 'vitest';
import type { MatrixView } from '../julia/view.ts';
import { describe, pictureFacts } from './describe.ts';
import { asPicture } from './picture.ts';

const matrix = (rows: number, cols: number, values: number[], more: Partial<MatrixView> = {}): MatrixView => ({
  kind: 'matrix',
  rows,
  cols,
  data: Float64Array.from({ length: rows * cols }, (_, k) => values[k % values.length] ?? 0),
  eltype: 'Float64',
  vector: false,
  ...more,
});

test('few numbers are shown as numbers, many and greys as a picture, unless the author says otherwise', () => {
  expect(describe(matrix(2, 3, [1, 2.5, -3]), 'auto')).toEqual({
    kind: 'numbers',
    heading: '2×3 Matrix{Float64}',
    table: [
      ['1.0', '2.5', '-3.0'],
      ['1.0', '2.5', '-3.0'],
    ],
  });
  expect(asPicture(matrix(20, 20, [1]), 'auto')).not.toBeNull();
  expect(asPicture(matrix(2, 2, [1], { eltype: 'Gray{Float64}' }), 'auto')).not.toBeNull();
  expect(asPicture(matrix(2, 2, [1]), 'picture')).not.toBeNull();
  expect(asPicture(matrix(20, 20, [1]), 'numbers')).toBeNull();
  expect(asPicture(matrix(500, 1, [1], { vector: true }), 'auto')).toBeNull();
});

const table = (view: MatrixView): unknown => {
  const result = describe(view, 'numbers');
  return result.kind === 'numbers' ? [result.heading, ...result.table.flat()] : result;
};

test.each([
  [matrix(1, 2, [1 / 3, 1e-7]), ['1×2 Matrix{Float64}', '0.333333', '1.0e-7']],
  [matrix(2, 1, [1 / 3, NaN], { vector: true }), ['2-element Vector{Float64}', '0.3333333333333333', 'NaN']],
  [matrix(1, 2, [1, -2], { eltype: 'Int64' }), ['1×2 Matrix{Int64}', '1', '-2']],
  [
    matrix(2, 1, [1, 0], { eltype: 'Bool', vector: true, summary: '2-element BitVector' }),
    ['2-element BitVector', '1', '0'],
  ],
  [
    matrix(1, 2, [1, 2], { eltype: 'Int64', summary: '1×2 adjoint(::Vector{Int64}) with eltype Int64' }),
    ['1×2 adjoint(::Vector{Int64}) with eltype Int64', '1', '2'],
  ],
  [matrix(1, 1, [0.25], { eltype: 'Gray{Float64}' }), ['1×1 Array{Gray{Float64},2} with eltype Gray{Float64}', '0.25']],
  [matrix(1, 1, [0], { data: Float32Array.of(0.1) }), ['1×1 Matrix{Float64}', '0.1']],
])('a table of numbers is headed and written as the REPL does, %#', (view, shown) => {
  expect(table(view)).toEqual(shown);
});

test('long tables say that they leave something out', () => {
  const result = describe(matrix(500, 1, [1, 2], { vector: true }), 'auto');
  expect(result.kind === 'numbers' ? result.table.length : 0).toBe(12);
  expect(result.kind === 'numbers' ? result.table.flat() : []).toContain('⋮');
});

test('facts of a picture say when values were clamped', () => {
  const facts = (values: number[]): string => {
    const result = describe(matrix(20, 20, values), 'auto');
    return result.kind === 'picture' ? pictureFacts(result) : '';
  };
  expect(facts([0, 1])).toBe('20 × 20, values from 0 to 1');
  expect(facts([-2, 3])).toContain('shown from 0 (black) to 1 (white)');
  expect(facts([0.5])).toContain('every value is 0.5');
});
