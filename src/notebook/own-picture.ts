/** Reading a picture that the reader gave: loaded when there is one. */

import { decodeInBrowser } from '../lib/image/decode-browser.ts';
import { PictureError } from '../lib/image/errors.ts';
import { pictureOf } from '../lib/image/luma.ts';
import { fitPicture } from './fit.ts';
import type { Picture } from '../lib/julia/view.ts';
import type { Size } from './protocol.ts';

/** A picture, and what was done to it on the way, one sentence each. */
export interface ReadPicture {
  readonly picture: Picture;
  readonly notes: readonly string[];
}

/**
 * @param fit the shape to crop and resize it to; null keeps its own.
 * @throws Error with one sentence for the reader.
 */
export async function readOwnPicture(blob: Blob, fit: Size | null): Promise<ReadPicture> {
  try {
    const { raster, notes } = await decodeInBrowser(blob);
    const picture = pictureOf(raster);
    return { picture: fit === null ? picture : fitPicture(picture, fit.rows, fit.cols), notes };
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new Error(`The picture could not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
