import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiply } from './multiply.ts';
import { barsLabel, groupTerms, tracePixel } from './trace.ts';
import type { Factors } from './matrix.ts';

const factors: Factors = {
  left: { rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) },
  right: { rows: 3, cols: 2, data: Float32Array.of(7, 8, 9, 10, 11, 12) },
};

const anyFactors = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, depth, cols]) => {
    const numbers = (length: number) =>
      fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: length, maxLength: length });
    return fc.record({
      left: numbers(rows * depth).map((data) => ({ rows, cols: depth, data: Float64Array.from(data) })),
      right: numbers(depth * cols).map((data) => ({ rows: depth, cols, data: Float64Array.from(data) })),
    });
  });

describe('tracePixel', () => {
  it('follows one pixel of a known product', () => {
    const trace = tracePixel(factors, { row: 1, col: 0 });
    expect([...trace.left]).toEqual([4, 5, 6]);
    expect([...trace.right]).toEqual([7, 9, 11]);
    expect([...trace.products]).toEqual([28, 45, 66]);
    expect([...trace.running]).toEqual([28, 73, 139]);
    expect(trace.value).toBe(139);
    expect([trace.leftMean, trace.rightMean, trace.meanPart]).toEqual([5, 9, 135]);
    expect([...trace.centred]).toEqual([2, 0, 2]);
    expect(trace.covariancePart).toBe(4);
  });

  it('splits every pixel of every product into mean and covariance part', () => {
    fc.assert(
      fc.property(anyFactors, (any) => {
        const product = multiply(any);
        for (let row = 0; row < product.rows; row += 1) {
          for (let col = 0; col < product.cols; col += 1) {
            const trace = tracePixel(any, { row, col });
            expect(trace.value).toBeCloseTo(product.data[row * product.cols + col] as number, 9);
            expect(trace.meanPart + trace.covariancePart).toBeCloseTo(trace.value, 9);
          }
        }
      }),
    );
  });

  it('refuses a pixel outside', () => {
    expect(() => tracePixel(factors, { row: 2, col: 0 })).toThrow('outside the 2 x 2 product');
    expect(() => tracePixel(factors, { row: 0.5, col: 0 })).toThrow('outside');
  });
});

describe('groupTerms', () => {
  it('keeps every term when they fit', () => {
    const bars = groupTerms(Float64Array.of(1, -2, 3), 8);
    expect([...bars.sums]).toEqual([1, -2, 3]);
    expect(barsLabel(bars, 3)).toBe('3 bars, one for every k');
  });

  it('loses nothing when they do not fit', () => {
    const terms = Float64Array.from({ length: 100 }, (_, k) => Math.sin(k));
    const bars = groupTerms(terms, 16);
    expect(bars.size).toBe(7);
    expect(bars.starts.slice(0, 3)).toEqual([0, 7, 14]);
    expect(bars.sums.length).toBe(15);
    expect(bars.sums.reduce((a, b) => a + b)).toBeCloseTo(
      terms.reduce((a, b) => a + b),
      12,
    );
    expect(barsLabel(bars, 100)).toBe('15 bars for 100 products, each the sum of 7 neighbours (the last of 2)');
  });
});
