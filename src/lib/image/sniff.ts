import { PictureError } from './errors.ts';
import type { PictureFormat } from './format.ts';
import { FORMATS, PLEASE } from './formats.ts';
import { hasText } from './header.ts';
import type { Header } from './header.ts';

/** Files that people try, named so that the refusal can say what was given. */
const OTHERS: readonly (readonly [name: string, test: (bytes: Uint8Array) => boolean])[] = [
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
  ['a ZIP archive', (b) => hasText(b, 0, 'PK\x03\x04')],
  ['an SVG drawing', isSvg],
  ['a web page (HTML)', isHtml],
];

const startOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 1024));

function isSvg(bytes: Uint8Array): boolean {
  return /^\s*(<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/u.test(startOf(bytes));
}

function isHtml(bytes: Uint8Array): boolean {
  return /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body|script|meta|title)[\s>]/iu.test(startOf(bytes));
}

/**
 * What kind of file this is. The bytes decide, never the file's name.
 *
 * @throws PictureError `empty`, or `kind` for a file that is not read, by its name where known.
 */
export function formatOf(bytes: Uint8Array): PictureFormat {
  if (bytes.length === 0) throw new PictureError('empty', 'This file is empty.');
  const format = FORMATS.find((one) => one.is(bytes));
  if (format) return format;
  const known = OTHERS.find(([, test]) => test(bytes));
  throw new PictureError('kind', `This is ${known ? known[0] : 'not a picture'}; ${PLEASE}`);
}

/** Reads the header of a file of a known kind. @throws PictureError as `formatOf` does, and `broken`. */
export function sniff(bytes: Uint8Array): Header {
  return formatOf(bytes).sniff(bytes);
}
