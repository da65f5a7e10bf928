/** Numbers of a plan's results, as the sentences of the article print them: none is typed by hand. */
import type { ArmResult, ControlName, PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { PairedComparison } from '../../lib/attention/statistics/paired.ts';
import { comparePaired } from '../../lib/attention/statistics/paired.ts';
import type { ArmName } from '../../lib/attention/transforms.ts';
import { fixed, range, signed } from './words.ts';

const difference = (comparison: PairedComparison | undefined): string => {
  if (!comparison) throw new RangeError('there is no such comparison in the results');
  return `${signed(comparison.mean, 1)} (${range(comparison.t, 1)})`;
};

type At = readonly [arm: ArmName, alpha?: number];

/** What can be said of one plan. Every function throws RangeError for an arm that the results lack. */
export function numbersOf(result: PlanResult): {
  /** Mean test accuracy, in percent. */
  readonly accuracy: (arm: ArmName, alpha?: number) => string;
  /** Mean paired difference to V in points, with its 95 % t interval: `+3.8 (+2.9 to +4.6)`. */
  readonly minusV: (arm: ArmName, alpha?: number) => string;
  /** V + a N S minus a control at the same alpha, likewise. */
  readonly minusControl: (alpha: number, control: ControlName) => string;
  /** One arm minus another, whatever their alphas, at equal seeds, likewise; no correction is made. */
  readonly between: (one: At, other: At) => string;
  /** The learning rate chosen on validation. */
  readonly rate: (arm: ArmName, alpha?: number) => string;
  readonly seeds: number;
} {
  const find = (name: ArmName, alpha: number): ArmResult => {
    const arm = result.arms.find((a) => a.arm === name && a.alpha === alpha);
    if (!arm) throw new RangeError(`${result.plan} has no arm ${name} at ${alpha}`);
    return arm;
  };
  return {
    accuracy: (name, alpha = 0) => fixed(find(name, alpha).accuracy?.mean ?? NaN, 1),
    minusV: (name, alpha = 0) => difference(find(name, alpha).toBaseline?.accuracy),
    minusControl: (alpha, control) => difference(find('add-NS', alpha).toControls?.[control]?.accuracy),
    between: ([one, a = 0], [other, b = 0]) => {
      const partners = new Map(find(other, b).dots.map(({ seed, accuracy }) => [seed, accuracy]));
      const pairs = find(one, a).dots.flatMap(({ seed, accuracy }): [number, number][] => {
        const partner = partners.get(seed);
        return partner === undefined ? [] : [[accuracy, partner]];
      });
      return difference(
        comparePaired(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y),
        ),
      );
    },
    rate: (name, alpha = 0) => String(find(name, alpha).rate),
    seeds: result.seeds,
  };
}
