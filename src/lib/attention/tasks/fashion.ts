/**
 * Fashion-MNIST at 14 x 14 (Zalando Research, MIT licence; Xiao, Rasul and Vollgraf, arXiv 1708.07747). The picture is framed
 * with one black pixel to 16 x 16 and cut into sixteen patches of 4 x 4, one token each, read row by row.
 */
import type { Batch } from '../network.ts';
import { random } from '../random.ts';
import type { Split, Task } from './task.ts';

/** Pixels of one picture. */
export const PIXELS = 196;
const SIDE = 14;
const PATCH = 4;
const GRID = 4;

/** Pictures of one split, row-major bytes, and their classes 0..9. */
export interface FashionPictures {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/** What a place has: the browser has `train` (10,000), `validation` (500) and `probe` (1,500), the sweep has everything. */
export interface FashionData {
  readonly train: FashionPictures;
  readonly validation: FashionPictures;
  readonly probe: FashionPictures;
  readonly test?: FashionPictures;
  /** The 10,000 pictures before those of validation, where none of them is trained on. */
  readonly final?: FashionPictures;
}

/** Counts in the compact file, in this order: all labels first, then all pictures. */
export const SHIPPED = { train: 10_000, validation: 500, probe: 1_500 } as const;

/** Reads the inflated compact file. Throws RangeError when its size is wrong. */
export function readShipped(bytes: Uint8Array): FashionData {
  const total = SHIPPED.train + SHIPPED.validation + SHIPPED.probe;
  if (bytes.length !== total * (PIXELS + 1)) {
    throw new RangeError(`the Fashion-MNIST file holds ${bytes.length} bytes, not ${total * (PIXELS + 1)}`);
  }
  let from = 0;
  const take = (count: number): FashionPictures => {
    const labels = bytes.subarray(from, from + count);
    const pixels = bytes.subarray(total + from * PIXELS, total + (from + count) * PIXELS);
    from += count;
    return { pixels, labels };
  };
  return { train: take(SHIPPED.train), validation: take(SHIPPED.validation), probe: take(SHIPPED.probe) };
}

/** Inflates and reads the compact file as it is served (`data/fashion-mnist-14.bin`). Throws when it is damaged. */
export async function unpackShipped(packed: Blob): Promise<FashionData> {
  const stream = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return readShipped(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** Mean and deviation of the grey levels, as usual for this data set (in units of 1/255). */
const LEVELS = Float32Array.from({ length: 256 }, (_, i) => (i / 255 - 0.286) / 0.353);

/** For each number of the 16 x 16 tokens, the pixel it comes from, or -1 in the frame. */
const SOURCE = Int32Array.from({ length: GRID * GRID * PATCH * PATCH }, (_, i) => {
  const token = Math.floor(i / (PATCH * PATCH));
  const inside = i % (PATCH * PATCH);
  const y = Math.floor(token / GRID) * PATCH + Math.floor(inside / PATCH) - 1;
  const x = (token % GRID) * PATCH + (inside % PATCH) - 1;
  return y < 0 || x < 0 || y >= SIDE || x >= SIDE ? -1 : y * SIDE + x;
});

function put(to: Float32Array, sample: number, pictures: FashionPictures, index: number): void {
  const at = sample * SOURCE.length;
  const from = index * PIXELS;
  const black = LEVELS[0] ?? 0;
  for (let i = 0; i < SOURCE.length; i++) {
    const source = SOURCE[i] ?? -1;
    to[at + i] = source < 0 ? black : (LEVELS[pictures.pixels[from + source] ?? 0] ?? 0);
  }
}

/** Batches over shuffled epochs: every picture once before any comes again. */
function epochs(pictures: FashionPictures, seed: number, samples: number): () => Batch {
  const r = random(seed, 'fashion training');
  const count = pictures.labels.length;
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const patches = new Float32Array(samples * SOURCE.length);
  const targets = new Int32Array(samples);
  let at = count;
  return () => {
    for (let s = 0; s < samples; s++) {
      if (at === count) {
        r.shuffle(order);
        at = 0;
      }
      const index = order[at++] ?? 0;
      put(patches, s, pictures, index);
      targets[s] = pictures.labels[index] ?? 0;
    }
    return { patches, targets };
  };
}

function inBatches(pictures: FashionPictures, samples: number): Batch[] {
  const count = pictures.labels.length;
  return Array.from({ length: Math.ceil(count / samples) }, (_, b) => {
    const here = Math.min(samples, count - b * samples);
    const patches = new Float32Array(here * SOURCE.length);
    for (let s = 0; s < here; s++) put(patches, s, pictures, b * samples + s);
    return { patches, targets: Int32Array.from(pictures.labels.subarray(b * samples, b * samples + here)) };
  });
}

/** The task on the data of this place. */
export function fashion(data: FashionData): Task {
  return {
    tokens: GRID * GRID,
    input: { kind: 'patches', size: PATCH * PATCH },
    classes: 10,
    output: 'pool',
    causal: false,
    chance: 0.1,
    training: (seed, samples) => epochs(data.train, seed, samples),
    heldOut: (split: Split, samples) => {
      const pictures = data[split];
      return pictures ? inBatches(pictures, samples) : [];
    },
  };
}
