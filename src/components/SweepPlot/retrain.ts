/** The workers that train, and one training in a worker of its own. */
import type { FromTrainer, TrainRequest } from './protocol.ts';

export interface TrainingEvents {
  readonly progress: (step: number, steps: number) => void;
  readonly done: (answer: Extract<FromTrainer, { kind: 'done' }>) => void;
  readonly failed: (sentence: string) => void;
}

export function trainingWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'training' });
}

/** Starts a training. Returns how to stop it; after that no event comes. */
export function startTraining(request: TrainRequest, events: TrainingEvents): () => void {
  const worker = trainingWorker();
  worker.addEventListener('message', ({ data }: MessageEvent<FromTrainer>) => {
    if (data.kind === 'progress') {
      events.progress(data.step, data.steps);
      return;
    }
    worker.terminate();
    if (data.kind === 'done') events.done(data);
    else events.failed(data.sentence);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    worker.terminate();
    events.failed(event.message || 'the worker could not be loaded');
  });
  worker.postMessage(request);
  return () => worker.terminate();
}
