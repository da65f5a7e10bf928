import { access, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { decodeInNode } from './decode-node.ts';
import { assertLength } from './admit.ts';
import { PictureError } from './errors.ts';
import { eightBit, pictureOf } from './luma.ts';
import type { ColourPicture } from './luma.ts';
import type { DecodedPicture } from './types.ts';

/** The pictures that every program finds under these names. */
export const PREDEFINED_PICTURES = ['mandrill', 'airplane'] as const;
export type PredefinedPicture = (typeof PREDEFINED_PICTURES)[number];

const loaded = new Map<string, Promise<ColourPicture>>();

/**
 * A predefined picture, 512 x 512, with its colours, in Node. Read once; later calls share the same arrays, so treat them as
 * constant.
 *
 * @param folder where `public/pictures` is, if neither near this file nor in the working directory.
 */
export function loadPredefined(name: PredefinedPicture, folder?: string): Promise<ColourPicture> {
  const key = `${folder ?? ''}\0${name}`;
  let picture = loaded.get(key);
  if (!picture) {
    picture = read(name, folder);
    loaded.set(key, picture);
    picture.catch(() => loaded.delete(key));
  }
  return picture;
}

/** All predefined pictures by name, as a notebook wants them. */
export async function loadAllPredefined(folder?: string): Promise<Map<string, ColourPicture>> {
  const pictures = await Promise.all(PREDEFINED_PICTURES.map((name) => loadPredefined(name, folder)));
  return new Map(PREDEFINED_PICTURES.map((name, k) => [name, pictures[k] as ColourPicture]));
}

/** Any picture file, read as the site reads a reader's own: for `--image NAME=FILE`. Notes say what was done to it. */
export async function loadPictureFile(file: string): Promise<{ picture: DecodedPicture; notes: readonly string[] }> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new PictureError('broken', `There is no file ${file}.`);
  if (found.isDirectory()) throw new PictureError('kind', `${file} is a folder; please name a picture file in it.`);
  // Before reading, as in the page; what is no plain file (a pipe) has no length and is read to its end.
  if (found.isFile()) assertLength(found.size);
  const { raster, notes } = await decodeInNode(await readFile(file));
  return { picture: pictureOf(raster), notes };
}

async function read(name: PredefinedPicture, folder: string | undefined): Promise<ColourPicture> {
  const { raster } = await decodeInNode(
    await readFile(path.join(folder ?? (await picturesFolder()), `${name}-colour.png`)),
  );
  return pictureOf(eightBit(raster));
}

/** A bundled copy of this file lies elsewhere; the site is always built from the repository's root. */
async function picturesFolder(): Promise<string> {
  const candidates = [path.join(import.meta.dirname, '../../../public/pictures'), path.resolve('public/pictures')];
  for (const candidate of candidates) {
    const found = await access(path.join(candidate, 'mandrill-colour.png')).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  throw new Error('public/pictures is missing; run npm run pictures');
}
