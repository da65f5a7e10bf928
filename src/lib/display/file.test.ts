import { expect, test } from 'vitest';
import type { ColourView, MatrixView } from '../julia/view.ts';
import { fileOf, type ValueFile } from './file.ts';

const matrix: MatrixView = {
  kind: 'matrix',
  rows: 2,
  cols: 1,
  data: Float64Array.of(0.25, -3),
  eltype: 'Float64',
  vector: true,
};
const plane = Float64Array.of(1, 0);
const colour: ColourView = { kind: 'colour', rows: 2, cols: 1, red: plane, green: plane, blue: plane };

const latin1 = ({ content }: ValueFile): string =>
  typeof content === 'string' ? content : new TextDecoder('latin1').decode(content);

test('a matrix is saved as a picture, as numbers and as text', () => {
  const png = fileOf(matrix, 'png');
  expect(png.type).toBe('image/png');
  expect(latin1(png)).toContain('PNG');
  expect(fileOf(matrix, 'csv')).toEqual({ content: '0.25\n-3\n', type: 'text/csv' });
  expect(latin1(fileOf(matrix, 'npy'))).toContain("'shape': (2,)");
});

test('a picture in colour is saved as PNG alone', () => {
  expect(fileOf(colour, 'png').type).toBe('image/png');
  for (const format of ['npy', 'csv'] as const) {
    expect(() => fileOf(colour, format)).toThrow('A colour picture is saved as PNG.');
  }
});
