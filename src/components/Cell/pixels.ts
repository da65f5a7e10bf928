import { applyColourmap, type ColourmapName, type Range } from '../../lib/image/colourmap.ts';
import type { ColourView, MatrixView } from '../../lib/julia/view.ts';
import { displayBytes, extremes } from './display.ts';

export type PictureValue = MatrixView | ColourView;

/** The numbers that the ends of a colour map stand for: Julia's [0, 1] for grey, the values' own range otherwise. */
export function colourRange(view: MatrixView, map: ColourmapName): Range {
  if (map === 'grey') return { low: 0, high: 1 };
  const { low, high } = extremes(view.data);
  if (map !== 'diverging') return { low, high };
  const most = Math.max(Math.abs(low), Math.abs(high));
  return { low: -most, high: most };
}

/** RGBA pixels of a value, rows x cols. */
export function pixelsOf(value: PictureValue, map: ColourmapName): Uint8ClampedArray<ArrayBuffer> {
  if (value.kind === 'matrix') return applyColourmap(value, map, colourRange(value, map));
  const rgb = displayBytes(value);
  const pixels = new Uint8ClampedArray(4 * value.rows * value.cols);
  for (let k = 0; k < value.rows * value.cols; k += 1) {
    pixels[4 * k] = rgb[3 * k] ?? 0;
    pixels[4 * k + 1] = rgb[3 * k + 1] ?? 0;
    pixels[4 * k + 2] = rgb[3 * k + 2] ?? 0;
    pixels[4 * k + 3] = 255;
  }
  return pixels;
}
