/**
 * Checks contributed runs: `npm run recheck [-- [file ...] [--sample 3|all] [--seed 1] [--plans recall,fashion-parts|all]]`.
 *
 * With `--plans`, it is the committed runs of these plans of which a sample is trained again, not contributed ones.
 *
 * Every line of every file of `content/attention/contributions/` (or of the files that are named) must be a run of its plan;
 * then some runs of each file are trained again and must come out the same, bit for bit. Exits with 1 if anything differs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { random } from '../src/lib/attention/random.ts';
import type { Contribution } from '../src/lib/attention/sweep/contribution.ts';
import { differences, readContribution } from '../src/lib/attention/sweep/contribution.ts';
import { chosenRate } from '../src/lib/attention/sweep/jobs.ts';
import type { CrossedPlan } from '../src/lib/attention/sweep/crossed.ts';
import { CROSSED_PLANS, crossedNamed } from '../src/lib/attention/sweep/crossed.ts';
import type { Plan, Variant } from '../src/lib/attention/sweep/plan.ts';
import { planNamed, PLANS } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { lineKey } from '../src/lib/attention/sweep/records.ts';
import { hasPictures, repeatable, rerun, rerunCrossed } from './rerun.ts';
import { readCrossed, readRuns } from './sweep-files.ts';

export const CONTRIBUTIONS = fileURLToPath(new URL('../content/attention/contributions/', import.meta.url));

interface RecheckOptions {
  /** Runs of each file that are trained again; Infinity for all. */
  readonly sample: number;
  /** Chooses which. */
  readonly seed: number;
  readonly say?: (text: string) => void;
}

const committed = new Map<string, SweepLine[]>();

/** The rate that validation chose, from the committed runs; undefined while they do not say. */
function rateOf(plan: Plan, variant: Variant): number | undefined {
  const lines = committed.get(plan.name) ?? readRuns(plan.name);
  committed.set(plan.name, lines);
  return chosenRate(plan, variant, lines);
}

/** `count` of the items, in their order, chosen by the seed and the name: other files, other lines. */
function sampleOf<T>(items: readonly T[], count: number, seed: number, name: string): T[] {
  const order = random(seed, `recheck ${name}`).shuffle(items.map((_, i) => i));
  const chosen = new Set(order.slice(0, count));
  return items.filter((_, i) => chosen.has(i));
}

/** Checks files. Returns a sentence, with file and line, for everything that is wrong. */
export async function recheck(files: readonly string[], { sample, seed, say }: RecheckOptions): Promise<string[]> {
  const wrong: string[] = [];
  const firstAt = new Map<string, string>();
  const read: { name: string; contribution: Contribution }[] = files.map((file) => ({
    name: path.relative(process.cwd(), file),
    contribution: readContribution(readFileSync(file, 'utf8'), rateOf),
  }));
  for (const { name, contribution } of read) {
    for (const { line, sentence } of contribution.problems) wrong.push(`${name}:${line}: ${sentence}`);
    for (const { line, run } of contribution.runs) {
      const key = `${contribution.plan?.name ?? ''} ${lineKey(run)}`;
      const before = firstAt.get(key);
      if (before === undefined) firstAt.set(key, `${name}:${line}`);
      else wrong.push(`${name}:${line}: this run is in ${before} already; take the line out`);
    }
  }
  // What is no run of its plan cannot be trained again.
  for (const { name, contribution } of read) {
    const { plan, runs } = contribution;
    if (!plan) continue;
    for (const { line, run } of sampleOf(runs, sample, seed, name)) {
      say?.(`${name}:${line}: training ${plan.name}, ${run.arm} at alpha ${run.alpha}, seed ${run.seed} again`);
      const found = await rerun(plan, run).then(
        (again) => differences(run, again),
        (error: unknown) => [error instanceof Error ? error.message : String(error)],
      );
      wrong.push(...found.map((sentence) => `${name}:${line}: ${sentence}`));
    }
  }
  return wrong;
}

/** Trains a sample of the committed runs of plans again. A plan whose pictures are not here is left out, and said so. */
export async function recheckPlans(names: readonly string[], { sample, seed, say }: RecheckOptions): Promise<string[]> {
  const wrong: string[] = [];
  const check = async <Line extends object>(
    plan: Plan | CrossedPlan,
    lines: readonly Line[],
    again: (line: Line) => Promise<Line>,
  ): Promise<void> => {
    if (!hasPictures(plan.preset)) {
      say?.(`${plan.name}: left out, as it needs all pictures: apt-get install dataset-fashion-mnist`);
      return;
    }
    for (const line of sampleOf(lines, sample, seed, plan.name)) {
      const run = JSON.stringify(line, ['arm', 'alpha', 'rate', 'seed']);
      say?.(`${plan.name}: training ${run} again`);
      wrong.push(...differences(line, await again(line)).map((sentence) => `${plan.name}, ${run}: ${sentence}`));
    }
  };
  for (const name of names) {
    const crossed = crossedNamed(name);
    if (crossed) {
      await check(crossed, readCrossed(crossed).map(repeatable), (line) => rerunCrossed(crossed, line));
    } else {
      const plan = planNamed(name);
      const main = readRuns(plan.name).filter(({ stage }) => stage === 'main');
      await check(plan, main, (line) => rerun(plan, line));
    }
  }
  return wrong;
}

/** Every plan, registered and crossed. */
const everyPlan = (): string[] => [...PLANS, ...CROSSED_PLANS].map(({ name }) => name);

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      plans: { type: 'string' },
    },
  });
  const here = existsSync(CONTRIBUTIONS)
    ? readdirSync(CONTRIBUTIONS)
        .filter((name) => name !== 'README.md')
        .sort()
    : [];
  const files = positionals.length > 0 ? positionals : here.map((name) => CONTRIBUTIONS + name);
  const sample = values.sample === 'all' ? Infinity : Number(values.sample);
  if (!(sample >= 0)) throw new RangeError('--sample is a number of runs, or "all"');
  const options = { sample, seed: Number(values.seed), say: console.log };
  const plans = values.plans === 'all' ? everyPlan() : values.plans?.split(',');
  const wrong = plans ? await recheckPlans(plans, options) : await recheck(files, options);
  for (const sentence of wrong) console.error(sentence);
  const checked = plans
    ? `Runs of ${plans.join(', ')}`
    : `${files.length} file${files.length === 1 ? '' : 's'} of contributed runs`;
  console.log(wrong.length === 0 ? `${checked}: sound` : `${checked}: ${wrong.length} wrong`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
