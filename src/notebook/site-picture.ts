/**
 * Reading a picture that the site itself ships: a lossless file without transparency, made by the build. The rules for files from
 * anywhere (formats, orientation, colour profiles) are in `lib/image`, and are not needed here.
 */

import { luma8 } from '../lib/image/luma.ts';
import type { Picture } from '../lib/julia/view.ts';

/** @throws Error with one sentence for the reader. */
export async function readSitePicture(url: string): Promise<Picture> {
  // A worker that replaces another reads it again, perhaps offline. The file's name changes with its content.
  const response = await fetch(url, { cache: 'force-cache' }).catch(() => null);
  if (response === null || !response.ok)
    throw new Error('The picture of this page could not be loaded; are you offline?');
  const bitmap = await createImageBitmap(await response.blob(), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  const { width: cols, height: rows } = bitmap;
  const context = new OffscreenCanvas(cols, rows).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no memory for a picture; close some tabs and try again.');
  assertExact(context);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return fromPixels(context.getImageData(0, 0, cols, rows).data, rows, cols);
}

/** Grey levels, and the colours where there are any, each level / 255. */
function fromPixels(rgba: Uint8ClampedArray, rows: number, cols: number): Picture {
  const size = rows * cols;
  const grey = new Float64Array(size);
  const planes = [new Float32Array(size), new Float32Array(size), new Float32Array(size)] as const;
  let colour = false;
  for (let k = 0; k < size; k += 1) {
    const [r = 0, g = 0, b = 0] = [rgba[4 * k], rgba[4 * k + 1], rgba[4 * k + 2]];
    colour ||= r !== g || g !== b;
    grey[k] = luma8(r, g, b) / 255;
    planes[0][k] = r / 255;
    planes[1][k] = g / 255;
    planes[2][k] = b / 255;
  }
  const [red, green, blue] = planes;
  return colour ? { rows, cols, grey, rgb: { red, green, blue } } : { rows, cols, grey };
}

/** Some privacy settings answer with noise; numbers that are nearly right would be worse than a sentence. */
function assertExact(context: OffscreenCanvasRenderingContext2D): void {
  const probe = new ImageData(8, 8);
  for (let k = 0; k < probe.data.length; k += 1) probe.data[k] = k % 4 === 3 ? 255 : (k * 37) % 256;
  context.putImageData(probe, 0, 0);
  if (context.getImageData(0, 0, 8, 8).data.some((value, k) => value !== probe.data[k])) {
    throw new Error(
      'This browser hides pixels from pages, as a privacy setting; allow canvas reading for this site to compute with pictures.',
    );
  }
}
