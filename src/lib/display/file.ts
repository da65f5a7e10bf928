/** A value as a file for the reader to keep. */

import { encodeCsv } from '../image/csv.ts';
import { encodeNpy } from '../image/npy.ts';
import { encodePng } from '../image/png.ts';
import { displayBytes, type PictureValue } from './picture.ts';

export type FileFormat = 'png' | 'npy' | 'csv';

export interface ValueFile {
  readonly content: Uint8Array<ArrayBuffer> | string;
  /** The media type. */
  readonly type: string;
}

/**
 * PNG holds the displayed levels of 8 bits, NPY and CSV the numbers themselves.
 *
 * @throws Error where the value has no such form, with a sentence for the reader
 */
export function fileOf(value: PictureValue, format: FileFormat): ValueFile {
  if (format === 'png') {
    const channels = value.kind === 'colour' ? 3 : 1;
    return {
      content: encodePng(value.rows, value.cols, channels, displayBytes(value), 'small'),
      type: 'image/png',
    };
  }
  // NPY and CSV have no agreed order for three planes.
  if (value.kind === 'colour') throw new Error('A colour picture is saved as PNG.');
  return format === 'npy'
    ? { content: encodeNpy(value, value.vector), type: 'application/octet-stream' }
    : { content: encodeCsv(value), type: 'text/csv' };
}
