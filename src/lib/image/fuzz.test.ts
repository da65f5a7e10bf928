import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeCsv } from './csv.ts';
import { decodeInNode } from './decode-node.ts';
import { PictureError } from './errors.ts';
import { encodeNpy } from './npy.ts';

const [width, height] = [19, 13];
const image = (channels: 1 | 3 | 4): ReturnType<typeof sharp> =>
  sharp(
    Uint8Array.from({ length: width * height * channels }, (_, k) => (k * k * 31 + 7 * k) % 256),
    { raw: { width, height, channels } },
  );
const numbers = { rows: 5, cols: 4, data: Float64Array.from({ length: 20 }, (_, k) => k / 7 - 1) };

/** Small files of every kind and of the codings within it. */
const files: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  png: () => image(4).png().toBuffer(),
  'png, palette, interlaced': () => image(3).png({ palette: true, progressive: true }).toBuffer(),
  'png, 16 bits': () => image(3).toColourspace('rgb16').png().toBuffer(),
  jpeg: () => image(3).jpeg().toBuffer(),
  'jpeg, progressive, turned': () => image(3).withMetadata({ orientation: 6 }).jpeg({ progressive: true }).toBuffer(),
  webp: () => image(3).webp().toBuffer(),
  'webp, transparent': () => image(4).webp({ lossless: true }).toBuffer(),
  avif: () => image(3).avif({ effort: 0 }).toBuffer(),
  gif: () => image(4).gif().toBuffer(),
  tiff: () => image(3).tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer(),
  'tiff, tiles': () => image(4).tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
  'tiff, packed bits': () => image(1).toColourspace('b-w').tiff({ compression: 'packbits' }).toBuffer(),
  'tiff, 16 bits': () => image(3).toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer(),
  npy: () => encodeNpy(numbers),
  csv: () => new TextEncoder().encode(encodeCsv(numbers)),
};

/** The minimal standard generator: the same damage in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function damaged(file: Uint8Array, seed: number): Uint8Array {
  const random = randomOf(seed + 1);
  for (let k = 0; k < 5; k++) random(2);
  if (random(4) === 0) return file.slice(0, random(file.length));
  const bytes = new Uint8Array(file);
  // Headers stand at the front, and TIFF's at the end.
  const reach = random(2) === 0 ? bytes.length : Math.min(bytes.length, 64);
  for (let k = 1 + random(6); k > 0; k--) bytes[random(reach)] = random(3) === 0 ? 0xff : random(256);
  return bytes;
}

describe('a damaged file is a picture or one sentence, and never takes long', () => {
  it.each(Object.keys(files))(
    '%s',
    async (name) => {
      const file = new Uint8Array((await files[name]?.()) ?? []);
      expect((await decodeInNode(file)).raster.rows).toBeGreaterThan(0);
      for (let seed = 0; seed < 60; seed++) {
        const bytes = damaged(file, seed);
        try {
          const { raster } = await decodeInNode(bytes);
          const samples = 'rgb' in raster ? raster.rgb.length / 3 : raster.values.length / raster.channels;
          expect(samples).toBe(raster.rows * raster.cols);
        } catch (error) {
          if (!(error instanceof PictureError)) throw new Error(`${name}, damage ${seed}`, { cause: error });
          expect(error.message).toMatch(/^[A-Z].*\.$/su);
        }
      }
    },
    120_000,
  );
});
