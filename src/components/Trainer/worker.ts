/** Trains one model, away from the page's own thread. Between slices it listens, so that a pause is answered at once. */
import { unpackShipped } from '../../lib/attention/tasks/fashion.ts';
import type { FromWorker, Report, ToWorker } from './protocol.ts';
import { Run } from './run.ts';
import { weightsFile } from './safetensors.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
/** A slice of work, and the time between two reports of it, in milliseconds. */
const SLICE_MS = 16;
const REPORT_MS = 90;

let run: Run | null = null;
let until = 0;
let paused = false;
/** Of the last order to go. */
let order = 0;
let working = false;

function say(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

function fail(error: unknown): void {
  say({ kind: 'failed', sentence: error instanceof Error ? error.message : String(error) });
}

/** The pictures of a report are handed over, not copied. */
function buffersOf({ readings }: Report): Transferable[] {
  return readings.flatMap(({ insight: { layers, pooling } }) => [
    ...layers.flatMap(({ attention, values, transformed }) =>
      [...attention, values, transformed].map(({ data }) => data.buffer),
    ),
    ...(pooling ? [pooling.data.buffer] : []),
  ]);
}

/** Lets waiting messages in. Timers would sleep at least 4 ms. */
const door = new MessageChannel();
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    door.port1.onmessage = () => resolve();
    door.port2.postMessage(null);
  });

async function prepare({ config, pictures }: ToWorker & { kind: 'prepare' }): Promise<void> {
  // Whatever breaks an archive, a reader can do only one thing about it.
  const data =
    pictures &&
    (await unpackShipped(pictures).catch(() => {
      throw new Error('The pictures that came are damaged. Start fetches them again.');
    }));
  run = new Run(config, data ?? undefined);
  const report = run.report();
  say({ kind: 'ready', facts: run.facts, report }, buffersOf(report));
}

function tell(current: Run, running: boolean): void {
  const report = current.report();
  const { record } = current;
  if (record) say({ kind: 'done', report, record }, buffersOf(report));
  else say({ kind: 'progress', report, running, order }, buffersOf(report));
}

async function work(current: Run): Promise<void> {
  if (working) return;
  working = true;
  try {
    let told = performance.now();
    while (!paused && current.advance(until, SLICE_MS)) {
      if (performance.now() - told >= REPORT_MS) {
        tell(current, true);
        told = performance.now();
      }
      await breath();
    }
    tell(current, false);
  } catch (error) {
    // What was learned until then is still worth seeing.
    tell(current, false);
    fail(error);
  } finally {
    working = false;
  }
}

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'prepare') {
    prepare(data).catch(fail);
    return;
  }
  if (!run) return;
  switch (data.kind) {
    case 'go':
      until = data.until;
      order = data.order;
      paused = false;
      void work(run);
      break;
    case 'pause':
      paused = true;
      break;
    case 'weights': {
      const file = weightsFile(run.recordNow(), run.weights());
      say({ kind: 'weights', file }, [file]);
      break;
    }
    case 'record':
      say({ kind: 'record', record: run.recordNow() });
      break;
  }
});
