/** Sorting: `length` whole numbers below `range`, repeats allowed; position i must answer the i-th smallest. */
import type { Batch } from '../network.ts';
import { random } from '../random.ts';
import type { Task } from './task.ts';
import { computed } from './task.ts';

export function sorting({ length, range }: { length: number; range: number }): Task {
  const fill = (seed: number, stream: string, samples: number): (() => Batch) => {
    const r = random(seed, stream);
    const ids = new Int32Array(samples * length);
    const targets = new Int32Array(samples * length);
    return () => {
      for (let i = 0; i < ids.length; i++) ids[i] = r.below(range);
      targets.set(ids);
      for (let s = 0; s < samples; s++) targets.subarray(s * length, (s + 1) * length).sort();
      return { ids, targets };
    };
  };
  return {
    tokens: length,
    input: { kind: 'ids', vocabulary: range, fields: 1 },
    classes: range,
    output: 'tokens',
    causal: false,
    chance: 1 / range,
    ...computed('sorting', fill),
  };
}
