import { ENGINE_WORDS, START_TIMEOUT_MS, successor } from '../../notebook/succession.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

export interface LinkEvents {
  readonly hear: (message: FromWorker) => void;
  /** The engine was lost and another will take over, with nothing of the descent. */
  readonly moved: (words: string) => void;
  /** Another engine computes than the one asked for or the fastest; nothing is lost. */
  readonly replaced: (words: string) => void;
  readonly failed: (sentence: string) => void;
}

/** Keeps the instrument's worker, and replaces it by one with the next engine when it dies. */
export class Link {
  readonly #pictures: Readonly<Record<'mandrill' | 'airplane', string>>;
  readonly #events: LinkEvents;
  #worker: Worker | null = null;
  #wanted: EngineName | null;
  #engine: EngineName | null = null;
  /** Told before the engine was there. */
  #waiting: ToWorker[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    pictures: Readonly<Record<'mandrill' | 'airplane', string>>,
    events: LinkEvents,
    wanted: EngineName | null,
  ) {
    this.#pictures = pictures;
    this.#events = events;
    this.#wanted = wanted;
  }

  get alive(): boolean {
    return this.#engine !== null;
  }

  /** Sends, once there is an engine. Starts a worker unless there is one. */
  tell(message: ToWorker): void {
    if (this.#engine !== null) {
      this.#worker?.postMessage(message);
      return;
    }
    this.#waiting.push(message);
    this.#open();
  }

  /** Ends the worker, and with it whatever it computes. */
  close(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#engine = null;
    this.#waiting = [];
  }

  #open(): void {
    if (this.#worker !== null) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'descent' });
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (worker !== this.#worker) return;
      if (data.kind === 'lost') this.#lost(data.message);
      else this.#heard(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#lost(event.message || 'the worker could not be loaded');
    });
    this.#timer = setTimeout(() => this.#lost('it did not answer'), START_TIMEOUT_MS);
    const start: ToWorker = { kind: 'start', engine: this.#wanted, pictures: absolute(this.#pictures) };
    worker.postMessage(start);
  }

  #heard(message: FromWorker): void {
    if (message.kind === 'ready') {
      clearTimeout(this.#timer);
      this.#engine = message.engine;
      if (this.#wanted !== null && message.engine !== this.#wanted)
        this.#events.replaced(
          `${ENGINE_WORDS[this.#wanted]} cannot compute here (${message.why.split(';')[0] ?? ''}); ${ENGINE_WORDS[message.engine]} does.`,
        );
      for (const waiting of this.#waiting) this.#worker?.postMessage(waiting);
      this.#waiting = [];
    }
    this.#events.hear(message);
  }

  #lost(why: string): void {
    const started = this.#engine !== null;
    const heir = successor(this.#engine, this.#wanted, why);
    const waiting = this.#waiting;
    this.close();
    if (!started && !navigator.onLine)
      this.#events.failed('The engine could not be loaded: you are offline. The stored result stays.');
    else if (heir === null) this.#events.failed(`The engine could not be started: ${why}. The stored result stays.`);
    else {
      const words = `${heir.words}; ${ENGINE_WORDS[heir.next]} takes over.`;
      this.#wanted = heir.next;
      if (started) {
        this.#events.moved(words);
        return;
      }
      // Nothing was done yet, so that nothing is lost: the orders go to the successor.
      this.#events.replaced(words);
      this.#waiting = waiting;
      this.#open();
    }
  }
}

/** A worker's own address lies elsewhere, so that relative ones would miss. */
function absolute(
  pictures: Readonly<Record<'mandrill' | 'airplane', string>>,
): Record<'mandrill' | 'airplane', string> {
  const full = (address: string): string => new URL(address, document.baseURI).href;
  return { mandrill: full(pictures.mandrill), airplane: full(pictures.airplane) };
}
