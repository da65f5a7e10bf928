import type { Raster } from './types.ts';

/** The largest side, in pixels, of a picture that a program gets. */
export const LARGEST_SIDE = 1024;

/**
 * The size that a rows x cols picture is reduced to: its longer side becomes `largest`, the other keeps the aspect (rounded
 * half up, at least 1). Smaller pictures stay as they are.
 */
export function reducedSize(
  rows: number,
  cols: number,
  largest: number = LARGEST_SIDE,
): { rows: number; cols: number } {
  const longer = Math.max(rows, cols);
  if (longer <= largest) return { rows, cols };
  const scale = (side: number): number => Math.max(1, Math.floor((2 * side * largest + longer) / (2 * longer)));
  return { rows: scale(rows), cols: scale(cols) };
}

/**
 * Reduces a picture by area means while its rows arrive, top first, so that a large photograph never needs a second copy.
 *
 * Every output pixel is the mean of the source area under it, fractions of pixels counted by their area; `finish` rounds each colour
 * half up to 8 bits, `means` does not round. Sums of whole samples are whole numbers below 2^53, hence exact; sums of other numbers
 * are taken in a fixed order, hence the same in every browser and in Node.
 */
export class AreaReducer {
  readonly rows: number;
  readonly cols: number;
  readonly outRows: number;
  readonly outCols: number;
  readonly channels: number;
  #next = 0;
  readonly #sums: Float64Array;
  readonly #line: Float64Array;
  readonly #columns: Shares;
  readonly #lines: Shares;

  /** @throws RangeError where a size is not a positive whole number or the output is larger than the source. */
  constructor(rows: number, cols: number, outRows: number, outCols: number, channels = 3) {
    const whole = [rows, cols, outRows, outCols].every((n) => Number.isInteger(n) && n > 0);
    if (!whole || outRows > rows || outCols > cols) {
      throw new RangeError(`cannot reduce ${rows} x ${cols} pixels to ${outRows} x ${outCols}`);
    }
    [this.rows, this.cols, this.outRows, this.outCols] = [rows, cols, outRows, outCols];
    this.channels = channels;
    this.#sums = new Float64Array(outRows * outCols * channels);
    this.#line = new Float64Array(outCols * channels);
    this.#columns = shares(cols, outCols);
    this.#lines = shares(rows, outRows);
  }

  /** Takes the next source row: cols pixels, interleaved. */
  push(row: Uint8Array | Float64Array): void {
    if (this.#next >= this.rows) throw new RangeError(`row ${this.#next + 1} of ${this.rows}`);
    if (this.channels === 3) this.#across(row);
    else this.#acrossAny(row);
    const i = this.#next;
    this.#down(this.#lines.first[i] ?? 0, this.#lines.here[i] ?? 0);
    this.#down((this.#lines.first[i] ?? 0) + 1, this.#lines.next[i] ?? 0);
    this.#next += 1;
  }

  /** The reduced picture of three channels, rounded to bytes. @throws RangeError before every row has come. */
  finish(): Raster {
    this.#assertComplete();
    const area = this.rows * this.cols;
    const rgb = Uint8Array.from(this.#sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
    return { rows: this.outRows, cols: this.outCols, rgb };
  }

  /** The means as they are, interleaved. @throws RangeError before every row has come. */
  means(): Float64Array {
    this.#assertComplete();
    const area = this.rows * this.cols;
    return this.#sums.map((sum) => sum / area);
  }

  #assertComplete(): void {
    if (this.#next !== this.rows) throw new RangeError(`${this.#next} of ${this.rows} rows came`);
  }

  #acrossAny(row: ArrayLike<number>): void {
    const { channels, cols } = this;
    const line = this.#line;
    const { first, here, next } = this.#columns;
    line.fill(0);
    for (let i = 0, k = 0; i < cols; i++) {
      const at = channels * (first[i] ?? 0);
      const [w, v] = [here[i] ?? 0, next[i] ?? 0];
      for (let c = 0; c < channels; c++, k++) {
        line[at + c] = (line[at + c] ?? 0) + w * (row[k] ?? 0);
        if (v !== 0) line[at + channels + c] = (line[at + channels + c] ?? 0) + v * (row[k] ?? 0);
      }
    }
  }

  #across(row: Uint8Array | Float64Array): void {
    const line = this.#line;
    const { first, here, next } = this.#columns;
    line.fill(0);
    const cols = this.cols;
    // Twelve million pixels go through here for one photograph: plain indices, nothing allocated.
    for (let i = 0, k = 0; i < cols; i++, k += 3) {
      const at = 3 * (first[i] ?? 0);
      const w = here[i] ?? 0;
      const v = next[i] ?? 0;
      const red = row[k] ?? 0;
      const green = row[k + 1] ?? 0;
      const blue = row[k + 2] ?? 0;
      line[at] = (line[at] ?? 0) + w * red;
      line[at + 1] = (line[at + 1] ?? 0) + w * green;
      line[at + 2] = (line[at + 2] ?? 0) + w * blue;
      if (v === 0) continue;
      line[at + 3] = (line[at + 3] ?? 0) + v * red;
      line[at + 4] = (line[at + 4] ?? 0) + v * green;
      line[at + 5] = (line[at + 5] ?? 0) + v * blue;
    }
  }

  #down(k: number, weight: number): void {
    if (weight === 0) return;
    const sums = this.#sums;
    const line = this.#line;
    const base = k * line.length;
    for (let j = 0; j < line.length; j++) sums[base + j] = (sums[base + j] ?? 0) + weight * (line[j] ?? 0);
  }
}

interface Shares {
  readonly first: Int32Array;
  readonly here: Int32Array;
  readonly next: Int32Array;
}

/**
 * How `from` source cells are shared among `to` <= `from` output cells: cell i gives weight here[i] to output first[i] and
 * next[i] to the one after it. In units of 1/to of a source cell, source cell i covers [i to, (i + 1) to) and output cell k covers
 * [k from, (k + 1) from), so the weights are whole numbers.
 */
function shares(from: number, to: number): Shares {
  const [first, here, next] = [new Int32Array(from), new Int32Array(from), new Int32Array(from)];
  for (let i = 0; i < from; i++) {
    const k = Math.floor((i * to) / from);
    const within = Math.min((i + 1) * to, (k + 1) * from) - i * to;
    first[i] = k;
    here[i] = within;
    next[i] = to - within;
  }
  return { first, here, next };
}

/** A whole picture reduced by area means; see AreaReducer. */
export function reduceRaster(raster: Raster, outRows: number, outCols: number): Raster {
  if (outRows === raster.rows && outCols === raster.cols) return raster;
  const reducer = new AreaReducer(raster.rows, raster.cols, outRows, outCols);
  for (let r = 0; r < raster.rows; r++)
    reducer.push(raster.rgb.subarray(3 * r * raster.cols, 3 * (r + 1) * raster.cols));
  return reducer.finish();
}

/** The rows x cols part of a picture whose top left pixel is (top, left), 0-based. @throws RangeError outside the picture. */
export function cropRaster(raster: Raster, top: number, left: number, rows: number, cols: number): Raster {
  if (top < 0 || left < 0 || top + rows > raster.rows || left + cols > raster.cols) {
    throw new RangeError(`${rows} x ${cols} pixels at (${top}, ${left}) lie outside ${raster.rows} x ${raster.cols}`);
  }
  const rgb = new Uint8Array(rows * cols * 3);
  for (let r = 0; r < rows; r++) {
    const from = 3 * ((top + r) * raster.cols + left);
    rgb.set(raster.rgb.subarray(from, from + 3 * cols), 3 * r * cols);
  }
  return { rows, cols, rgb };
}
