/** Which runs are still to be made, in which order, and which learning rate an arm gets. */
import type { Plan, SweepStage, Variant } from './plan.ts';
import type { SweepLine } from './records.ts';
import { lineKey } from './records.ts';

export interface SweepJob extends Variant {
  readonly stage: SweepStage;
  readonly rate: number;
  readonly seed: number;
}

const same = (a: Variant, b: Variant): boolean => a.arm === b.arm && a.alpha === b.alpha;

/**
 * The pre-registered rule: of the plan's rates the one with the highest mean validation accuracy over the selection seeds;
 * of equals the one with the lower mean validation loss, then the smaller. Undefined while a selection run is missing.
 */
export function chosenRate(plan: Plan, variant: Variant, lines: readonly SweepLine[]): number | undefined {
  const [only] = plan.rates;
  if (plan.rates.length === 1) return only;
  const rated: { rate: number; accuracy: number; loss: number }[] = [];
  for (const rate of plan.rates) {
    let accuracy = 0;
    let loss = 0;
    for (const seed of plan.selectionSeeds) {
      const line = lines.find((l) => l.stage === 'select' && same(l, variant) && l.rate === rate && l.seed === seed);
      if (!line?.validation) return undefined;
      // A run that diverged has a loss that is no number: worse than any.
      accuracy += line.validation[1] / line.validation[2];
      loss += Number.isFinite(line.validation[0]) ? line.validation[0] : Infinity;
    }
    rated.push({ rate, accuracy, loss });
  }
  rated.sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.rate - b.rate);
  return rated[0]?.rate;
}

/** Selection runs that are missing: seed by seed, so that a stopped sweep is a balanced one. */
export function selectionJobs(plan: Plan, variants: readonly Variant[], lines: readonly SweepLine[]): SweepJob[] {
  if (plan.rates.length === 1) return [];
  const done = new Set(lines.map(lineKey));
  const jobs = plan.selectionSeeds.flatMap((seed) =>
    variants.flatMap(({ arm, alpha }) =>
      plan.rates.map((rate): SweepJob => ({ stage: 'select', arm, alpha, rate, seed })),
    ),
  );
  return jobs.filter((job) => !done.has(lineKey(job)));
}

/** Main runs that are missing, at each variant's chosen rate. Variants whose rate is not chosen yet are left out. */
export function mainJobs(plan: Plan, variants: readonly Variant[], lines: readonly SweepLine[]): SweepJob[] {
  const done = new Set(lines.map(lineKey));
  const rates = variants.map((variant) => chosenRate(plan, variant, lines));
  const jobs = plan.seeds.flatMap((seed) =>
    variants.flatMap(({ arm, alpha }, i): SweepJob[] => {
      const rate = rates[i];
      return rate === undefined ? [] : [{ stage: 'main', arm, alpha, rate, seed }];
    }),
  );
  return jobs.filter((job) => !done.has(lineKey(job)));
}
