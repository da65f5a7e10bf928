/** Reading a picture that the reader gave: loaded when there is one. */

import { decodeInBrowser } from '../../lib/image/decode-browser.ts';
import { PictureError } from '../../lib/image/errors.ts';
import { pictureOf } from '../../lib/image/luma.ts';
import type { Picture } from '../../lib/julia/view.ts';
import { fitPicture } from './fit.ts';

/** A picture's longer side at most: a product of two such pictures is some 2 x 10^9 operations. */
const LARGEST = 1024;

/**
 * @param fit the shape to crop and resize it to; null keeps its own.
 * @throws Error with one sentence for the reader.
 */
export async function readOwnPicture(
  blob: Blob,
  fit: { readonly rows: number; readonly cols: number } | null,
): Promise<Picture> {
  try {
    const picture = pictureOf(await rasterOf(blob));
    return fit === null ? picture : fitPicture(picture, fit.rows, fit.cols);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new Error(`The picture could not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function rasterOf(blob: Blob): Promise<Parameters<typeof pictureOf>[0]> {
  const magic = String.fromCharCode(...new Uint8Array(await blob.slice(0, 4).arrayBuffer()));
  if (magic === 'II*\0' || magic === 'MM\0*') {
    const { decodeTiff } = await import('../../lib/image/tiff.ts');
    return decodeTiff(new Uint8Array(await blob.arrayBuffer()));
  }
  return (await decodeInBrowser(blob, LARGEST)).raster;
}
