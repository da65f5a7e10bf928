import { PictureError } from '../errors.ts';
import { afterExifMark, findOrientation, withoutTurns } from '../exif.ts';
import type { OrientationSite } from '../exif.ts';
import type { PictureFormat } from '../format.ts';
import type { Header } from '../header.ts';
import { damageNote } from './jpeg-entropy.ts';
import { endsOf, segmentsOf } from './jpeg-segments.ts';

/** Start-of-frame markers (ITU T.81, table B.1), without the three codes of that block that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function rareCoding(marker: number): string | null {
  if (marker <= 0xc2) return null;
  const coding = marker === 0xc3 ? 'lossless' : marker >= 0xc9 ? 'arithmetic-coded' : 'hierarchical';
  return `${coding}, which browsers do not read; please save it as an ordinary JPEG`;
}

/**
 * Walks a JPEG's segments up to the first scan: the frame header for size and type, APP1 for the EXIF orientation.
 *
 * @throws PictureError `broken` where no frame header is found.
 */
function sniffJpeg(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const orientations: OrientationSite[] = [];
  let frame: Pick<Header, 'width' | 'height' | 'bitsPerSample' | 'model' | 'rare'> | null = null;
  let scan = bytes.length;
  for (const { marker, start, end } of segmentsOf(bytes)) {
    if (marker === 0xe1 && afterExifMark(bytes, start) > start) {
      const site = findOrientation(bytes, afterExifMark(bytes, start), end);
      if (site) orientations.push(site);
    }
    if (isFrame(marker) && start + 6 <= bytes.length) {
      const components = bytes[start + 5] ?? 0;
      frame ??= {
        height: view.getUint16(start + 1),
        width: view.getUint16(start + 3),
        bitsPerSample: bytes[start] ?? 0,
        model: components === 1 ? 'grey' : components === 3 ? 'rgb' : components === 4 ? 'cmyk' : 'other',
        rare: rareCoding(marker),
      };
    }
    if (marker === 0xda) {
      scan = start;
      break;
    }
  }
  if (!frame) throw new PictureError('broken', 'This JPEG file ends before it says how large the picture is.');
  return {
    kind: 'JPEG',
    mediaType: 'image/jpeg',
    ...frame,
    white: 255,
    alpha: false,
    animated: false,
    orientations,
    complete: endsOf(bytes, scan),
  };
}

export const jpeg: PictureFormat = {
  kind: 'JPEG',
  is: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  sniff: sniffJpeg,
  doubt: damageNote,
  plain: (file, { orientations }) => withoutTurns(file, orientations),
};
