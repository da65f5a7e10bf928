/** Trains one run of the sweep again, with the pictures that this machine has. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { PRESETS } from '../src/lib/attention/presets.ts';
import type { Plan } from '../src/lib/attention/sweep/plan.ts';
import { planConfig } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { toLine } from '../src/lib/attention/sweep/records.ts';
import type { FashionData } from '../src/lib/attention/tasks/fashion.ts';
import { readShipped, SHIPPED } from '../src/lib/attention/tasks/fashion.ts';
import { Trainer } from '../src/lib/attention/trainer.ts';
import { FOLDER, readFashion } from './fashion-source.ts';

const shipped = new URL('../public/data/fashion-mnist-14.bin', import.meta.url);
const known = new Map<number, Promise<FashionData>>();

/** The whole set where it is installed; else, for plans that train on no more, the part that the site ships. */
async function pictures(trainedOn: number): Promise<FashionData> {
  if (existsSync(FOLDER)) return readFashion(trainedOn);
  if (trainedOn > SHIPPED.train) {
    throw new Error('this plan needs all pictures: apt-get install dataset-fashion-mnist');
  }
  return readShipped(new Uint8Array(inflateRawSync(await readFile(shipped))));
}

/**
 * The line of a main run, made anew. Without Debian's package, a run on pictures has no `test`.
 * @throws Error where the plan needs pictures that are not here.
 */
export async function rerun(plan: Plan, run: Pick<SweepLine, 'arm' | 'alpha' | 'rate' | 'seed'>): Promise<SweepLine> {
  const { needs, trainedOn = SHIPPED.train } = PRESETS[plan.preset];
  let data: FashionData | undefined;
  if (needs !== 'nothing') {
    if (!known.has(trainedOn)) known.set(trainedOn, pictures(trainedOn));
    data = await known.get(trainedOn);
  }
  const trainer = new Trainer(planConfig(plan, run, run.rate, run.seed), data);
  while (!trainer.done) trainer.step(100);
  return toLine('main', trainer.record(['probe', 'test']));
}
