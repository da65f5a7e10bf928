import { describe, expect, it } from 'vitest';
import {
  at,
  checkFactors,
  checkMatrix,
  extentOf,
  greyLevels,
  MatrixShapeError,
  NOT_A_NUMBER,
  rescale,
} from './matrix.ts';

describe('extentOf', () => {
  it('ignores what is not finite', () => {
    expect(extentOf([3, Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2])).toEqual({
      low: -1,
      high: 3,
      constant: false,
    });
  });

  it('calls a range within rounding constant', () => {
    expect(extentOf([1, 1 + 1e-9]).constant).toBe(true);
    expect(extentOf([1, 1.001]).constant).toBe(false);
    expect(extentOf([Number.NaN])).toEqual({ low: 0, high: 0, constant: true });
  });
});

describe('rescale', () => {
  it('maps low to 0 and high to 1, clamps infinities and marks NaN', () => {
    const data = [2, 4, 3, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const target = rescale(data, extentOf(data), new Float32Array(data.length));
    expect([...target]).toEqual([0, 1, 0.5, NOT_A_NUMBER, 1, 0]);
  });

  it('keeps digits that float32 would lose', () => {
    const data = Float64Array.of(1 + 1e-5, 1 + 2e-5, 1 + 3e-5);
    expect(rescale(data, extentOf(data), new Float32Array(3))[1]).toBeCloseTo(0.5, 6);
  });

  it('draws a constant matrix in the middle, infinities at the ends', () => {
    const data = [7, 7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    expect([...rescale(data, extentOf(data), new Float32Array(5))]).toEqual([0.5, 0.5, 1, 0, NOT_A_NUMBER]);
  });
});

describe('shapes', () => {
  it('refuses what does not fit', () => {
    const m = (rows: number, cols: number, length = rows * cols) => ({ rows, cols, data: new Float32Array(length) });
    expect(() => checkMatrix(m(2, 3, 5))).toThrow(MatrixShapeError);
    expect(() => checkMatrix(m(0, 3))).toThrow(MatrixShapeError);
    expect(() => checkFactors({ left: m(2, 3), right: m(2, 3) })).toThrow('inner sizes differ');
    expect(() => checkFactors({ left: m(2, 3), right: m(3, 4) })).not.toThrow();
  });

  it('answers NaN outside', () => {
    const matrix = { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) };
    expect(at(matrix, 1, 0)).toBe(3);
    expect(at(matrix, 0, 2)).toBeNaN();
    expect(at(matrix, -1, 0)).toBeNaN();
  });
});

describe('greyLevels', () => {
  const bytes = (data: readonly number[]) => [...greyLevels(data, extentOf(data), new Uint8Array(2 * data.length))];

  it('rounds as a flat picture does, clamps infinities and marks NaN', () => {
    const { NaN: none, POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number;
    const levels = [0, 255, 1, 254, 127.4, 127.6];
    expect(bytes(levels).filter((_, n) => n % 2 === 0)).toEqual([0, 255, 1, 254, 127, 128]);
    expect(bytes([0, 2, none, up, down])).toEqual([0, 255, 255, 255, 0, 0, 255, 255, 0, 255]);
  });

  it('draws a constant matrix in the middle', () => {
    expect(bytes([7, 7, Number.NaN])).toEqual([128, 255, 128, 255, 0, 0]);
  });
});
