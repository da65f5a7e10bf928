import { colourTable, type ColourmapName } from '../../lib/image/colourmap.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import { formatNumber } from './display.ts';
import { colourRange } from './pixels.ts';

/** A colour map's own scale, with the values at its ends. Grey needs none: black is 0 and white is 1. */
export function scaleBar(view: MatrixView, map: ColourmapName): HTMLElement {
  const { low, high } = colourRange(view, map);
  const canvas = document.createElement('canvas');
  canvas.width = 256;
  canvas.height = 1;
  const pixels = new ImageData(256, 1);
  const table = colourTable(map);
  for (let k = 0; k < 256; k += 1)
    pixels.data.set([table[3 * k] ?? 0, table[3 * k + 1] ?? 0, table[3 * k + 2] ?? 0, 255], 4 * k);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  const element = document.createElement('div');
  element.className = 'cell-scale';
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', `Colours from ${formatNumber(low)} to ${formatNumber(high)}`);
  element.append(formatNumber(low), canvas, formatNumber(high));
  return element;
}
