import { NOT_A_NUMBER, rescale } from '../../lib/scene/matrix.ts';
import type { Extent, SceneMatrix } from '../../lib/scene/matrix.ts';

/** Draws a matrix into a canvas, a pixel a pixel, grey level round(255 v) for v rescaled by `extent`; what is no number becomes transparent. */
export function drawPicture(canvas: HTMLCanvasElement, matrix: SceneMatrix, extent: Extent): void {
  if (canvas.width !== matrix.cols) canvas.width = matrix.cols;
  if (canvas.height !== matrix.rows) canvas.height = matrix.rows;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const image = pen.createImageData(matrix.cols, matrix.rows);
  const values = rescale(matrix.data, extent, new Float32Array(matrix.data.length));
  const pixels = new Uint32Array(image.data.buffer);
  values.forEach((value, index) => {
    const grey = Math.round(value * 255);
    pixels[index] = value === NOT_A_NUMBER ? 0 : 0xff000000 | (grey << 16) | (grey << 8) | grey;
  });
  pen.putImageData(image, 0, 0);
}
