/**
 * What the sweep runs, as data. The pre-registration (`content/attention/preregistration.md`) says the same in words;
 * whoever changes one changes the other, and says so there.
 */
import type { TransformPlace } from '../config.ts';
import type { PresetName, RunConfig } from '../presets.ts';
import { runConfig } from '../presets.ts';
import type { ArmName } from '../transforms.ts';
import { ARMS } from '../transforms.ts';

export type PlanName =
  | 'recall'
  | 'sorting'
  | 'sorting-closer'
  | 'sorting-bent'
  | 'sorting-long'
  | 'sorting-deep'
  | 'fashion-10k'
  | 'fashion-60k'
  | 'fashion-60k-again'
  | 'fashion-10k-pooling'
  | 'independent'
  | 'echo';

/** One arm at one alpha. */
export interface Variant {
  readonly arm: ArmName;
  readonly alpha: number;
}

export interface Plan {
  readonly name: PlanName;
  readonly preset: PresetName;
  readonly place: TransformPlace;
  /** Exploratory plans are outside the pre-registered tests and are labelled so wherever they are shown. */
  readonly exploratory: boolean;
  readonly variants: readonly Variant[];
  /** Arms whose alphas form a family of tests of their own; all other arms of the plan form one together. */
  readonly families: readonly ArmName[];
  /** Learning rates to choose from, on validation, with the selection seeds. */
  readonly rates: readonly number[];
  readonly selectionSeeds: readonly number[];
  readonly seeds: readonly number[];
}

/** `select` runs are looked at on validation only; `main` runs on test. */
export type SweepStage = 'select' | 'main';

const V: Variant = { arm: 'V', alpha: 0 };
const plain = (...arms: ArmName[]): Variant[] => arms.map((arm) => ({ arm, alpha: 0 }));

/** The alphas from -limit to limit, without 0: there every mixed arm is V. */
export function grid(arm: ArmName, limit: number, step = 0.25): Variant[] {
  const count = Math.round(limit / step);
  return Array.from({ length: 2 * count + 1 }, (_, i) => ({ arm, alpha: (i - count) * step })).filter(
    (v) => v.alpha !== 0,
  );
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

const CONTROLS = plain('S', 'NS', 'centred', 'standardised', 'gain', 'exp', 'features');
const at = (arm: ArmName, ...alphas: number[]): Variant[] => alphas.map((alpha) => ({ arm, alpha }));

/** The arms of the follow-up to sorting: the proposal, and three controls that each lack one of its parts. */
const MIXED = ['add-NS', 'linear', 'add-exp', 'add-features'] as const;

export const PLANS: readonly Plan[] = [
  {
    name: 'recall',
    preset: 'recall',
    place: 'attention',
    exploratory: false,
    variants: [V, ...grid('add-NS', 2), ...grid('linear', 2), ...CONTROLS],
    families: ['add-NS'],
    rates: [1e-2, 2e-2, 4e-2],
    selectionSeeds: range(9001, 3),
    seeds: range(1, 30),
  },
  {
    name: 'sorting',
    preset: 'sorting',
    place: 'attention',
    exploratory: false,
    variants: [
      V,
      ...plain('S', 'NS', 'centred', 'standardised', 'gain'),
      ...at('add-NS', 0.5, -0.5),
      ...at('linear', 0.5, -0.5),
    ],
    families: [],
    rates: [1e-2, 2e-2, 4e-2],
    selectionSeeds: range(9001, 3),
    seeds: range(1, 20),
  },
  // Follow-ups to the one gain that was found: added after sorting was complete, with seeds of their own.
  {
    name: 'sorting-closer',
    preset: 'sorting',
    place: 'attention',
    exploratory: true,
    variants: [V, ...MIXED.flatMap((arm) => at(arm, -1, -0.75, -0.5, -0.25, 0.25, 0.5))],
    families: [...MIXED],
    rates: [1e-2, 2e-2, 4e-2, 8e-2, 1.6e-1],
    selectionSeeds: range(9101, 3),
    seeds: range(101, 30),
  },
  {
    name: 'sorting-bent',
    preset: 'sorting',
    place: 'attention',
    exploratory: true,
    variants: [
      V,
      ...at('add-NS', -0.75),
      ...(['add-exp', 'add-features'] as const).flatMap((arm) => at(arm, 0.75, 1, 1.5, 2)),
    ],
    families: ['add-exp', 'add-features'],
    rates: [1e-2, 2e-2, 4e-2, 8e-2, 1.6e-1],
    selectionSeeds: range(9101, 3),
    seeds: range(101, 30),
  },
  {
    name: 'sorting-long',
    preset: 'sorting-long',
    place: 'attention',
    exploratory: true,
    variants: [V, ...MIXED.flatMap((arm) => at(arm, -0.5))],
    families: [],
    rates: [5e-3, 1e-2, 2e-2, 4e-2, 8e-2],
    selectionSeeds: range(9101, 3),
    seeds: range(101, 20),
  },
  {
    name: 'sorting-deep',
    preset: 'sorting-deep',
    place: 'attention',
    exploratory: true,
    variants: [V, ...MIXED.flatMap((arm) => at(arm, -0.5))],
    families: [],
    rates: [2e-3, 4e-3, 8e-3, 1.6e-2, 3.2e-2],
    selectionSeeds: range(9101, 3),
    seeds: range(101, 20),
  },
  {
    name: 'independent',
    preset: 'independent',
    place: 'attention',
    exploratory: true,
    variants: [V, ...plain('NS', 'centred', 'prefix')],
    families: [],
    rates: [4e-3],
    selectionSeeds: [9001],
    seeds: range(1, 5),
  },
  {
    name: 'echo',
    preset: 'echo',
    place: 'attention',
    exploratory: true,
    variants: [V, ...plain('prefix'), ...at('add-prefix', -0.5, 0.5, 1)],
    families: [],
    rates: [2e-3, 4e-3, 8e-3],
    selectionSeeds: range(9001, 2),
    seeds: range(1, 10),
  },
  {
    name: 'fashion-10k',
    preset: 'fashion-10k',
    place: 'attention',
    exploratory: false,
    variants: [V, ...grid('add-NS', 1.5), ...grid('linear', 1.5), ...grid('add-S', 1.5), ...CONTROLS],
    families: ['add-NS', 'add-S'],
    rates: [4e-3, 8e-3, 1.6e-2],
    selectionSeeds: range(9001, 2),
    seeds: range(1, 20),
  },
  {
    name: 'fashion-60k',
    preset: 'fashion-60k',
    place: 'attention',
    exploratory: false,
    variants: [V, ...plain('S', 'NS', 'centred', 'standardised'), ...at('add-NS', 0.5), ...at('linear', 0.5)],
    families: [],
    rates: [4e-3, 8e-3, 1.6e-2],
    selectionSeeds: range(9001, 2),
    seeds: range(1, 20),
  },
  // Follow-up with other seeds to what was better than V: alpha -0.5 on 10,000 pictures, S on 55,000.
  {
    name: 'fashion-60k-again',
    preset: 'fashion-60k',
    place: 'attention',
    exploratory: true,
    variants: [V, ...plain('S', 'gain', 'standardised'), ...at('add-NS', -0.5), ...at('linear', -0.5)],
    families: [],
    rates: [4e-3, 8e-3, 1.6e-2],
    selectionSeeds: range(9101, 2),
    seeds: range(101, 20),
  },
  {
    name: 'fashion-10k-pooling',
    preset: 'fashion-10k',
    place: 'pooling',
    exploratory: true,
    variants: [V, ...plain('S', 'NS', 'centred'), ...at('add-S', -1, 1), ...at('add-NS', -0.5, 0.5)],
    families: [],
    rates: [4e-3, 8e-3, 1.6e-2],
    selectionSeeds: range(9001, 2),
    seeds: range(1, 20),
  },
];

/** Finds a plan. Throws RangeError for a name that is none. */
export function planNamed(name: string): Plan {
  const plan = PLANS.find((p) => p.name === name);
  if (!plan) throw new RangeError(`no plan named ${name}; there are ${PLANS.map((p) => p.name).join(', ')}`);
  return plan;
}

/** The configuration of one run of a plan: what a dot of the plot stands for. */
export function planConfig(plan: Plan, { arm, alpha }: Variant, rate: number, seed: number): RunConfig {
  return runConfig(plan.preset, { arm, alpha: ARMS[arm].usesAlpha ? alpha : 0, place: plan.place, rate, seed });
}

/** Which variants a machine takes when several share a plan: by variant, so that each can choose its own learning rates. */
export function shardOf(plan: Plan, index: number, count: number): readonly Variant[] {
  if (!(Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count)) {
    throw new RangeError(`a shard is i/n with 1 <= i <= n, not ${index}/${count}`);
  }
  return plan.variants.filter((_, i) => i % count === index - 1);
}
