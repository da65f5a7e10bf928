/**
 * Associative recall with keys that have no names: every sample draws fresh key vectors, and the last token asks with a key
 * that noise has moved. What must be learned is to compare, not a vocabulary; accuracy grows smoothly with how well that is
 * done, where recall of named keys jumps from guessing to perfection at a step that differs from seed to seed.
 *
 * A token is [key | one-hot value]; the asking token is [key + noise | zeros]. Keys are uniform in [-1, 1], noise is uniform.
 */
import type { Batch } from '../network.ts';
import { random } from '../random.ts';
import type { Task } from './task.ts';
import { computed } from './task.ts';

export interface NoisyRecallOptions {
  readonly pairs: number;
  /** Numbers in a key; together with `values` a multiple of 4. */
  readonly keySize: number;
  readonly values: number;
  /** Half-width of the noise on each number of the asking key. */
  readonly noise: number;
}

export function noisyRecall({ pairs, keySize, values, noise }: NoisyRecallOptions): Task {
  const tokens = pairs + 1;
  const size = keySize + values;
  const fill = (seed: number, stream: string, samples: number): (() => Batch) => {
    const r = random(seed, stream);
    const signed = (): number => 2 * r.uniform() - 1;
    const patches = new Float32Array(samples * tokens * size);
    const targets = new Int32Array(samples);
    return () => {
      patches.fill(0);
      for (let s = 0; s < samples; s++) {
        const at = s * tokens * size;
        const ask = at + pairs * size;
        const asked = r.below(pairs);
        for (let p = 0; p < pairs; p++) {
          const value = r.below(values);
          for (let k = 0; k < keySize; k++) patches[at + p * size + k] = signed();
          patches[at + p * size + keySize + value] = 1;
          if (p === asked) targets[s] = value;
        }
        for (let k = 0; k < keySize; k++) patches[ask + k] = (patches[at + asked * size + k] ?? 0) + noise * signed();
      }
      return { patches, targets };
    };
  };
  return {
    tokens,
    input: { kind: 'patches', size },
    classes: values,
    output: 'pool',
    causal: false,
    chance: 1 / values,
    ...computed('noisy recall', fill),
  };
}
