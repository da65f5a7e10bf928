import type { EngineName } from '../lib/matrix/engine.ts';
import { PARITY_LIMIT } from '../lib/matrix/parity-limit.ts';
import type { FromNotebook, PictureFacts, PictureSource, RunMessage, ToNotebook } from './protocol.ts';
import type { Settings } from './settings.ts';
import { ENGINE_WORDS, START_TIMEOUT_MS, successor } from './succession.ts';
import { WorkerClient, type WorkerLike } from './worker-client.ts';

type Done = FromNotebook & { readonly kind: 'done' };

export interface LinkEvents {
  /** A worker with an engine is there. `moved`: it replaces another that was lost; one line for the reader, else null. */
  readonly ready: (engine: EngineName, why: string, moved: string | null) => void;
  readonly done: (answer: Done) => void;
  /** The engine was examined, now or before: its worst difference from double precision, over the range. */
  readonly examined: (worst: number) => void;
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
  readonly examined?: ExaminedEngines;
}

/** What self-tests have found on this device, by an engine and the words that say why it was chosen. */
export interface ExaminedEngines {
  /** The worst difference; null where there was no test. */
  readonly known: (key: string) => number | null;
  readonly keep: (key: string, worst: number) => void;
}

function failedBy(worst: number): string {
  const by = Number.isFinite(worst) ? worst.toExponential(0) : 'more than it can say';
  return `its self-test on this device is off by ${by}, where ${PARITY_LIMIT} is allowed`;
}

/** Keeps one worker alive, and replaces it by one with the next engine when it dies. */
export class EngineLink {
  readonly #online: () => boolean;
  readonly #examined: ExaminedEngines | undefined;
  /** Under which the engine's self-test is known. */
  #key = '';
  readonly #events: LinkEvents;
  readonly #client: WorkerClient<ToNotebook, FromNotebook>;
  #settings: Settings;
  #engine: EngineName | null = null;
  #moved: string | null = null;
  #ticket = 0;
  readonly #reading = new Map<number, { resolve: (facts: PictureFacts) => void; reject: (error: Error) => void }>();

  constructor(settings: Settings, { worker, online, examined }: LinkSurroundings, events: LinkEvents) {
    this.#settings = settings;
    this.#online = online;
    this.#examined = examined;
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
        this.#ready(message.engine, message.why);
        break;
      case 'examined':
        this.#examined?.keep(this.#key, message.worst);
        this.#judge(message.worst);
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

  #ready(engine: EngineName, why: string): void {
    this.#key = `${engine}: ${why}`;
    // It is what the others are compared with.
    const known = engine === 'reference' ? null : (this.#examined?.known(this.#key) ?? null);
    if (known !== null && known > PARITY_LIMIT) {
      this.#settings = { ...this.#settings, engine };
      this.#lost(failedBy(known));
      return;
    }
    this.#engine = engine;
    this.#events.ready(engine, why, this.#moved);
    this.#moved = null;
    if (known !== null) this.#judge(known);
    else if (engine !== 'reference' && this.#examined) this.#client.post({ kind: 'examine' });
  }

  /** One that computes wrongly is not used. */
  #judge(worst: number): void {
    if (worst <= PARITY_LIMIT) this.#events.examined(worst);
    else this.#lost(failedBy(worst));
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
