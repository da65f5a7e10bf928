/** What the descent's worker does with its orders: one engine, one descent. It steps while told to, and listens between steps. */
import { applyColourmap } from '../../lib/image/colourmap.ts';
import { chooseEngine, EngineLost } from '../../lib/matrix/choose.ts';
import { DescentError } from '../../lib/matrix/descent.ts';
import { Ops } from '../../lib/matrix/tape.ts';
import { KeptStates } from './kept.ts';
import { PRELUDE } from './prelude.ts';
import { prepare } from './setup.ts';
import type { Engine } from '../../lib/matrix/engine.ts';
import type { CanvasPixels, DescentFrame, FromDescent, ToDescent } from './protocol.ts';
import type { DescentSettings, SitePictureName } from './runs.ts';
import type { LossMaker, Prepared } from './setup.ts';

/** A state in single precision is a megabyte. */
const KEEP = { every: 5, most: 48 };
/** Milliseconds between two pictures of a running descent. */
const SHOW_MS = 250;

/** Where pictures come from. A test gives its own. */
export interface PictureLoader {
  /** Rows and columns of every picture. */
  readonly size: number;
  /** Grey levels of a picture of the site, from its address. Rejects with a sentence for the reader. */
  readonly site: (address: string) => Promise<ArrayLike<number>>;
  /** Grey levels of the reader's picture, cut to the size, and what was done to it. */
  readonly own: (file: Blob) => Promise<{ readonly grey: ArrayLike<number>; readonly notes: readonly string[] }>;
}

interface Run {
  readonly settings: DescentSettings;
  readonly ops: Ops;
  readonly prepared: Prepared;
  readonly kept: KeptStates;
  /** losses[k]: of the state after k steps. */
  readonly losses: number[];
  /** Losses before this one have been sent. */
  told: number;
  /** Milliseconds a step takes, smoothed. */
  ms: number;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export class DescentSession {
  readonly #say: (message: FromDescent, transfer: Transferable[]) => void;
  readonly #reader: PictureLoader;
  readonly #pictures: Partial<Record<SitePictureName | 'own', Float64Array>> = {};
  #addresses: Readonly<Record<SitePictureName, string>> = { mandrill: '', airplane: '' };
  #engine: Engine | null = null;
  #run: Run | null = null;
  /** Counts orders to prepare, to go or to pause: a loop ends when its order is no longer the latest. */
  #order = 0;

  constructor(say: (message: FromDescent, transfer: Transferable[]) => void, reader: PictureLoader) {
    this.#say = say;
    this.#reader = reader;
  }

  /** Resolves when the order has been carried out or has failed, which is told by then. */
  async hear(message: ToDescent): Promise<void> {
    try {
      await this.#follow(message);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #follow(message: ToDescent): Promise<void> {
    switch (message.kind) {
      case 'start':
        this.#addresses = message.pictures;
        await this.#start(message.engine);
        break;
      case 'prepare':
        await this.#prepare(message.settings);
        break;
      case 'go':
        await this.#go(message.until);
        break;
      case 'pause':
        this.#order += 1;
        if (this.#run !== null) this.#show(this.#run, false);
        break;
      case 'look':
        this.#look(message.step);
        break;
      case 'export':
        this.#export();
        break;
      case 'own':
        await this.#own(message.blob);
        break;
    }
  }

  /** A failure of the descent is one sentence. After a failure of the engine the worker is of no use any more. */
  #fail(error: unknown): void {
    const known = error instanceof DescentError || (error instanceof Error && 'span' in error);
    if (error instanceof EngineLost) this.#say({ kind: 'lost', engine: error.engine, message: error.message }, []);
    else if (known || this.#engine === null) this.#say({ kind: 'failed', sentence: wordsOf(error) }, []);
    else this.#say({ kind: 'failed', sentence: `The descent stopped: ${wordsOf(error)}` }, []);
  }

  async #start(wanted: Engine['name'] | null): Promise<void> {
    try {
      const choice = await chooseEngine({
        ...(wanted === null ? {} : { wanted }),
        onLost: (lost) => this.#say({ kind: 'lost', engine: lost.engine, message: lost.message }, []),
      });
      this.#engine = choice.engine;
      this.#say({ kind: 'ready', engine: choice.engine.name, why: choice.reason }, []);
    } catch (error) {
      this.#say({ kind: 'lost', engine: wanted, message: wordsOf(error) }, []);
    }
  }

  async #prepare(settings: DescentSettings): Promise<void> {
    const mine = ++this.#order;
    const names = [settings.start, settings.target].map((name) => (name === 'warped' ? 'mandrill' : name));
    for (const name of ['mandrill', 'airplane'] as const) if (names.includes(name)) await this.#load(name);
    const own = settings.julia === null ? null : await this.#julia(settings.julia);
    if (mine !== this.#order || this.#engine === null) return;
    this.#run?.prepared.dispose();
    this.#run = null;
    const ops = own?.ops ?? new Ops(this.#engine);
    const prepared = prepare(ops, settings, this.#pictures, this.#reader.size, own?.make ?? null);
    const kept = new KeptStates(KEEP.every, KEEP.most);
    const run: Run = { settings, ops, prepared, kept, losses: [], told: 0, ms: 0 };
    this.#run = run;
    this.#show(run, false);
  }

  async #load(name: SitePictureName): Promise<void> {
    if (this.#pictures[name]) return;
    const grey = await this.#reader.site(this.#addresses[name]).catch((error: unknown) => {
      throw new DescentError(wordsOf(error));
    });
    this.#pictures[name] = Float64Array.from(grey);
  }

  /** The reader's text as a loss. The Julia subset is loaded only for this. */
  async #julia(source: string): Promise<{ ops: Ops; make: LossMaker }> {
    const { ownLoss } = await import('../../lib/julia/own-loss.ts');
    if (this.#engine === null) throw new DescentError('There is no engine.');
    const { ops, bind } = await ownLoss(this.#engine, PRELUDE, source);
    return { ops, make: (T, start) => bind({ T, start }) };
  }

  async #go(until: number): Promise<void> {
    const mine = ++this.#order;
    const run = this.#run;
    if (run === null) return;
    const { descent } = run.prepared;
    let shown = performance.now();
    try {
      while (mine === this.#order && descent.steps < until) {
        const began = performance.now();
        run.losses[descent.steps] = descent.step();
        const passed = performance.now() - began;
        run.ms = run.ms === 0 ? passed : 0.8 * run.ms + 0.2 * passed;
        const last = descent.steps >= until;
        if (last || performance.now() - shown >= SHOW_MS) {
          this.#show(run, !last);
          shown = performance.now();
        } else if (run.kept.wants(descent.steps)) run.kept.add(descent.steps, descent.state());
        // Lets waiting orders in. A timer rather than a message: the engine's own callbacks come in as well.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    } catch (error) {
      // The failure of a descent that was paused or replaced meanwhile is not told.
      if (mine === this.#order) throw error;
    }
  }

  /** Tells the page how far it is, with a picture of the present state, which is kept. */
  #show(run: Run, running: boolean): void {
    const { descent, view } = run.prepared;
    const { steps } = descent;
    const x = descent.state();
    run.kept.add(steps, x);
    // A step gives the loss before it. The loss after it takes another product, so it is computed only for states that are shown.
    run.losses[steps] = descent.loss();
    const from = run.told;
    run.told = steps;
    const frame = this.#frame(run, steps, x, descent.look(view));
    const losses = run.losses.slice(from);
    const msPerStep = run.ms;
    this.#say(
      { kind: 'progress', steps, from, losses, kept: run.kept.steps, msPerStep, running, frame },
      buffersOf(frame),
    );
  }

  /** A state as pictures. Colours are made here, so that the page has only to put them on screen. */
  #frame({ prepared }: Run, step: number, x: ArrayLike<number>, product: ArrayLike<number>): DescentFrame {
    const { size } = this.#reader;
    const change = prepared.start.map((before, k) => (x[k] ?? NaN) - before);
    const most = change.reduce((high, d) => Math.max(high, Math.abs(d)), 0);
    // A kept state has been rounded to single precision; that is no change.
    const reach = most < 1e-6 ? 0 : most;
    const grey = (data: ArrayLike<number>): CanvasPixels => applyColourmap({ rows: size, cols: size, data }, 'grey');
    const range = { low: -(reach || 1), high: reach || 1 };
    return {
      step,
      size,
      x: grey(x),
      product: grey(product),
      change: applyColourmap({ rows: size, cols: size, data: change }, 'diverging', range),
      reach,
    };
  }

  #look(step: number): void {
    const run = this.#run;
    const state = run?.kept.get(step);
    if (run === null || state === undefined) return;
    const { ops, prepared } = run;
    const { size } = this.#reader;
    const product = ops.engine.tidy(
      () => ops.download(prepared.view(ops.upload(state, size, size))),
      () => [],
    );
    const frame = this.#frame(run, step, state, product);
    this.#say({ kind: 'frame', frame }, buffersOf(frame));
  }

  #export(): void {
    if (this.#run === null) return;
    const data = this.#run.prepared.descent.state();
    this.#say({ kind: 'exported', data, size: this.#reader.size }, [data.buffer]);
  }

  async #own(file: Blob): Promise<void> {
    try {
      const { grey, notes } = await this.#reader.own(file);
      this.#pictures.own = Float64Array.from(grey);
      this.#say({ kind: 'own', sentence: null, notes }, []);
    } catch (error) {
      this.#say({ kind: 'own', sentence: wordsOf(error), notes: [] }, []);
    }
  }
}

function buffersOf({ x, product, change }: DescentFrame): Transferable[] {
  return [x.buffer, product.buffer, change.buffer];
}
