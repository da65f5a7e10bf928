import { expect, it, vi } from 'vitest';
import { runConfig } from '../../lib/attention/presets.ts';
import { hashAfter } from '../../lib/attention/trainer.ts';
import { InProcessWorker } from '../../lib/attention/training/in-process.ts';
import { Model } from './model.ts';

const config = runConfig('recall-demo', { steps: 30 });

function bench() {
  const workers: InProcessWorker[] = [];
  const failures: string[] = [];
  const phases = new Set<string>();
  const model = new Model(
    'left',
    { changed: () => phases.add(model.phase), done: () => undefined, failed: (_, sentence) => failures.push(sentence) },
    () => {
      const worker = new InProcessWorker();
      workers.push(worker);
      return worker;
    },
  );
  const phase = (wanted: string): Promise<void> => vi.waitFor(() => expect(model.phase).toBe(wanted), 20_000);
  return { model, workers, failures, phase, phases };
}

it('trains a run to its end, in one worker for all of its runs', async () => {
  const { model, workers, phase, phases } = bench();
  expect(model.phase).toBe('built');
  model.prepare(config, null, 10);
  expect(model.phase).toBe('starting');
  await phase('paused');
  // Ten steps may pass between two looks.
  expect(phases).toContain('running');
  expect([model.heard?.step, model.canGoOn(config), model.hasDone(config)]).toEqual([10, true, false]);
  expect((await model.record())?.steps).toBe(10);
  model.go(30);
  await phase('done');
  expect([model.heard?.record?.hash, model.hasDone(config)]).toEqual([hashAfter(config, 30), true]);
  const other = { ...config, seed: 2 };
  model.prepare(other, null, 30);
  // What was drawn stays until there is something else to draw.
  expect(model.heard?.config).toEqual(config);
  await phase('done');
  expect(model.heard?.record?.hash).toBe(hashAfter(other, 30));
  expect(workers).toHaveLength(1);
});

it('answers only the latest of two that are prepared at once', async () => {
  const { model, phase } = bench();
  model.prepare(config, null, null);
  model.prepare({ ...config, seed: 2 }, null, 30);
  await phase('done');
  expect(model.heard?.config.seed).toBe(2);
});

it('says that its worker has died, and starts a fresh one next time', async () => {
  const { model, workers, failures, phase } = bench();
  model.prepare(config, null, 10);
  await phase('paused');
  const record = model.record();
  workers[0]?.die('out of luck');
  expect(failures).toEqual(['Its worker has died (out of luck). What was drawn stays; Start trains it anew.']);
  expect([model.phase, model.alive, await record, await model.weights()]).toEqual(['over', false, null, null]);
  model.prepare(config, null, 30);
  await phase('done');
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
});

it('says that the trainer could not be loaded where its first worker never answers', () => {
  const { model, workers, failures } = bench();
  vi.stubGlobal('navigator', { onLine: false });
  model.prepare(config, null, 10);
  workers[0]?.die('');
  vi.unstubAllGlobals();
  expect([failures, model.phase]).toEqual([
    ['The trainer could not be loaded; are you offline? Press Start to try again.'],
    'built',
  ]);
});

it('keeps the model when another cannot be prepared', async () => {
  const { model, failures, phase } = bench();
  model.prepare(config, null, 30);
  await phase('done');
  model.prepare(runConfig('fashion-10k'), new Blob(['no pictures']), 30);
  await phase('done');
  expect(failures).toEqual(['The pictures that came are damaged. Start fetches them again.']);
  expect([model.heard?.config, model.alive]).toEqual([config, true]);
});

it('can be left and come back to', async () => {
  const { model, workers, phase } = bench();
  model.prepare(config, null, 10);
  await phase('paused');
  model.close();
  expect([model.phase, model.alive, workers[0]?.ended, model.heard?.step]).toEqual(['over', false, true, 10]);
  model.prepare(config, null, 30);
  await phase('done');
});
