import type { WorkerLike } from './worker-client.ts';

/** Where a logged message is written; `console.debug` in a page. */
export type Write = (direction: string, message: unknown) => void;

/** The worker, with every message that it is sent and that it sends written down: `?debug` in a page's address. */
export function logged(worker: WorkerLike, name: string, write: Write): WorkerLike {
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => write(`${name} →`, data));
  worker.addEventListener('error', (event) => write(`${name} broke off:`, event.message));
  return {
    addEventListener: worker.addEventListener.bind(worker),
    terminate: () => {
      write(`${name} ended`, null);
      worker.terminate();
    },
    postMessage: (message: unknown, transfer?: unknown) => {
      write(`→ ${name}`, message);
      worker.postMessage(message, transfer as Transferable[]);
    },
  };
}
