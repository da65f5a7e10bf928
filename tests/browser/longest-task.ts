/** How long the page's main thread is held, from a trace of the browser (category `toplevel`). */
import type { Browser, Page } from '@playwright/test';

/** A longer task is felt, milliseconds (https://web.dev/articles/optimize-long-tasks). */
export const FELT = 50;
/** The machine's own hiccups do not come at each of so many tries; a page that holds its thread does so every time. */
const TRIES = 3;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, microseconds: what other programs on the machine take is not in it. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task on the page's main thread, in milliseconds of its own processor time. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && /RunTask/.test(name) && mains.some((main) => main.pid === pid && main.tid === tid),
  );
  if (tasks.length === 0) throw new Error('the trace holds no task of the main thread');
  return Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000;
}

/** The longest task while `act` is done, milliseconds; of up to three tries the shortest, none after one that is not felt. */
export async function longestTaskOf(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  let least = Infinity;
  for (let k = 0; k < TRIES && least >= FELT; k += 1) {
    await browser.startTracing(page, { categories: ['toplevel'] });
    await act();
    least = Math.min(least, longestTask(await browser.stopTracing()));
  }
  return least;
}
