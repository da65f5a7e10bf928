import { expect, it } from 'vitest';
import sorting from '../../../content/attention/data/sorting.json' with { type: 'json' };
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { TableChoice } from './table-cells.ts';
import { differenceCells, differenceHeads, ownCells, TABLE_CHOICES } from './table-cells.ts';
import { fixed, range, signed } from './words.ts';

const { arms } = sorting as unknown as PlanResult;
const half = arms.find(({ arm, alpha }) => arm === 'add-NS' && alpha === -0.5);

it('shows the differences in accuracy or loss, with either interval, as the results have them', () => {
  if (!half?.toBaseline || !half.toControls?.linear) throw new Error('no arm');
  const { accuracy, loss } = half.toBaseline;
  expect(differenceCells(half, 'accuracy-t').slice(0, 2)).toEqual([signed(accuracy.mean, 2), range(accuracy.t)]);
  expect(differenceCells(half, 'accuracy-bootstrap')[1]).toBe(range(accuracy.bootstrap));
  expect(differenceCells(half, 'loss-t').slice(0, 2)).toEqual([signed(loss.mean, 4), range(loss.t, 4)]);
  expect(differenceCells(half, 'loss-bootstrap')[1]).toBe(range(loss.bootstrap, 4));
  expect(differenceCells(half, 'loss-t')[3]).toBe(signed(half.toControls.linear.loss.mean, 4));
  expect(ownCells(half)[2]).toBe(fixed(half.accuracy?.mean ?? NaN, 2));
});

it('has a head and a cell for every choice, empty for V', () => {
  for (const choice of Object.keys(TABLE_CHOICES) as TableChoice[]) {
    expect(differenceHeads(choice)).toHaveLength(5);
    expect(arms[0] && differenceCells(arms[0], choice)).toEqual(['', '', '', '', '']);
  }
});
