/** Trains one run of the plot again, away from the page's own thread. */
import { PRESETS } from '../../lib/attention/presets.ts';
import { unpackShipped } from '../../lib/attention/tasks/fashion.ts';
import { Trainer } from '../../lib/attention/trainer.ts';
import type { FromTrainer, TrainRequest } from './protocol.ts';

const tell = (message: FromTrainer): void => postMessage(message);

async function train({ config, pictures }: TrainRequest): Promise<void> {
  let data;
  if (PRESETS[config.preset].needs !== 'nothing' && pictures !== null) {
    const response = await fetch(pictures);
    if (!response.ok) throw new Error(`the pictures did not come: ${response.status} ${response.statusText}`);
    data = await unpackShipped(await response.blob());
  }
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
