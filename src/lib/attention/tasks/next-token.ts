/**
 * Next-token prediction for causal models. Without `echo` the tokens are independent: nothing can be predicted, the loss
 * cannot fall below ln(vocabulary), and a model that gets below it has seen the future. With `echo` the second half repeats
 * the first, and only the predictable half is asked.
 */
import type { Batch } from '../network.ts';
import { random } from '../random.ts';
import type { Task } from './task.ts';
import { computed } from './task.ts';

export function nextToken(o: { length: number; vocabulary: number; echo: boolean }): Task {
  const { length, vocabulary, echo } = o;
  const half = length / 2;
  const fill = (seed: number, stream: string, samples: number): (() => Batch) => {
    const r = random(seed, stream);
    const ids = new Int32Array(samples * length);
    const targets = new Int32Array(samples * length);
    const text = new Int32Array(length + 1);
    return () => {
      for (let s = 0; s < samples; s++) {
        for (let t = 0; t <= length; t++) text[t] = echo && t >= half ? (text[t - half] ?? 0) : r.below(vocabulary);
        for (let t = 0; t < length; t++) {
          ids[s * length + t] = text[t] ?? 0;
          targets[s * length + t] = echo && t + 1 < half ? -1 : (text[t + 1] ?? 0);
        }
      }
      return { ids, targets };
    };
  };
  return {
    tokens: length,
    input: { kind: 'ids', vocabulary, fields: 1 },
    classes: vocabulary,
    output: 'tokens',
    causal: true,
    chance: 1 / vocabulary,
    ...computed(echo ? 'echo' : 'independent', fill),
  };
}
