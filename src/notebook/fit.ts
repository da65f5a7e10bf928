import { blockMeans, resize } from '../lib/image/resize.ts';
import type { Picture } from '../lib/julia/view.ts';

interface Plane {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array | Float64Array;
}

/**
 * A picture cropped around its middle to the proportions of rows x cols, then resized to it: by area means when it shrinks, by
 * linear interpolation when it grows. The levels of a picture of 8 bits are rounded to 8 bits again.
 */
export function fitPicture(picture: Picture, rows: number, cols: number): Picture {
  if (picture.rows === rows && picture.cols === cols) return picture;
  const plane = (data: Float32Array | Float64Array): Float64Array =>
    fitPlane({ rows: picture.rows, cols: picture.cols, data }, rows, cols);
  // Eight bits in, eight bits out; other numbers are not rounded.
  const bytes = picture.eltype !== 'Float64';
  const level = (value: number): number => (bytes ? Math.round(value * 255) / 255 : value);
  const eltype = bytes ? 'N0f8' : 'Float64';
  const grey = plane(picture.grey).map(level);
  if (picture.rgb === undefined) return { rows, cols, grey, eltype };
  const { red, green, blue } = picture.rgb;
  const fitted = (data: Float32Array | Float64Array): Float32Array | Float64Array =>
    bytes ? Float32Array.from(plane(data), level) : plane(data);
  return { rows, cols, grey, rgb: { red: fitted(red), green: fitted(green), blue: fitted(blue) }, eltype };
}

function fitPlane(plane: Plane, rows: number, cols: number): Float64Array {
  const scale = Math.min(plane.rows / rows, plane.cols / cols);
  const cropRows = Math.max(1, Math.min(plane.rows, Math.round(rows * scale)));
  const cropCols = Math.max(1, Math.min(plane.cols, Math.round(cols * scale)));
  const cropped = crop(plane, cropRows, cropCols);
  const shrinks = rows <= cropRows && cols <= cropCols;
  return shrinks ? blockMeans(cropped, rows, cols).data : resize(cropped, rows, cols).data;
}

function crop(plane: Plane, rows: number, cols: number): Plane {
  if (rows === plane.rows && cols === plane.cols) return plane;
  const top = Math.floor((plane.rows - rows) / 2);
  const left = Math.floor((plane.cols - cols) / 2);
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i += 1) {
    const start = (top + i) * plane.cols + left;
    data.set(plane.data.subarray(start, start + cols), i * cols);
  }
  return { rows, cols, data };
}
