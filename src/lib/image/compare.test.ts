import { describe, expect, it } from 'vitest';
import { compareDisplayed, compareLevels, correlation, samplePixels, summarize } from './compare.ts';

const matrix = { rows: 2, cols: 3, data: [4, 1, 5, 9, 1, 9] };

describe('compareLevels', () => {
  it('counts what differs, and finds the worst', () => {
    expect(compareLevels([1, 2, 3, 4], [1, 4, 3, 1])).toEqual({ max: 3, mean: 1.25, share: 0.5, differing: 2, at: 3 });
    expect(compareLevels([1], [1])).toEqual({ max: 0, mean: 0, share: 0, differing: 0, at: -1 });
  });

  it('refuses what cannot be compared', () => {
    expect(() => compareLevels([1], [1, 2])).toThrow(RangeError);
    expect(() => compareLevels([], [])).toThrow(RangeError);
    expect(() => compareDisplayed(matrix, { ...matrix, rows: 3, cols: 2 })).toThrow(RangeError);
  });

  it('compares matrices as they are shown', () => {
    const a = { rows: 1, cols: 3, data: [0, 0.4, 2] };
    const b = { rows: 1, cols: 3, data: [-7, 0.4 + 1 / 255, 1] };
    expect(compareDisplayed(a, b)).toMatchObject({ max: 1, differing: 1, at: 1 });
  });
});

describe('summarize', () => {
  it('gives extremes with the first place of each', () => {
    const summary = summarize(matrix);
    expect(summary).toMatchObject({ min: 1, max: 9, argmin: [0, 1], argmax: [1, 0] });
    expect(summary.mean).toBeCloseTo(29 / 6, 14);
    expect(summary.std).toBeCloseTo(Math.sqrt(205 / 6 - (29 / 6) ** 2), 13);
    expect(() => summarize({ rows: 0, cols: 3, data: [] })).toThrow(RangeError);
  });
});

describe('samplePixels', () => {
  it('reads row, column', () => {
    expect(
      samplePixels(matrix, [
        [0, 2],
        [1, 0],
      ]),
    ).toEqual([5, 9]);
    expect(() => samplePixels(matrix, [[2, 0]])).toThrow(RangeError);
    expect(() => samplePixels(matrix, [[0, 3]])).toThrow(RangeError);
  });
});

describe('correlation', () => {
  it('is 1 for a rescaled matrix, -1 for its negative, NaN for a constant', () => {
    const scaled = { ...matrix, data: matrix.data.map((v) => 3 * v + 8) };
    const negative = { ...matrix, data: matrix.data.map((v) => -v) };
    expect(correlation(matrix, scaled)).toBeCloseTo(1, 14);
    expect(correlation(matrix, negative)).toBeCloseTo(-1, 14);
    expect(correlation(matrix, { ...matrix, data: [2, 2, 2, 2, 2, 2] })).toBeNaN();
  });
});
