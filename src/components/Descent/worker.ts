/** The instrument's worker: one engine, one descent. It steps while told to, listens between steps, and is idle otherwise. */
import { applyColourmap } from '../../lib/image/colourmap.ts';
import { chooseEngine, EngineLost } from '../../lib/matrix/choose.ts';
import { DescentError } from '../../lib/matrix/descent.ts';
import { transformed, warped } from '../../lib/matrix/descent-loss.ts';
import { Ops } from '../../lib/matrix/tape.ts';
import { readSitePicture } from '../../notebook/site-picture.ts';
import { KeptStates } from './kept.ts';
import { PRELUDE } from './prelude.ts';
import { prepare } from './setup.ts';
import type { Engine } from '../../lib/matrix/engine.ts';
import type { Frame, FromWorker, Pixels, ToWorker } from './protocol.ts';
import type { Settings } from './runs.ts';
import type { LossMaker, Prepared } from './setup.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const SIZE = 512;
/** A state in single precision is a megabyte. */
const KEEP = { every: 5, most: 48 };
/** Between two pictures of a running descent. */
const SHOW_MS = 250;

interface Run {
  readonly settings: Settings;
  readonly ops: Ops;
  readonly prepared: Prepared;
  readonly kept: KeptStates;
  /** losses[k]: of the state after k steps. */
  readonly losses: number[];
  told: number;
  ms: number;
}

let engine: Engine | null = null;
let urls: Readonly<Record<'mandrill' | 'airplane', string>> = { mandrill: '', airplane: '' };
const pictures: Partial<Record<'mandrill' | 'airplane' | 'own', Float64Array>> = {};
let run: Run | null = null;
/** Counts orders to go or to pause: a loop ends when it is no longer the latest. */
let order = 0;

function say(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A failure of the descent is one sentence; a failure of the engine costs the worker its life. */
function fail(error: unknown): void {
  const known = error instanceof DescentError || (error instanceof Error && 'span' in error);
  if (error instanceof EngineLost) say({ kind: 'lost', engine: error.engine, message: error.message });
  else if (known || engine === null) say({ kind: 'failed', sentence: wordsOf(error) });
  else say({ kind: 'failed', sentence: `The descent stopped: ${wordsOf(error)}` });
}

async function start({ engine: wanted, pictures: addresses }: ToWorker & { kind: 'start' }): Promise<void> {
  urls = addresses;
  try {
    const choice = await chooseEngine({
      ...(wanted === null ? {} : { wanted }),
      onLost: (lost) => say({ kind: 'lost', engine: lost.engine, message: lost.message }),
    });
    engine = choice.engine;
    say({ kind: 'ready', engine: engine.name, why: choice.reason });
  } catch (error) {
    say({ kind: 'lost', engine: wanted, message: wordsOf(error) });
  }
}

async function load(name: 'mandrill' | 'airplane'): Promise<void> {
  if (pictures[name]) return;
  const { grey } = await readSitePicture(urls[name]).catch((error: unknown) => {
    throw new DescentError(wordsOf(error));
  });
  pictures[name] = Float64Array.from(grey);
}

async function begin(settings: Settings): Promise<void> {
  const mine = ++order;
  try {
    const names = [settings.start, settings.target].map((name) => (name === 'warped' ? 'mandrill' : name));
    for (const name of ['mandrill', 'airplane'] as const) if (names.includes(name)) await load(name);
    const own = settings.julia === null ? null : await julia(settings.julia);
    if (mine !== order || engine === null) return;
    run?.prepared.dispose();
    run = null;
    const ops = own?.ops ?? new Ops(engine);
    const prepared = prepare(ops, settings, pictures, SIZE, own?.make ?? null);
    run = { settings, ops, prepared, kept: new KeptStates(KEEP.every, KEEP.most), losses: [], told: 0, ms: 0 };
    run.kept.add(0, prepared.start);
    run.losses.push(prepared.descent.loss());
    tell(run, false, true);
  } catch (error) {
    fail(error);
  }
}

/** The reader's text as a loss. The Julia subset is loaded only for this. */
async function julia(source: string): Promise<{ ops: Ops; make: LossMaker }> {
  const { ownLoss } = await import('../../lib/julia/own-loss.ts');
  if (engine === null) throw new DescentError('There is no engine.');
  const { ops, bind } = await ownLoss(engine, PRELUDE, source);
  return { ops, make: (T, start) => bind({ T, start }) };
}

async function go(until: number): Promise<void> {
  const mine = ++order;
  const current = run;
  if (current === null) return;
  const { descent } = current.prepared;
  let shown = performance.now();
  try {
    while (mine === order && descent.steps < until) {
      const began = performance.now();
      current.losses[descent.steps] = descent.step();
      const passed = performance.now() - began;
      current.ms = current.ms === 0 ? passed : 0.8 * current.ms + 0.2 * passed;
      const last = descent.steps >= until;
      const show = last || performance.now() - shown >= SHOW_MS;
      if (show || current.kept.wants(descent.steps)) current.kept.add(descent.steps, descent.state());
      if (show) {
        // A step brings along the loss before it; the loss after it costs a little, and is wanted only where it is shown.
        current.losses[descent.steps] = descent.loss();
        tell(current, !last, true);
        shown = performance.now();
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } catch (error) {
    if (mine === order) fail(error);
  }
}

function pause(): void {
  order += 1;
  if (run === null) return;
  const { descent } = run.prepared;
  try {
    run.kept.add(descent.steps, descent.state());
    run.losses[descent.steps] = descent.loss();
    tell(run, false, true);
  } catch (error) {
    fail(error);
  }
}

function tell(current: Run, running: boolean, draw: boolean): void {
  const { descent } = current.prepared;
  const from = current.told;
  const losses = current.losses.slice(from);
  current.told = current.losses.length - 1;
  const frame = draw ? frameOf(current, descent.steps, descent.state()) : null;
  const message = {
    kind: 'progress',
    steps: descent.steps,
    from,
    losses,
    kept: current.kept.steps,
    msPerStep: current.ms,
    running,
    frame,
  } as const;
  say(message, frame === null ? [] : buffersOf(frame));
}

/** A state as pictures. Colours are made here, so that the page has only to put them on screen. */
function frameOf({ prepared, settings, ops }: Run, step: number, x: ArrayLike<number>): Frame {
  const product = ops.engine.tidy(
    () => {
      const node = ops.upload(x, SIZE, SIZE);
      return ops.download(transformed(ops, settings.inside ? warped(ops, node) : node, settings.transform));
    },
    () => [],
  );
  const { start } = prepared;
  const change = start.map((before, k) => (x[k] ?? NaN) - before);
  const most = change.reduce((high, d) => Math.max(high, Math.abs(d)), 0);
  // A kept state has been rounded to single precision; that is no change.
  const reach = most < 1e-6 ? 0 : most;
  const grey = (data: ArrayLike<number>): Pixels => applyColourmap({ rows: SIZE, cols: SIZE, data }, 'grey');
  const range = { low: -(reach || 1), high: reach || 1 };
  return {
    step,
    size: SIZE,
    x: grey(x),
    product: grey(product),
    change: applyColourmap({ rows: SIZE, cols: SIZE, data: change }, 'diverging', range),
    reach,
  };
}

function buffersOf({ x, product, change }: Frame): Transferable[] {
  return [x.buffer, product.buffer, change.buffer];
}

function look(step: number): void {
  const state = run?.kept.get(step);
  if (run === null || state === undefined) return;
  try {
    const frame = frameOf(run, step, state);
    say({ kind: 'frame', frame }, buffersOf(frame));
  } catch (error) {
    fail(error);
  }
}

function exported(): void {
  if (run === null) return;
  const data = run.prepared.descent.state();
  say({ kind: 'exported', data, size: SIZE }, [data.buffer]);
}

async function own(blob: Blob): Promise<void> {
  try {
    const { readOwnPicture } = await import('../../notebook/own-picture.ts');
    const { picture, notes } = await readOwnPicture(blob, { rows: SIZE, cols: SIZE });
    pictures.own = Float64Array.from(picture.grey);
    say({ kind: 'own', sentence: null, notes });
  } catch (error) {
    say({ kind: 'own', sentence: wordsOf(error), notes: [] });
  }
}

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      void start(data);
      break;
    case 'prepare':
      void begin(data.settings);
      break;
    case 'go':
      void go(data.until);
      break;
    case 'pause':
      pause();
      break;
    case 'look':
      look(data.step);
      break;
    case 'export':
      exported();
      break;
    case 'own':
      void own(data.blob);
      break;
  }
});
