/** Trains runs of the plot, one after the other, away from the page's own thread. */
import { PRESETS } from '../../lib/attention/presets.ts';
import type { FashionData } from '../../lib/attention/tasks/fashion.ts';
import { unpackShipped } from '../../lib/attention/tasks/fashion.ts';
import { Trainer } from '../../lib/attention/trainer.ts';
import type { FromTrainer, TrainRequest } from './protocol.ts';

const tell = (message: FromTrainer): void => postMessage(message);

let fetched: Promise<FashionData> | undefined;

async function fetchPictures(address: string): Promise<FashionData> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the pictures did not come: ${response.status} ${response.statusText}`);
  return unpackShipped(await response.blob());
}

async function train({ config, pictures }: TrainRequest): Promise<void> {
  let data;
  if (PRESETS[config.preset].needs !== 'nothing' && pictures !== null)
    data = await (fetched ??= fetchPictures(pictures));
  const started = performance.now();
  const trainer = new Trainer(config, data);
  while (!trainer.done) {
    trainer.step(10);
    tell({ kind: 'progress', step: trainer.stepsDone, steps: config.steps });
  }
  const record = trainer.record(['test', 'probe']);
  tell({ kind: 'done', record, seconds: (performance.now() - started) / 1000 });
}

addEventListener('message', ({ data }: MessageEvent<TrainRequest>) => {
  train(data).catch((error: unknown) =>
    tell({ kind: 'failed', sentence: error instanceof Error ? error.message : String(error) }),
  );
});
