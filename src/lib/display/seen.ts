/** What a picture looks like, in words, for those who do not see it: measured, on a coarse grid of its values. */

import type { Extremes, PictureValue } from './picture.ts';

/** Rows and columns that are looked at, at most. */
const MOST = 128;

/** Of the picture's variance: from here on bands are what one sees, or a part of it. */
const PREVAIL = 0.5;
const SHOW = 0.2;

interface Grid {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, 0 black, 1 white. */
  readonly grey: Float64Array;
}

/**
 * `Dark, with bands down and across; mirrored along its diagonal, which is bright.` Without an end, so that facts may follow.
 *
 * @param picture values outside 0 to 1 are shown as black and white, and so counted
 * @param extremes of its values: all of them were looked at when it was drawn
 */
export function seen(picture: PictureValue, extremes: Extremes): string {
  const grid = gridOf(picture);
  const all = spread(grid.grey);
  const bright =
    ['Very dark', 'Dark', 'Mid-grey', 'Bright', 'Very bright'][Math.min(4, Math.floor(all.mean * 5))] ?? '';
  if (extremes.low === extremes.high || all.variance < 1e-9) return `${bright}, the same all over`;
  const parts = [bandsOf(grid, all.variance), grainOf(grid, all.variance)].filter((words) => words !== '');
  return [[bright, ...parts].join(', '), mirrorOf(grid, all)].filter((words) => words !== '').join('; ');
}

function gridOf(picture: PictureValue): Grid {
  const [rows, cols] = [Math.min(MOST, picture.rows), Math.min(MOST, picture.cols)];
  const planes = picture.kind === 'colour' ? [picture.red, picture.green, picture.blue] : [picture.data];
  const grey = new Float64Array(rows * cols);
  for (let row = 0, n = 0; row < rows; row += 1) {
    const start = Math.floor((row * picture.rows) / rows) * picture.cols;
    for (let col = 0; col < cols; col += 1, n += 1) {
      const place = start + Math.floor((col * picture.cols) / cols);
      let sum = 0;
      for (const plane of planes) sum += plane[place] ?? 0;
      const level = sum / planes.length;
      grey[n] = Number.isNaN(level) ? 0 : Math.min(1, Math.max(0, level));
    }
  }
  return { rows, cols, grey };
}

function spread(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

/** Which share of the variance the means of rows, and of columns, have. */
function bandsOf({ rows, cols, grey }: Grid, variance: number): string {
  const acrossMeans = new Float64Array(rows);
  const downMeans = new Float64Array(cols);
  grey.forEach((value, n) => {
    const [row, col] = [Math.floor(n / cols), n % cols];
    acrossMeans[row] = (acrossMeans[row] ?? 0) + value / cols;
    downMeans[col] = (downMeans[col] ?? 0) + value / rows;
  });
  const across = spread(acrossMeans).variance / variance;
  const down = spread(downMeans).variance / variance;
  if (across > SHOW && down > SHOW && across + down > PREVAIL) return 'with bands down and across';
  if (down > PREVAIL) return 'with bands down';
  return across > PREVAIL ? 'with bands across' : '';
}

/** How much neighbours differ, of what any two pixels do: 1 for noise, near 0 for a smooth ramp. */
function grainOf({ rows, cols, grey }: Grid, variance: number): string {
  if (rows < 8 || cols < 8) return '';
  let [sum, count] = [0, 0];
  for (let row = 0; row + 1 < rows; row += 1)
    for (let col = 0; col + 1 < cols; col += 1) {
      const here = grey[row * cols + col] ?? 0;
      sum += (here - (grey[row * cols + col + 1] ?? 0)) ** 2 + (here - (grey[(row + 1) * cols + col] ?? 0)) ** 2;
      count += 2;
    }
  const grain = sum / count / (2 * variance);
  if (grain > 0.6) return 'like noise';
  if (grain > 0.15) return 'finely grained';
  return grain < 0.01 ? 'smooth' : '';
}

function mirrorOf({ rows, cols, grey }: Grid, all: { readonly mean: number; readonly variance: number }): string {
  if (rows !== cols || rows < 2) return '';
  let diagonal = 0;
  for (let row = 0; row < rows; row += 1) {
    diagonal += (grey[row * cols + row] ?? 0) / rows;
    for (let col = 0; col < row; col += 1)
      if (Math.abs((grey[row * cols + col] ?? 0) - (grey[col * cols + row] ?? 0)) > 1e-4) return '';
  }
  const far = (diagonal - all.mean) / Math.sqrt(all.variance);
  if (far > 1.5) return 'mirrored along its diagonal, which is bright';
  return far < -1.5 ? 'mirrored along its diagonal, which is dark' : 'mirrored along its diagonal';
}
