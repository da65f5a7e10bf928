import type { Orientation } from './exif.ts';
import type { Raster } from './types.ts';

/** Turns a stored picture upright as its EXIF orientation asks. Orientations 5 to 8 exchange rows and columns. */
export function turn(raster: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return raster;
  const { rows, cols, rgb } = raster;
  const swap = orientation >= 5;
  const [outRows, outCols] = swap ? [cols, rows] : [rows, cols];
  const out = new Uint8Array(rgb.length);
  // Which stored axis runs backwards along the upright picture's rows and columns.
  const flipDown = orientation === 3 || orientation === 4 || orientation === 7 || orientation === 8;
  const flipAcross = orientation === 2 || orientation === 3 || orientation === 6 || orientation === 7;
  for (let r = 0; r < outRows; r++) {
    for (let c = 0; c < outCols; c++) {
      const down = flipDown ? outRows - 1 - r : r;
      const across = flipAcross ? outCols - 1 - c : c;
      const from = 3 * (swap ? across * cols + down : down * cols + across);
      out.set(rgb.subarray(from, from + 3), 3 * (r * outCols + c));
    }
  }
  return { rows: outRows, cols: outCols, rgb: out };
}
