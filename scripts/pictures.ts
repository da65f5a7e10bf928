/**
 * npm run pictures: derives the pictures that the site serves (`public/pictures/`) from the npm packages that hold their
 * originals, and describes them in `public/pictures/README.md`. The same packages give the same files, byte for byte.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeInNode } from '../src/lib/image/decode-node.ts';
import { eightBit, grey8 } from '../src/lib/image/luma.ts';
import { encodePng } from '../src/lib/image/png.ts';
import { cropRaster, reduceRaster } from '../src/lib/image/reduce.ts';
import type { Raster } from '../src/lib/image/types.ts';
import { SAMPLE_RECIPES, type SampleRecipe } from './samples.ts';

const require = createRequire(import.meta.url);

interface Recipe {
  readonly name: string;
  readonly title: string;
  readonly packageName: string;
  /** Inside the package. */
  readonly file: string;
  readonly licence: string;
  readonly rule: string;
  readonly derive: (source: Raster) => Raster;
}

const RECIPES: readonly Recipe[] = [
  {
    name: 'mandrill',
    title: 'The mandrill, a standard test picture',
    packageName: 'baboon-image',
    file: 'baboon.png',
    licence: 'package: MIT, (c) 2013 Mikola Lysenko; picture: public domain, says the package',
    rule: 'the source’s own 512 × 512 pixels',
    derive: (source) => source,
  },
  {
    name: 'airplane',
    title:
      'Fédèle Azari, [Airplane, viewed from above looking down], 1914–1929, gelatin silver print, J. Paul Getty Museum 84.XA.240.36',
    packageName: '@stdlib/datasets-img-airplane-from-above',
    file: 'data/image.jpg',
    licence:
      'digital image courtesy of the Getty’s Open Content Program; data PDDL-1.0 and CC0-1.0; package: Apache-2.0',
    rule: 'rows 0 to 716 and columns 208 to 924 (counted from 0) of 717 × 1024 pixels, reduced to 512 × 512 by exact area means of each colour, rounded half up',
    // The square is as large as the print is high, and stands where both roundels are in it.
    derive: (source) => reduceRaster(cropRaster(source, 0, 208, 717, 717), 512, 512),
  },
];

export interface DerivedPicture {
  readonly recipe: Recipe;
  readonly version: string;
  readonly sourceHash: string;
  readonly raster: Raster;
  /** File name to content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Derives every picture in memory. */
export async function derivePictures(): Promise<DerivedPicture[]> {
  return Promise.all(RECIPES.map(derivePicture));
}

async function derivePicture(recipe: Recipe): Promise<DerivedPicture> {
  const manifest = require.resolve(`${recipe.packageName}/package.json`);
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const source = await readFile(path.join(path.dirname(manifest), recipe.file));
  const raster = recipe.derive(eightBit((await decodeInNode(source)).raster));
  const { rows, cols, rgb } = raster;
  const files = new Map([
    [`${recipe.name}.png`, encodePng(rows, cols, 1, grey8(raster), 'small')],
    [`${recipe.name}-colour.png`, encodePng(rows, cols, 3, rgb, 'small')],
  ]);
  return { recipe, version, sourceHash: sha256(source), raster, files };
}

export interface DrawnSample {
  readonly name: string;
  readonly recipe: SampleRecipe;
  readonly levels: Uint8Array;
  readonly file: Uint8Array;
}

/** Draws every picture that the site lends its readers, in memory. */
export function drawSamples(): Promise<DrawnSample[]> {
  return Promise.all(
    Object.entries(SAMPLE_RECIPES).map(async ([name, recipe]) => {
      const levels = await recipe.draw();
      return { name, recipe, levels, file: encodePng(512, 512, 1, levels, 'small') };
    }),
  );
}

/** The text of `public/pictures/README.md`. */
export function describePictures(pictures: readonly DerivedPicture[], samples: readonly DrawnSample[]): string {
  const parts = pictures.map(({ recipe, version, sourceHash, raster, files }) => {
    const lines = [
      `## ${recipe.title}`,
      '',
      `- Source: npm \`${recipe.packageName}\` ${version}, \`${recipe.file}\`, SHA-256 \`${sourceHash}\``,
      `- Licence: ${recipe.licence}`,
      `- Rule: ${recipe.rule}`,
      `- Grey levels, row by row: SHA-256 \`${sha256(grey8(raster))}\``,
      `- Colours, interleaved, row by row: SHA-256 \`${sha256(raster.rgb)}\``,
    ];
    for (const [name, bytes] of files) lines.push(`- \`${name}\`: ${bytes.length} bytes, SHA-256 \`${sha256(bytes)}\``);
    return lines.join('\n');
  });
  const intro =
    '# Pictures\n\nMade by `npm run pictures` from npm packages; do not edit. Grey is floor((299 R + 587 G + 114 B + 500) / 1000), in 8 bits.\n' +
    'Colour profiles are ignored: the files’ own numbers count.';
  const lent = samples.map(({ name, recipe, levels, file }) =>
    [
      `## samples/${name}.png`,
      '',
      ...(recipe.source === undefined ? [] : [`- Source: npm \`${recipe.source}\`, \`data/image.jpg\``]),
      `- Licence: ${recipe.licence}`,
      `- Rule: ${recipe.rule}`,
      `- Grey levels, row by row: SHA-256 \`${sha256(levels)}\``,
      `- ${file.length} bytes`,
    ].join('\n'),
  );
  return [intro, ...parts, ...lent].join('\n\n') + '\n';
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL('../public/pictures/', import.meta.url));
  await mkdir(folder, { recursive: true });
  const pictures = await derivePictures();
  for (const { files } of pictures) {
    for (const [name, bytes] of files) {
      await writeFile(path.join(folder, name), bytes);
      console.log(`${name}: ${bytes.length} bytes`);
    }
  }
  const samples = await drawSamples();
  await mkdir(path.join(folder, 'samples'), { recursive: true });
  for (const { name, file } of samples) await writeFile(path.join(folder, 'samples', `${name}.png`), file);
  await writeFile(path.join(folder, 'README.md'), describePictures(pictures, samples));
}
