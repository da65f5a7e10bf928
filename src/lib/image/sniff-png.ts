import { findOrientation } from './exif.ts';
import type { OrientationSite } from './exif.ts';
import { PictureError } from './errors.ts';
import { hasText } from './header.ts';
import type { Header } from './header.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, k) => bytes[k] === byte);
}

/**
 * Reads a PNG's chunks (PNG specification, third edition): IHDR for size and type, tRNS for transparency, acTL for animation,
 * eXIf for orientation, IEND for completeness.
 *
 * @throws PictureError `broken` where the header is missing.
 */
export function sniffPng(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 33 || !hasText(bytes, 12, 'IHDR'))
    throw new PictureError('broken', 'This PNG file ends inside its header.');
  const colourType = bytes[25] ?? 0;
  const orientations: OrientationSite[] = [];
  let [transparent, animated, complete] = [false, false, false];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) break;
    if (hasText(bytes, at + 4, 'tRNS')) transparent = true;
    if (hasText(bytes, at + 4, 'acTL')) animated = true;
    if (hasText(bytes, at + 4, 'eXIf')) {
      const site = findOrientation(bytes, at + 8, at + 8 + length);
      if (site) orientations.push(site);
    }
    if (hasText(bytes, at + 4, 'IEND')) {
      complete = true;
      break;
    }
    at = end;
  }
  return {
    kind: 'PNG',
    mediaType: 'image/png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    // A palette's entries have 8 bits a sample, however few bits its indices have.
    bitsPerSample: colourType === 3 ? 8 : (bytes[24] ?? 0),
    model: colourType === 0 || colourType === 4 ? 'grey' : 'rgb',
    alpha: transparent || colourType === 4 || colourType === 6,
    animated,
    orientations,
    complete,
    rare: null,
  };
}

/** The span [start, end) of the chunk's type and data that contains `offset`, and where its checksum stands. */
export function pngChunkAround(bytes: Uint8Array, offset: number): { start: number; end: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    if (offset < end) return { start: at + 4, end };
    at = end + 4;
  }
  return null;
}
