/** Runs beyond the registered ones, as the plot draws them: exploratory, in no mean, no table and no verdict. */
import { readContribution, scoreOf, writeContribution } from '../../lib/attention/sweep/contribution.ts';
import type { ArmResult, Dot, PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { SweepLine } from '../../lib/attention/sweep/records.ts';

/** The reader's own, or handed in by others. */
export type Origin = 'yours' | 'contributed';

export interface ExtraDot extends Dot {
  readonly origin: Origin;
  /** Scored on the whole test set; else on the part of it that a browser has. */
  readonly whole: boolean;
}

export interface ExtraRun {
  readonly arm: ArmResult;
  readonly dot: ExtraDot;
}

export const isExtra = (dot: Dot): dot is ExtraDot => 'origin' in dot;

/** Puts lines to the arms of a plan. A line that fits none at its chosen rate is left out. */
export function extraRuns(result: PlanResult, lines: readonly SweepLine[], origin: Origin): ExtraRun[] {
  return lines.flatMap((line): ExtraRun[] => {
    const { seed, hash, probe } = line;
    const arm = result.arms.find((a) => a.arm === line.arm && a.alpha === line.alpha && a.rate === line.rate);
    return arm ? [{ arm, dot: { seed, hash, probe: probe?.[1] ?? NaN, ...scoreOf(line), origin } }] : [];
  });
}

/** The lines of a text that are sound runs of the plan: what a store or a file holds may be older than the plan. */
export function soundLines(result: PlanResult, text: string): SweepLine[] {
  const rateOf = ({ arm, alpha }: { arm: string; alpha: number }): number | undefined =>
    result.arms.find((a) => a.arm === arm && a.alpha === alpha)?.rate ?? undefined;
  const { plan, runs } = readContribution(text, (_, variant) => rateOf(variant));
  return plan?.name === result.plan ? runs.map(({ run }) => run) : [];
}

/** The same for lines that are at hand. */
export const soundRuns = (result: PlanResult, lines: readonly SweepLine[]): SweepLine[] =>
  soundLines(result, writeContribution(result.plan, lines));
