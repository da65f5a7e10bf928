/**
 * Associative recall: the tokens are pairs of a key and a value, in any order, and a last token asks for one key. The answer
 * is its value. Nothing but attention can find it, so what is done to the values shows.
 */
import type { Batch } from '../network.ts';
import { random } from '../random.ts';
import type { Task } from './task.ts';
import { computed } from './task.ts';

/** `pairs` distinct keys out of `keys`; values are independent and may repeat. */
export function recall({ pairs, keys, values }: { pairs: number; keys: number; values: number }): Task {
  const tokens = pairs + 1;
  const fill = (seed: number, stream: string, samples: number): (() => Batch) => {
    const r = random(seed, stream);
    const ids = new Int32Array(samples * tokens * 2);
    const targets = new Int32Array(samples);
    const order = Int32Array.from({ length: keys }, (_, i) => i);
    return () => {
      for (let s = 0; s < samples; s++) {
        r.shuffle(order);
        const asked = r.below(pairs);
        const at = s * tokens * 2;
        for (let p = 0; p < pairs; p++) {
          const value = r.below(values);
          ids[at + 2 * p] = order[p] ?? 0;
          ids[at + 2 * p + 1] = keys + value;
          if (p === asked) targets[s] = value;
        }
        ids[at + 2 * pairs] = order[asked] ?? 0;
        ids[at + 2 * pairs + 1] = -1;
      }
      return { ids, targets };
    };
  };
  return {
    tokens,
    input: { kind: 'ids', vocabulary: keys + values, fields: 2 },
    classes: values,
    output: 'pool',
    causal: false,
    chance: 1 / values,
    ...computed('recall', fill),
  };
}
