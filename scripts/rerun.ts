/** Trains one run of the sweep again, with the pictures that this machine has. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import type { PresetName } from '../src/lib/attention/presets.ts';
import { PRESETS } from '../src/lib/attention/presets.ts';
import type { CrossedJob, CrossedPlan } from '../src/lib/attention/sweep/crossed.ts';
import { crossedConfig, splitsOf } from '../src/lib/attention/sweep/crossed.ts';
import type { CrossedLine, MadeWith } from '../src/lib/attention/sweep/crossed-records.ts';
import { toCrossedLine } from '../src/lib/attention/sweep/crossed-records.ts';
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

/** Whether the pictures that a preset needs are on this machine, with the whole test set. */
export const hasPictures = (preset: PresetName): boolean => PRESETS[preset].needs === 'nothing' || existsSync(FOLDER);

/** The pictures of a preset; undefined where it needs none. */
async function picturesFor(preset: PresetName): Promise<FashionData | undefined> {
  const { needs, trainedOn = SHIPPED.train } = PRESETS[preset];
  if (needs === 'nothing') return undefined;
  const data = known.get(trainedOn) ?? pictures(trainedOn);
  known.set(trainedOn, data);
  return data;
}

/** What of a crossed plan's line comes out again: all but when, where and how fast. */
type Repeatable = Omit<CrossedLine, keyof MadeWith>;
const MADE: ReadonlySet<string> = new Set<keyof MadeWith>(['at', 'seconds', 'node', 'package', 'kernels', 'pictures']);
export const repeatable = (line: CrossedLine): Repeatable =>
  Object.fromEntries(Object.entries(line).filter(([key]) => !MADE.has(key))) as unknown as Repeatable;

/** The line of a run of a crossed plan, made anew. @throws Error where the pictures are not here. */
export async function rerunCrossed(plan: CrossedPlan, job: CrossedJob): Promise<Repeatable> {
  const trainer = new Trainer(crossedConfig(plan, job), await picturesFor(plan.preset));
  while (!trainer.done) trainer.step(100);
  const splits = splitsOf(plan);
  const nothing = { at: '', seconds: 0, node: '', package: '', kernels: '', pictures: '' };
  return repeatable(toCrossedLine(trainer.record(splits), splits, nothing));
}

/**
 * The line of a main run, made anew. Without Debian's package, a run on pictures has no `test`.
 * @throws Error where the plan needs pictures that are not here.
 */
export async function rerun(plan: Plan, run: Pick<SweepLine, 'arm' | 'alpha' | 'rate' | 'seed'>): Promise<SweepLine> {
  const trainer = new Trainer(planConfig(plan, run, run.rate, run.seed), await picturesFor(plan.preset));
  while (!trainer.done) trainer.step(100);
  return toLine('main', trainer.record(['probe', 'test']));
}
