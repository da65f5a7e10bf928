/**
 * What a crossed plan says, by the rules of its registration. "An arm at its best" is cross-fitted: each half of the seeds
 * chooses scale and rate by the lower mean validation loss, and the choice is tested on the other half. So no run that
 * chooses is a run that is tested.
 */
import type { PairedComparison } from '../statistics/paired.ts';
import { comparePaired, holm } from '../statistics/paired.ts';
import { tTail } from '../statistics/student.ts';
import type { ArmName } from '../transforms.ts';
import type { CrossedJob, CrossedPlan } from './crossed.ts';
import { crossedKey, EQUIVALENT } from './crossed.ts';
import type { CrossedLine } from './crossed-records.ts';
import type { Variant } from './plan.ts';
import type { Triple } from './records.ts';

/** An arm at one scale and one rate. */
export type Candidate = Omit<CrossedJob, 'seed'>;

/** A run whose loss is no number has learned nothing: it counts as guessing among ten classes. */
const GUESSING = Math.log(10);

/** Loss of a result; JSON has null for what is no number. */
export function lossOf([loss]: Triple): number {
  return Number.isFinite(loss) ? loss : GUESSING;
}

/** What an arm is compared by: losses in nats, accuracies in percent. `official` is the official test set. */
export const CROSSED_MEASURES = {
  loss: ({ final }: CrossedLine) => (final ? lossOf(final) : NaN),
  accuracy: ({ final }: CrossedLine) => (final ? (100 * final[1]) / final[2] : NaN),
  officialLoss: ({ test }: CrossedLine) => lossOf(test),
  officialAccuracy: ({ test }: CrossedLine) => (100 * test[1]) / test[2],
} as const;
export type CrossedMeasure = keyof typeof CROSSED_MEASURES;

/** The two halves of the seeds. */
export function halves({ seeds }: CrossedPlan): readonly [readonly number[], readonly number[]] {
  const middle = Math.floor(seeds.length / 2);
  return [seeds.slice(0, middle), seeds.slice(middle)];
}

/** All scales and rates of an arm, or all rates at one scale. */
export function candidatesOf(plan: CrossedPlan, arm: ArmName, scale?: number): Candidate[] {
  return plan.variants
    .filter((variant) => variant.arm === arm && (scale === undefined || variant.alpha === scale))
    .flatMap((variant) => plan.rates.map((rate) => ({ ...variant, rate })));
}

/** Finds runs. */
export class CrossedRuns {
  readonly plan: CrossedPlan;
  readonly #lines: ReadonlyMap<string, CrossedLine>;

  constructor(plan: CrossedPlan, lines: readonly CrossedLine[]) {
    this.plan = plan;
    this.#lines = new Map(lines.map((line) => [crossedKey(line), line]));
  }

  get count(): number {
    return this.#lines.size;
  }

  at(candidate: Candidate, seed: number): CrossedLine | undefined {
    return this.#lines.get(crossedKey({ ...candidate, seed }));
  }

  /** Seeds of which every run is there. */
  get wholeSeeds(): number[] {
    const { variants, rates, seeds } = this.plan;
    return seeds.filter((seed) =>
      variants.every((variant) => rates.every((rate) => this.at({ ...variant, rate }, seed) !== undefined)),
    );
  }

  /** Mean validation loss over some seeds; undefined while a run of them is missing. */
  validation(candidate: Candidate, seeds: readonly number[]): number | undefined {
    let sum = 0;
    for (const seed of seeds) {
      const line = this.at(candidate, seed);
      if (!line) return undefined;
      sum += lossOf(line.validation);
    }
    return seeds.length > 0 ? sum / seeds.length : undefined;
  }

  /** Of the candidates the one with the lowest mean validation loss; of equals the first. Undefined while runs are missing. */
  best(candidates: readonly Candidate[], seeds: readonly number[]): Candidate | undefined {
    let found: { candidate: Candidate; loss: number } | undefined;
    for (const candidate of candidates) {
      const loss = this.validation(candidate, seeds);
      if (loss === undefined) return undefined;
      if (!found || loss < found.loss) found = { candidate, loss };
    }
    return found?.candidate;
  }

  /**
   * The runs that test an arm at its best, seed by seed: those of the second half at what the first has chosen, and the other
   * way round. Undefined while a run is missing.
   */
  atBest(candidates: readonly Candidate[]): { chosen: readonly Candidate[]; lines: CrossedLine[] } | undefined {
    const [first, second] = halves(this.plan);
    const [byFirst, bySecond] = [this.best(candidates, first), this.best(candidates, second)];
    if (!byFirst || !bySecond) return undefined;
    const lines = this.plan.seeds.flatMap((seed) => this.at(first.includes(seed) ? bySecond : byFirst, seed) ?? []);
    return { chosen: [byFirst, bySecond], lines };
  }

  /** One arm at its best less another, seed by seed; undefined while a run is missing. */
  compare(
    a: readonly Candidate[],
    b: readonly Candidate[],
    measure: CrossedMeasure = 'loss',
  ): PairedComparison | undefined {
    const [x, y] = [this.atBest(a), this.atBest(b)];
    if (!x || !y) return undefined;
    const score = CROSSED_MEASURES[measure];
    return comparePaired(x.lines.map(score), y.lines.map(score));
  }
}

/** One arm less another, each at its best, in all that is measured. */
export type MeasuredDifference = Readonly<Record<CrossedMeasure, PairedComparison>>;

/** Undefined while a run is missing. */
export function measured(
  runs: CrossedRuns,
  a: readonly Candidate[],
  b: readonly Candidate[],
): MeasuredDifference | undefined {
  const loss = runs.compare(a, b, 'loss');
  const accuracy = runs.compare(a, b, 'accuracy');
  const officialLoss = runs.compare(a, b, 'officialLoss');
  const officialAccuracy = runs.compare(a, b, 'officialAccuracy');
  return loss && accuracy && officialLoss && officialAccuracy
    ? { loss, accuracy, officialLoss, officialAccuracy }
    : undefined;
}

/** p of "the mean lies within `margin` of 0" by two one-sided t tests: the larger of the two. */
export function equivalence({ mean, sd, n }: PairedComparison, margin: number): number {
  const error = sd / Math.sqrt(n);
  /** P(T > t). */
  const above = (t: number): number => (t > 0 ? tTail(t, n - 1) / 2 : 1 - tTail(t, n - 1) / 2);
  return Math.max(above((mean + margin) / error), above((margin - mean) / error));
}

/** The four primary comparisons of fashion-parts, all in loss on the new final test. */
export type PrimaryName = 'better than V' | 'token axis' | 'equal to exp(V)/N' | 'constant';

export interface Primary {
  readonly name: PrimaryName;
  /** The differences that it rests on: one, but for the token axis two, to exp(V) - 1 and to d F(V) - 1. */
  readonly differences: readonly MeasuredDifference[];
  readonly p: number;
  /** After Holm's correction over the four. */
  readonly holm: number;
  /** Whether it is shown. */
  readonly holds: boolean;
}

/** The registered words for the whole. */
export type PartsConclusion = 'token softmax matters' | 'a parametrisation' | 'no gain shown';

/** The primary comparisons; undefined while a run of the plan is missing: before that nothing is tested. */
export function primaries(runs: CrossedRuns): { rows: readonly Primary[]; conclusion: PartsConclusion } | undefined {
  const { plan } = runs;
  const all = plan.variants.length * plan.rates.length * plan.seeds.length;
  if (runs.count < all) return undefined;
  const best = (arm: ArmName): Candidate[] => candidatesOf(plan, arm);
  const proposal = best('scaled-NS-1');
  const toV = measured(runs, proposal, best('scaled-V'));
  const toExp = measured(runs, proposal, best('scaled-exp-1'));
  const toFeatures = measured(runs, proposal, best('scaled-features-1'));
  const small = measured(runs, candidatesOf(plan, 'scaled-NS', 1 / 16), candidatesOf(plan, 'scaled-exp', 1 / 16));
  const toUncentred = measured(runs, proposal, best('scaled-NS'));
  if (!toV || !toExp || !toFeatures || !small || !toUncentred) return undefined;
  const both = Math.max(...[toExp, toFeatures].map(({ loss }) => (loss.mean < 0 ? loss.p : 1)));
  const rows: Omit<Primary, 'holm' | 'holds'>[] = [
    { name: 'better than V', differences: [toV], p: toV.loss.p },
    { name: 'token axis', differences: [toExp, toFeatures], p: both },
    { name: 'equal to exp(V)/N', differences: [small], p: equivalence(small.loss, EQUIVALENT) },
    { name: 'constant', differences: [toUncentred], p: toUncentred.loss.p },
  ];
  const adjusted = holm(rows.map(({ p }) => p));
  const judged = rows.map((row, i): Primary => {
    const corrected = adjusted[i] ?? 1;
    const downward = row.name === 'equal to exp(V)/N' || row.differences.every(({ loss }) => loss.mean < 0);
    return { ...row, holm: corrected, holds: corrected < 0.05 && downward };
  });
  const holds = (name: PrimaryName): boolean => judged.some((row) => row.name === name && row.holds);
  const conclusion = holds('token axis')
    ? 'token softmax matters'
    : holds('better than V')
      ? 'a parametrisation'
      : 'no gain shown';
  return { rows: judged, conclusion };
}

/** A secondary comparison: one arm less another, corrected within its family where it has one. */
export interface Secondary {
  readonly arm: Variant;
  readonly less: Variant;
  /** Whether scale as well as rate is chosen. */
  readonly atBest: boolean;
  readonly difference: MeasuredDifference;
  /** After Holm's correction; null for a comparison that is reported with its interval alone. */
  readonly holm: number | null;
}

type SecondaryPair = Pick<Secondary, 'arm' | 'less' | 'atBest'>;

/** The registered secondary comparisons of a plan, by families. */
function secondaryPairs(
  plan: CrossedPlan,
): { readonly pairs: readonly SecondaryPair[]; readonly corrected: boolean }[] {
  const at = (arm: ArmName, alpha = 1): Variant => ({ arm, alpha });
  const [V, centred] = [at('scaled-V'), at('scaled-NS-1', 1 / 4)];
  if (plan.name === 'fashion-parts') {
    const kinds = [...new Set(plan.variants.map(({ arm }) => arm))].filter((arm) => arm !== 'scaled-V');
    const scales = [...new Set(plan.variants.map(({ alpha }) => alpha))];
    return [
      { corrected: true, pairs: kinds.map((arm) => ({ arm: at(arm), less: V, atBest: true })) },
      {
        corrected: true,
        pairs: scales.map((a) => ({ arm: at('scaled-NS-1', a), less: at('scaled-NS', a), atBest: false })),
      },
    ];
  }
  if (plan.name === 'fashion-10k-rates') return [];
  const others = plan.variants.filter(({ arm, alpha }) => arm !== 'scaled-V' || alpha !== 1);
  return [
    { corrected: true, pairs: others.map((arm) => ({ arm, less: V, atBest: false })) },
    {
      corrected: false,
      pairs: (['scaled-exp-1', 'scaled-features-1'] as const).map((arm) => ({
        arm: centred,
        less: at(arm, 1 / 4),
        atBest: false,
      })),
    },
  ];
}

/** The secondary comparisons; undefined while a run of the plan is missing. */
export function secondaries(runs: CrossedRuns): Secondary[] | undefined {
  const { plan } = runs;
  if (runs.count < plan.variants.length * plan.rates.length * plan.seeds.length) return undefined;
  return secondaryPairs(plan).flatMap(({ pairs, corrected }) => {
    const found = pairs.flatMap((pair) => {
      const of = ({ arm, alpha }: Variant): Candidate[] => candidatesOf(plan, arm, pair.atBest ? undefined : alpha);
      const difference = measured(runs, of(pair.arm), of(pair.less));
      return difference ? [{ ...pair, difference }] : [];
    });
    const adjusted = holm(found.map(({ difference }) => difference.loss.p));
    return found.map((one, i): Secondary => ({ ...one, holm: corrected ? (adjusted[i] ?? 1) : null }));
  });
}
