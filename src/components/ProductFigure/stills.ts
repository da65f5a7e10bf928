/**
 * Pictures that stand in a figure before, and without, its live part: surfaces drawn in Node, and sums of the first singular layers. Made
 * while the site is built, served under `stills/<name>.webp`. Knows no page: figures ask for them by name.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { decodeInNode } from '../../lib/image/decode-node.ts';
import { loadAllPredefined } from '../../lib/image/node-pictures.ts';
import { pictureOf } from '../../lib/image/luma.ts';
import { allPacks } from '../../lib/julia/library/all.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import { LayerSum } from '../../lib/scene/build-up.ts';
import { extentOf, greyLevels } from '../../lib/scene/matrix.ts';
import type { SceneMatrix } from '../../lib/scene/matrix.ts';
import { singularLayers } from '../../lib/scene/singular.ts';
import type { SingularLayers } from '../../lib/scene/singular.ts';
import { surfaceStill } from '../../lib/scene/still.ts';
import { PRELUDE } from '../Descent/prelude.ts';

/** Pixels of a drawn surface: twice what a column of text shows, and the shape of the live frame. */
export const SURFACE_SIZE = { width: 832, height: 624 } as const;
/** Pixels of a sum of layers. */
export const LAYERS_SIZE = 256;
/** How many layers the sums have that a figure shows. */
export const RANKS = [1, 8, 64] as const;

/** What the surfaces show: programs that end in a matrix, over the site's pictures, or pictures kept beside an article. */
export const SURFACES: Readonly<Record<string, { readonly julia: string } | { readonly file: string }>> = {
  beads: {
    julia: `${PRELUDE}
V(warp(mandrill, 0))`,
  },
  machine: {
    julia: `${PRELUDE}
once = normalize_image(softmax(warp(airplane, 0); dims=2) * softmax(mandrill; dims=1))
normalize_image(softmax(once; dims=2) * softmax(once'; dims=1))`,
  },
  found: { file: 'src/components/Descent/learned/run-may23-x.webp' },
  'found-value': { file: 'src/components/Descent/learned/run-may23-v.webp' },
};

/** The products that figures take apart into layers, by the names of their stills. */
export const LAYERED: Readonly<Record<string, string>> = {
  'layers-raw': '(airplane) * (mandrill)',
  'layers-softmax': '(softmax(airplane; dims=2)) * (softmax(mandrill; dims=1))',
};

/** Names of all stills. The last sum of a product is the product itself. */
export const STILLS: readonly string[] = [
  ...Object.keys(SURFACES),
  ...Object.keys(LAYERED).flatMap((name) => [...RANKS, 512].map((rank) => `${name}-${rank}`)),
];

/** A still as a WebP file. Throws where there is none of that name. */
export async function still(name: string): Promise<Uint8Array> {
  const surface = SURFACES[name];
  if (surface !== undefined) {
    const matrix = 'julia' in surface ? await valueOf(surface.julia) : await kept(surface.file);
    const { width, height, data } = surfaceStill(matrix, SURFACE_SIZE.width, SURFACE_SIZE.height);
    return sharp(data, { raw: { width, height, channels: 4 } })
      .webp({ quality: 78 })
      .toBuffer();
  }
  const [, product = '', rank = ''] = /^(.*)-(\d+)$/.exec(name) ?? [];
  if (!(product in LAYERED)) throw new Error(`no still is called ${name}`);
  return sumOfLayers(await layersOf(product), Number(rank));
}

const decomposed = new Map<string, Promise<SingularLayers & { readonly whole: SceneMatrix }>>();

/** The singular layers of one of the products, and the product. */
export function layersOf(name: string): Promise<SingularLayers & { readonly whole: SceneMatrix }> {
  const known = decomposed.get(name);
  if (known !== undefined) return known;
  const made = valueOf(LAYERED[name] ?? '').then((whole) => ({ ...singularLayers(whole), whole }));
  decomposed.set(name, made);
  return made;
}

/** The last value of a program over the site's pictures. Throws where it is no matrix. */
export async function valueOf(julia: string): Promise<SceneMatrix> {
  const notebook = new Notebook(new ReferenceEngine(), await loadAllPredefined(), { packs: allPacks });
  notebook.setCells([{ id: 'still', program: parse(julia) }]);
  const [report] = notebook.run();
  if (report?.view?.kind === 'matrix') return report.view;
  throw new Error(`${julia}: ${report?.trouble?.message ?? 'no matrix'}`);
}

async function kept(file: string): Promise<SceneMatrix> {
  const { raster } = await decodeInNode(await readFile(join(process.cwd(), file)));
  const { rows, cols, grey } = pictureOf(raster);
  return { rows, cols, data: grey };
}

/** The first layers alone, grey levels as in the whole. */
async function sumOfLayers(
  { factors, whole }: SingularLayers & { whole: SceneMatrix },
  rank: number,
): Promise<Uint8Array> {
  const sum = new LayerSum(factors);
  sum.moveTo(rank);
  const levels = greyLevels(sum.data, extentOf(whole.data), new Uint8Array(2 * sum.data.length));
  const grey = levels.filter((_, index) => index % 2 === 0);
  return sharp(grey, { raw: { width: sum.cols, height: sum.rows, channels: 1 } })
    .resize(LAYERS_SIZE, LAYERS_SIZE)
    .webp({ quality: 90 })
    .toBuffer();
}
