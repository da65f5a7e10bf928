/** Several trainings, two at once at most, in workers that go from one to the next. */
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { FromTrainer, TrainRequest } from './protocol.ts';
import { trainingWorker } from './retrain.ts';

/** More would take the processor from the reader's other work. */
const AT_ONCE = 2;

export interface QueueEvents {
  /** Share of all steps that is done, and milliseconds left, as far as one can tell. */
  readonly progress: (share: number, left: number) => void;
  readonly run: (record: RunRecord) => void;
  /** All are done; or why no more come. */
  readonly end: (failure: string | null) => void;
}

/** Starts them in their order. Returns how to stop; after that no event comes. What was in work is lost. */
export function trainAll(requests: readonly TrainRequest[], events: QueueEvents): () => void {
  const queue = [...requests];
  const workers: Worker[] = [];
  const shares = new Map<Worker, number>();
  const began = performance.now();
  let done = 0;
  const stop = (): void => {
    for (const worker of workers.splice(0)) worker.terminate();
  };
  const end = (failure: string | null): void => {
    stop();
    events.end(failure);
  };
  const tell = (): void => {
    const share = (done + [...shares.values()].reduce((sum, part) => sum + part, 0)) / requests.length;
    events.progress(share, ((performance.now() - began) / share) * (1 - share));
  };
  const next = (worker: Worker): void => {
    shares.set(worker, 0);
    const request = queue.shift();
    if (request) worker.postMessage(request);
  };
  const hear = (worker: Worker, data: FromTrainer): void => {
    if (!workers.includes(worker)) return;
    if (data.kind === 'failed') end(data.sentence);
    else if (data.kind === 'progress') {
      shares.set(worker, data.step / data.steps);
      tell();
    } else {
      done++;
      next(worker);
      tell();
      events.run(data.record);
      if (done === requests.length) end(null);
    }
  };
  const count = Math.min(AT_ONCE, requests.length, Math.max(1, navigator.hardwareConcurrency));
  for (let i = 0; i < count; i++) {
    const worker = trainingWorker();
    workers.push(worker);
    worker.addEventListener('message', ({ data }: MessageEvent<FromTrainer>) => hear(worker, data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(event.message || 'the worker could not be loaded');
    });
    next(worker);
  }
  return stop;
}
