import type * as Utif from 'utif2';
import { LIMITS } from './admit.ts';
import { PictureError } from './errors.ts';
import { moduleOf } from './interop.ts';
import { rasterOfGrey } from './luma.ts';
import type { Raster } from './types.ts';

/** TIFF 6.0 tags. */
const TAG = {
  compression: 't259',
  bits: 't258',
  photometric: 't262',
  samples: 't277',
  planar: 't284',
  offsets: ['t273', 't324'],
  lengths: ['t279', 't325'],
} as const;

/**
 * Decodes the first picture of a TIFF file: 8-bit grey or RGB, each with or without further samples (alpha), which are dropped,
 * as the author drops jetplane's (STUDIES 0.2). For the poster's second picture, fetched when a reader asks for it. The decoder is loaded
 * on the first call. Never reduced: the figures are about every pixel.
 *
 * @throws PictureError `kind`, `depth`, `colour-model`, `size` or `broken`.
 */
export async function decodeTiff(file: Uint8Array): Promise<Raster> {
  const UTIF = moduleOf<typeof Utif>(await import('utif2'), 'decode');
  const magic = String.fromCharCode(...file.subarray(0, 4));
  if (magic !== 'II*\0' && magic !== 'MM\0*') throw new PictureError('kind', 'This is not a TIFF file.');
  const buffer = new Uint8Array(file).buffer;
  let page: Record<string, unknown> | undefined;
  let pixels: { readonly cols: number; readonly rows: number; readonly data: Uint8Array };
  try {
    const ifd = UTIF.decode(buffer)[0];
    if (!ifd) throw new Error('no directory');
    page = ifd;
    const [width, height] = [numberIn(page['t256'], 0), numberIn(page['t257'], 0)];
    if (width === 0 || height === 0) throw new Error('no size');
    if (width * height > LIMITS.pixels)
      throw new PictureError('size', `This TIFF has ${width} × ${height} pixels, which is too many.`);
    // Old and new JPEG inside TIFF: decoders round it differently, and the figures are about exact pixels.
    if ([6, 7].includes(numberIn(page[TAG.compression], 1))) {
      throw new PictureError('kind', 'This TIFF holds a JPEG; please use one without loss.');
    }
    if (!reaches(page, file.length))
      throw new PictureError('broken', 'This TIFF file is cut short: its end is missing.');
    UTIF.decodeImage(buffer, ifd);
    pixels = { cols: ifd.width, rows: ifd.height, data: ifd.data };
  } catch (cause) {
    if (cause instanceof PictureError) throw cause;
    throw new PictureError('broken', 'This TIFF file is damaged and cannot be read.', { cause });
  }
  return toRaster(page, pixels);
}

function toRaster(
  page: Record<string, unknown>,
  { rows, cols, data }: { rows: number; cols: number; data: Uint8Array },
): Raster {
  const photometric = numberIn(page[TAG.photometric], -1);
  const samples = numberIn(page[TAG.samples], 1);
  if (numberIn(page[TAG.bits], 1) !== 8) throw new PictureError('depth', 'This TIFF does not have 8 bits a sample.');
  const grey = photometric === 0 || photometric === 1;
  const planar = numberIn(page[TAG.planar], 1) === 2 && samples > 1;
  if (!(grey || (photometric === 2 && samples >= 3)) || planar) {
    throw new PictureError('colour-model', 'This TIFF is neither plain grey nor plain RGB.');
  }
  if (!(rows > 0 && cols > 0) || data.length < rows * cols * samples)
    throw new PictureError('broken', 'This TIFF file is cut short.');
  const n = rows * cols;
  if (grey) {
    const level = (i: number): number =>
      photometric === 0 ? 255 - (data[i * samples] ?? 0) : (data[i * samples] ?? 0);
    return rasterOfGrey(
      rows,
      cols,
      Uint8Array.from({ length: n }, (_, i) => level(i)),
    );
  }
  const rgb = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) rgb.set(data.subarray(i * samples, i * samples + 3), 3 * i);
  return { rows, cols, rgb };
}

/** False where a strip or tile of pixels lies beyond the end of the file; the decoder would read zeros there. */
function reaches(page: Record<string, unknown>, size: number): boolean {
  return TAG.offsets.every((tag, k) => {
    const lengths = numbersIn(page[TAG.lengths[k] ?? '']);
    return numbersIn(page[tag]).every((offset, strip) => offset + (lengths[strip] ?? 0) <= size);
  });
}

function numbersIn(tag: unknown): number[] {
  if (!Array.isArray(tag) && !ArrayBuffer.isView(tag)) return [];
  return Array.from(tag as unknown as ArrayLike<unknown>, Number);
}

function numberIn(tag: unknown, fallback: number): number {
  if (typeof tag === 'number') return tag;
  const first: unknown = Array.isArray(tag) || ArrayBuffer.isView(tag) ? (tag as ArrayLike<unknown>)[0] : undefined;
  return typeof first === 'number' ? first : fallback;
}
