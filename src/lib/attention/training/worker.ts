/** Trains one model at a time, away from the page's own thread. */
import type { ToTrainer } from './protocol.ts';
import { TrainingSession } from './session.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const session = new TrainingSession((message, transfer) => scope.postMessage(message, transfer));

scope.addEventListener('message', ({ data }: MessageEvent<ToTrainer>) => session.hear(data));
