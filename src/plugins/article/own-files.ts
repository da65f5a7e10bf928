/**
 * Pictures and small matrices that lie beside an article: each is a name in the article's cells. The front matter says of each whose it is
 * and under which licence, or the build stops.
 */

import { join } from 'node:path';
import { PictureError } from '../../lib/image/errors.ts';
import { loadPictureFile, PREDEFINED_PICTURES } from '../../lib/image/node-pictures.ts';
import { register } from '../../lib/julia/library/register.ts';
import type { Picture } from '../../lib/julia/view.ts';
import type { BuildEngine } from '../build-engine.ts';
import type { OwnFile } from './front-matter.ts';

/** The kinds of file that cells read. */
export const READABLE = /\.(png|jpe?g|webp|avif|gif|tiff?|npy|csv)$/i;
/** Those that hold numbers and no levels: the browser gets the file itself. */
const NUMBERS = /\.(npy|csv)$/i;

/** A file whose front matter, or whose content, does not fit; one sentence. */
export class OwnFileError extends Error {
  override name = 'OwnFileError';
}

export interface OwnFiles {
  /** The engine of the site with the names of this article besides. */
  readonly engine: BuildEngine;
  /** What each name's figure says beneath it. */
  readonly credits: ReadonlyMap<string, OwnFile>;
  /** The files of names that the browser reads as they are, relative to the article. */
  readonly asTheyAre: ReadonlyMap<string, string>;
}

/**
 * @param files as the front matter gives them
 * @param folder where the article lies
 * @throws OwnFileError
 */
export async function withOwnFiles(engine: BuildEngine, files: readonly OwnFile[], folder: string): Promise<OwnFiles> {
  const pictures = await ownPictures(files, folder);
  return {
    engine: pictures.size === 0 ? engine : engine.with(pictures),
    credits: new Map(files.map((one) => [one.name, one])),
    asTheyAre: new Map(files.filter(({ file }) => NUMBERS.test(file)).map(({ name, file }) => [name, file])),
  };
}

/** The files as cells see them. @throws OwnFileError */
export async function ownPictures(files: readonly OwnFile[], folder: string): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>();
  for (const { name, file } of files) {
    if (pictures.has(name)) throw new OwnFileError(`files: two have the name ${name}`);
    if ((PREDEFINED_PICTURES as readonly string[]).includes(name) || register.some((one) => one.name === name))
      throw new OwnFileError(`files: ${name} is a name that every page has; give the file another`);
    if (!READABLE.test(file))
      throw new OwnFileError(`files: ${file} is no picture and no matrix (PNG, JPEG, WebP, AVIF, GIF, TIFF, NPY, CSV)`);
    try {
      pictures.set(name, (await loadPictureFile(join(folder, file))).picture);
    } catch (error) {
      if (error instanceof PictureError) throw new OwnFileError(`files: ${file}: ${error.message}`, { cause: error });
      throw error;
    }
  }
  return pictures;
}
