/**
 * Runs the attention sweep: `npm run sweep -- [--task recall,sorting] [--threads 2] [--shard 1/4] [--folder path/]`, or one run of
 * it: `npm run sweep -- --task fashion-60k --arm NS --alpha 0 --seed 3 [--rate 0.008] [--check]`, whose line it prints, or
 * compares with the committed one.
 *
 * Each finished run is one line appended to `content/attention/data/runs/<plan>.jsonl`. Stop it whenever you like, even by
 * force: it goes on where it was. With `--shard i/n`, n machines share a plan by arms (a crossed plan by seeds) and write a
 * file each.
 * Fashion-MNIST plans need Debian's package `dataset-fashion-mnist`.
 */
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { CrossedJob, CrossedPlan } from '../src/lib/attention/sweep/crossed.ts';
import { CROSSED_PLANS, crossedJobs, crossedNamed } from '../src/lib/attention/sweep/crossed.ts';
import type { SweepJob } from '../src/lib/attention/sweep/jobs.ts';
import { mainJobs, selectionJobs } from '../src/lib/attention/sweep/jobs.ts';
import type { Plan } from '../src/lib/attention/sweep/plan.ts';
import { planNamed, PLANS, shardOf } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { openRuns, readCrossed, readRuns, RUNS_FOLDER } from './sweep-files.ts';
import { runSingle } from './sweep-single.ts';
import type { SweepRequest } from './sweep-worker.ts';

const { values } = parseArgs({
  options: {
    task: { type: 'string', default: [...PLANS, ...CROSSED_PLANS].map((p) => p.name).join(',') },
    threads: { type: 'string', default: String(availableParallelism()) },
    shard: { type: 'string', default: '1/1' },
    folder: { type: 'string', default: RUNS_FOLDER },
    arm: { type: 'string' },
    alpha: { type: 'string' },
    rate: { type: 'string' },
    seed: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const [index = NaN, count = NaN] = values.shard.split('/').map(Number);
const threads = Math.max(1, Math.floor(Number(values.threads)) || 1);
const folder = values.folder.endsWith('/') ? values.folder : `${values.folder}/`;

const started = performance.now();
const clock = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? 'less than a minute' : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** Trains all jobs on the workers and hands every line on as it comes. */
async function trainAll(
  workers: readonly Worker[],
  plan: Plan | CrossedPlan,
  jobs: readonly (SweepJob | CrossedJob)[],
  take: (line: unknown) => void,
): Promise<void> {
  const queue = [...jobs];
  await Promise.all(
    workers.map(async (worker) => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const request: SweepRequest = { plan: plan.name, job };
        const line = await new Promise<unknown>((resolve, reject) => {
          worker.once('error', reject);
          worker.once('message', (message: unknown) => {
            worker.off('error', reject);
            resolve(message);
          });
          worker.postMessage(request);
        });
        take(line);
      }
    }),
  );
}

/** Trains jobs, appends each finished line to the file, and says now and then how far it is. */
async function runJobs(
  workers: readonly Worker[],
  {
    plan,
    jobs,
    file,
    words,
  }: { plan: Plan | CrossedPlan; jobs: readonly (SweepJob | CrossedJob)[]; file: string; words: string },
  take: (line: unknown) => void,
): Promise<void> {
  const begin = performance.now();
  let done = 0;
  let shown = 0;
  await trainAll(workers, plan, jobs, (line) => {
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    take(line);
    done++;
    const now = performance.now();
    if (now - shown < 5000 && done < jobs.length) return;
    shown = now;
    const left = ((now - begin) / done) * (jobs.length - done);
    console.log(
      `${words}: ${done} of ${jobs.length}, ${clock(left / 1000)} left, ${((now - begin) / 1000 / done).toFixed(2)} s a run`,
    );
  });
}

async function runPlan(workers: readonly Worker[], plan: Plan): Promise<void> {
  const variants = shardOf(plan, index, count);
  const file = openRuns(plan.name, { index, count }, folder);
  const lines = readRuns(plan.name, folder);
  for (const stage of ['select', 'main'] as const) {
    const jobs = (stage === 'select' ? selectionJobs : mainJobs)(plan, variants, lines);
    const words = `${plan.name} ${stage}`;
    await runJobs(workers, { plan, jobs, file, words }, (line) => lines.push(line as SweepLine));
  }
}

async function runCrossedPlan(workers: readonly Worker[], plan: CrossedPlan): Promise<void> {
  const file = openRuns(plan.name, { index, count }, folder);
  const jobs = crossedJobs(plan, readCrossed(plan, folder), { index, count });
  await runJobs(workers, { plan, jobs, file, words: plan.name }, () => undefined);
}

const names = values.task.split(',');
if (values.seed === undefined) {
  const plans = names.map((name) => crossedNamed(name) ?? planNamed(name));
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./sweep-worker.ts', import.meta.url)));
  for (const plan of plans) {
    if ('selectionSeeds' in plan) await runPlan(workers, plan);
    else await runCrossedPlan(workers, plan);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  console.log(`done in ${clock((performance.now() - started) / 1000)}`);
} else {
  const [plan, ...more] = names.map(planNamed);
  if (!plan || more.length > 0) throw new RangeError('a single run belongs to one plan: give --task');
  const { arm, alpha, rate, seed, check } = values;
  const { text, fine } = await runSingle(plan, { arm, alpha, rate, seed, check, folder });
  console.log(text);
  process.exitCode = fine ? 0 : 1;
}
