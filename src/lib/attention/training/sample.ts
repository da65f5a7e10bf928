/** The sample that is watched, in words: without them nobody knows what a row of an attention matrix asks. */
import type { Batch } from '../network.ts';
import type { PresetName } from '../presets.ts';
import type { Task } from '../tasks/task.ts';

const CLOTHES = [
  'a T-shirt',
  'trousers',
  'a pullover',
  'a dress',
  'a coat',
  'a sandal',
  'a shirt',
  'a sneaker',
  'a bag',
  'an ankle boot',
];

/** Whole numbers, or dots for those that are not asked. */
const row = (numbers: Iterable<number>): string =>
  Array.from(numbers, (value) => (value < 0 ? '·' : String(value))).join(' ');

/** Recall: tokens are counted from 1, in the order of the rows of the matrices. */
function recallWords({ tokens }: Task, ids: Int32Array, answer: number): string {
  const key = ids[2 * (tokens - 1)] ?? -1;
  const keys = Array.from({ length: tokens - 1 }, (_, token) => ids[2 * token]);
  return `Token ${tokens} asks for key ${key + 1}. Token ${keys.indexOf(key) + 1} holds it, with value ${answer + 1}: the answer.`;
}

/** One or two sentences about a batch of one sample. */
export function describeSample(preset: PresetName, task: Task, { ids, targets }: Batch): string {
  const answer = targets[0] ?? -1;
  switch (preset) {
    case 'recall-demo':
      return recallWords(task, ids ?? new Int32Array(), answer);
    case 'recall':
      return `Token ${task.tokens} asks with a key that noise has moved; the answer is value ${answer + 1}.`;
    case 'sorting':
    case 'sorting-long':
    case 'sorting-deep':
      return `The tokens are ${row(ids ?? [])}. Token i is to answer the i-th smallest.`;
    case 'independent':
      return `The tokens are ${row(ids ?? [])}, drawn independently. Each is to name the next, which nothing tells.`;
    case 'echo':
      return `The tokens are ${row(ids ?? [])}; each is to name the next. Asked are only those of the repetition: ${row(targets)}.`;
    case 'fashion-10k':
    case 'fashion-60k':
    case 'fashion-45k':
    case 'fashion-45k-long':
    case 'fashion-45k-deep':
      return `A picture of ${CLOTHES[answer] ?? 'something'}, cut into ${task.tokens} patches, read row by row.`;
  }
}
