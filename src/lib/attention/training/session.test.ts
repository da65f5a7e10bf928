import { expect, it } from 'vitest';
import { runConfig } from '../presets.ts';
import { Trainer } from '../trainer.ts';
import type { FromTrainer } from './protocol.ts';
import { TrainingSession } from './session.ts';
import { watchedRun } from './training.ts';

type Kind = FromTrainer['kind'];

/** A session, what it says, and the next message of a kind after those that were read. */
function bench() {
  const said: FromTrainer[] = [];
  let read = 0;
  let wake = (): void => undefined;
  const session = new TrainingSession((message) => {
    said.push(message);
    wake();
  });
  const next = async <K extends Kind>(kind: K): Promise<Extract<FromTrainer, { kind: K }>> => {
    for (;;) {
      const message = said[read++];
      if (message?.kind === kind) return message as Extract<FromTrainer, { kind: K }>;
      if (message) continue;
      read--;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { session, said, next };
}

const config = runConfig('recall-demo', { steps: 40, arm: 'add-NS', alpha: 0.5 });

it('prepares, trains and tests; the record is that of the sweep, to the last bit', async () => {
  const { session, next } = bench();
  session.hear({
    kind: 'prepare',
    request: { ...watchedRun(config), watched: false, tests: ['test', 'probe'] },
    order: 3,
  });
  const ready = await next('ready');
  expect([ready.order, ready.report.step, ready.report.readings]).toEqual([3, 0, []]);
  session.hear({ kind: 'go', until: Infinity, order: 4 });
  const { record, report } = await next('done');
  const plain = new Trainer(config);
  plain.step(40);
  expect(record).toEqual(plain.record(['test', 'probe']));
  expect([report.step, report.checks]).toEqual([40, []]);
});

it('stops where it is told, goes on, and hands out record and weights in between', async () => {
  const { session, next } = bench();
  session.hear({ kind: 'prepare', request: watchedRun(config), order: 1 });
  await next('ready');
  session.hear({ kind: 'go', until: 7, order: 2 });
  let at = await next('progress');
  while (at.running) at = await next('progress');
  expect([at.report.step, at.order]).toEqual([7, 2]);
  session.hear({ kind: 'record' });
  expect((await next('record')).record).toMatchObject({ steps: 7, results: {} });
  session.hear({ kind: 'weights' });
  expect((await next('weights')).file.byteLength).toBeGreaterThan(1000);
  session.hear({ kind: 'go', until: 40, order: 3 });
  expect((await next('done')).record.steps).toBe(40);
});

it('pauses between two slices', async () => {
  const { session, next } = bench();
  session.hear({ kind: 'prepare', request: watchedRun(runConfig('recall-demo', { steps: 5000 })), order: 1 });
  await next('ready');
  session.hear({ kind: 'go', until: 5000, order: 2 });
  await next('progress');
  session.hear({ kind: 'pause' });
  let at = await next('progress');
  while (at.running) at = await next('progress');
  expect(at.report.step).toBeLessThan(5000);
});

it('keeps its model when another cannot be prepared, and says why', async () => {
  const { session, next } = bench();
  session.hear({ kind: 'prepare', request: watchedRun(config), order: 1 });
  await next('ready');
  session.hear({ kind: 'prepare', request: watchedRun(runConfig('fashion-10k'), new Blob(['no pictures'])), order: 2 });
  const refused = await next('refused');
  expect([refused.order, refused.sentence]).toEqual([2, expect.stringContaining('pictures that came are damaged')]);
  session.hear({ kind: 'go', until: 40, order: 3 });
  expect((await next('done')).record.config).toEqual(config);
});

it('replaces its model by the next one, and says no more of the one before', async () => {
  const { session, said, next } = bench();
  session.hear({ kind: 'prepare', request: watchedRun(runConfig('recall-demo', { steps: 5000 })), order: 1 });
  await next('ready');
  session.hear({ kind: 'go', until: 5000, order: 2 });
  await next('progress');
  session.hear({ kind: 'prepare', request: watchedRun(config), order: 3 });
  await next('ready');
  const before = said.length;
  session.hear({ kind: 'go', until: 40, order: 4 });
  expect((await next('done')).record.config).toEqual(config);
  const steps = said.slice(before).flatMap((message) => (message.kind === 'progress' ? [message.report.step] : []));
  expect(Math.max(0, ...steps)).toBeLessThanOrEqual(40);
});

it('ends with a sentence when the weights are no longer numbers', async () => {
  const { session, next } = bench();
  session.hear({
    kind: 'prepare',
    request: watchedRun(runConfig('recall-demo', { arm: 'exp', rate: 1, steps: 200 })),
    order: 1,
  });
  await next('ready');
  session.hear({ kind: 'go', until: 200, order: 2 });
  expect((await next('failed')).sentence).toMatch(/no longer numbers at step \d+/);
});
