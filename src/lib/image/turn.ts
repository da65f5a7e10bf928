import type { Orientation } from './exif.ts';

/**
 * Turns stored pixels upright as their EXIF orientation asks. Orientations 5 to 8 exchange rows and columns.
 *
 * @param samples rows x cols pixels of `channels` samples, interleaved.
 */
export function turn<T extends Uint8Array | Float64Array>(
  samples: T,
  rows: number,
  cols: number,
  channels: number,
  orientation: Orientation,
): { readonly rows: number; readonly cols: number; readonly samples: T } {
  if (orientation === 1) return { rows, cols, samples };
  const swap = orientation >= 5;
  const [outRows, outCols] = swap ? [cols, rows] : [rows, cols];
  const out = samples.slice() as T;
  // Which stored axis runs backwards along the upright picture's rows and columns.
  const flipDown = orientation === 3 || orientation === 4 || orientation === 7 || orientation === 8;
  const flipAcross = orientation === 2 || orientation === 3 || orientation === 6 || orientation === 7;
  for (let r = 0, to = 0; r < outRows; r++) {
    const down = flipDown ? outRows - 1 - r : r;
    for (let c = 0; c < outCols; c++) {
      const across = flipAcross ? outCols - 1 - c : c;
      const from = channels * (swap ? across * cols + down : down * cols + across);
      for (let k = 0; k < channels; k++) out[to++] = samples[from + k] ?? 0;
    }
  }
  return { rows: outRows, cols: outCols, samples: out };
}
