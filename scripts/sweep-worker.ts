/** One thread of the sweep: trains the jobs it is given, one after the other. */
import { parentPort } from 'node:worker_threads';
import { PRESETS } from '../src/lib/attention/presets.ts';
import type { SweepJob } from '../src/lib/attention/sweep/jobs.ts';
import { planConfig, planNamed } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { toLine } from '../src/lib/attention/sweep/records.ts';
import type { FashionData } from '../src/lib/attention/tasks/fashion.ts';
import { SHIPPED } from '../src/lib/attention/tasks/fashion.ts';
import { Trainer } from '../src/lib/attention/trainer.ts';
import { readFashion } from './fashion-source.ts';

export interface SweepRequest {
  readonly plan: string;
  readonly job: SweepJob;
}

let small: Promise<FashionData> | undefined;
let large: Promise<FashionData> | undefined;

/** Trains one job to its end. Main runs are tested, selection runs only validated. */
export async function runJob({ plan: name, job }: SweepRequest): Promise<SweepLine> {
  const plan = planNamed(name);
  const { needs } = PRESETS[plan.preset];
  if (needs === 'pictures') small ??= readFashion(SHIPPED.train);
  if (needs === 'all pictures') large ??= readFashion();
  const data = needs === 'nothing' ? undefined : await (needs === 'pictures' ? small : large);
  const trainer = new Trainer(planConfig(plan, job, job.rate, job.seed), data);
  while (!trainer.done) trainer.step(100);
  return toLine(job.stage, trainer.record(job.stage === 'select' ? ['validation'] : ['probe', 'test']));
}

parentPort?.on('message', (request: SweepRequest) => {
  void runJob(request).then((line) => parentPort?.postMessage(line));
});
