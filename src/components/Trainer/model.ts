/** One of the two models as the page knows it: what has been heard of its training, and the session that trains it. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { Curve } from './curves.ts';
import type { Check, Facts, Reading, Report, SideName } from './protocol.ts';
import { Session } from './session.ts';
import { armWords, sameRun } from './settings.ts';

/** `built`: as the site was built, nothing trained here yet. `over`: ended before its end, for good. */
export type Phase = 'built' | 'starting' | 'paused' | 'running' | 'done' | 'over';

/** Everything heard of one run. */
export interface Heard {
  readonly config: RunConfig;
  readonly facts: Facts;
  readonly losses: number[];
  readonly accuracies: number[];
  readonly checks: Check[];
  readonly readings: Reading[];
  step: number;
  seconds: number;
  record: RunRecord | null;
}

export interface ModelEvents {
  /** Something is to be drawn anew. */
  readonly changed: (model: Model) => void;
  /** The run has come to its end. */
  readonly done: (model: Model) => void;
  readonly failed: (model: Model, sentence: string) => void;
}

export class Model {
  readonly side: SideName;
  readonly #events: ModelEvents;
  #session: Session | null = null;
  /** A model that is not ready yet; the one before it stays until then. */
  #coming: Session | null = null;
  #phase: Phase = 'built';
  #order = 0;
  /** Steps to go to, once ready. */
  #until: number | null = null;
  heard: Heard | null = null;

  constructor(side: SideName, events: ModelEvents) {
    this.side = side;
    this.#events = events;
  }

  get phase(): Phase {
    return this.#coming ? 'starting' : this.#phase;
  }

  get busy(): boolean {
    return this.phase === 'starting' || this.phase === 'running';
  }

  /** Whether the weights are still there. */
  get alive(): boolean {
    return this.#session?.open === true;
  }

  /** Whether it is in the middle of the run that `config` describes. */
  canGoOn(config: RunConfig): boolean {
    return this.phase === 'paused' && this.alive && sameRun(this.heard?.config ?? null, config);
  }

  hasDone(config: RunConfig): boolean {
    return this.phase === 'done' && this.alive && sameRun(this.heard?.config ?? null, config);
  }

  /** A new model; goes on to step `until`, or stays at step 0 for null. */
  prepare(config: RunConfig, pictures: Blob | null, until: number | null): void {
    this.#coming?.close();
    this.pause();
    this.#until = until;
    const session = new Session(config, pictures, {
      ready: (facts, report) => {
        this.#session?.close();
        this.#session = session;
        this.#coming = null;
        this.#phase = 'paused';
        this.heard = {
          config,
          facts,
          losses: [],
          accuracies: [],
          checks: [],
          readings: [],
          step: 0,
          seconds: 0,
          record: null,
        };
        this.#hear(report);
        if (this.#until !== null) this.go(this.#until);
        this.#events.changed(this);
      },
      progress: ({ report, running, order }) => {
        this.#hear(report);
        // The end of an order that has been followed by another is no end.
        if (!running && order === this.#order && this.#phase === 'running') this.#phase = 'paused';
        this.#events.changed(this);
      },
      done: (report, record) => {
        this.#hear(report);
        this.#phase = 'done';
        if (this.heard) this.heard.record = record;
        this.#events.done(this);
      },
      failed: (sentence) => {
        if (session === this.#coming) this.#coming = null;
        else this.#phase = 'over';
        this.#events.failed(this, sentence);
      },
    });
    this.#coming = session;
    this.#events.changed(this);
  }

  go(until: number): void {
    this.#phase = 'running';
    this.#order += 1;
    this.#session?.tell({ kind: 'go', until, order: this.#order });
    this.#events.changed(this);
  }

  pause(): void {
    this.#until = null;
    if (this.#phase !== 'running') return;
    this.#phase = 'paused';
    this.#session?.tell({ kind: 'pause' });
    this.#events.changed(this);
  }

  /** Ends the worker. What was heard stays. */
  close(): void {
    this.#coming?.close();
    this.#coming = null;
    if (this.alive && this.#phase !== 'done') this.#phase = 'over';
    this.#session?.close();
  }

  weights(): Promise<ArrayBuffer | null> {
    return this.#session?.weights() ?? Promise.resolve(null);
  }

  record(): Promise<RunRecord | null> {
    return this.#session?.record() ?? Promise.resolve(null);
  }

  /** What the charts draw; null before the first run. */
  get curve(): Curve | null {
    if (!this.heard) return null;
    const { config, facts, losses, accuracies, checks } = this.heard;
    const { steps } = config;
    return { side: this.side, words: armWords(config), losses, accuracies, checks, steps, chance: facts.chance };
  }

  /** The latest reading at or before a step; for null the latest of all. */
  readingAt(step: number | null): Reading | null {
    const readings = this.heard?.readings ?? [];
    return (step === null ? readings.at(-1) : readings.findLast((reading) => reading.step <= step)) ?? null;
  }

  #hear(report: Report): void {
    const { heard } = this;
    if (!heard) return;
    heard.losses.push(...report.losses);
    heard.accuracies.push(...report.accuracies);
    heard.checks.push(...report.checks);
    heard.readings.push(...report.readings);
    heard.step = report.step;
    heard.seconds = report.seconds;
  }
}
