import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareDisplayed, summarize } from './compare.ts';
import { decodeInNode } from './decode-node.ts';
import golden from './fixtures/golden.json' with { type: 'json' };
import { pictureOf } from './luma.ts';
import { blockMeans, resize } from './resize.ts';
import type { Float64Matrix } from './resize.ts';

const baboon = createRequire(import.meta.url).resolve('baboon-image/baboon.png');
let mandrill: Float64Matrix = { rows: 1, cols: 1, data: new Float64Array(1) };

beforeAll(async () => {
  const { grey } = pictureOf((await decodeInNode(await readFile(baboon))).raster);
  mandrill = { rows: 512, cols: 512, data: grey };
});

interface Expected {
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly pixels: readonly (readonly number[])[];
  readonly argmin: readonly number[];
  readonly argmax: readonly number[];
}

function expectMatrix(actual: Float64Matrix, expected: Expected): void {
  expect([actual.rows, actual.cols]).toEqual(expected.shape);
  const summary = summarize(actual);
  for (const key of ['min', 'max', 'mean', 'std'] as const) expect(summary[key]).toBeCloseTo(expected[key], 12);
  expect([summary.argmin, summary.argmax]).toEqual([expected.argmin, expected.argmax]);
  for (const [row = 0, col = 0, value = 0] of expected.pixels)
    expect(actual.data[row * actual.cols + col]).toBeCloseTo(value, 12);
}

/** N(C_f(m)) with f(x) = x + 1: columns divided by their sums, then scaled onto [0, 1]. */
function columnsPlusOne({ rows, cols, data }: Float64Matrix): Float64Matrix {
  const sums = new Float64Array(cols);
  for (let i = 0; i < data.length; i++) sums[i % cols] = (sums[i % cols] ?? 0) + (data[i] ?? 0) + 1;
  const shares = data.map((value, i) => (value + 1) / (sums[i % cols] ?? 1));
  const { min, max } = summarize({ rows, cols, data: shares });
  return { rows, cols, data: shares.map((value) => (value - min) / (max - min)) };
}

describe('resize', () => {
  it.each([
    [3, golden.resize_3x3],
    [5, golden.resize_5x5],
  ] as const)('gives the studies’ mandrill of %i x %i', (size, values) => {
    const { data } = resize(mandrill, size, size);
    const expected = values.flat();
    expect(data.length).toBe(expected.length);
    for (const [k, value] of expected.entries()) expect(data[k]).toBeCloseTo(value, 13);
  });

  it('gives the studies’ mandrill at half size', () => {
    expectMatrix(resize(mandrill, 256, 256), golden.half_size_float);
  });

  it.each(['256', '128', '4', '1'] as const)('gives the resolution study’s factor with %s rows', (rows) => {
    expectMatrix(resize(columnsPlusOne(mandrill), Number(rows), 512), golden.columns_plus_one[rows]);
  });

  it('is the identity at the same size, whatever the values', () => {
    const odd = { rows: 2, cols: 3, data: Float64Array.of(1, Number.POSITIVE_INFINITY, -2, 0.1, 5, 1e300) };
    expect([...resize(odd, 2, 3).data]).toEqual([...odd.data]);
  });

  it('ignores the outer two of each four at a quarter', () => {
    const row = { rows: 1, cols: 8, data: [100, 1, 2, 100, 100, 3, 4, 100] };
    expect([...resize(row, 1, 2).data]).toEqual([1.5, 3.5]);
  });

  it('repeats the edge when it enlarges', () => {
    expect([...resize({ rows: 2, cols: 1, data: [0, 1] }, 4, 1).data]).toEqual([0, 0.25, 0.75, 1]);
    expect([...resize({ rows: 1, cols: 1, data: [7] }, 2, 2).data]).toEqual([7, 7, 7, 7]);
  });

  it.each([
    [0, 3],
    [2.5, 3],
    [3, -1],
    [3, Number.NaN],
  ])('refuses %d x %d', (rows, cols) => {
    expect(() => resize(mandrill, rows, cols)).toThrow(RangeError);
  });
});

describe('blockMeans', () => {
  it('keeps the mean and agrees with a plain sum over blocks', () => {
    const blocks = blockMeans(mandrill, 16, 512);
    expect(summarize(blocks).mean).toBeCloseTo(golden.grey.mean, 12);
    for (const [block, col] of [
      [0, 0],
      [7, 300],
      [15, 511],
    ] as const) {
      let sum = 0;
      for (let r = 0; r < 32; r++) sum += mandrill.data[(32 * block + r) * 512 + col] ?? 0;
      expect(blocks.data[block * 512 + col]).toBeCloseTo(sum / 32, 14);
    }
  });

  it('equals resize at half size, where both are the mean of 2 x 2', () => {
    expect(compareDisplayed(blockMeans(mandrill, 256, 256), resize(mandrill, 256, 256)).max).toBeLessThanOrEqual(1);
    const [a, b] = [blockMeans(mandrill, 256, 256).data, resize(mandrill, 256, 256).data];
    expect(a.every((value, k) => Math.abs(value - (b[k] ?? 0)) < 1e-14)).toBe(true);
  });

  it('shares elements that lie on a border', () => {
    expect([...blockMeans({ rows: 1, cols: 3, data: [3, 6, 9] }, 1, 2).data]).toEqual([4, 8]);
    expect(() => blockMeans({ rows: 1, cols: 3, data: [3, 6, 9] }, 1, 4)).toThrow(RangeError);
  });
});
