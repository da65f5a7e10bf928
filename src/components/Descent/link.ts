import { ENGINE_WORDS, START_TIMEOUT_MS, successor } from '../../notebook/succession.ts';
import { WorkerClient } from '../../notebook/worker-client.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { FromDescent, ToDescent } from './protocol.ts';
import type { SitePictureName } from './runs.ts';

export interface DescentLinkEvents {
  readonly hear: (message: FromDescent) => void;
  /** The engine was lost and another will take over, with nothing of the descent. */
  readonly moved: (words: string) => void;
  /** Another engine computes than the one asked for or the fastest; nothing is lost. */
  readonly replaced: (words: string) => void;
  readonly failed: (sentence: string) => void;
}

/** The page's end of the descent's worker. An engine that is lost is followed by the next one, in a fresh worker. */
export class DescentLink {
  readonly #pictures: Readonly<Record<SitePictureName, string>>;
  readonly #events: DescentLinkEvents;
  readonly #worker = new WorkerClient<ToDescent, FromDescent>(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'descent' }),
    { message: (message) => this.#hear(message), crash: ({ message }) => this.#lost(message) },
  );
  #wanted: EngineName | null;
  #engine: EngineName | null = null;
  /** Orders that came before the engine was there. */
  #waiting: ToDescent[] = [];

  constructor(
    pictures: Readonly<Record<SitePictureName, string>>,
    events: DescentLinkEvents,
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
  tell(message: ToDescent): void {
    if (this.alive) this.#worker.post(message);
    else {
      this.#waiting.push(message);
      this.#open();
    }
  }

  /** Ends the worker, and with it whatever it computes. */
  close(): void {
    this.#worker.cancel();
    this.#engine = null;
    this.#waiting = [];
  }

  #open(): void {
    if (this.#worker.running) return;
    this.#worker.post({ kind: 'start', engine: this.#wanted, pictures: absolute(this.#pictures) });
    this.#worker.expectAnswer(START_TIMEOUT_MS);
  }

  #hear(message: FromDescent): void {
    if (message.kind === 'lost') {
      this.#lost(message.message);
      return;
    }
    if (message.kind === 'ready') {
      this.#engine = message.engine;
      if (this.#wanted !== null && message.engine !== this.#wanted)
        this.#events.replaced(
          `${ENGINE_WORDS[this.#wanted]} cannot compute here (${message.why.split(';')[0] ?? ''}); ${ENGINE_WORDS[message.engine]} does.`,
        );
      for (const waiting of this.#waiting.splice(0)) this.#worker.post(waiting);
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

/** A worker would read relative addresses from its own place, not from the page's. */
function absolute(pictures: Readonly<Record<SitePictureName, string>>): Record<SitePictureName, string> {
  const full = (address: string): string => new URL(address, document.baseURI).href;
  return { mandrill: full(pictures.mandrill), airplane: full(pictures.airplane) };
}
