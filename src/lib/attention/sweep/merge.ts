/**
 * From the lines of a sweep to what the article shows: results of every arm at its chosen rate, paired differences, corrected
 * p values, and the verdict in the pre-registered words.
 */
import type { ArmName } from '../transforms.ts';
import { ARMS } from '../transforms.ts';
import type { PairedComparison, SampleSummary } from '../statistics/paired.ts';
import { comparePaired, holm, seedsNeeded, summarize } from '../statistics/paired.ts';
import { chosenRate } from './jobs.ts';
import type { Plan, PlanName, Variant } from './plan.ts';
import type { SweepLine } from './records.ts';

/** A difference with its correction; accuracies in percentage points, losses in nats. */
export interface ArmDifference extends PairedComparison {
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

export type ArmVerdict = 'baseline' | 'better' | 'worse' | 'no difference worth having' | 'undecided' | 'incomplete';

/** A pair of differences, one to each measure. */
export interface Differences {
  readonly accuracy: ArmDifference;
  readonly loss: ArmDifference;
}

/** Arms that V + a N S is compared with at its own alpha, where a plan has them. The registered one is `linear`. */
export const CONTROLS = ['linear', 'add-exp', 'add-features'] as const satisfies readonly ArmName[];
export type ControlName = (typeof CONTROLS)[number];

export interface ArmResult extends Variant {
  readonly formula: string;
  readonly rate: number | null;
  readonly dots: readonly Dot[];
  readonly accuracy?: SampleSummary;
  readonly loss?: SampleSummary;
  readonly toBaseline?: Differences;
  readonly toControls?: Partial<Record<ControlName, Differences>>;
  readonly verdict: ArmVerdict;
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
function difference(a: readonly Dot[], b: readonly Dot[], measure: Measure): PairedComparison | undefined {
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
  comparisons: readonly { family: string; comparison: PairedComparison | undefined }[],
): (ArmDifference | undefined)[] {
  const result: (ArmDifference | undefined)[] = comparisons.map(() => undefined);
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

/** Compares each row's runs with its partner's, both measures, corrected within families. Rows without pairs are absent. */
function compareAll<Row extends object>(
  jobs: readonly { row: Row; family: string; dots: readonly Dot[]; partner: readonly Dot[] }[],
): ReadonlyMap<Row, Differences> {
  const measured = (measure: Measure): (ArmDifference | undefined)[] =>
    correct(jobs.map(({ family, dots, partner }) => ({ family, comparison: difference(dots, partner, measure) })));
  const [accuracies, losses] = [measured('accuracy'), measured('loss')];
  return new Map(
    jobs.flatMap(({ row }, i) => {
      const [accuracy, loss] = [accuracies[i], losses[i]];
      return accuracy && loss ? [[row, { accuracy, loss }]] : [];
    }),
  );
}

/** The pre-registered words for one difference in accuracy. */
export function verdictOf(accuracy: ArmDifference | undefined, complete: boolean): ArmVerdict {
  if (!accuracy || !complete) return 'incomplete';
  if (accuracy.holm < 0.05) return accuracy.mean > 0 ? 'better' : 'worse';
  return accuracy.t.low > -WORTH && accuracy.t.high < WORTH ? 'no difference worth having' : 'undecided';
}

function conclude(arms: readonly ArmResult[]): Conclusion {
  const tested = arms.filter((a) => a.arm === 'add-NS');
  if (!tested.length || !arms.some((a) => a.arm === 'linear')) return 'not asked';
  if (tested.some((a) => a.verdict === 'incomplete')) return 'incomplete';
  const helping = tested.filter((a) => a.verdict === 'better');
  const beyond = helping.some(({ toControls }) => {
    const linear = toControls?.linear?.accuracy;
    return linear !== undefined && linear.holm < 0.05 && linear.mean > 0;
  });
  return beyond ? 'fruitful' : helping.length ? 'helps, but no more than centring does' : 'no benefit shown';
}

/** Everything about one plan. */
export function mergePlan(plan: Plan, lines: readonly SweepLine[]): PlanResult {
  const rows = plan.variants.map((variant) => {
    const rate = chosenRate(plan, variant, lines);
    return { variant, rate, dots: dotsOf(plan, variant, rate, lines) };
  });
  const baseline = rows.find(({ variant }) => variant.arm === 'V')?.dots ?? [];
  const family = (arm: ArmName): string => (plan.families.includes(arm) ? arm : 'others');
  const others = rows.filter(({ variant }) => variant.arm !== 'V');
  const toBaseline = compareAll(
    others.map((row) => ({ row, family: family(row.variant.arm), dots: row.dots, partner: baseline })),
  );
  const tested = rows.filter(({ variant }) => variant.arm === 'add-NS');
  const toControl = CONTROLS.map((control) => {
    const pairs = tested.flatMap((row) => {
      const partner = rows.find(({ variant: v }) => v.arm === control && v.alpha === row.variant.alpha);
      return partner ? [{ row, family: control, dots: row.dots, partner: partner.dots }] : [];
    });
    return { control, found: compareAll(pairs) };
  });

  const arms = rows.map((row): ArmResult => {
    const { variant, rate, dots } = row;
    const against = toBaseline.get(row);
    const beside = toControl.flatMap(({ control, found }) => {
      const differences = found.get(row);
      return differences ? [[control, differences] as const] : [];
    });
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
      ...(against && { toBaseline: against, seedsNeeded: seedsNeeded(against.accuracy.sd, WANTED_HALF_WIDTH) }),
      ...(beside.length > 0 && { toControls: Object.fromEntries(beside) }),
      verdict: variant.arm === 'V' ? 'baseline' : verdictOf(against?.accuracy, complete),
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
