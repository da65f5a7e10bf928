import { expect, it } from 'vitest';
import { random } from '../random.ts';
import { comparePaired } from '../statistics/paired.ts';
import type { CrossedPlan } from './crossed.ts';
import { crossedJobs, crossedNamed, splitsOf } from './crossed.ts';
import type { CrossedLine } from './crossed-records.ts';
import { summarizeCrossed } from './crossed-summary.ts';

const parts = crossedNamed('fashion-parts') as CrossedPlan;
const rates = crossedNamed('fashion-10k-rates') as CrossedPlan;
const made = { at: '', seconds: 1, node: '24', package: 'p', kernels: 'k', pictures: 'q' };

function linesOf(plan: CrossedPlan, runs: number): CrossedLine[] {
  const r = random(7, 'summary');
  return crossedJobs(plan, [])
    .slice(0, runs)
    .map((job) => {
      const result = [0.4 + 0.01 * r.uniform(), 8000 + r.below(100), 10_000] as const;
      const final = splitsOf(plan).includes('final') ? { final: result } : {};
      return { ...job, train: 0.3, validation: result, ...final, test: result, hash: 'h', ...made };
    });
}

it('tells of an unfinished plan with a final test its validation alone, over whole seeds', () => {
  const summary = summarizeCrossed(parts, linesOf(parts, 2 * 72 + 30));
  expect(summary).toMatchObject({ done: 174, planned: 2880, wholeSeeds: 2, seeds: 40, contrasts: [], baseline: [] });
  expect(summary.cells).toHaveLength(72);
  expect(summary.primaries).toBeUndefined();
  expect(summarizeCrossed(parts, linesOf(parts, 71)).cells).toEqual([]);
});

it('has the primary comparisons once all runs are there', () => {
  const { primaries, secondaries } = summarizeCrossed(parts, linesOf(parts, 2880));
  expect(primaries?.rows).toHaveLength(4);
  expect(primaries?.rows.map(({ differences }) => differences.length)).toEqual([1, 2, 1, 1]);
  expect(secondaries).toHaveLength(7 + 3);
  expect(secondaries?.every(({ holm, difference }) => holm !== null && holm >= difference.loss.p)).toBe(true);
});

it.each(['fashion-parts-long', 'fashion-parts-deep'])('%s has its secondary comparisons, and no primary', (name) => {
  const plan = crossedNamed(name) as CrossedPlan;
  const whole = summarizeCrossed(plan, linesOf(plan, Infinity));
  expect(whole.primaries).toBeUndefined();
  expect(whole.secondaries?.map(({ holm }) => holm === null)).toEqual([false, false, false, false, false, true, true]);
  expect(summarizeCrossed(plan, linesOf(plan, 100)).secondaries).toBeUndefined();
});

it('compares at equal rates, over whole seeds, and cross-fitted once all are there', () => {
  const lines = linesOf(rates, 5 * 24 + 3);
  const summary = summarizeCrossed(rates, lines);
  expect(summary.wholeSeeds).toBe(5);
  expect(summary.contrasts).toHaveLength(7 * 3);
  const found = summary.contrasts.find(({ arm, rate }) => arm === 'S' && rate === 0.016);
  const accuracy = (arm: string): number[] =>
    lines
      .filter((line) => line.arm === arm && line.rate === 0.016 && line.seed <= 5)
      .map(({ test: [, right, asked] }) => (100 * right) / asked);
  expect(found?.accuracy).toEqual(comparePaired(accuracy('S'), accuracy('V')));
  expect(summary.baseline.map(({ rate }) => rate)).toEqual(rates.rates);
  const all = summarizeCrossed(rates, linesOf(rates, 480)).contrasts;
  expect(all).toHaveLength(7 * 4);
  expect(all.filter(({ rate }) => rate === null)).toHaveLength(7);
});
