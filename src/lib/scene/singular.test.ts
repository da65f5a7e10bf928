import { describe, expect, it } from 'vitest';
import { LayerSum } from './build-up.ts';
import { multiply } from './multiply.ts';
import { energyCurve, singularLayers } from './singular.ts';

describe('singularLayers', () => {
  it('finds known singular values', () => {
    // [3 0; 4 5] has A'A = [25 20; 20 25] with eigenvalues 45 and 5.
    const { values } = singularLayers({ rows: 2, cols: 2, data: Float64Array.of(3, 0, 4, 5) });
    expect(values[0]).toBeCloseTo(Math.sqrt(45), 12);
    expect(values[1]).toBeCloseTo(Math.sqrt(5), 12);
  });

  it('finds the values it was built from, tall or wide', () => {
    const angle = 0.4;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const wide = { rows: 2, cols: 3, data: Float64Array.of(9 * c, -2 * s, 0, 9 * s, 2 * c, 0) };
    const tall = { rows: 3, cols: 2, data: Float64Array.of(9 * c, 9 * s, -2 * s, 2 * c, 0, 0) };
    for (const matrix of [wide, tall]) {
      const { values, factors } = singularLayers(matrix);
      expect(values[0]).toBeCloseTo(9, 12);
      expect(values[1]).toBeCloseTo(2, 12);
      multiply(factors).data.forEach((value, index) => expect(value).toBeCloseTo(matrix.data[index] as number, 12));
    }
  });

  it('leaves exactly the tail of the values when cut off (Eckart-Young)', () => {
    const data = Float64Array.from({ length: 20 * 14 }, (_, n) => Math.sin(n * 1.7) + Math.cos(n * n * 0.01));
    const { values, factors } = singularLayers({ rows: 20, cols: 14, data });
    const sum = new LayerSum(factors);
    for (const rank of [1, 5, 13]) {
      sum.moveTo(rank);
      const error = data.reduce((total, value, index) => total + (value - (sum.data[index] as number)) ** 2, 0);
      const tail = values.slice(rank).reduce((total, value) => total + value ** 2, 0);
      expect(error).toBeCloseTo(tail, 9);
    }
  });

  it('refuses what is not finite', () => {
    expect(() => singularLayers({ rows: 1, cols: 2, data: Float64Array.of(1, Number.NaN) })).toThrow(RangeError);
  });
});

describe('energyCurve', () => {
  it('climbs from 0 to 1 by squared values', () => {
    expect([...energyCurve(Float64Array.of(4, 2, 0))]).toEqual([0, 0.8, 1, 1]);
    expect([...energyCurve(Float64Array.of(0, 0))]).toEqual([1, 1, 1]);
  });
});
