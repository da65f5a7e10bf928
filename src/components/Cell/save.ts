import type { MatrixView } from '../../lib/julia/view.ts';
import { displayBytes } from './display.ts';
import type { PictureValue } from './pixels.ts';

export type SaveFormat = 'png' | 'npy' | 'csv';

/** The bytes of a value as a file: PNG holds the displayed 8-bit levels, NPY and CSV the numbers themselves. */
async function encode(value: PictureValue | MatrixView, format: SaveFormat): Promise<BlobPart> {
  if (format === 'png') {
    const { encodePng } = await import('../../lib/image/png.ts');
    return encodePng(value.rows, value.cols, value.kind === 'colour' ? 3 : 1, displayBytes(value), 'small');
  }
  // Three planes have no agreed order in these formats; the panel does not offer them.
  if (value.kind === 'colour') throw new Error('A colour picture is saved as PNG.');
  if (format === 'npy') return (await import('../../lib/image/npy.ts')).encodeNpy(value, value.vector);
  return (await import('../../lib/image/csv.ts')).encodeCsv(value);
}

const TYPES: Readonly<Record<SaveFormat, string>> = {
  png: 'image/png',
  npy: 'application/octet-stream',
  csv: 'text/csv',
};

/** Hands the reader a file. */
export async function save(value: PictureValue, format: SaveFormat, name: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([await encode(value, format)], { type: TYPES[format] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.${format}`;
  link.click();
  // The browser reads the file after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
