/** The kinds of file that are taken, in the order in which they are tried. CSV has no mark of its own, so it comes last. */
import { avif } from './formats/avif.ts';
import { csv } from './formats/csv.ts';
import { gif } from './formats/gif.ts';
import { jpeg } from './formats/jpeg.ts';
import { npy } from './formats/npy.ts';
import { png } from './formats/png.ts';
import { tiff } from './formats/tiff.ts';
import { webp } from './formats/webp.ts';
import type { PictureFormat } from './format.ts';

export const FORMATS: readonly PictureFormat[] = [png, jpeg, webp, avif, gif, tiff, npy, csv];

/** How a refusal ends. */
export const PLEASE = 'please choose a PNG, JPEG, WebP, AVIF, GIF or TIFF picture, or an NPY or CSV matrix.';
