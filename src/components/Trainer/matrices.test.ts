import { describe, expect, it } from 'vitest';
import { runConfig } from '../../lib/attention/presets.ts';
import { Training, watchedRun } from '../../lib/attention/training/training.ts';
import { headFactors, panelAlt, panelsOf, pixelsOf, scaleWords } from './matrices.ts';

const reading = (changes: Parameters<typeof runConfig>[1], preset: 'recall-demo' | 'echo' = 'recall-demo') => {
  const [first] = new Training(watchedRun(runConfig(preset, changes))).report().readings;
  if (!first) throw new Error('no reading at the start');
  return first.insight;
};

describe('the matrices of a reading', () => {
  it('are one attention a head, the values twice, and the pooling', () => {
    const groups = panelsOf(reading({ heads: 2, layers: 2 }));
    expect(groups.map(({ title }) => title)).toEqual(['Layer 1', 'Layer 2', '']);
    expect(groups[0]?.panels.map(({ title }) => title)).toEqual([
      'A, head 1',
      'A, head 2',
      'Values V',
      'Values as used',
    ]);
    const keys = groups.flatMap(({ panels }) => panels.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(panelsOf(reading({}, 'echo')).flatMap(({ panels }) => panels.map(({ kind }) => kind))).not.toContain(
      'pooling',
    );
  });

  it('are coloured over their whole range: grey from nothing, blue and orange about zero', () => {
    const [attention, values, used] = panelsOf(reading({ arm: 'NS' }))[0]?.panels ?? [];
    if (!attention || !values || !used) throw new Error('panels are missing');
    const pixels = pixelsOf(attention);
    expect(Math.max(...pixels.filter((_, k) => k % 4 === 0))).toBe(255);
    expect(scaleWords(attention)).toMatch(/^0 to 0\.\d+$/);
    expect(values.low).toBe(-values.high);
    expect(scaleWords(values)).toMatch(/^±[\d.]+$/);
    // N S is positive: no blue, and its columns sum to N.
    const { data, rows, cols } = used.matrix;
    expect(data.every((value) => value > 0)).toBe(true);
    for (let c = 0; c < cols; c++)
      expect(Array.from({ length: rows }, (_, r) => data[r * cols + c] ?? 0).reduce((a, b) => a + b)).toBeCloseTo(9, 4);
    expect(panelAlt(values, 'Left', 40)).toBe('Left model after 40 steps. Values V: one row to each token; 9 by 32.');
  });

  it('multiply, head by head', () => {
    const insight = reading({ heads: 2, arm: 'add-NS', alpha: 0.5 });
    const { left, right, product } = headFactors(insight, 0, 1);
    expect([left.rows, left.cols, right.rows, right.cols, product.rows, product.cols]).toEqual([9, 9, 9, 16, 9, 16]);
    const values = insight.layers[0]?.transformed;
    // Head 2 has the columns from the seventeenth on.
    expect(right.data[16]).toBe(values?.data[32 + 16]);
    let sum = 0;
    for (let k = 0; k < 9; k++) sum += (left.data[3 * 9 + k] ?? 0) * (right.data[k * 16 + 5] ?? 0);
    expect(product.data[3 * 16 + 5]).toBeCloseTo(sum, 5);
    expect(() => headFactors(insight, 0, 2)).toThrow('no head 3 in layer 1');
  });
});
