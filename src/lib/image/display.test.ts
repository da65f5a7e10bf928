import { describe, expect, it } from 'vitest';
import { display8, level8 } from './display.ts';

describe('level8', () => {
  it('brings every 8-bit level back', () => {
    for (let v = 0; v < 256; v++) {
      expect(level8(v / 255)).toBe(v);
      expect(level8(Math.fround(v / 255))).toBe(v);
    }
  });

  it('clamps, and shows NaN as black', () => {
    expect([-3, -0, Number.NEGATIVE_INFINITY, Number.NaN].map(level8)).toEqual([0, 0, 0, 0]);
    expect([1, 1.0001, Number.POSITIVE_INFINITY].map(level8)).toEqual([255, 255, 255]);
  });

  it('rounds halves to the even level', () => {
    // 0.5 / 255 and 1.5 / 255 times 255 are exact halves in float64.
    expect((0.5 / 255) * 255).toBe(0.5);
    expect((1.5 / 255) * 255).toBe(1.5);
    expect([level8(0.5 / 255), level8(1.5 / 255), level8(0.5)]).toEqual([0, 2, 128]);
    expect(level8(0.5 / 255 + 1e-12)).toBe(1);
  });

  it('is what display8 does to each element', () => {
    expect([...display8({ rows: 2, cols: 2, data: [0, 0.25, 0.75, 2] })]).toEqual([0, 64, 191, 255]);
  });
});
