import { describe, expect, it } from 'vitest';
import { barsPath, formatNumber, levelPath, linePath, traceBands, traceSentence } from './chart.ts';
import { tracePixel } from './trace.ts';

const trace = tracePixel(
  {
    left: { rows: 1, cols: 3, data: Float64Array.of(1, 2, 6) },
    right: { rows: 3, cols: 1, data: Float64Array.of(5, 4, 0) },
  },
  { row: 0, col: 0 },
);

describe('paths', () => {
  it('puts low at the bottom and high at the top', () => {
    expect(linePath([0, 5, 10], [0, 10])).toBe('M0.5 100L1.5 50L2.5 0');
    expect(levelPath(5, 3, [0, 10])).toBe('M0 50H3');
  });

  it('breaks a line where there is no number', () => {
    expect(linePath([0, Number.NaN, 10], [0, 10])).toBe('M0.5 100M2.5 0');
  });

  it('grows bars from zero, both ways', () => {
    expect(barsPath([10, -10], [-10, 10])).toBe('M0 50V0H1V100H2V50Z');
  });

  it('draws a level range in the middle', () => {
    expect(linePath([3, 3], [3, 3])).toBe('M0.5 50L1.5 50');
  });
});

describe('traceBands', () => {
  it('tells the pixel in the order of the arithmetic', () => {
    const bands = traceBands(trace);
    expect(bands.map((band) => band.id)).toEqual(['left', 'right', 'products', 'running', 'covariance']);
    expect(bands.map((band) => band.readout)).toEqual(['mean 3', 'mean 3', '3 products', 'ends at 13', 'ends at −14']);
    // The running sum 5, 13, 13 on a scale from 0 to the mean part 27.
    expect(bands[3]?.marks[2]?.d).toBe('M0.5 81.48L1.5 51.85L2.5 51.85');
  });

  it('speaks the split', () => {
    expect(traceSentence(trace)).toBe('C[1, 1] = 13 = 27 (means) −\u00a014 (covariance)');
  });
});

describe('formatNumber', () => {
  it('keeps four digits and a true minus', () => {
    expect([0, -1.23456, 123456.7, 1e-5, -2.5e7, Number.NaN].map(formatNumber)).toEqual([
      '0',
      '−1.235',
      '123500',
      '1.000e−5',
      '−2.500e+7',
      'NaN',
    ]);
  });
});
