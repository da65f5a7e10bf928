/** What the page and the training worker say to each other. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';

export interface TrainRequest {
  readonly config: RunConfig;
  /** Address of the compact Fashion-MNIST file, where the task needs it. */
  readonly pictures: string | null;
}

export type FromTrainer =
  | { readonly kind: 'progress'; readonly step: number; readonly steps: number }
  | { readonly kind: 'done'; readonly record: RunRecord; readonly seconds: number }
  | { readonly kind: 'failed'; readonly sentence: string };
