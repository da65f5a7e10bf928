/**
 * Runs that a reader adds beyond the registered ones: which come next, the file they are handed in as, and what they say by
 * themselves. They are exploratory, and nothing here touches the results of a plan.
 */
import type { PairedComparison } from '../statistics/paired.ts';
import { comparePaired } from '../statistics/paired.ts';
import type { Plan, PlanName, Variant } from './plan.ts';
import { PLANS } from './plan.ts';
import type { SweepLine, Triple } from './records.ts';
import { lineKey } from './records.ts';

/** Seeds one press of the button adds. */
export const MORE = 10;

/** What is trained next: a variant at its rate. */
export interface NextRun extends Variant {
  readonly rate: number;
  readonly seed: number;
}

const V = { arm: 'V', alpha: 0 } as const;

/**
 * The runs that add `count` seeds to an arm: the first seeds after the plan's that this arm lacks, each with V's run of that seed
 * where it is missing, since a difference needs both. Seed by seed, so that stopping leaves pairs. A run without its V from
 * before comes first.
 */
export function nextRuns(
  plan: Plan,
  variant: Variant & { readonly rate: number },
  baselineRate: number,
  own: readonly SweepLine[],
  count = MORE,
  taken: ReadonlySet<number> = new Set(),
): NextRun[] {
  const done = new Set(own.map(lineKey));
  const reserved = new Set([...plan.seeds, ...plan.selectionSeeds, ...taken]);
  const { arm, alpha, rate } = variant;
  const has = (seed: number): boolean => done.has(lineKey({ stage: 'main', arm, alpha, rate, seed }));
  const known = own.filter((line) => line.arm === arm && line.alpha === alpha && line.rate === rate);
  const fresh: number[] = [];
  for (let seed = Math.max(...plan.seeds) + 1; fresh.length < count; seed++) {
    if (!reserved.has(seed) && !has(seed)) fresh.push(seed);
  }
  const seeds = [...known.map(({ seed }) => seed).sort((a, b) => a - b), ...fresh];
  const runs = seeds.flatMap((seed): NextRun[] => [
    { ...V, rate: baselineRate, seed },
    ...(arm === 'V' ? [] : [{ arm, alpha, rate, seed }]),
  ]);
  return runs.filter((run) => !done.has(lineKey({ stage: 'main', ...run })));
}

/**
 * Result of a run in percent and nats: on the test set, or on the part of it that a browser has. Two runs are comparable where
 * `whole` is the same.
 */
export function scoreOf({ test, probe }: SweepLine): { accuracy: number; loss: number; whole: boolean } {
  const [loss, right, asked] = test ?? probe ?? [NaN, NaN, NaN];
  return { accuracy: (100 * right) / asked, loss, whole: test !== undefined };
}

/** Accuracy minus that of V at the same seed, in points, over the seeds that have both; undefined for fewer than two. */
export function pairedWithV(lines: readonly SweepLine[], { arm, alpha }: Variant): PairedComparison | undefined {
  const base = new Map(lines.filter((line) => line.arm === 'V').map((line) => [line.seed, scoreOf(line)]));
  const pairs = lines.flatMap((line): [number, number][] => {
    const partner = base.get(line.seed);
    const score = scoreOf(line);
    if (line.arm !== arm || line.alpha !== alpha || !partner || partner.whole !== score.whole) return [];
    return [[score.accuracy, partner.accuracy]];
  });
  if (arm === 'V' || pairs.length < 2) return undefined;
  return comparePaired(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
}

/** The file: a line that names the plan and, if they wish, who made it; then a run a line, as in the sweep's own files. */
export function writeContribution(plan: PlanName, lines: readonly SweepLine[], by = ''): string {
  return [{ contribution: 1, plan, by }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** What is wrong, and in which line of the file, counted from 1. */
export interface Problem {
  readonly line: number;
  readonly sentence: string;
}

export interface Contribution {
  readonly plan: Plan | undefined;
  readonly by: string;
  readonly runs: readonly { readonly line: number; readonly run: SweepLine }[];
  readonly problems: readonly Problem[];
}

/** What a file may hold, in characters and runs: many times what anybody trains, and nothing that fills a reader's memory. */
export const CONTRIBUTION_LIMITS = { row: 1000, by: 200, runs: 10_000 } as const;

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
/** JSON writes null for the loss of a run that diverged. */
const isLoss = (x: unknown): boolean => x === null || (typeof x === 'number' && x >= 0);
const isTriple = (x: unknown): x is Triple =>
  Array.isArray(x) &&
  x.length === 3 &&
  isLoss(x[0]) &&
  Number.isInteger(x[1]) &&
  Number.isInteger(x[2]) &&
  (x[1] as number) >= 0 &&
  (x[1] as number) <= (x[2] as number) &&
  (x[2] as number) > 0;

/** What each field of a run must be. `test` may be missing: a browser has only a part of the pictures. */
const FIELDS: Readonly<Record<string, readonly [holds: (x: unknown) => boolean, words: string]>> = {
  stage: [(x) => x === 'main', '"main"'],
  arm: [(x) => typeof x === 'string', 'the name of an arm'],
  alpha: [(x) => typeof x === 'number', 'a number'],
  rate: [(x) => typeof x === 'number', 'a number'],
  seed: [(x) => Number.isSafeInteger(x) && (x as number) > 0, 'a whole number above 0'],
  train: [isLoss, 'a loss'],
  probe: [isTriple, '[loss, right answers, answers]'],
  test: [isTriple, '[loss, right answers, answers]'],
  hash: [(x) => typeof x === 'string' && /^[0-9a-f]{16}$/.test(x), '16 hexadecimal digits'],
};

function headerProblem(x: Record<string, unknown>): string | undefined {
  if (x['contribution'] !== 1) return 'the first line must be a header: {"contribution":1,"plan":"recall","by":""}';
  const unknown = Object.keys(x).find((key) => !['contribution', 'plan', 'by'].includes(key));
  if (unknown !== undefined) return `the header has a field "${unknown}" that is none`;
  if (!PLANS.some(({ name }) => name === x['plan'])) {
    return `there is no plan ${JSON.stringify(x['plan'])}; there are ${PLANS.map(({ name }) => name).join(', ')}`;
  }
  if (x['by'] !== undefined && !(typeof x['by'] === 'string' && x['by'].length <= CONTRIBUTION_LIMITS.by))
    return `"by" must be a text of at most ${CONTRIBUTION_LIMITS.by} characters`;
  return undefined;
}

/** What is wrong with the fields of a run. */
function shapeProblem(x: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(x).find((key) => !Object.hasOwn(FIELDS, key));
  if (unknown !== undefined) return `a run has no field "${unknown}"`;
  for (const [key, [holds, words]] of Object.entries(FIELDS)) {
    if (key === 'test' && x[key] === undefined) continue;
    if (!holds(x[key])) return `"${key}" must be ${words}`;
  }
  return undefined;
}

/** What keeps a run out of its plan. `rateOf` gives the rate that validation chose for an arm, where it is known. */
function planProblem(plan: Plan, run: SweepLine, rateOf: (variant: Variant) => number | undefined): string | undefined {
  const { arm, alpha, rate, seed } = run;
  if (!plan.variants.some((variant) => variant.arm === arm && variant.alpha === alpha)) {
    return `the plan ${plan.name} has no arm ${arm} at alpha ${alpha}`;
  }
  const chosen = rateOf(run);
  if (chosen !== undefined ? rate !== chosen : !plan.rates.includes(rate)) {
    return `the rate of ${arm} at alpha ${alpha} is ${chosen ?? `one of ${plan.rates.join(', ')}`}, not ${rate}`;
  }
  if (plan.seeds.includes(seed)) return `seed ${seed} is one of the registered seeds`;
  if (plan.selectionSeeds.includes(seed)) return `seed ${seed} has chosen the learning rates`;
  return undefined;
}

/** Reads a contribution and says, line by line, what is wrong with it. Runs with a problem are left out. */
export function readContribution(
  text: string,
  rateOf: (plan: Plan, variant: Variant) => number | undefined = () => undefined,
): Contribution {
  const problems: Problem[] = [];
  const runs: { line: number; run: SweepLine }[] = [];
  const firstOf = new Map<string, number>();
  let plan: Plan | undefined;
  let by = '';
  const { row: longest, runs: most } = CONTRIBUTION_LIMITS;
  if (text.length > longest * (most + 1)) {
    const sentence = `the file is larger than ${most} runs can be`;
    return { plan, by, runs, problems: [{ line: 1, sentence }] };
  }
  const rows = text.replace(/\n$/, '').split('\n');
  for (const [i, row] of rows.entries()) {
    const line = i + 1;
    const wrong = (sentence: string): number => problems.push({ line, sentence });
    if (i > most) {
      wrong(`a file holds at most ${most} runs`);
      break;
    }
    if (row.length > longest) {
      wrong(`a line has at most ${longest} characters, not ${row.length}`);
      if (!plan) break;
      continue;
    }
    let x: unknown;
    try {
      x = JSON.parse(row);
    } catch {
      x = undefined;
    }
    if (!isRecord(x)) {
      wrong('this is not a JSON object');
    } else if (line === 1) {
      const sentence = headerProblem(x);
      if (sentence !== undefined) wrong(sentence);
      plan = PLANS.find(({ name }) => name === x['plan']);
      by = typeof x['by'] === 'string' ? x['by'] : '';
    } else if (plan) {
      const here = plan;
      const run = x as unknown as SweepLine;
      const sentence = shapeProblem(x) ?? planProblem(here, run, (variant) => rateOf(here, variant));
      const before = firstOf.get(lineKey(run));
      if (sentence !== undefined) wrong(sentence);
      else if (before !== undefined) wrong(`this run stands in line ${before} already`);
      else {
        firstOf.set(lineKey(run), line);
        runs.push({ line, run });
      }
    }
    // Without a plan nothing more can be said.
    if (!plan) break;
  }
  if (problems.length === 0 && runs.length === 0) problems.push({ line: 1, sentence: 'there is no run in this file' });
  return { plan, by, runs, problems };
}

/**
 * Where two lines of the same run differ: field, what stands there and what came out, as JSON. Fields that `claimed` does not
 * have are not compared; one that could not be computed again differs.
 */
export function differences<Line extends object>(claimed: Line, again: NoInfer<Line>): string[] {
  const written = (value: unknown): string =>
    value === undefined ? 'nothing, for want of the pictures' : JSON.stringify(value);
  return (Object.keys(claimed) as (keyof Line & string)[]).flatMap((key) => {
    const [stands, came] = [written(claimed[key]), written(again[key])];
    return stands === came ? [] : [`${key} is ${stands}, and came out as ${came}`];
  });
}
