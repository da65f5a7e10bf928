/** A task: endless training data from a seed, and fixed validation and test sets that no training seed can touch. */
import type { InputSpec } from '../config.ts';
import type { Batch } from '../network.ts';

/**
 * Validation chooses learning rates and steps; test is looked at once. `probe` is the part of the test set that a browser
 * can have: for tasks that are computed it is the whole test set, for Fashion-MNIST its first 1,500 images. `final` is a
 * second test set, for plans that were made after the first had been looked at.
 */
export type Split = 'validation' | 'probe' | 'test' | 'final';

export interface Task {
  readonly tokens: number;
  readonly input: InputSpec;
  readonly classes: number;
  readonly output: 'pool' | 'tokens';
  readonly causal: boolean;
  /** Share of right answers that guessing gives. */
  readonly chance: number;
  /** The training batches of a seed, one after the other. The returned arrays are reused by the next call. */
  readonly training: (seed: number, samples: number) => () => Batch;
  /** A held-out set in batches of at most `samples`; nothing when this place does not have the data. */
  readonly heldOut: (split: Split, samples: number) => readonly Batch[];
}

/** Seeds of held-out sets: far from any training seed, because the stream's name differs as well. */
export const HELD_OUT_SEED: Readonly<Record<Split, number>> = { validation: 1, probe: 2, test: 2, final: 3 };

/** Samples in the held-out sets of the computed tasks. */
export const HELD_OUT_SAMPLES = 2048;

/** Turns a filler of one batch into the two methods of a computed task. */
export function computed(
  name: string,
  fill: (seed: number, stream: string, samples: number) => () => Batch,
): Pick<Task, 'training' | 'heldOut'> {
  return {
    training: (seed, samples) => fill(seed, `${name} training`, samples),
    heldOut: (split, samples) => {
      const next = fill(HELD_OUT_SEED[split], `${name} held out`, samples);
      return Array.from({ length: Math.ceil(HELD_OUT_SAMPLES / samples) }, () => copy(next()));
    },
  };
}

/** A batch of its own memory. */
export function copy(batch: Batch): Batch {
  return {
    ...(batch.ids && { ids: batch.ids.slice() }),
    ...(batch.patches && { patches: batch.patches.slice() }),
    targets: batch.targets.slice(),
  };
}
