/** A training worker for tests: the worker's session in the test's own thread. */
import type { FromTrainer, ToTrainer } from './protocol.ts';
import { TrainingSession } from './session.ts';

export class InProcessWorker extends EventTarget {
  readonly orders: ToTrainer[] = [];
  ended = false;
  readonly #session = new TrainingSession((message: FromTrainer, transfer) => {
    const data = structuredClone(message, { transfer });
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  });

  postMessage(message: ToTrainer): void {
    this.orders.push(message);
    queueMicrotask(() => {
      if (!this.ended) this.#session.hear(message);
    });
  }

  /** The session goes on, unheard, until its run is over; a worker would not. */
  terminate(): void {
    this.ended = true;
    this.#session.hear({ kind: 'pause' });
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
