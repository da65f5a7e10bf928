import { PictureError } from './errors.ts';
import { hasText } from './header.ts';
import type { Header } from './header.ts';
import { isJpeg, sniffJpeg } from './sniff-jpeg.ts';
import { isPng, sniffPng } from './sniff-png.ts';
import { isWebp, sniffWebp } from './sniff-webp.ts';

/** Files that people try, named so that the refusal can say what was given. */
const OTHERS: readonly (readonly [name: string, test: (bytes: Uint8Array) => boolean])[] = [
  ['a GIF', (b) => hasText(b, 0, 'GIF87a') || hasText(b, 0, 'GIF89a')],
  [
    'a TIFF',
    (b) => hasText(b, 0, 'II*\0') || hasText(b, 0, 'MM\0*') || hasText(b, 0, 'II+\0') || hasText(b, 0, 'MM\0+'),
  ],
  ['an AVIF', (b) => hasText(b, 4, 'ftypavi')],
  [
    'a HEIC',
    (b) => ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'].some((brand) => hasText(b, 4, `ftyp${brand}`)),
  ],
  ['a video', (b) => hasText(b, 4, 'ftyp') || hasText(b, 0, '\x1aE\xdf\xa3')],
  ['a BMP', (b) => hasText(b, 0, 'BM') && b[6] === 0 && b[7] === 0 && b[8] === 0 && b[9] === 0],
  ['a Windows icon', (b) => hasText(b, 0, '\0\0\x01\0')],
  ['a JPEG XL', (b) => hasText(b, 0, '\xff\x0a') || hasText(b, 4, 'JXL \r\n')],
  ['a JPEG 2000', (b) => hasText(b, 4, 'jP  \r\n') || hasText(b, 0, '\xff\x4f\xff\x51')],
  ['a Photoshop file', (b) => hasText(b, 0, '8BPS')],
  ['a PDF', (b) => hasText(b, 0, '%PDF')],
  ['an SVG drawing', isSvg],
];

function isSvg(bytes: Uint8Array): boolean {
  return /^\s*(<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/u.test(
    new TextDecoder().decode(bytes.subarray(0, 1024)),
  );
}

/**
 * Reads the header of a PNG, JPEG or WebP. The bytes decide, never the file's name.
 *
 * @throws PictureError `empty`, `kind` (any other file, by its name where known) or `broken`.
 */
export function sniff(bytes: Uint8Array): Header {
  if (bytes.length === 0) throw new PictureError('empty', 'This file is empty.');
  if (isPng(bytes)) return sniffPng(bytes);
  if (isJpeg(bytes)) return sniffJpeg(bytes);
  if (isWebp(bytes)) return sniffWebp(bytes);
  const known = OTHERS.find(([, test]) => test(bytes));
  throw new PictureError(
    'kind',
    `This is ${known ? known[0] : 'not a picture'}; please choose a PNG, JPEG or WebP picture.`,
  );
}
