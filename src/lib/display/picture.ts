/** Which values are pictures, and the pixels that show them. Pure: the build, the worker and the page use the same. */

import { applyColourmap, type ValueRange } from '../image/colourmap.ts';
import type { ColourmapName } from '../image/colourmap-names.ts';
import { display8, level8 } from '../image/display.ts';
import type { ColourView, MatrixView, View } from '../julia/view.ts';

export type PictureValue = MatrixView | ColourView;

/** The smallest and the largest of some values. */
export interface Extremes {
  readonly low: number;
  readonly high: number;
}

/** Up to this many elements a matrix is shown by its numbers unless it holds greys. */
const FEW = 100;

/** The value as a picture, or null where it is shown otherwise; `show` is the author's wish. */
export function asPicture(view: View | null, show: string): MatrixView | ColourView | null {
  if (view === null || show === 'none' || show === 'numbers') return null;
  if (view.kind === 'colour') return view;
  if (view.kind !== 'matrix' || view.rows === 0 || view.cols === 0) return null;
  if (show === 'picture') return view;
  if (view.vector) return null;
  return /Gray/.test(view.eltype) || view.rows * view.cols > FEW ? view : null;
}

/** Interleaved bytes of a picture at its displayed grey levels: one channel for a matrix, three for a colour picture. */
export function displayBytes(view: MatrixView | ColourView): Uint8Array {
  if (view.kind === 'matrix') return display8(view);
  const size = view.rows * view.cols;
  const bytes = new Uint8Array(3 * size);
  for (let k = 0; k < size; k += 1) {
    bytes[3 * k] = level8(view.red[k] ?? 0);
    bytes[3 * k + 1] = level8(view.green[k] ?? 0);
    bytes[3 * k + 2] = level8(view.blue[k] ?? 0);
  }
  return bytes;
}

/** Smallest and largest finite value; NaN, NaN where there is none. */
export function extremes(values: ArrayLike<number>): Extremes {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] ?? NaN;
    if (value < low && value !== -Infinity) low = value;
    if (value > high && value !== Infinity) high = value;
  }
  return low <= high ? { low, high } : { low: NaN, high: NaN };
}

/** Over all planes of a picture. */
export function pictureExtremes(picture: MatrixView | ColourView): Extremes {
  const planes = picture.kind === 'matrix' ? [picture.data] : [picture.red, picture.green, picture.blue];
  const ranges = planes.map(extremes);
  return { low: Math.min(...ranges.map(({ low }) => low)), high: Math.max(...ranges.map(({ high }) => high)) };
}

/** The numbers that the ends of a colour map stand for: Julia's [0, 1] for grey, the values' own range otherwise. */
export function colourRange(view: MatrixView, map: ColourmapName): ValueRange {
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
