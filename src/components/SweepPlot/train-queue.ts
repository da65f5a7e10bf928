/** Trainings of the plot's runs, two at once at most, in workers that go from one to the next. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import { fetchPictures } from '../../lib/attention/training/pictures.ts';
import type { FromTrainer, ToTrainer } from '../../lib/attention/training/protocol.ts';
import { startTrainingWorker } from '../../lib/attention/training/start-worker.ts';
import type { WorkerLike } from '../../notebook/worker-client.ts';
import { WorkerClient } from '../../notebook/worker-client.ts';

/** More would take the processor from the reader's other work. */
const AT_ONCE = 2;

export interface QueueEvents {
  /** Share of all steps that is done, and milliseconds left, as far as one can tell. */
  readonly progress: (share: number, left: number) => void;
  /** A run is finished; it took so many seconds. */
  readonly run: (record: RunRecord, seconds: number) => void;
  /** All are done; or why no more come. */
  readonly end: (failure: string | null) => void;
}

/** What one worker is at. */
interface Seat {
  readonly worker: WorkerClient<ToTrainer, FromTrainer>;
  /** Share of its present run that is done. */
  share: number;
  steps: number;
}

/**
 * Trains in the order given. Nothing is read on the way, so that a run comes out as in the sweep, with the same record.
 *
 * @param pictures address of the compact Fashion-MNIST file; null where the task needs none
 * @returns how to stop; after that no event comes, and what was in work is lost
 */
export function trainAll(
  configs: readonly RunConfig[],
  pictures: string | null,
  events: QueueEvents,
  makeWorker: () => WorkerLike = startTrainingWorker,
): () => void {
  const queue = [...configs];
  const seats: Seat[] = [];
  let over = false;
  let done = 0;
  let began = 0;
  const stop = (): void => {
    over = true;
    for (const { worker } of seats) worker.close();
  };
  const end = (failure: string | null): void => {
    if (over) return;
    stop();
    events.end(failure);
  };
  const tell = (): void => {
    const share = (done + seats.reduce((sum, seat) => sum + seat.share, 0)) / configs.length;
    events.progress(share, ((performance.now() - began) / share) * (1 - share));
  };
  const next = (seat: Seat, blob: Blob | null): void => {
    seat.share = 0;
    const config = queue.shift();
    if (!config) return;
    seat.steps = config.steps;
    seat.worker.post({
      kind: 'prepare',
      request: { config, pictures: blob, watched: false, tests: ['test', 'probe'] },
      order: 0,
    });
  };
  const hear = (seat: Seat, message: FromTrainer, blob: Blob | null): void => {
    if (message.kind === 'failed' || message.kind === 'refused') end(message.sentence);
    else if (message.kind === 'ready') seat.worker.post({ kind: 'go', until: Infinity, order: 0 });
    else if (message.kind === 'progress') {
      seat.share = message.report.step / seat.steps;
      tell();
    } else if (message.kind === 'done') {
      done++;
      next(seat, blob);
      tell();
      events.run(message.record, message.report.seconds);
      if (done === configs.length) end(null);
    }
  };
  const open = (blob: Blob | null): void => {
    if (over) return;
    began = performance.now();
    const count = Math.min(AT_ONCE, configs.length, Math.max(1, navigator.hardwareConcurrency));
    for (let i = 0; i < count; i++) {
      const seat: Seat = {
        worker: new WorkerClient<ToTrainer, FromTrainer>(makeWorker, {
          message: (message) => hear(seat, message, blob),
          crash: ({ message }) => end(message),
        }),
        share: 0,
        steps: 1,
      };
      seats.push(seat);
      next(seat, blob);
    }
  };
  if (pictures === null) open(null);
  else
    fetchPictures(pictures).then(open, (error: unknown) => end(error instanceof Error ? error.message : String(error)));
  return stop;
}
