import { applyColourmap } from '../../lib/image/colourmap.ts';
import type { ColourmapName } from '../../lib/image/colourmap-names.ts';

/** The colours of a map from its least to its greatest value, on a canvas one pixel high. */
export function colourStrip(map: ColourmapName): HTMLCanvasElement {
  const [rows, cols] = [1, 256];
  const canvas = document.createElement('canvas');
  canvas.width = cols;
  canvas.height = rows;
  const data = Float64Array.from({ length: cols }, (_, level) => level / (cols - 1));
  canvas.getContext('2d')?.putImageData(new ImageData(applyColourmap({ rows, cols, data }, map), cols, rows), 0, 0);
  return canvas;
}
