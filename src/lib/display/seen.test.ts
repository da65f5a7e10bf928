import { expect, test } from 'vitest';
import type { MatrixView } from '../julia/view.ts';
import { pictureExtremes, type PictureValue } from './picture.ts';
import { seen as seenIn } from './seen.ts';

const seen = (value: PictureValue): string => seenIn(value, pictureExtremes(value));

function picture(rows: number, cols: number, at: (row: number, col: number) => number): MatrixView {
  const data = Float64Array.from({ length: rows * cols }, (_, n) => at(Math.floor(n / cols), n % cols));
  return { kind: 'matrix', rows, cols, data, eltype: 'Float64', vector: false };
}

/** Numbers in [0, 1) without an order: https://en.wikipedia.org/wiki/Linear_congruential_generator, constants of Numerical Recipes. */
function noise(): () => number {
  let state = 1;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

test.each([
  ['one grey', picture(40, 40, () => 0.7), 'Bright, the same all over'],
  ['beyond white', picture(40, 40, () => 7), 'Very bright, the same all over'],
  ['bands down', picture(300, 200, (_, col) => ((col >> 4) % 2) * 0.5), 'Dark, with bands down'],
  ['bands across', picture(64, 64, (row) => ((row >> 3) % 2) * 0.5 + 0.5), 'Bright, with bands across'],
  [
    'a tartan',
    picture(256, 256, (row, col) => (((row >> 5) % 2) + ((col >> 5) % 2)) / 2),
    'Mid-grey, with bands down and across; mirrored along its diagonal',
  ],
  ['a ramp', picture(512, 512, (row, col) => (row + 2 * col) / 1533), 'Mid-grey, with bands down and across, smooth'],
  [
    'an identity matrix',
    picture(64, 64, (row, col) => Number(row === col)),
    'Very dark, like noise; mirrored along its diagonal, which is bright',
  ],
])('%s is told as what it is', (_, value, words) => {
  expect(seen(value)).toBe(words);
});

test('noise is told as noise, and numbers that are none do no harm', () => {
  const random = noise();
  expect(seen(picture(500, 500, random))).toBe('Mid-grey, like noise');
  expect(seen(picture(20, 20, (row) => (row === 3 ? NaN : row / 20)))).toMatch(/^(Dark|Mid-grey), with bands across/);
});

test('colours are told by their grey', () => {
  const plane = (level: number): Float64Array => Float64Array.from({ length: 100 }, () => level);
  const value = { kind: 'colour', rows: 10, cols: 10, red: plane(1), green: plane(0.2), blue: plane(0) } as const;
  expect(seen(value)).toBe('Dark, the same all over');
});
