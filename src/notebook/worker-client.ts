/** The page's end of a worker: typed messages both ways, one worker at a time, a fresh one after a cancel or a crash. */

/** The part of `Worker` that is used; a test gives its own. */
export type WorkerLike = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;

/** Why a worker is gone although nobody ended it. */
export interface Crash {
  /** `silence`: it did not answer in the time given to `expectAnswer`. `unreadable`: a message of its could not be decoded. */
  readonly cause: 'error' | 'unreadable' | 'silence';
  /** A clause for the reader, without its full stop. */
  readonly message: string;
  /** Whether it had sent anything. One that had not may never have been loaded: a reader who is offline can be told so. */
  readonly answered: boolean;
}

export interface WorkerListener<Out> {
  readonly message: (message: Out) => void;
  /** Told once for each worker, when it has been ended already: the next `post` goes to a fresh one. */
  readonly crash: (crash: Crash) => void;
}

/**
 *     const client = new WorkerClient<Order, Answer>(
 *       () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
 *       { message: (answer) => show(answer), crash: ({ message }) => say(message) },
 *     );
 *     client.post({ kind: 'start' });
 *
 * The caller writes `new Worker(new URL(…))`, since a bundler finds a worker by these very words. No worker is made before the
 * first `post` or `start`. Nothing is heard of a worker that was cancelled, replaced or closed.
 */
export class WorkerClient<In, Out> {
  readonly #make: () => WorkerLike;
  readonly #listener: WorkerListener<Out>;
  #worker: WorkerLike | null = null;
  #answered = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(make: () => WorkerLike, listener: WorkerListener<Out>) {
    this.#make = make;
    this.#listener = listener;
  }

  /** Whether there is a worker. It may still be loading: messages wait until it listens. */
  get running(): boolean {
    return this.#worker !== null;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Makes a worker unless there is one. */
  start(): void {
    if (this.#closed || this.#worker !== null) return;
    const worker = this.#made();
    this.#worker = worker;
    this.#answered = false;
    worker.addEventListener('message', ({ data }: MessageEvent<Out>) => {
      if (worker !== this.#worker) return;
      this.#answered = true;
      clearTimeout(this.#timer);
      this.#listener.message(data);
    });
    worker.addEventListener('messageerror', () => this.#crash(worker, 'unreadable', 'its message could not be read'));
    worker.addEventListener('error', (event) => {
      // Else the browser also reports it as an error of the page.
      event.preventDefault();
      const unsaid = this.#answered ? 'the worker broke off' : 'the worker could not be loaded';
      this.#crash(worker, 'error', event.message || unsaid);
    });
  }

  /** Sends, to a fresh worker where there is none. After `close` it does nothing. */
  post(message: In, transfer: Transferable[] = []): void {
    this.start();
    this.#worker?.postMessage(message, transfer);
  }

  /** Counts the worker as crashed unless a message comes within `milliseconds`; the first one, whatever it says, ends the wait. */
  expectAnswer(milliseconds: number): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker !== null)
      this.#timer = setTimeout(() => this.#crash(worker, 'silence', 'it did not answer'), milliseconds);
  }

  /** Takes `expectAnswer` back: the worker may be silent from now on. */
  expectNothing(): void {
    clearTimeout(this.#timer);
  }

  /** Ends what the worker computes by ending the worker. The next `post` starts a fresh one. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** Ends the worker, and loads a fresh one at once. */
  restart(): void {
    this.cancel();
    this.start();
  }

  /** Ends the worker for good. */
  close(): void {
    this.cancel();
    this.#closed = true;
  }

  /** A frame without an origin of its own may make no worker. That is told as a crash, and later, so that no caller is re-entered. */
  #made(): WorkerLike {
    try {
      return this.#make();
    } catch (error) {
      const none = { addEventListener: () => undefined, postMessage: () => undefined, terminate: () => undefined };
      queueMicrotask(() => this.#crash(none, 'error', error instanceof Error ? error.message : String(error)));
      return none;
    }
  }

  #crash(worker: WorkerLike, cause: Crash['cause'], message: string): void {
    if (worker !== this.#worker) return;
    const crash: Crash = { cause, message, answered: this.#answered };
    this.cancel();
    this.#listener.crash(crash);
  }
}
