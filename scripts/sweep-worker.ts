/** One thread of the sweep: trains the jobs it is given, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { RunConfig } from '../src/lib/attention/presets.ts';
import { PRESETS } from '../src/lib/attention/presets.ts';
import type { CrossedJob, CrossedPlan } from '../src/lib/attention/sweep/crossed.ts';
import { crossedConfig, crossedNamed, splitsOf } from '../src/lib/attention/sweep/crossed.ts';
import type { CrossedLine, MadeWith } from '../src/lib/attention/sweep/crossed-records.ts';
import { toCrossedLine } from '../src/lib/attention/sweep/crossed-records.ts';
import type { SweepJob } from '../src/lib/attention/sweep/jobs.ts';
import { planConfig, planNamed } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { toLine } from '../src/lib/attention/sweep/records.ts';
import type { FashionData } from '../src/lib/attention/tasks/fashion.ts';
import { SHIPPED } from '../src/lib/attention/tasks/fashion.ts';
import { Trainer } from '../src/lib/attention/trainer.ts';
import { readFashion } from './fashion-source.ts';
import { madeWith } from './made-with.ts';

export interface SweepRequest {
  readonly plan: string;
  readonly job: SweepJob | CrossedJob;
}

const known = new Map<number, Promise<FashionData>>();
const tools = new Map<FashionData, Omit<MadeWith, 'at' | 'seconds'>>();

/** The pictures of a preset from Debian's package, read once; undefined where it needs none. */
function picturesFor(preset: RunConfig['preset']): Promise<FashionData> | undefined {
  const { needs, trainedOn = SHIPPED.train } = PRESETS[preset];
  if (needs === 'nothing') return undefined;
  const data = known.get(trainedOn) ?? readFashion(trainedOn);
  known.set(trainedOn, data);
  return data;
}

/** Trains one job of a plan to its end. Main runs are tested, selection runs only validated. */
export async function runJob(name: string, job: SweepJob): Promise<SweepLine> {
  const plan = planNamed(name);
  const trainer = new Trainer(planConfig(plan, job, job.rate, job.seed), await picturesFor(plan.preset));
  while (!trainer.done) trainer.step(100);
  return toLine(job.stage, trainer.record(job.stage === 'select' ? ['validation'] : ['probe', 'test']));
}

/** Trains one job of a crossed plan to its end. Throws RangeError where pictures are missing. */
export async function runCrossed(plan: CrossedPlan, job: CrossedJob): Promise<CrossedLine> {
  const data = await picturesFor(plan.preset);
  if (!data) throw new RangeError(`${plan.name} needs pictures`);
  const tool = tools.get(data) ?? madeWith(data);
  tools.set(data, tool);
  const begin = performance.now();
  const trainer = new Trainer(crossedConfig(plan, job), data);
  while (!trainer.done) trainer.step(100);
  const splits = splitsOf(plan);
  const record = trainer.record(splits);
  const seconds = Number(((performance.now() - begin) / 1000).toFixed(1));
  return toCrossedLine(record, splits, { at: new Date().toISOString().slice(0, 19) + 'Z', seconds, ...tool });
}

parentPort?.on('message', ({ plan, job }: SweepRequest) => {
  const crossed = crossedNamed(plan);
  const line = crossed ? runCrossed(crossed, job) : runJob(plan, job as SweepJob);
  void line.then((done) => parentPort?.postMessage(done));
});
