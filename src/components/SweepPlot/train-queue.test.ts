import { expect, it } from 'vitest';
import type { RunConfig } from '../../lib/attention/presets.ts';
import { runConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import { Trainer } from '../../lib/attention/trainer.ts';
import { InProcessWorker } from '../../lib/attention/training/in-process.ts';
import { trainAll } from './train-queue.ts';

const configs = [1, 2, 3].map((seed) => runConfig('recall-demo', { steps: 12, seed }));

interface Told {
  readonly records: RunRecord[];
  readonly shares: number[];
  readonly workers: InProcessWorker[];
  failure: string | null;
}

/** Trains all; `during` may interfere when a run is finished. */
function train(
  runs: readonly RunConfig[],
  during: (told: Told, stop: () => void) => void = () => undefined,
): Promise<Told> {
  const told: Told = { records: [], shares: [], workers: [], failure: null };
  return new Promise((resolve) => {
    const stop = trainAll(
      runs,
      null,
      {
        progress: (share) => told.shares.push(share),
        run: (record, seconds) => {
          expect(seconds).toBeGreaterThan(0);
          told.records.push(record);
          during(told, stop);
        },
        end: (failure) => {
          told.failure = failure;
          resolve(told);
        },
      },
      () => {
        const worker = new InProcessWorker();
        told.workers.push(worker);
        return worker;
      },
    );
  });
}

it('trains every run with the record of the sweep, in two workers at most, and ends them', async () => {
  const { records, shares, workers, failure } = await train(configs);
  const sorted = records.toSorted((a, b) => a.config.seed - b.config.seed);
  const plain = configs.map((config) => {
    const trainer = new Trainer(config);
    trainer.step(config.steps);
    return trainer.record(['test', 'probe']);
  });
  expect(sorted).toEqual(plain);
  expect([failure, workers.length, shares.at(-1)]).toEqual([null, 2, 1]);
  expect(workers.every(({ ended }) => ended)).toBe(true);
});

it('says nothing after it was stopped, not even from within an event', async () => {
  let runs = 0;
  let ends = 0;
  const workers: InProcessWorker[] = [];
  await new Promise<void>((resolve) => {
    const stop = trainAll(
      configs,
      null,
      {
        progress: () => undefined,
        run: () => {
          runs++;
          stop();
          setTimeout(resolve, 100);
        },
        end: () => ends++,
      },
      () => {
        const worker = new InProcessWorker();
        workers.push(worker);
        return worker;
      },
    );
  });
  expect([runs, ends, workers.every(({ ended }) => ended)]).toEqual([1, 0, true]);
});

it('ends with the reason when a worker dies', async () => {
  const { failure, workers } = await train(configs, ({ workers: [first] }) => first?.die('out of luck'));
  expect([failure, workers.every(({ ended }) => ended)]).toEqual(['out of luck', true]);
});

it('ends with the reason when a run cannot be prepared', async () => {
  const { failure, records } = await train([runConfig('fashion-10k')]);
  expect([failure, records]).toEqual(['this preset needs the Fashion-MNIST pictures', []]);
});
