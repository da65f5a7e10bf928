import { expect, it } from 'vitest';
import sorting from '../../../content/attention/data/sorting.json' with { type: 'json' };
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import { numbersOf } from './numbers.ts';

const numbers = numbersOf(sorting as unknown as PlanResult);
const half = sorting.arms.find(({ arm, alpha }) => arm === 'add-NS' && alpha === -0.5);

it('prints what the results hold', () => {
  expect(numbers.seeds).toBe(20);
  expect(Number(numbers.accuracy('add-NS', -0.5))).toBeCloseTo(half?.accuracy.mean ?? NaN, 1);
  expect(Number.parseFloat(numbers.minusV('add-NS', -0.5))).toBeCloseTo(half?.toBaseline?.accuracy.mean ?? NaN, 1);
  expect(numbers.minusV('S')).toMatch(/^−\d+\.\d\d \(−\d+\.\d\d to −\d+\.\d\d\)$/);
});

it('compares any two arms at equal seeds', () => {
  expect(numbers.between(['add-NS', -0.5], ['V'])).toBe(numbers.minusV('add-NS', -0.5));
  expect(numbers.between(['add-NS', -0.5], ['linear', -0.5])).toBe(numbers.minusControl(-0.5, 'linear'));
});

it('throws rather than print a number that is not there', () => {
  expect(() => numbers.accuracy('add-NS', 0.125)).toThrow('sorting has no arm add-NS at 0.125');
  expect(() => numbers.minusControl(-0.5, 'add-exp')).toThrow('no such comparison');
});
