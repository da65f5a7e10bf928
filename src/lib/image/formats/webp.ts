import { afterExifMark, findOrientation, withoutTurns } from '../exif.ts';
import type { OrientationSite } from '../exif.ts';
import { PictureError } from '../errors.ts';
import type { PictureFormat } from '../format.ts';
import { hasText } from '../header.ts';
import type { Header } from '../header.ts';

function isWebp(bytes: Uint8Array): boolean {
  return hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP');
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
  readonly animated: boolean;
}

/**
 * Walks the chunks of a WebP container (RFC 9649): VP8X, VP8L or VP8 for size, transparency and animation, EXIF for
 * orientation.
 *
 * @throws PictureError `broken` where none of the three is found.
 */
function sniffWebp(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = 8 + (bytes.length >= 12 ? view.getUint32(4, true) : 0);
  const orientations: OrientationSite[] = [];
  let frame: Frame | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    frame ??= readFrame(bytes, view, at);
    if (hasText(bytes, at, 'EXIF')) {
      const site = findOrientation(bytes, afterExifMark(bytes, at + 8), at + 8 + length);
      if (site) orientations.push(site);
    }
    at += 8 + length + (length & 1);
  }
  if (!frame) throw new PictureError('broken', 'This WebP file ends before it says how large the picture is.');
  const rest = { bitsPerSample: 8, white: 255, model: 'rgb', rare: null } as const;
  return { kind: 'WebP', mediaType: 'image/webp', ...frame, ...rest, orientations, complete: end <= bytes.length };
}

function readFrame(bytes: Uint8Array, view: DataView, at: number): Frame | null {
  const data = at + 8;
  if (data + 10 > bytes.length) return null;
  if (hasText(bytes, at, 'VP8X')) {
    const flags = bytes[data] ?? 0;
    const uint24 = (offset: number): number => view.getUint16(offset, true) + 65536 * view.getUint8(offset + 2);
    return {
      width: uint24(data + 4) + 1,
      height: uint24(data + 7) + 1,
      alpha: (flags & 0x10) !== 0,
      animated: (flags & 0x02) !== 0,
    };
  }
  if (hasText(bytes, at, 'VP8L') && bytes[data] === 0x2f) {
    const bits = view.getUint32(data + 1, true);
    return {
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
      alpha: ((bits >>> 28) & 1) === 1,
      animated: false,
    };
  }
  if (hasText(bytes, at, 'VP8 ') && bytes[data + 3] === 0x9d && bytes[data + 4] === 0x01 && bytes[data + 5] === 0x2a) {
    const size = (offset: number): number => view.getUint16(offset, true) & 0x3fff;
    return { width: size(data + 6), height: size(data + 8), alpha: false, animated: false };
  }
  return null;
}

export const webp: PictureFormat = {
  kind: 'WebP',
  is: isWebp,
  sniff: sniffWebp,
  plain: (file, { orientations }) => withoutTurns(file, orientations),
};
