/** Workers for tests: one that says what it is told to, and one that computes beside the test. */

import { ReferenceEngine } from '../lib/matrix/reference.ts';
import { NotebookWorker } from './notebook-worker.ts';
import type { PictureReader } from './pictures.ts';
import type { FromNotebook, ToNotebook } from './protocol.ts';
import type { WorkerLike } from './worker-client.ts';

/** A worker that keeps what it is sent, and says what a test makes it say. */
export class FakeWorker extends EventTarget {
  readonly heard: ToNotebook[] = [];
  ended = false;

  postMessage(message: ToNotebook): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  say(message: FromNotebook): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  die(why: string): void {
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message: why }));
  }

  /** What it was sent of one kind. */
  of<K extends ToNotebook['kind']>(kind: K): (ToNotebook & { readonly kind: K })[] {
    return this.heard.filter((message): message is ToNotebook & { readonly kind: K } => message.kind === kind);
  }
}

/** A worker with the reference engine, on the test's own thread; messages are copied as a browser copies them. */
export function localWorker(readPicture: PictureReader): WorkerLike {
  const target = new EventTarget();
  const worker = new NotebookWorker({
    say: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => target.dispatchEvent(new MessageEvent('message', { data: copy })));
    },
    chooseEngine: () => Promise.resolve({ engine: new ReferenceEngine(), reason: 'a test' }),
    readPicture,
  });
  return {
    addEventListener: target.addEventListener.bind(target),
    postMessage: (message: unknown) => worker.hear(structuredClone(message) as ToNotebook),
    terminate: () => undefined,
  };
}
