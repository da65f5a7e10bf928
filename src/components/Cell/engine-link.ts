import type { EngineName } from '../../lib/matrix/engine.ts';
import type { ReadPicture } from './own-picture.ts';
import type { FromWorker, PictureSource, RunMessage, ToWorker } from './protocol.ts';
import { ENGINE_WORDS, START_TIMEOUT_MS, successor } from './succession.ts';

type Done = FromWorker & { readonly kind: 'done' };

export interface LinkEvents {
  /** A worker with an engine is there. `moved`: it replaces another that was lost; one line for the reader, else null. */
  readonly ready: (engine: EngineName, why: string, moved: string | null) => void;
  readonly done: (answer: Done) => void;
  /** The worker is gone; another is on its way unless `failed` follows. */
  readonly closed: () => void;
  /** No engine at all could be started. */
  readonly failed: (sentence: string) => void;
}

class Refusal extends Error {}

/** Keeps one worker alive, and replaces it by one with the next engine when it dies. */
export class EngineLink {
  readonly #events: LinkEvents;
  #worker: Worker | null = null;
  #wanted: EngineName | null;
  #engine: EngineName | null = null;
  #moved: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticket = 0;
  readonly #decoding = new Map<number, { resolve: (read: ReadPicture) => void; reject: (error: Error) => void }>();

  constructor(wanted: EngineName | null, events: LinkEvents) {
    this.#wanted = wanted;
    this.#events = events;
  }

  get engine(): EngineName | null {
    return this.#engine;
  }

  /** Starts a worker unless one is there. */
  open(): void {
    if (this.#worker !== null) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'julia' });
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(worker, data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#lost(worker, event.message || 'the worker could not be loaded');
    });
    this.#timer = setTimeout(() => this.#lost(worker, 'it did not answer'), START_TIMEOUT_MS);
    this.#tell(worker, { kind: 'start', engine: this.#wanted });
  }

  run(message: RunMessage): void {
    if (this.#worker !== null) this.#tell(this.#worker, message);
  }

  /** Moves to another engine; null: whichever is best here. */
  use(engine: EngineName | null): void {
    this.#wanted = engine;
    this.#moved = null;
    this.#close();
    this.open();
  }

  /** Ends what runs, by ending the worker; a new one starts at once. */
  stop(): void {
    this.#close();
    this.open();
  }

  /** @returns the decoded picture and what was done to it. Rejects with one sentence for the reader. */
  decode(source: PictureSource, fit: { rows: number; cols: number } | null): Promise<ReadPicture> {
    this.open();
    this.#ticket += 1;
    const ticket = this.#ticket;
    return new Promise((resolve, reject) => {
      this.#decoding.set(ticket, { resolve, reject });
      if (this.#worker !== null) this.#tell(this.#worker, { kind: 'decode', ticket, source, fit });
    });
  }

  #tell(worker: Worker, message: ToWorker): void {
    worker.postMessage(message);
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    switch (message.kind) {
      case 'ready':
        clearTimeout(this.#timer);
        this.#engine = message.engine;
        this.#events.ready(message.engine, message.why, this.#moved);
        this.#moved = null;
        break;
      case 'done':
        this.#events.done(message);
        break;
      case 'decoded':
        this.#decoding.get(message.ticket)?.resolve(message);
        this.#decoding.delete(message.ticket);
        break;
      case 'refused':
        this.#decoding.get(message.ticket)?.reject(new Refusal(message.sentence));
        this.#decoding.delete(message.ticket);
        break;
      case 'lost':
        this.#lost(worker, message.message);
        break;
    }
  }

  #lost(worker: Worker, why: string): void {
    if (worker !== this.#worker) return;
    const started = this.#engine !== null;
    const heir = successor(this.#engine, this.#wanted, why);
    this.#close();
    if (!started && !navigator.onLine) {
      this.#events.failed(
        'The engine could not be loaded: you are offline. The picture from the build stays; try again once you are online.',
      );
    } else if (heir === null) {
      this.#events.failed(`The engine could not be started: ${why}. The picture from the build stays.`);
    } else {
      this.#moved = `${heir.words}; ${ENGINE_WORDS[heir.next]} goes on.`;
      this.#wanted = heir.next;
      this.open();
    }
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#engine = null;
    for (const { reject } of this.#decoding.values())
      reject(new Refusal('The picture could not be read; please try again.'));
    this.#decoding.clear();
    this.#events.closed();
  }
}
