import { describe, expect, it } from 'vitest';
import { footprint, hitField, pointOver } from './height-field.ts';
import type { HeightField } from './height-field.ts';

/** A 10 x 20 plain with one tower at (row 4, col 6). */
const field: HeightField = { rows: 10, cols: 20, top: 0.5, height: (row, col) => (row === 4 && col === 6 ? 0.5 : 0) };

describe('height field', () => {
  it('keeps pixels square', () => {
    expect(footprint(field)).toEqual({ width: 1, depth: 0.5 });
    expect(pointOver(field, { row: 0, col: 0 })[0]).toBeCloseTo(-0.475);
    expect(pointOver(field, { row: 0, col: 0 })[2]).toBeCloseTo(-0.225);
  });

  it('hits the pixel below', () => {
    for (const pixel of [
      { row: 0, col: 0 },
      { row: 4, col: 6 },
      { row: 9, col: 19 },
    ]) {
      const [x, , z] = pointOver(field, pixel);
      expect(hitField(field, [x, 3, z], [0, -1, 0])).toEqual(pixel);
    }
  });

  it('is stopped by a tower in the way', () => {
    const [x, , z] = pointOver(field, { row: 1, col: 6 });
    // From the front, falling slowly: without the tower it would land behind it.
    const direction = [0, -0.2, -1] as const;
    expect(hitField(field, [x, 0.2 * (2 - z), 2], direction)).toEqual({ row: 4, col: 6 });
    expect(hitField({ ...field, height: () => 0 }, [x, 0.2 * (2 - z), 2], direction)).toEqual({ row: 1, col: 6 });
  });

  it('passes by', () => {
    expect(hitField(field, [3, 3, 0], [0, -1, 0])).toBeNull();
    expect(hitField(field, [0, 1, 2], [0, 0, -1])).toBeNull();
  });
});
