/** A fresh worker that trains: `ToTrainer` goes in, `FromTrainer` comes out. */
export function startTrainingWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'training' });
}
