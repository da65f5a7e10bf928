/** One of the two models as the page knows it: its worker, and what has been heard of the training there. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { Check, Facts, FromTrainer, Reading, Report, ToTrainer } from '../../lib/attention/training/protocol.ts';
import { startTrainingWorker } from '../../lib/attention/training/start-worker.ts';
import { watchedRun } from '../../lib/attention/training/training.ts';
import type { Crash, WorkerLike } from '../../notebook/worker-client.ts';
import { WorkerClient } from '../../notebook/worker-client.ts';
import type { Curve } from './curves.ts';
import { armWords, sameRun } from './settings.ts';
import type { SideName } from './sides.ts';

/** A worker that is at work and silent for so long is given up. The longest step of the largest model takes seconds. */
const SILENCE_MS = 60_000;

const NO_WASM = 'This browser has no WebAssembly, so it cannot train a model. What was trained for this page stays.';

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
  readonly #worker: WorkerClient<ToTrainer, FromTrainer>;
  #phase: Phase = 'built';
  /** The run that is being prepared, and its order; what was heard of the run before stays until it is ready. */
  #coming: { readonly config: RunConfig; readonly order: number } | null = null;
  /** Whether the worker has a model. */
  #alive = false;
  #order = 0;
  /** Steps to go to, once ready. */
  #until: number | null = null;
  #weights: ((file: ArrayBuffer | null) => void)[] = [];
  #records: ((record: RunRecord | null) => void)[] = [];
  heard: Heard | null = null;

  constructor(side: SideName, events: ModelEvents, makeWorker: () => WorkerLike = startTrainingWorker) {
    this.side = side;
    this.#events = events;
    this.#worker = new WorkerClient(makeWorker, {
      message: (message) => this.#receive(message),
      crash: (crash) => this.#crashed(crash),
    });
  }

  get phase(): Phase {
    return this.#coming ? 'starting' : this.#phase;
  }

  get busy(): boolean {
    return this.phase === 'starting' || this.phase === 'running';
  }

  /** Whether the weights are still there. */
  get alive(): boolean {
    return this.#alive;
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
    this.pause();
    this.#until = until;
    this.#order += 1;
    this.#coming = { config, order: this.#order };
    if (typeof WebAssembly === 'object')
      this.#tell({ kind: 'prepare', request: watchedRun(config, pictures), order: this.#order });
    else queueMicrotask(() => this.#refused(NO_WASM));
    this.#events.changed(this);
  }

  go(until: number): void {
    this.#phase = 'running';
    this.#order += 1;
    this.#tell({ kind: 'go', until, order: this.#order });
    this.#events.changed(this);
  }

  pause(): void {
    this.#until = null;
    if (this.#phase !== 'running') return;
    this.#phase = 'paused';
    this.#worker.post({ kind: 'pause' });
    this.#events.changed(this);
  }

  /** Ends the worker. What was heard stays; another `prepare` starts a fresh one. */
  close(): void {
    this.#coming = null;
    if (this.alive && this.#phase !== 'done') this.#phase = 'over';
    this.#worker.cancel();
    this.#bury();
  }

  /** The weights as a file; null where the model is gone. */
  weights(): Promise<ArrayBuffer | null> {
    return this.#ask({ kind: 'weights' }, this.#weights);
  }

  /** The record of the run as it stands; null where the model is gone. */
  record(): Promise<RunRecord | null> {
    return this.#ask({ kind: 'record' }, this.#records);
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

  #ask<T>(question: ToTrainer, asking: ((answer: T | null) => void)[]): Promise<T | null> {
    if (!this.alive) return Promise.resolve(null);
    return new Promise((resolve) => {
      asking.push(resolve);
      this.#tell(question);
    });
  }

  #tell(message: ToTrainer): void {
    this.#worker.post(message);
    this.#worker.expectAnswer(SILENCE_MS);
  }

  #receive(message: FromTrainer): void {
    switch (message.kind) {
      case 'ready':
        if (message.order === this.#coming?.order) this.#ready(this.#coming.config, message.facts, message.report);
        break;
      case 'refused':
        if (message.order === this.#coming?.order) this.#refused(message.sentence);
        break;
      case 'progress':
        if (message.running) this.#worker.expectAnswer(SILENCE_MS);
        this.#hear(message.report);
        // The end of an order that has been followed by another is no end.
        if (!message.running && message.order === this.#order && this.#phase === 'running') this.#phase = 'paused';
        this.#events.changed(this);
        break;
      case 'done':
        this.#hear(message.report);
        this.#phase = 'done';
        if (this.heard) this.heard.record = message.record;
        this.#events.done(this);
        break;
      case 'weights':
        this.#weights.shift()?.(message.file);
        break;
      case 'record':
        this.#records.shift()?.(message.record);
        break;
      case 'failed':
        this.#phase = 'over';
        this.#events.failed(this, message.sentence);
        break;
    }
  }

  #ready(config: RunConfig, facts: Facts, report: Report): void {
    this.#coming = null;
    this.#alive = true;
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
  }

  #refused(sentence: string): void {
    this.#coming = null;
    this.#events.failed(this, sentence);
  }

  #crashed({ cause, message, answered }: Crash): void {
    this.#coming = null;
    if (this.alive) this.#phase = 'over';
    this.#bury();
    if (cause === 'silence') this.#events.failed(this, 'Its worker does not answer any more.');
    else if (answered)
      this.#events.failed(this, `Its worker has died (${message}). What was drawn stays; Start trains it anew.`);
    else {
      const end = navigator.onLine ? '.' : '; are you offline?';
      this.#events.failed(this, `The trainer could not be loaded${end} Press Start to try again.`);
    }
  }

  /** The model is gone, and with it the answers that are waited for. */
  #bury(): void {
    this.#alive = false;
    for (const resolve of this.#weights.splice(0)) resolve(null);
    for (const resolve of this.#records.splice(0)) resolve(null);
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
