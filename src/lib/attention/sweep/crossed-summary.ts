/**
 * From the lines of a crossed plan to what the article shows. Of an unfinished plan with a final test only validation is in
 * it: nothing of the final test is computed before all runs are there.
 */
import type { PairedComparison } from '../statistics/paired.ts';
import { comparePaired } from '../statistics/paired.ts';
import type { Candidate, PartsConclusion, Primary, Secondary } from './cross-fit.ts';
import { candidatesOf, CROSSED_MEASURES, CrossedRuns, lossOf, primaries, secondaries } from './cross-fit.ts';
import type { CrossedName, CrossedPlan } from './crossed.ts';
import { splitsOf } from './crossed.ts';
import type { CrossedLine } from './crossed-records.ts';
import type { Variant } from './plan.ts';

/** Means over the seeds that are whole, on validation. */
export interface CrossedCell extends Candidate {
  readonly loss: number;
  /** In percent. */
  readonly accuracy: number;
}

/** An arm less the baseline, at one rate or at rates that are chosen; on the official test set, in points and nats. */
export interface Contrast extends Variant {
  /** Null: each at the rate that the other half of the seeds has chosen. */
  readonly rate: number | null;
  readonly accuracy: PairedComparison;
  readonly loss: PairedComparison;
}

export interface CrossedSummary {
  readonly plan: CrossedName;
  /** Runs that are there, and that there are to be. */
  readonly done: number;
  readonly planned: number;
  /** Seeds of which every run is there, and all. */
  readonly wholeSeeds: number;
  readonly seeds: number;
  readonly cells: readonly CrossedCell[];
  /** Of plans without a final test: they are exploratory, and nothing in them is kept for later. */
  readonly contrasts: readonly Contrast[];
  /** Of the same plans: the baseline at each rate, on the official test set. */
  readonly baseline: readonly { readonly rate: number; readonly accuracy: number; readonly loss: number }[];
  /** Of fashion-parts, once all runs are there. */
  readonly primaries?: { readonly rows: readonly Primary[]; readonly conclusion: PartsConclusion };
  /** Of registered plans, once all runs are there. */
  readonly secondaries?: readonly Secondary[];
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The baseline: plain values. */
const isBaseline = ({ arm, alpha }: Variant): boolean => arm === 'V' || (arm === 'scaled-V' && alpha === 1);

function contrastsOf(runs: CrossedRuns, seeds: readonly number[]): Contrast[] {
  const { plan } = runs;
  const base = plan.variants.find(isBaseline);
  if (!base || seeds.length < 2) return [];
  const { officialAccuracy, officialLoss } = CROSSED_MEASURES;
  return plan.variants
    .filter((variant) => variant !== base)
    .flatMap((variant): Contrast[] => {
      const matched = plan.rates.flatMap((rate): Contrast[] => {
        const linesAt = (one: Variant): CrossedLine[] => seeds.flatMap((seed) => runs.at({ ...one, rate }, seed) ?? []);
        const [here, there] = [linesAt(variant), linesAt(base)];
        const compare = (measure: (line: CrossedLine) => number): PairedComparison =>
          comparePaired(here.map(measure), there.map(measure));
        return [{ ...variant, rate, accuracy: compare(officialAccuracy), loss: compare(officialLoss) }];
      });
      const [a, b] = [candidatesOf(plan, variant.arm, variant.alpha), candidatesOf(plan, base.arm, base.alpha)];
      const accuracy = runs.compare(a, b, 'officialAccuracy');
      const loss = runs.compare(a, b, 'officialLoss');
      return accuracy && loss ? [...matched, { ...variant, rate: null, accuracy, loss }] : matched;
    });
}

function baselineOf(runs: CrossedRuns, seeds: readonly number[]): CrossedSummary['baseline'] {
  const base = runs.plan.variants.find(isBaseline);
  if (!base || seeds.length === 0) return [];
  const { officialAccuracy, officialLoss } = CROSSED_MEASURES;
  return runs.plan.rates.map((rate) => {
    const here = seeds.flatMap((seed) => runs.at({ ...base, rate }, seed) ?? []);
    return { rate, accuracy: mean(here.map(officialAccuracy)), loss: mean(here.map(officialLoss)) };
  });
}

/** The article's view of a plan. */
export function summarizeCrossed(plan: CrossedPlan, lines: readonly CrossedLine[]): CrossedSummary {
  const runs = new CrossedRuns(plan, lines);
  const whole = runs.wholeSeeds;
  const candidates = plan.variants.flatMap((variant) => plan.rates.map((rate) => ({ ...variant, rate })));
  const cells = whole.length
    ? candidates.map((candidate): CrossedCell => {
        const here = whole.flatMap((seed) => runs.at(candidate, seed) ?? []);
        return {
          ...candidate,
          loss: mean(here.map(({ validation }) => lossOf(validation))),
          accuracy: mean(here.map(({ validation: [, right, asked] }) => (100 * right) / asked)),
        };
      })
    : [];
  const others = secondaries(runs);
  const kept = splitsOf(plan).includes('final');
  const found = plan.name === 'fashion-parts' ? primaries(runs) : undefined;
  return {
    plan: plan.name,
    done: runs.count,
    planned: candidates.length * plan.seeds.length,
    wholeSeeds: whole.length,
    seeds: plan.seeds.length,
    cells,
    ...(kept
      ? { contrasts: [], baseline: [] }
      : { contrasts: contrastsOf(runs, whole), baseline: baselineOf(runs, whole) }),
    ...(found && { primaries: found }),
    ...(others && others.length > 0 && { secondaries: others }),
  };
}
