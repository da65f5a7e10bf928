import type { DeepRaster, DecodedPicture, Raster } from './types.ts';

/**
 * The grey level of one 8-bit pixel: 0.299 R + 0.587 G + 0.114 B rounded half up, in integers so that it is exact.
 *
 * The author's grey differs from this at 38 of mandrill's 262 144 pixels, each an exact half, by one level (docs/studies.md, 0.2).
 */
export function luma8(red: number, green: number, blue: number): number {
  return Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

/** The grey levels of a picture, rows x cols bytes. A grey picture (R = G = B) keeps its own levels. */
export function grey8(raster: Raster): Uint8Array {
  const { rgb } = raster;
  const grey = new Uint8Array(raster.rows * raster.cols);
  for (let i = 0, k = 0; i < grey.length; i++, k += 3) grey[i] = luma8(rgb[k] ?? 0, rgb[k + 1] ?? 0, rgb[k + 2] ?? 0);
  return grey;
}

/** True where red, green and blue agree everywhere. */
export function isGrey({ rgb }: Raster): boolean {
  for (let k = 0; k < rgb.length; k += 3) if (rgb[k] !== rgb[k + 1] || rgb[k] !== rgb[k + 2]) return false;
  return true;
}

/** Grey bytes as a picture whose three colours are equal. */
export function rasterOfGrey(rows: number, cols: number, grey: ArrayLike<number>): Raster {
  const rgb = new Uint8Array(rows * cols * 3);
  for (let i = 0; i < rows * cols; i++) rgb.fill(grey[i] ?? 0, 3 * i, 3 * i + 3);
  return { rows, cols, rgb };
}

export type ColourPicture = DecodedPicture & Required<Pick<DecodedPicture, 'rgb'>>;

/**
 * A decoded picture as numbers. Bytes become levels: grey = luma / 255 in float64, and the colour planes / 255 in float32. Other samples
 * keep their numbers: the grey of colours is 0.299 R + 0.587 G + 0.114 B, not rounded.
 */
export function pictureOf(raster: Raster): ColourPicture;
export function pictureOf(raster: Raster | DeepRaster): DecodedPicture;
export function pictureOf(raster: Raster | DeepRaster): DecodedPicture {
  if ('values' in raster) return numbersOf(raster);
  const { rows, cols, rgb } = raster;
  const n = rows * cols;
  const [red, green, blue] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  for (let i = 0, k = 0; i < n; i++, k += 3) {
    red[i] = (rgb[k] ?? 0) / 255;
    green[i] = (rgb[k + 1] ?? 0) / 255;
    blue[i] = (rgb[k + 2] ?? 0) / 255;
  }
  return { rows, cols, grey: Float64Array.from(grey8(raster), (level) => level / 255), rgb: { red, green, blue } };
}

function numbersOf({ rows, cols, channels, values }: DeepRaster): DecodedPicture {
  if (channels === 1) return { rows, cols, grey: values, eltype: 'Float64' };
  const n = rows * cols;
  const plane = (k: number): Float64Array => Float64Array.from({ length: n }, (_, i) => values[3 * i + k] ?? NaN);
  const [red, green, blue] = [plane(0), plane(1), plane(2)];
  const grey = red.map((r, i) => {
    const [g, b] = [green[i] ?? NaN, blue[i] ?? NaN];
    // Equal colours are that grey exactly: the three products would round.
    return r === g && r === b ? r : 0.299 * r + 0.587 * g + 0.114 * b;
  });
  return { rows, cols, grey, rgb: { red, green, blue }, eltype: 'Float64' };
}

/** A decoded picture that has 8 bits a sample. @throws TypeError for one that has not */
export function eightBit(raster: Raster | DeepRaster): Raster {
  if ('rgb' in raster) return raster;
  throw new TypeError('this picture does not have 8 bits a sample');
}
