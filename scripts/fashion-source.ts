/**
 * Fashion-MNIST from the idx files of Debian's package `dataset-fashion-mnist` (`apt-get install dataset-fashion-mnist`),
 * halved to 14 x 14 by the mean of 2 x 2 pixels. Of the 60,000 training pictures the last 5,000 are validation.
 */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { FashionData, FashionPictures } from '../src/lib/attention/tasks/fashion.ts';
import { PIXELS, SHIPPED } from '../src/lib/attention/tasks/fashion.ts';

/** Where the package puts them. */
export const FOLDER = '/usr/share/datasets/fashion-mnist/';
const TRAINING = 55_000;
/** From here on lie the pictures of the second test set. */
const FINAL = 45_000;
const LARGE = 28;
const SMALL = 14;

async function idx(name: string, magic: number): Promise<Buffer> {
  const bytes = gunzipSync(await readFile(FOLDER + name));
  if (bytes.readUInt32BE(0) !== magic) throw new Error(`${name} is not the idx file it should be`);
  return bytes;
}

/** Mean of each 2 x 2 block, halves rounded up. */
function halve(large: Uint8Array, count: number): Uint8Array {
  const small = new Uint8Array(count * PIXELS);
  for (let i = 0; i < count; i++) {
    for (let y = 0; y < SMALL; y++) {
      for (let x = 0; x < SMALL; x++) {
        const at = (i * LARGE + 2 * y) * LARGE + 2 * x;
        const sum = (large[at] ?? 0) + (large[at + 1] ?? 0) + (large[at + LARGE] ?? 0) + (large[at + LARGE + 1] ?? 0);
        small[i * PIXELS + y * SMALL + x] = (sum + 2) >> 2;
      }
    }
  }
  return small;
}

async function half(name: 'train' | 't10k', count: number): Promise<FashionPictures> {
  const images = await idx(`${name}-images-idx3-ubyte.gz`, 2051);
  const labels = await idx(`${name}-labels-idx1-ubyte.gz`, 2049);
  if (images.readUInt32BE(4) !== count || labels.readUInt32BE(4) !== count)
    throw new Error(`${name}: not ${count} pictures`);
  return { pixels: halve(images.subarray(16), count), labels: new Uint8Array(labels.subarray(8)) };
}

/** Pictures `from` to `to` (not included). */
export function part(pictures: FashionPictures, from: number, to: number): FashionPictures {
  return {
    pixels: pictures.pixels.subarray(from * PIXELS, to * PIXELS),
    labels: pictures.labels.subarray(from, to),
  };
}

/**
 * Everything, with `train` pictures to train on (55,000 at most): 5,000 for validation, 10,000 for the test; and where no more
 * than the first 45,000 are trained on, the 10,000 after them as a second test set.
 */
export async function readFashion(train = TRAINING): Promise<FashionData> {
  const training = await half('train', 60_000);
  const test = await half('t10k', 10_000);
  return {
    train: part(training, 0, Math.min(train, TRAINING)),
    validation: part(training, TRAINING, 60_000),
    probe: part(test, 0, SHIPPED.probe),
    test,
    ...(train <= FINAL && { final: part(training, FINAL, TRAINING) }),
  };
}
