import { crc32 } from './crc.ts';
import { PictureError } from './errors.ts';
import type { Orientation } from './exif.ts';
import type { Header } from './header.ts';
import { pngChunkAround } from './sniff-png.ts';
import { sniff } from './sniff.ts';

/** Larger pictures are refused before they are decoded, so that a telephone does not run out of memory. */
export const LIMITS = { bytes: 100_000_000, side: 16_384, pixels: 64_000_000 } as const;

/** A file that passed: its header, how to turn it, and bytes that every decoder leaves unturned. */
export interface Admitted {
  readonly header: Header;
  readonly orientation: Orientation;
  readonly bytes: Uint8Array;
}

/**
 * Decides from the header alone whether a file can be taken as a picture.
 *
 * Decoders disagree about orientation (in PNG and WebP, or where it is written twice), so the file's orientation is set to
 * upright here, in a copy, and the turn is made by this room (`turn.ts`).
 *
 * @throws PictureError with one sentence that says what is wrong. More than 8 bits a sample is refused and not rounded:
 * rounding would be a silent change of the reader's numbers.
 */
export function admit(file: Uint8Array): Admitted {
  if (file.length > LIMITS.bytes)
    throw new PictureError(
      'size',
      `This file has ${count(file.length)} bytes; at most ${count(LIMITS.bytes)} can be read.`,
    );
  const header = sniff(file);
  const { kind, width, height } = header;
  if (width === 0 || height === 0) throw new PictureError('broken', `This ${kind} has no pixels.`);
  if (Math.max(width, height) > LIMITS.side || width * height > LIMITS.pixels) {
    throw new PictureError(
      'size',
      `This picture has ${count(width)} × ${count(height)} pixels; at most ${count(LIMITS.side)} a side and ${count(LIMITS.pixels)} in all can be read.`,
    );
  }
  if (header.animated)
    throw new PictureError('animated', `This ${kind} is an animation; please choose a still picture.`);
  if (header.rare)
    throw new PictureError(
      'kind',
      `This ${kind} is ${header.rare}, which browsers do not read; please save it as an ordinary ${kind}.`,
    );
  if (header.bitsPerSample > 8) {
    throw new PictureError('depth', `This ${kind} has ${header.bitsPerSample} bits a sample; please save it with 8.`);
  }
  if (header.model === 'cmyk')
    throw new PictureError(
      'colour-model',
      `This ${kind} is in printing colours (CMYK); please save it as RGB or grey.`,
    );
  if (header.model === 'other')
    throw new PictureError('colour-model', `This ${kind} is neither grey nor RGB; please save it as RGB or grey.`);
  if (!header.complete) throw new PictureError('broken', `This ${kind} file is cut short: its end is missing.`);
  return { header, orientation: header.orientations[0]?.value ?? 1, bytes: upright(file, header) };
}

/** The file with every EXIF orientation set to 1; the file itself where there is nothing to set. */
function upright(file: Uint8Array, header: Header): Uint8Array {
  if (header.orientations.every((site) => site.value === 1)) return file;
  // A copy by the constructor: the slice of Node's Buffer would share its memory.
  const bytes = new Uint8Array(file);
  const view = new DataView(bytes.buffer);
  for (const { offset, littleEndian } of header.orientations) {
    view.setUint16(offset, 1, littleEndian);
    const chunk = header.kind === 'PNG' ? pngChunkAround(bytes, offset) : null;
    if (chunk) view.setUint32(chunk.end, crc32(bytes.subarray(chunk.start, chunk.end)));
  }
  return bytes;
}

function count(n: number): string {
  return n.toLocaleString('en-GB');
}
