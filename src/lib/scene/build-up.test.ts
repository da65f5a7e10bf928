import { describe, expect, it } from 'vitest';
import { LayerSum, stepsOf, stepsPerFrame } from './build-up.ts';
import { multiply } from './multiply.ts';
import type { Factors } from './matrix.ts';

function waves(rows: number, depth: number, cols: number): Factors {
  const fill = (length: number, pitch: number) => Float64Array.from({ length }, (_, n) => Math.sin(n * pitch) + 0.3);
  return {
    left: { rows, cols: depth, data: fill(rows * depth, 0.7) },
    right: { rows: depth, cols, data: fill(depth * cols, 1.3) },
  };
}

/** The sum of the first layers, written down from its definition. */
function partial({ left, right }: Factors, layers: number): number[] {
  const out: number[] = [];
  for (let row = 0; row < left.rows; row += 1) {
    for (let col = 0; col < right.cols; col += 1) {
      let sum = 0;
      for (let k = 0; k < layers; k += 1) {
        sum += (left.data[row * left.cols + k] as number) * (right.data[k * right.cols + col] as number);
      }
      out.push(sum);
    }
  }
  return out;
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let index = 0; index < expected.length; index += 1) {
    expect(actual[index] as number).toBeCloseTo(expected[index] as number, 11);
  }
}

describe('LayerSum', () => {
  const factors = waves(5, 12, 7);

  it('holds the partial product after any walk forth and back', () => {
    const sum = new LayerSum(factors);
    for (const target of [1, 2, 12, 11, 10, 3, 4, 0, 7]) {
      expect(sum.moveTo(target)).toBe(true);
      expect(sum.count).toBe(target);
      expectClose(sum.data, partial(factors, target));
    }
  });

  it('ends at the product', () => {
    const sum = new LayerSum(factors);
    sum.moveTo(99);
    expect(sum.count).toBe(12);
    expectClose(sum.data, multiply(factors).data);
  });

  it('moves by no more than its budget', () => {
    const sum = new LayerSum(factors);
    expect(sum.moveTo(10, 4)).toBe(false);
    expect(sum.count).toBe(4);
    expectClose(sum.data, partial(factors, 4));
    expect(sum.moveTo(10, 6)).toBe(true);
  });
});

describe('multiply', () => {
  it('agrees with the definition past its blocks', () => {
    const factors = waves(7, 150, 5);
    expectClose(multiply(factors).data, partial(factors, 150));
  });
});

describe('steps', () => {
  it('counts pixels, layers or columns', () => {
    const factors = waves(5, 12, 7);
    expect([stepsOf('dot', factors), stepsOf('outer', factors), stepsOf('column', factors)]).toEqual([35, 12, 7]);
  });

  it('takes at least one step a frame', () => {
    expect(stepsPerFrame(12, 8)).toBe(1);
    expect(stepsPerFrame(262144, 8)).toBe(547);
  });
});
