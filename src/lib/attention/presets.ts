/**
 * The named experiments: a task, the size of the model and how it is trained. Sweep presets are set so that the baseline
 * stands between chance and ceiling, where a difference can be seen; `recall-demo` is easy and quick, for the eye.
 */
import type { TransformPlace } from './config.ts';
import type { FashionData } from './tasks/fashion.ts';
import { fashion } from './tasks/fashion.ts';
import { nextToken } from './tasks/next-token.ts';
import { noisyRecall } from './tasks/noisy-recall.ts';
import { recall } from './tasks/recall.ts';
import { sorting } from './tasks/sorting.ts';
import type { Task } from './tasks/task.ts';
import type { ArmName } from './transforms.ts';

export type PresetName =
  | 'recall'
  | 'recall-demo'
  | 'sorting'
  | 'sorting-long'
  | 'sorting-deep'
  | 'independent'
  | 'echo'
  | 'fashion-10k'
  | 'fashion-60k'
  | 'fashion-45k'
  | 'fashion-45k-long'
  | 'fashion-45k-deep';

/** Everything a run depends on. Plain JSON: the same object gives the same weights, bit for bit, anywhere. */
export interface RunConfig {
  readonly preset: PresetName;
  readonly arm: ArmName;
  readonly alpha: number;
  readonly place: TransformPlace;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  readonly mlp: number;
  /** Peak learning rate: reached after a tenth of the steps (at most 100), then falling in a line to 0. */
  readonly rate: number;
  readonly steps: number;
  readonly batch: number;
  readonly decay: number;
  /** Decides the starting weights and the training data; arms with the same seed are paired. */
  readonly seed: number;
}

type Defaults = Omit<RunConfig, 'preset' | 'arm' | 'alpha' | 'place' | 'seed'>;

interface Preset {
  readonly title: string;
  /** Fashion presets need the pictures; the 60k one only exists where the whole set is. */
  readonly needs: 'nothing' | 'pictures' | 'all pictures';
  /** How many pictures of the training set are trained on, for those that need all. */
  readonly trainedOn?: number;
  readonly task: (data?: FashionData) => Task;
  readonly defaults: Defaults;
}

const small = { width: 32, heads: 2, layers: 2, mlp: 2, batch: 64, decay: 0.01 } as const;
const tiny = { width: 32, heads: 1, layers: 1, mlp: 2, batch: 64, decay: 0.01 } as const;

function pictures(data?: FashionData): Task {
  if (!data) throw new RangeError('this preset needs the Fashion-MNIST pictures');
  return fashion(data);
}

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  recall: {
    title: 'Associative recall with noisy keys',
    needs: 'nothing',
    task: () => noisyRecall({ pairs: 8, keySize: 8, values: 8, noise: 0.9 }),
    defaults: { ...tiny, width: 16, rate: 2e-2, steps: 300 },
  },
  'recall-demo': {
    title: 'Associative recall, 8 pairs',
    needs: 'nothing',
    task: () => recall({ pairs: 8, keys: 8, values: 8 }),
    defaults: { ...tiny, rate: 1e-2, steps: 200 },
  },
  sorting: {
    title: 'Sorting 16 numbers',
    needs: 'nothing',
    task: () => sorting({ length: 16, range: 32 }),
    defaults: { ...tiny, width: 16, rate: 2e-2, steps: 300 },
  },
  'sorting-long': {
    title: 'Sorting 16 numbers, five times as long',
    needs: 'nothing',
    task: () => sorting({ length: 16, range: 32 }),
    defaults: { ...tiny, width: 16, rate: 2e-2, steps: 1500 },
  },
  'sorting-deep': {
    title: 'Sorting 16 numbers, two layers of two heads',
    needs: 'nothing',
    task: () => sorting({ length: 16, range: 32 }),
    defaults: { ...small, rate: 8e-3, steps: 600 },
  },
  independent: {
    title: 'Independent tokens: nothing to predict',
    needs: 'nothing',
    task: () => nextToken({ length: 16, vocabulary: 8, echo: false }),
    defaults: { ...small, rate: 4e-3, steps: 300 },
  },
  echo: {
    title: 'Echo: the second half repeats the first',
    needs: 'nothing',
    task: () => nextToken({ length: 16, vocabulary: 8, echo: true }),
    defaults: { ...small, rate: 4e-3, steps: 300 },
  },
  'fashion-10k': {
    title: 'Fashion-MNIST, 10,000 pictures',
    needs: 'pictures',
    task: pictures,
    defaults: { ...small, rate: 8e-3, steps: 1000 },
  },
  'fashion-60k': {
    title: 'Fashion-MNIST, all pictures',
    needs: 'all pictures',
    trainedOn: 55_000,
    task: pictures,
    defaults: { ...small, rate: 8e-3, steps: 3000 },
  },
  'fashion-45k': {
    title: 'Fashion-MNIST, 45,000 pictures',
    needs: 'all pictures',
    trainedOn: 45_000,
    task: pictures,
    defaults: { ...small, rate: 8e-3, steps: 3000 },
  },
  'fashion-45k-long': {
    title: 'Fashion-MNIST, 45,000 pictures, five times as long',
    needs: 'all pictures',
    trainedOn: 45_000,
    task: pictures,
    defaults: { ...small, rate: 8e-3, steps: 15_000 },
  },
  'fashion-45k-deep': {
    title: 'Fashion-MNIST, 45,000 pictures, four layers of twice the width',
    needs: 'all pictures',
    trainedOn: 45_000,
    task: pictures,
    defaults: { ...small, width: 64, heads: 4, layers: 4, rate: 6e-3, steps: 3000 },
  },
};

/** A complete configuration from a preset and what is to differ from it. */
export function runConfig(preset: PresetName, changes: Partial<Omit<RunConfig, 'preset'>> = {}): RunConfig {
  return { arm: 'V', alpha: 0, place: 'attention', seed: 1, ...PRESETS[preset].defaults, ...changes, preset };
}
