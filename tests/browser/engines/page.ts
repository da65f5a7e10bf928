import type { Request } from './protocol.ts';

declare global {
  interface Window {
    /** Asks a fresh worker, so that no engine sees another's leavings. */
    ask: (request: Request) => Promise<unknown>;
  }
}

window.ask = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ result?: unknown; error?: string }>) => {
      worker.terminate();
      if (data.error === undefined) resolve(data.result);
      else reject(new Error(data.error));
    };
    worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'));
    worker.postMessage(request);
  });
