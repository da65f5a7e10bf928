import { expect, test } from 'vitest';
import type { ColourView, MatrixView } from '../julia/view.ts';
import { colourRange, displayBytes, extremes, pictureExtremes, pixelsOf } from './picture.ts';

const row = (...values: number[]): MatrixView => ({
  kind: 'matrix',
  rows: 1,
  cols: values.length,
  data: Float64Array.from(values),
  eltype: 'Float64',
  vector: false,
});
const colour: ColourView = {
  kind: 'colour',
  rows: 1,
  cols: 1,
  red: Float64Array.of(1),
  green: Float64Array.of(0.5),
  blue: Float64Array.of(-2),
};

test('displayed levels are clamped and rounded', () => {
  expect([...displayBytes(row(-1, 0.5, 1, 2, NaN))]).toEqual([0, 128, 255, 255, 0]);
});

test('extremes leave out what is not finite', () => {
  expect(extremes([NaN, 2, Infinity, -1])).toEqual({ low: -1, high: 2 });
});

test('a picture in colour has the extremes of all its planes', () => {
  expect(pictureExtremes(colour)).toEqual({ low: -2, high: 1 });
});

test('grey runs from 0 to 1, other maps over the values, the diverging one equally far from 0', () => {
  expect(colourRange(row(-1, 3), 'grey')).toEqual({ low: 0, high: 1 });
  expect(colourRange(row(-1, 3), 'viridis')).toEqual({ low: -1, high: 3 });
  expect(colourRange(row(-1, 3), 'diverging')).toEqual({ low: -3, high: 3 });
});

test('pixels are opaque, but for NaN', () => {
  expect([...pixelsOf(row(0, 1, NaN), 'grey')]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0]);
  expect([...pixelsOf(colour, 'grey')]).toEqual([255, 128, 0, 255]);
});
