/** The lines of a sweep file: one finished run each, compact JSON. */
import type { Evaluation, RunRecord } from '../trainer.ts';
import type { ArmName } from '../transforms.ts';
import { ARM_NAMES } from '../transforms.ts';
import type { SweepStage, Variant } from './plan.ts';

/** [mean loss in nats, right answers, answers]. */
export type Triple = readonly [loss: number, right: number, asked: number];

/** A line. The rest of the configuration is the plan's. Selection runs have `validation`, main runs `probe` and `test`. */
export interface SweepLine {
  readonly stage: SweepStage;
  readonly arm: ArmName;
  readonly alpha: number;
  readonly rate: number;
  readonly seed: number;
  readonly train: number;
  readonly validation?: Triple;
  readonly probe?: Triple;
  readonly test?: Triple;
  readonly hash: string;
}

/** Names a run within its plan. */
export function lineKey(run: { stage: SweepStage; rate: number; seed: number } & Variant): string {
  return [run.stage, run.arm, run.alpha, run.rate, run.seed].join('|');
}

const triple = (e: Evaluation): Triple => [e.loss, e.right, e.asked];

/** The line of a finished run. */
export function toLine(stage: SweepStage, { config, trainLoss, results, hash }: RunRecord): SweepLine {
  const { arm, alpha, rate, seed } = config;
  const { validation, probe, test } = results;
  return {
    stage,
    arm,
    alpha,
    rate,
    seed,
    train: trainLoss,
    ...(validation && { validation: triple(validation) }),
    ...(probe && { probe: triple(probe) }),
    ...(test && { test: triple(test) }),
    hash,
  };
}

function isLine(x: unknown): x is SweepLine {
  if (typeof x !== 'object' || x === null) return false;
  const line = x as Partial<SweepLine>;
  return (
    (line.stage === 'select' || line.stage === 'main') &&
    ARM_NAMES.includes(line.arm as ArmName) &&
    [line.alpha, line.rate, line.seed].every((n) => typeof n === 'number' && Number.isFinite(n)) &&
    typeof line.hash === 'string' &&
    (line.stage === 'select' ? Array.isArray(line.validation) : Array.isArray(line.test))
  );
}

export interface ReadLines<T> {
  readonly lines: T[];
  /** Lines that are cut short or no runs. */
  readonly dropped: number;
}

export function parseLines(text: string): ReadLines<SweepLine> {
  return readLines(text, isLine, lineKey);
}

/**
 * Reads a file of runs. A line that is cut short (the program was killed while writing) or is no run is left out and counted;
 * a run that stands there twice counts once.
 */
export function readLines<T>(
  text: string,
  isRun: (value: unknown) => value is T,
  keyOf: (run: T) => string,
): ReadLines<T> {
  const found = new Map<string, T>();
  let dropped = 0;
  for (const row of text.split('\n')) {
    if (!row.trim()) continue;
    let parsed: unknown;
    try {
      parsed = JSON.parse(row);
    } catch {
      parsed = undefined;
    }
    if (isRun(parsed)) found.set(keyOf(parsed), parsed);
    else dropped++;
  }
  return { lines: [...found.values()], dropped };
}
