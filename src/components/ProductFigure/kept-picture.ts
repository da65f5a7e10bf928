import type { Matrix } from '../../lib/scene/matrix.ts';

/** A grey picture of this site as numbers from 0 to 1. Rejects where it cannot be loaded. */
export async function keptPicture(url: string): Promise<Matrix> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { naturalWidth: cols, naturalHeight: rows } = image;
  const pen = new OffscreenCanvas(cols, rows).getContext('2d');
  if (!pen) throw new Error('The picture could not be read.');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, cols, rows);
  return { rows, cols, data: Float32Array.from({ length: rows * cols }, (_, n) => (data[4 * n] ?? 0) / 255) };
}
