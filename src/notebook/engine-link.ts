import type { EngineName } from '../lib/matrix/engine.ts';
import type { FromNotebook, PictureFacts, PictureSource, RunMessage, ToNotebook } from './protocol.ts';
import type { Settings } from './settings.ts';
import { ENGINE_WORDS, START_TIMEOUT_MS, successor } from './succession.ts';
import { WorkerClient, type WorkerLike } from './worker-client.ts';

type Done = FromNotebook & { readonly kind: 'done' };

export interface LinkEvents {
  /** A worker with an engine is there. `moved`: it replaces another that was lost; one line for the reader, else null. */
  readonly ready: (engine: EngineName, why: string, moved: string | null) => void;
  readonly done: (answer: Done) => void;
  /** Pictures that the run needs could not be read; one sentence for the reader. */
  readonly unready: (run: number, pictures: readonly string[], sentence: string) => void;
  /** The worker is gone; another is on its way unless `failed` follows. */
  readonly closed: () => void;
  /** No engine at all could be started. */
  readonly failed: (sentence: string) => void;
}

/** What a notebook needs of the browser, and a test brings by itself. */
export interface LinkSurroundings {
  readonly worker: () => WorkerLike;
  readonly online: () => boolean;
}

/** Keeps one worker alive, and replaces it by one with the next engine when it dies. */
export class EngineLink {
  readonly #online: () => boolean;
  readonly #events: LinkEvents;
  readonly #client: WorkerClient<ToNotebook, FromNotebook>;
  #settings: Settings;
  #engine: EngineName | null = null;
  #moved: string | null = null;
  #ticket = 0;
  readonly #reading = new Map<number, { resolve: (facts: PictureFacts) => void; reject: (error: Error) => void }>();

  constructor(settings: Settings, { worker, online }: LinkSurroundings, events: LinkEvents) {
    this.#settings = settings;
    this.#online = online;
    this.#events = events;
    this.#client = new WorkerClient(worker, {
      message: (message) => this.#hear(message),
      crash: ({ message }) => this.#lost(message),
    });
  }

  get engine(): EngineName | null {
    return this.#engine;
  }

  /** Starts a worker unless one is there. */
  open(): void {
    if (this.#client.running) return;
    this.#client.post({ kind: 'start', settings: this.#settings });
    this.#client.expectAnswer(START_TIMEOUT_MS);
  }

  run(message: RunMessage): void {
    if (this.#client.running) this.#client.post(message);
  }

  /** A new worker, with these settings. */
  use(settings: Settings): void {
    this.#settings = settings;
    this.#moved = null;
    this.restart();
  }

  /** Ends what runs, by ending the worker; a new one starts at once. */
  restart(): void {
    this.#close();
    this.open();
  }

  /** A picture's size, and what was done to it. Rejects with one sentence for the reader. */
  read(source: PictureSource): Promise<PictureFacts> {
    this.open();
    this.#ticket += 1;
    const ticket = this.#ticket;
    return new Promise((resolve, reject) => {
      this.#reading.set(ticket, { resolve, reject });
      this.#client.post({ kind: 'read', ticket, source });
    });
  }

  #hear(message: FromNotebook): void {
    // A picture may be read before the engine is there, which may yet never come.
    if (this.#engine === null && message.kind !== 'ready') this.#client.expectAnswer(START_TIMEOUT_MS);
    switch (message.kind) {
      case 'ready':
        this.#engine = message.engine;
        this.#events.ready(message.engine, message.why, this.#moved);
        this.#moved = null;
        break;
      case 'done':
        this.#events.done(message);
        break;
      case 'unready':
        this.#events.unready(message.run, message.pictures, message.sentence);
        break;
      case 'read':
        this.#reading.get(message.ticket)?.resolve(message.facts);
        this.#reading.delete(message.ticket);
        break;
      case 'refused':
        this.#reading.get(message.ticket)?.reject(new Error(message.sentence));
        this.#reading.delete(message.ticket);
        break;
      case 'lost':
        this.#lost(message.message);
        break;
    }
  }

  #lost(why: string): void {
    const started = this.#engine !== null;
    const heir = successor(this.#engine, this.#settings.engine, why);
    this.#close();
    if (!started && !this.#online()) {
      this.#events.failed(
        'The engine could not be loaded: you are offline. The picture from the build stays; try again once you are online.',
      );
    } else if (heir === null) {
      this.#events.failed(`The engine could not be started: ${why}. The picture from the build stays.`);
    } else {
      this.#moved = `${heir.words}; ${ENGINE_WORDS[heir.next]} goes on.`;
      this.#settings = { ...this.#settings, engine: heir.next };
      this.open();
    }
  }

  #close(): void {
    this.#client.cancel();
    this.#engine = null;
    for (const { reject } of this.#reading.values())
      reject(new Error('The picture could not be read; please try again.'));
    this.#reading.clear();
    this.#events.closed();
  }
}
