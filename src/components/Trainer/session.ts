/** One worker, which trains one model. It answers until it is closed or dies. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { Facts, FromWorker, Report, ToWorker } from './protocol.ts';

export interface SessionEvents {
  readonly ready: (facts: Facts, report: Report) => void;
  readonly progress: (message: FromWorker & { readonly kind: 'progress' }) => void;
  readonly done: (report: Report, record: RunRecord) => void;
  /** It has stopped for good; one sentence says why. */
  readonly failed: (sentence: string) => void;
}

/** A worker that is at work and silent for so long is given up. The longest step of the largest model takes seconds. */
const SILENCE_MS = 60_000;

const NO_WASM = 'This browser has no WebAssembly, so it cannot train a model. What was trained for this page stays.';

export class Session {
  readonly #events: SessionEvents;
  readonly #worker: Worker | null = null;
  #open = true;
  #ready = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #weights: ((file: ArrayBuffer | null) => void)[] = [];
  #records: ((record: RunRecord | null) => void)[] = [];

  constructor(config: RunConfig, pictures: Blob | null, events: SessionEvents) {
    this.#events = events;
    if (typeof WebAssembly !== 'object') {
      queueMicrotask(() => this.#fail(NO_WASM));
      return;
    }
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'trainer' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#fail(
        this.#ready
          ? `Its worker has died${event.message ? ` (${event.message})` : ''}. What was drawn stays; Start trains it anew.`
          : `The trainer could not be loaded${navigator.onLine ? '' : '; are you offline?'}. Press Start to try again.`,
      );
    });
    this.tell({ kind: 'prepare', config, pictures });
  }

  get open(): boolean {
    return this.#open;
  }

  tell(message: ToWorker): void {
    if (!this.#open) return;
    this.#worker?.postMessage(message);
    if (message.kind !== 'pause') this.#watch(true);
  }

  /** The weights as a file; null where the model is gone. */
  weights(): Promise<ArrayBuffer | null> {
    if (!this.#open) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#weights.push(resolve);
      this.tell({ kind: 'weights' });
    });
  }

  /** The record of the run as it stands; null where the model is gone. */
  record(): Promise<RunRecord | null> {
    if (!this.#open) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#records.push(resolve);
      this.tell({ kind: 'record' });
    });
  }

  /** Ends the worker, whatever it does. No event comes after that. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    for (const resolve of this.#weights.splice(0)) resolve(null);
    for (const resolve of this.#records.splice(0)) resolve(null);
  }

  #hear(message: FromWorker): void {
    if (!this.#open) return;
    this.#watch(message.kind === 'progress' && message.running);
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        this.#events.ready(message.facts, message.report);
        break;
      case 'progress':
        this.#events.progress(message);
        break;
      case 'done':
        this.#events.done(message.report, message.record);
        break;
      case 'weights':
        this.#weights.shift()?.(message.file);
        break;
      case 'record':
        this.#records.shift()?.(message.record);
        break;
      case 'failed':
        if (this.#ready) this.#events.failed(message.sentence);
        else this.#fail(message.sentence);
        break;
    }
  }

  #watch(on: boolean): void {
    clearTimeout(this.#timer);
    if (on) this.#timer = setTimeout(() => this.#fail('Its worker does not answer any more.'), SILENCE_MS);
  }

  #fail(sentence: string): void {
    if (!this.#open) return;
    this.close();
    this.#events.failed(sentence);
  }
}
