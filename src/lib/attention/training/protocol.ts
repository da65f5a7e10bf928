/** What a page and the worker that trains say to each other: plain data. */
import type { RunConfig } from '../presets.ts';
import type { Split } from '../tasks/task.ts';
import type { Insight, RunRecord } from '../trainer.ts';

/** What is to be trained, and what is to be told of it. */
export interface TrainingRequest {
  readonly config: RunConfig;
  /** The compact Fashion-MNIST file, where the task needs it. */
  readonly pictures: Blob | null;
  /**
   * Attention is read and validation data are asked on the way, and a model whose weights are no longer numbers is given up.
   * None of it changes the outcome of a run that ends.
   */
  readonly watched: boolean;
  /** What the finished model is tested on; sets that this place does not have are left out. */
  readonly tests: readonly Split[];
}

/** The worker has one model at a time. `order` comes back in the answers, so that those to an earlier order can be told apart. */
export type ToTrainer =
  /** A model at step 0. The one before it stays until this one is ready. */
  | { readonly kind: 'prepare'; readonly request: TrainingRequest; readonly order: number }
  /** Train until `until` steps have been made, or a pause. */
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

export type FromTrainer =
  | { readonly kind: 'ready'; readonly order: number; readonly facts: Facts; readonly report: Report }
  /** No model could be prepared; the one before it is still there. */
  | { readonly kind: 'refused'; readonly order: number; readonly sentence: string }
  | { readonly kind: 'progress'; readonly order: number; readonly report: Report; readonly running: boolean }
  | { readonly kind: 'done'; readonly report: Report; readonly record: RunRecord }
  | { readonly kind: 'weights'; readonly file: ArrayBuffer }
  | { readonly kind: 'record'; readonly record: RunRecord }
  /** Training has ended early. What was learned until then is still there. */
  | { readonly kind: 'failed'; readonly sentence: string };
