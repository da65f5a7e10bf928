import { afterExifMark, findOrientation } from './exif.ts';
import type { OrientationSite } from './exif.ts';
import { PictureError } from './errors.ts';
import type { Header } from './header.ts';

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Start-of-frame markers (ITU T.81, table B.1), without the three codes of that block that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function rareCoding(marker: number): string | null {
  if (marker <= 0xc2) return null;
  return marker === 0xc3 ? 'lossless' : marker >= 0xc9 ? 'arithmetic-coded' : 'hierarchical';
}

/**
 * Walks a JPEG's segments up to the first scan: the frame header for size and type, APP1 for the EXIF orientation.
 *
 * @throws PictureError `broken` where no frame header is found.
 */
export function sniffJpeg(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const orientations: OrientationSite[] = [];
  let frame: Pick<Header, 'width' | 'height' | 'bitsPerSample' | 'model' | 'rare'> | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1] ?? 0;
    // 0xff may be repeated as filling before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && afterExifMark(bytes, at + 4) > at + 4) {
      const site = findOrientation(bytes, afterExifMark(bytes, at + 4), at + 2 + length);
      if (site) orientations.push(site);
    }
    if (isFrame(marker) && at + 10 <= bytes.length) {
      const components = bytes[at + 9] ?? 0;
      frame = {
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        bitsPerSample: bytes[at + 4] ?? 0,
        model: components === 1 ? 'grey' : components === 3 ? 'rgb' : components === 4 ? 'cmyk' : 'other',
        rare: rareCoding(marker),
      };
    }
    if (marker === 0xda) break;
    at += 2 + length;
  }
  if (!frame) throw new PictureError('broken', 'This JPEG file ends before it says how large the picture is.');
  return {
    kind: 'JPEG',
    mediaType: 'image/jpeg',
    ...frame,
    alpha: false,
    animated: false,
    orientations,
    complete: ends(bytes, at),
  };
}

/** True where an end-of-image marker follows the first scan; entropy-coded data cannot contain one. */
function ends(bytes: Uint8Array, scan: number): boolean {
  for (let at = bytes.length - 2; at > scan; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}
