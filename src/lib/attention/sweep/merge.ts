/**
 * From the lines of a sweep to what the article shows: results of every arm at its chosen rate, paired differences, corrected
 * p values, and the verdict in the pre-registered words.
 */
import { ARMS } from '../transforms.ts';
import type { Comparison, Summary } from '../statistics/paired.ts';
import { comparePaired, holm, seedsNeeded, summarize } from '../statistics/paired.ts';
import { chosenRate } from './jobs.ts';
import type { Plan, PlanName, Variant } from './plan.ts';
import type { SweepLine } from './records.ts';

/** A difference with its correction; accuracies in percentage points, losses in nats. */
export interface Difference extends Comparison {
  /** p after Holm's correction within its family; NaN while there are fewer than two pairs. */
  readonly holm: number;
}

/** One run, for the plot's dots: `accuracy` in percent and `loss` on test, `right` on the part a browser can check. */
export interface Dot {
  readonly seed: number;
  readonly accuracy: number;
  readonly loss: number;
  readonly probe: number;
  readonly hash: string;
}

export type Verdict = 'baseline' | 'better' | 'worse' | 'no difference worth having' | 'undecided' | 'incomplete';

export interface ArmResult extends Variant {
  readonly formula: string;
  readonly rate: number | null;
  readonly dots: readonly Dot[];
  readonly accuracy?: Summary;
  readonly loss?: Summary;
  readonly toBaseline?: { readonly accuracy: Difference; readonly loss: Difference };
  readonly toLinear?: { readonly accuracy: Difference; readonly loss: Difference };
  readonly verdict: Verdict;
  /** Seeds for a 95 % interval of 0.3 points either side. */
  readonly seedsNeeded?: number;
}

export interface PlanResult {
  readonly plan: PlanName;
  readonly exploratory: boolean;
  /** All arms have all their seeds. */
  readonly complete: boolean;
  readonly seeds: number;
  readonly arms: readonly ArmResult[];
  readonly conclusion: Conclusion;
}

/** The pre-registered answer of a plan that has both V + a N S and the linear control. */
export type Conclusion =
  'fruitful' | 'helps, but no more than centring does' | 'no benefit shown' | 'incomplete' | 'not asked';

/** Differences within this many points either side of 0 are not worth having. */
export const WORTH = 0.5;
/** Half-width the "seeds needed" figure is for, in points. */
export const WANTED_HALF_WIDTH = 0.3;

const percent = ([, right, asked]: readonly [number, number, number]): number => (100 * right) / asked;

function dotsOf(plan: Plan, variant: Variant, rate: number | undefined, lines: readonly SweepLine[]): Dot[] {
  return lines
    .filter((l) => l.stage === 'main' && l.arm === variant.arm && l.alpha === variant.alpha && l.rate === rate)
    .filter((l) => plan.seeds.includes(l.seed))
    .flatMap((l) =>
      l.test && l.probe
        ? [{ seed: l.seed, accuracy: percent(l.test), loss: l.test[0], probe: l.probe[1], hash: l.hash }]
        : [],
    )
    .sort((a, b) => a.seed - b.seed);
}

type Measure = 'accuracy' | 'loss';

/** Differences a - b at the seeds both have. */
function difference(a: readonly Dot[], b: readonly Dot[], measure: Measure): Comparison | undefined {
  const other = new Map(b.map((dot) => [dot.seed, dot[measure]]));
  const pairs = a.flatMap((dot): [number, number][] => {
    const value = other.get(dot.seed);
    return value === undefined ? [] : [[dot[measure], value]];
  });
  if (pairs.length < 2) return undefined;
  return comparePaired(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
}

/**
 * Corrects a family; arms of one family share a name. A comparison that is not there yet still counts as a member: the
 * correction must not be milder because a sweep is unfinished.
 */
function correct(
  comparisons: readonly { family: string; comparison: Comparison | undefined }[],
): (Difference | undefined)[] {
  const result: (Difference | undefined)[] = comparisons.map(() => undefined);
  for (const family of new Set(comparisons.map((c) => c.family))) {
    const members = comparisons.flatMap((c, i) => (c.family === family ? [i] : []));
    const adjusted = holm(members.map((i) => comparisons[i]?.comparison?.p ?? 1));
    members.forEach((i, rank) => {
      const comparison = comparisons[i]?.comparison;
      if (comparison) result[i] = { ...comparison, holm: adjusted[rank] ?? NaN };
    });
  }
  return result;
}

/** The pre-registered words for one difference in accuracy. */
export function verdictOf(accuracy: Difference | undefined, complete: boolean): Verdict {
  if (!accuracy || !complete) return 'incomplete';
  if (accuracy.holm < 0.05) return accuracy.mean > 0 ? 'better' : 'worse';
  return accuracy.t.low > -WORTH && accuracy.t.high < WORTH ? 'no difference worth having' : 'undecided';
}

function conclude(arms: readonly ArmResult[]): Conclusion {
  const tested = arms.filter((a) => a.arm === 'add-NS');
  if (!tested.length || !arms.some((a) => a.arm === 'linear')) return 'not asked';
  if (tested.some((a) => a.verdict === 'incomplete')) return 'incomplete';
  const helping = tested.filter((a) => a.verdict === 'better');
  const beyond = helping.some((a) => a.toLinear && a.toLinear.accuracy.holm < 0.05 && a.toLinear.accuracy.mean > 0);
  return beyond ? 'fruitful' : helping.length ? 'helps, but no more than centring does' : 'no benefit shown';
}

/** Everything about one plan. */
export function mergePlan(plan: Plan, lines: readonly SweepLine[]): PlanResult {
  const rows = plan.variants.map((variant) => {
    const rate = chosenRate(plan, variant, lines);
    return { variant, rate, dots: dotsOf(plan, variant, rate, lines) };
  });
  const baseline = rows.find(({ variant }) => variant.arm === 'V')?.dots ?? [];
  const partner = (row: (typeof rows)[number]): readonly Dot[] | undefined =>
    row.variant.arm === 'add-NS'
      ? rows.find(({ variant }) => variant.arm === 'linear' && variant.alpha === row.variant.alpha)?.dots
      : undefined;
  const family = (arm: Variant['arm']): string => (plan.families.includes(arm) ? arm : 'others');
  const baselineRows = rows.filter(({ variant }) => variant.arm !== 'V');
  const linearRows = rows.filter((row) => partner(row) !== undefined);
  const against = (measure: Measure): Map<object, Difference | undefined> => {
    const found = correct(
      baselineRows.map(({ variant, dots }) => ({
        family: family(variant.arm),
        comparison: difference(dots, baseline, measure),
      })),
    );
    return new Map(baselineRows.map((row, i) => [row, found[i]]));
  };
  const beside = (measure: Measure): Map<object, Difference | undefined> => {
    const found = correct(
      linearRows.map((row) => ({ family: 'linear', comparison: difference(row.dots, partner(row) ?? [], measure) })),
    );
    return new Map(linearRows.map((row, i) => [row, found[i]]));
  };
  const [baseAccuracy, baseLoss, linearAccuracy, linearLoss] = [
    against('accuracy'),
    against('loss'),
    beside('accuracy'),
    beside('loss'),
  ];

  const arms = rows.map((row): ArmResult => {
    const { variant, rate, dots } = row;
    const [accuracy, loss] = [baseAccuracy.get(row), baseLoss.get(row)];
    const [accuracyLinear, lossLinear] = [linearAccuracy.get(row), linearLoss.get(row)];
    const complete = dots.length === plan.seeds.length && baseline.length === plan.seeds.length;
    return {
      ...variant,
      formula: ARMS[variant.arm].formula,
      rate: rate ?? null,
      dots,
      ...(dots.length > 1 && {
        accuracy: summarize(dots.map((d) => d.accuracy)),
        loss: summarize(dots.map((d) => d.loss)),
      }),
      ...(accuracy && loss && { toBaseline: { accuracy, loss } }),
      ...(accuracyLinear && lossLinear && { toLinear: { accuracy: accuracyLinear, loss: lossLinear } }),
      ...(accuracy && { seedsNeeded: seedsNeeded(accuracy.sd, WANTED_HALF_WIDTH) }),
      verdict: variant.arm === 'V' ? 'baseline' : verdictOf(accuracy, complete),
    };
  });
  return {
    plan: plan.name,
    exploratory: plan.exploratory,
    complete: rows.every(({ dots }) => dots.length === plan.seeds.length),
    seeds: plan.seeds.length,
    arms,
    conclusion: conclude(arms),
  };
}
