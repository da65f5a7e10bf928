/** The lines of a crossed plan's file: one finished run each, with where and when it was made. */
import type { Evaluation, RunRecord } from '../trainer.ts';
import type { CrossedJob, CrossedPlan } from './crossed.ts';
import { crossedKey, splitsOf } from './crossed.ts';
import type { Split } from '../tasks/task.ts';
import { readLines, type ReadLines, type Triple } from './records.ts';

/** Where a run was made. Nothing of it changes a result. */
export interface MadeWith {
  /** When the run was finished, UTC. */
  readonly at: string;
  /** How long it took. */
  readonly seconds: number;
  /** Version of Node.js. */
  readonly node: string;
  /** Version of the package that the pictures come from. */
  readonly package: string;
  /** First 16 digits of the SHA-256 of the kernels' binary, and of the halved pictures and their labels. */
  readonly kernels: string;
  readonly pictures: string;
}

/** A line. The rest of the configuration is the plan's. */
export interface CrossedLine extends CrossedJob, MadeWith {
  readonly train: number;
  readonly validation: Triple;
  /** The new final test: 10,000 pictures of the training set that no run of the plan trains on. Not of every plan. */
  readonly final?: Triple;
  /** The official test set. */
  readonly test: Triple;
  readonly hash: string;
}

const triple = (e: Evaluation | undefined): Triple => {
  if (!e) throw new RangeError('a run of a crossed plan needs all pictures');
  return [e.loss, e.right, e.asked];
};

/** The line of a finished run, evaluated on `splits`. Throws RangeError where a set of pictures was missing. */
export function toCrossedLine(
  { config, trainLoss, results, hash }: RunRecord,
  splits: readonly Split[],
  made: MadeWith,
): CrossedLine {
  const { arm, alpha, rate, seed } = config;
  const { validation, final, test } = results;
  return {
    ...{ arm, alpha, rate, seed },
    train: trainLoss,
    validation: triple(validation),
    ...(splits.includes('final') && { final: triple(final) }),
    test: triple(test),
    hash,
    ...made,
  };
}

const isTriple = (x: unknown): x is Triple =>
  Array.isArray(x) && x.length === 3 && Number.isInteger(x[1]) && Number.isInteger(x[2]);

function isLine(plan: CrossedPlan, x: unknown): x is CrossedLine {
  if (typeof x !== 'object' || x === null) return false;
  const line = x as Partial<CrossedLine>;
  return (
    plan.variants.some(({ arm, alpha }) => arm === line.arm && alpha === line.alpha) &&
    plan.rates.some((rate) => rate === line.rate) &&
    plan.seeds.some((seed) => seed === line.seed) &&
    splitsOf(plan).every((split) => isTriple(line[split as 'validation' | 'final' | 'test'])) &&
    [line.hash, line.at, line.node, line.package, line.kernels, line.pictures].every((s) => typeof s === 'string')
  );
}

/** Reads the file of a plan: see `readLines`. */
export function parseCrossed(plan: CrossedPlan, text: string): ReadLines<CrossedLine> {
  return readLines(text, (value): value is CrossedLine => isLine(plan, value), crossedKey);
}
