/** What the page and the workers that train its two models say to each other: plain data. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { Insight, RunRecord } from '../../lib/attention/trainer.ts';

export type SideName = 'left' | 'right';

export const SIDES: readonly SideName[] = ['left', 'right'];

export type ToWorker =
  /** A model at step 0. A worker trains one model, and only ever one. */
  | { readonly kind: 'prepare'; readonly config: RunConfig; readonly pictures: Blob | null }
  /** Train until `until` steps have been made, or a pause. `order` comes back in the answers. */
  | { readonly kind: 'go'; readonly until: number; readonly order: number }
  | { readonly kind: 'pause' }
  /** The weights as they are now, as a file. */
  | { readonly kind: 'weights' }
  /** The record of the run as it is now. */
  | { readonly kind: 'record' };

/** Attention and values of the sample that is watched, after `step` steps. */
export interface Reading {
  readonly step: number;
  readonly insight: Insight;
}

/** Result on validation data after `step` steps. */
export interface Check {
  readonly step: number;
  /** Mean cross entropy, nats. */
  readonly loss: number;
  readonly right: number;
  readonly asked: number;
}

/** What has been done since the last report. */
export interface Report {
  /** Steps done. */
  readonly step: number;
  /** Training loss (nats) and share of right answers of each new step. */
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
  readonly readings: readonly Reading[];
  readonly checks: readonly Check[];
  /** Seconds spent training so far, pauses left out. */
  readonly seconds: number;
}

/** What a model is, for people. */
export interface Facts {
  /** Numbers that training moves. */
  readonly parameters: number;
  /** Share of right answers that guessing gives. */
  readonly chance: number;
  /** What is asked of the sample that is watched. */
  readonly sample: string;
}

export type FromWorker =
  | { readonly kind: 'ready'; readonly facts: Facts; readonly report: Report }
  | { readonly kind: 'progress'; readonly report: Report; readonly running: boolean; readonly order: number }
  | { readonly kind: 'done'; readonly report: Report; readonly record: RunRecord }
  | { readonly kind: 'weights'; readonly file: ArrayBuffer }
  | { readonly kind: 'record'; readonly record: RunRecord }
  | { readonly kind: 'failed'; readonly sentence: string };
