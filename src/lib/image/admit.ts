import { PictureError } from './errors.ts';
import type { Admitted } from './format.ts';
import { formatOf } from './sniff.ts';

/** Larger pictures are refused before they are decoded, so that a telephone does not run out of memory. */
export const LIMITS = { bytes: 100_000_000, side: 16_384, pixels: 64_000_000 } as const;

/** @throws PictureError `size` where a file is too large to be read at all. */
export function assertLength(length: number): void {
  if (length > LIMITS.bytes)
    throw new PictureError('size', `This file has ${count(length)} bytes; at most ${count(LIMITS.bytes)} can be read.`);
}

/**
 * Decides from the header alone whether a file can be taken as a picture.
 *
 * Decoders disagree about orientation (in PNG and WebP, or where it is written twice) and about which frame of an animation is the
 * first, so both are taken out here, in a copy, and the turn is made by this room (`turn.ts`).
 *
 * @throws PictureError with one sentence that says what is wrong.
 */
export function admit(file: Uint8Array): Admitted {
  assertLength(file.length);
  const format = formatOf(file);
  const header = format.sniff(file);
  const { kind, width, height } = header;
  if (header.rare !== null) throw new PictureError('kind', `This ${kind} is ${header.rare}.`);
  if (width === 0 || height === 0) throw new PictureError('broken', `This ${kind} has no pixels.`);
  if (Math.max(width, height) > LIMITS.side || width * height > LIMITS.pixels) {
    throw new PictureError(
      'size',
      `This picture has ${count(width)} × ${count(height)} pixels; at most ${count(LIMITS.side)} a side and ${count(LIMITS.pixels)} in all can be read.`,
    );
  }
  // A decoder that is not ours would round to 8 bits, each by a rule of its own.
  if (!format.decode && header.bitsPerSample > 8) {
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
  const bytes = format.plain?.(file, header) ?? file;
  return { format, header, orientation: header.orientations[0]?.value ?? 1, bytes };
}

export function count(n: number): string {
  return n.toLocaleString('en-GB');
}
