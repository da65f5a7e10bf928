import { expect, it } from 'vitest';
import type { MeasuredDifference, Primary } from '../../lib/attention/sweep/cross-fit.ts';
import { comparePaired } from '../../lib/attention/statistics/paired.ts';
import { COMPARISON_HEADS, primaryRows, secondaryRows } from './crossed-words.ts';

/** A difference of `points` and `nats`, told sharply. */
function difference(points: number, nats: number): MeasuredDifference {
  const around = (mean: number, size: number) =>
    comparePaired(
      Array.from({ length: 20 }, (_, i) => mean + (i % 2 ? size : -size)),
      Array.from({ length: 20 }, () => 0),
    );
  const [accuracy, loss] = [around(points, 0.05), around(nats, 0.0005)];
  return { accuracy, loss, officialAccuracy: accuracy, officialLoss: loss };
}

it('says real and worth having by the interval in accuracy', () => {
  const rows: Primary[] = [
    { name: 'better than V', differences: [difference(0.3, -0.01)], p: 0, holm: 0, holds: true },
    { name: 'token axis', differences: [difference(0.8, -0.01), difference(0, 0)], p: 1, holm: 1, holds: false },
  ];
  const [first, second, third, ...more] = primaryRows(rows);
  expect(more).toEqual([]);
  expect(first?.words).toBe('N S − 1 less V');
  expect(first?.cells.slice(1, 6)).toEqual(['< 0.001', 'better than V', '+0.30 (+0.28 to +0.32)', 'yes', 'no']);
  expect(second?.cells.slice(2, 6)).toEqual([
    'not shown to be better than both',
    '+0.80 (+0.78 to +0.82)',
    'yes',
    'yes',
  ]);
  expect(third?.cells[4]).toBe('not shown');
  expect(first?.cells).toHaveLength(COMPARISON_HEADS.length);
});

it('names the arms of a secondary comparison with their scales', () => {
  const [row] = secondaryRows([
    {
      arm: { arm: 'scaled-NS-1', alpha: 1 / 4 },
      less: { arm: 'scaled-V', alpha: 1 },
      atBest: false,
      difference: difference(-0.7, 0.02),
      holm: 0.001,
    },
  ]);
  expect(row?.words).toBe('1/4 (N S(V) − 1) less V');
  expect(row?.cells.slice(2, 6)).toEqual(['worse', '−0.70 (−0.72 to −0.68)', 'yes', 'yes']);
});
