import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Crash, WorkerLike } from './worker-client.ts';
import { WorkerClient } from './worker-client.ts';

/** A worker that keeps what it is sent, and says what a test makes it say. */
class FakeWorker extends EventTarget implements WorkerLike {
  readonly heard: unknown[] = [];
  readonly transferred: unknown[] = [];
  ended = false;

  postMessage(message: unknown, transfer?: unknown): void {
    this.heard.push(message);
    this.transferred.push(transfer);
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** @returns whether the client kept the error from the page. */
  fail(message?: string): boolean {
    const event = new Event('error', { cancelable: true });
    return !this.dispatchEvent(message === undefined ? event : Object.assign(event, { message }));
  }
}

interface Bench {
  readonly client: WorkerClient<number, string>;
  readonly made: FakeWorker[];
  readonly messages: string[];
  readonly crashes: Crash[];
}

function bench(): Bench {
  const made: FakeWorker[] = [];
  const messages: string[] = [];
  const crashes: Crash[] = [];
  const make = (): FakeWorker => {
    const worker = new FakeWorker();
    made.push(worker);
    return worker;
  };
  const listener = { message: (text: string) => messages.push(text), crash: (crash: Crash) => crashes.push(crash) };
  return { client: new WorkerClient<number, string>(make, listener), made, messages, crashes };
}

const only = ([worker]: readonly FakeWorker[]): FakeWorker => {
  if (!worker) throw new Error('no worker was made');
  return worker;
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('messages', () => {
  it('makes no worker before the first message, and one for all of them', () => {
    const { client, made } = bench();
    expect([made.length, client.running]).toEqual([0, false]);
    client.post(1);
    client.post(2);
    expect([made.length, client.running]).toEqual([1, true]);
    expect(only(made).heard).toEqual([1, 2]);
  });

  it('hands over what is transferred', () => {
    const { client, made } = bench();
    const buffer = new ArrayBuffer(8);
    client.post(1, [buffer]);
    expect(only(made).transferred).toEqual([[buffer]]);
  });

  it('come to the listener', () => {
    const { client, made, messages } = bench();
    client.start();
    only(made).say('one');
    only(made).say('two');
    expect(messages).toEqual(['one', 'two']);
  });
});

describe('cancel, restart and close', () => {
  it('ends the worker, hears no more of it, and starts a fresh one with the next message', () => {
    const { client, made, messages, crashes } = bench();
    client.post(1);
    client.cancel();
    expect([only(made).ended, client.running]).toEqual([true, false]);
    only(made).say('late');
    only(made).fail('late');
    client.post(2);
    expect(made.map(({ heard }) => heard)).toEqual([[1], [2]]);
    expect([messages, crashes]).toEqual([[], []]);
  });

  it('loads a fresh worker at once on restart', () => {
    const { client, made } = bench();
    client.post(1);
    client.restart();
    expect(made.map(({ ended, heard }) => [ended, heard])).toEqual([
      [true, [1]],
      [false, []],
    ]);
  });

  it('is over after close', () => {
    const { client, made } = bench();
    client.post(1);
    client.close();
    client.post(2);
    client.restart();
    expect([made.length, only(made).ended, only(made).heard]).toEqual([1, true, [1]]);
    expect([client.running, client.closed]).toEqual([false, true]);
  });
});

describe('crash', () => {
  it('is told once, with the reason, after the worker has been ended', () => {
    const { client, made, crashes } = bench();
    client.post(1);
    only(made).say('hello');
    expect(only(made).fail('out of memory')).toBe(true);
    only(made).fail('again');
    expect(crashes).toEqual([{ cause: 'error', message: 'out of memory', answered: true }]);
    expect([only(made).ended, client.running]).toEqual([true, false]);
    client.post(2);
    expect(made[1]?.heard).toEqual([2]);
  });

  it('is told again of the next worker, which has not answered yet', () => {
    const { client, made, crashes } = bench();
    client.post(1);
    only(made).say('hello');
    only(made).fail('first');
    client.post(2);
    made[1]?.fail('second');
    expect(crashes.map(({ message, answered }) => [message, answered])).toEqual([
      ['first', true],
      ['second', false],
    ]);
  });

  it('finds words where the browser gives none', () => {
    const { client, made, crashes } = bench();
    client.start();
    only(made).fail();
    client.start();
    made[1]?.say('hello');
    made[1]?.fail('');
    expect(crashes.map(({ message }) => message)).toEqual(['the worker could not be loaded', 'the worker broke off']);
  });

  it('is also a message that cannot be read', () => {
    const { client, made, crashes } = bench();
    client.start();
    only(made).dispatchEvent(new MessageEvent('messageerror'));
    expect(crashes).toMatchObject([{ cause: 'unreadable', message: 'its message could not be read' }]);
    expect(only(made).ended).toBe(true);
  });

  it('is also a worker that cannot be made; told later, and once for all messages until then', async () => {
    const crashes: Crash[] = [];
    const client = new WorkerClient<number, string>(
      () => {
        throw new Error('no workers here');
      },
      { message: () => undefined, crash: (crash) => crashes.push(crash) },
    );
    client.post(1);
    client.post(2);
    expect(crashes).toEqual([]);
    await Promise.resolve();
    expect(crashes).toEqual([{ cause: 'error', message: 'no workers here', answered: false }]);
    expect(client.running).toBe(false);
  });

  it('lets the listener start anew at once', () => {
    const made: FakeWorker[] = [];
    const client: WorkerClient<number, string> = new WorkerClient<number, string>(
      () => {
        const worker = new FakeWorker();
        made.push(worker);
        return worker;
      },
      { message: () => undefined, crash: () => client.post(7) },
    );
    client.post(1);
    only(made).fail('gone');
    expect(made.map(({ ended, heard }) => [ended, heard])).toEqual([
      [true, [1]],
      [false, [7]],
    ]);
  });
});

describe('silence', () => {
  it('is a crash when an answer is expected', () => {
    const { client, made, crashes } = bench();
    client.post(1);
    client.expectAnswer(1000);
    vi.advanceTimersByTime(999);
    expect(crashes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(crashes).toEqual([{ cause: 'silence', message: 'it did not answer', answered: false }]);
    expect(only(made).ended).toBe(true);
  });

  it('is none once a message has come, or the worker was cancelled, or nothing is expected any more', () => {
    const { client, made, crashes } = bench();
    client.post(1);
    client.expectAnswer(1000);
    only(made).say('here');
    vi.advanceTimersByTime(2000);
    client.expectAnswer(1000);
    client.expectNothing();
    vi.advanceTimersByTime(2000);
    client.expectAnswer(1000);
    client.restart();
    vi.advanceTimersByTime(2000);
    expect(crashes).toEqual([]);
  });
});
