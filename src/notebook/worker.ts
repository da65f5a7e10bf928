/** The entry of a page's worker: what it is made of is in notebook-worker.ts. */

import { chooseEngine } from '../lib/matrix/choose.ts';
import { NotebookWorker } from './notebook-worker.ts';
import { readPicture } from './pictures.ts';
import type { ToNotebook } from './protocol.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const worker = new NotebookWorker({
  say: (message, transfer) => scope.postMessage(message, transfer),
  chooseEngine,
  readPicture,
  examine: async (engine) => (await import('../lib/matrix/self-test.ts')).selfTest(engine),
});
scope.addEventListener('message', ({ data }: MessageEvent<ToNotebook>) => worker.hear(data));
