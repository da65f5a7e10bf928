/**
 * Crossed plans, as data: every arm is trained at every scale and at every learning rate, with all seeds, and nothing is
 * selected before the runs. Scale and rate are chosen afterwards, on validation, by one half of the seeds for the other.
 * The pre-registration (`content/attention/preregistration.md`, amendment of 29 November 2026) says the same in words, and
 * holds the SHA-256 of `crossedText`.
 */
import type { RunConfig } from '../presets.ts';
import { PRESETS, runConfig } from '../presets.ts';
import type { Split } from '../tasks/task.ts';
import type { ArmName } from '../transforms.ts';
import { ARMS } from '../transforms.ts';
import type { Variant } from './plan.ts';

export type CrossedName = 'fashion-parts' | 'fashion-parts-long' | 'fashion-parts-deep' | 'fashion-10k-rates';

export interface CrossedPlan {
  readonly name: CrossedName;
  readonly preset: 'fashion-45k' | 'fashion-45k-long' | 'fashion-45k-deep' | 'fashion-10k';
  /** Every arm with every scale that it is run at; alpha is the scale. */
  readonly variants: readonly Variant[];
  readonly rates: readonly number[];
  /** The first half of them and the second choose for each other. */
  readonly seeds: readonly number[];
  /** What its runs are evaluated on; where absent, all of `CROSSED_SPLITS`. */
  readonly splits?: readonly Split[];
}

/** One run that is to be made. */
export interface CrossedJob extends Variant {
  readonly rate: number;
  readonly seed: number;
}

/** What every run is evaluated on: validation chooses, `final` decides, the official test set is reported beside it. */
export const CROSSED_SPLITS = ['validation', 'final', 'test'] as const satisfies readonly Split[];

/** Losses that differ by less are equal for the purpose of comparison (iii), in nats. */
export const EQUIVALENT = 0.003;

const KINDS = [
  'scaled-V',
  'scaled-centred',
  'scaled-exp',
  'scaled-exp-1',
  'scaled-NS',
  'scaled-NS-1',
  'scaled-features',
  'scaled-features-1',
] as const satisfies readonly ArmName[];

const SCALES = [1, 1 / 4, 1 / 16] as const;

/** What is asked of longer training and of the larger model: V, V/4, S, and the three centred kinds at 1/4. */
const LASTING: readonly Variant[] = [
  { arm: 'scaled-V', alpha: 1 },
  { arm: 'scaled-V', alpha: 1 / 4 },
  { arm: 'scaled-NS', alpha: 1 / 16 },
  { arm: 'scaled-exp-1', alpha: 1 / 4 },
  { arm: 'scaled-NS-1', alpha: 1 / 4 },
  { arm: 'scaled-features-1', alpha: 1 / 4 },
];

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

export const CROSSED_PLANS: readonly CrossedPlan[] = [
  {
    name: 'fashion-parts',
    preset: 'fashion-45k',
    variants: KINDS.flatMap((arm) => SCALES.map((alpha) => ({ arm, alpha }))),
    rates: [4e-3, 8e-3, 1.6e-2],
    seeds: range(1001, 40),
  },
  {
    name: 'fashion-parts-long',
    preset: 'fashion-45k-long',
    variants: LASTING,
    rates: [8e-3],
    seeds: range(2001, 20),
  },
  {
    name: 'fashion-parts-deep',
    preset: 'fashion-45k-deep',
    variants: LASTING,
    rates: [3e-3, 6e-3],
    seeds: range(3001, 20),
  },
  // fashion-10k again, with its own seeds, at all rates: how far its results hang on the rate that each arm drew. Not on the
  // final test, which is kept for the plans above.
  {
    name: 'fashion-10k-rates',
    preset: 'fashion-10k',
    variants: [
      ...(['V', 'S', 'NS', 'centred', 'standardised', 'features'] as const).map((arm) => ({ arm, alpha: 0 })),
      { arm: 'add-NS', alpha: -0.5 },
      { arm: 'linear', alpha: -0.5 },
    ],
    rates: [4e-3, 8e-3, 1.6e-2],
    seeds: range(1, 20),
    splits: ['validation', 'test'],
  },
];

/** Finds a crossed plan by its name; undefined for a name that is none. */
export const crossedNamed = (name: string): CrossedPlan | undefined => CROSSED_PLANS.find((plan) => plan.name === name);

/** The configuration of one run. */
export function crossedConfig(plan: CrossedPlan, { arm, alpha, rate, seed }: CrossedJob): RunConfig {
  return runConfig(plan.preset, { arm, alpha, rate, seed });
}

export const splitsOf = ({ splits }: CrossedPlan): readonly Split[] => splits ?? CROSSED_SPLITS;

/** Everything that a plan fixes before its first run, as one text: what its SHA-256 is taken of. */
export function crossedText(plan: CrossedPlan): string {
  const { defaults, trainedOn } = PRESETS[plan.preset];
  const formulas = [...new Set(plan.variants.map(({ arm }) => arm))].map((arm) => [arm, ARMS[arm].formula]);
  return JSON.stringify({ ...plan, model: defaults, trainedOn, formulas, splits: splitsOf(plan), EQUIVALENT });
}

/** Names a run within its plan. */
export const crossedKey = ({ arm, alpha, rate, seed }: CrossedJob): string => [arm, alpha, rate, seed].join('|');

/**
 * Runs that are still to be made: all runs of a seed, then those of the next, so that what is there of an unfinished plan is
 * balanced. With `shard`, machines share a plan by seeds.
 */
export function crossedJobs(
  plan: CrossedPlan,
  done: readonly CrossedJob[],
  shard: { readonly index: number; readonly count: number } = { index: 1, count: 1 },
): CrossedJob[] {
  const { index, count } = shard;
  if (!(Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count)) {
    throw new RangeError(`a shard is i/n with 1 <= i <= n, not ${index}/${count}`);
  }
  const there = new Set(done.map(crossedKey));
  return plan.seeds
    .filter((_, i) => i % count === index - 1)
    .flatMap((seed) => plan.variants.flatMap((variant) => plan.rates.map((rate) => ({ ...variant, rate, seed }))))
    .filter((job) => !there.has(crossedKey(job)));
}
