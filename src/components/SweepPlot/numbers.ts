/** Numbers of a plan's results, as the sentences of the article print them: none is typed by hand. */
import type { ArmResult, ControlName, PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { PairedComparison } from '../../lib/attention/statistics/paired.ts';
import { comparePaired } from '../../lib/attention/statistics/paired.ts';
import type { ArmName } from '../../lib/attention/transforms.ts';
import { fixed, range, signed } from './words.ts';

/** Two decimals: half a point is what counts as worth having, and one decimal would round too much of that away. */
const POINTS = 2;
const NATS = 4;

const difference = (comparison: PairedComparison | undefined, digits = POINTS): string => {
  if (!comparison) throw new RangeError('there is no such comparison in the results');
  return `${signed(comparison.mean, digits)} (${range(comparison.t, digits)})`;
};

type Pair = readonly [number, number];

/** Accuracies at the seeds that both arms have. */
function pairsOf(one: ArmResult | undefined, other: ArmResult | undefined): Pair[] {
  const partners = new Map(other?.dots.map(({ seed, accuracy }) => [seed, accuracy]));
  return (one?.dots ?? []).flatMap(({ seed, accuracy }): Pair[] => {
    const partner = partners.get(seed);
    return partner === undefined ? [] : [[accuracy, partner]];
  });
}

const comparePairs = (pairs: readonly Pair[]): PairedComparison =>
  comparePaired(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );

/** An arm without alpha less V, over the seeds of several plans together; each pair is of one plan. */
export function pooledMinusV(results: readonly PlanResult[], name: ArmName): PairedComparison {
  const armOf = ({ arms }: PlanResult, wanted: ArmName) => arms.find(({ arm }) => arm === wanted);
  return comparePairs(results.flatMap((result) => pairsOf(armOf(result, name), armOf(result, 'V'))));
}

/** The same as a text. */
export const pooled = (results: readonly PlanResult[], name: ArmName): string =>
  difference(pooledMinusV(results, name));

/** How many runs of one plan are runs of another once more: same weights to the last bit. */
export function copiesIn(result: PlanResult, other: PlanResult): number {
  const hashes = new Set(other.arms.flatMap(({ dots }) => dots.map(({ hash }) => hash)));
  return result.arms.reduce((sum, { dots }) => sum + dots.filter(({ hash }) => hashes.has(hash)).length, 0);
}

type At = readonly [arm: ArmName, alpha?: number];

/** What can be said of one plan. Every function throws RangeError for an arm that the results lack. */
export function numbersOf(result: PlanResult): {
  /** Mean test accuracy, in percent. */
  readonly accuracy: (arm: ArmName, alpha?: number) => string;
  /** Mean paired difference to V in points, with its 95 % t interval: `+3.79 (+2.94 to +4.63)`. */
  readonly minusV: (arm: ArmName, alpha?: number) => string;
  /** The same in loss, in nats; below zero is better. */
  readonly lossMinusV: (arm: ArmName, alpha?: number) => string;
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
    lossMinusV: (name, alpha = 0) => difference(find(name, alpha).toBaseline?.loss, NATS),
    minusControl: (alpha, control) => difference(find('add-NS', alpha).toControls?.[control]?.accuracy),
    between: ([one, a = 0], [other, b = 0]) => difference(comparePairs(pairsOf(find(one, a), find(other, b)))),
    rate: (name, alpha = 0) => String(find(name, alpha).rate),
    seeds: result.seeds,
  };
}
