import { PictureError } from '../errors.ts';
import type { Channels, Sink } from '../format.ts';

/** Adam7: the first column and row of each pass, and its steps. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Samples a pixel by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Bits a sample that each colour type may have (PNG specification, table 12). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Pass {
  readonly cols: number;
  readonly rows: number;
  readonly place: readonly [x: number, y: number, dx: number, dy: number];
}

/**
 * A PNG's unpacked stream turned into rows of samples: filters undone, palette and transparent colour looked up, less than 8 bits spread
 * to 8, interlaced passes put together. Bytes come in pieces of any size.
 */
export class PngRows {
  /** Bytes that the whole stream has. */
  readonly size: number;
  readonly #sink: Sink;
  readonly #width: number;
  readonly #depth: number;
  readonly #colourType: number;
  readonly #channels: Channels;
  readonly #palette: Uint8Array | null;
  readonly #clear: Uint8Array | null;
  readonly #passes: readonly Pass[];
  /** The whole picture, where it comes in passes. */
  readonly #whole: Uint8Array | Uint16Array | null;
  #pass = 0;
  #row = 0;
  #line: Uint8Array;
  #above: Uint8Array;
  #filled = -1;
  #filter = 0;

  /** @throws PictureError `broken` where the header contradicts itself. */
  constructor(header: Uint8Array, palette: Uint8Array | null, transparency: Uint8Array | null, sink: Sink) {
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    const [depth = 0, colourType = 0, compression = 0, filters = 0, interlaced = 0] = header.subarray(8, 13);
    const [width, height] = [view.getUint32(0), view.getUint32(4)];
    if (!DEPTHS[colourType]?.includes(depth) || compression !== 0 || filters !== 0 || interlaced > 1) throw broken();
    if (colourType === 3 && !palette) throw broken();
    this.#sink = sink;
    this.#width = width;
    this.#depth = depth;
    this.#colourType = colourType;
    this.#palette = colourType === 3 ? palette : null;
    this.#clear = colourType === 4 || colourType === 6 ? null : transparency;
    const colours = colourType === 0 || colourType === 4 ? 1 : 3;
    this.#channels = (colours + (colourType > 3 || this.#clear ? 1 : 0)) as Channels;
    this.#passes = (interlaced === 1 ? PASSES : ([[0, 0, 1, 1]] as const))
      .map((place) => ({
        cols: Math.ceil(Math.max(0, width - place[0]) / place[2]),
        rows: Math.ceil(Math.max(0, height - place[1]) / place[3]),
        place,
      }))
      .filter(({ rows, cols }) => rows > 0 && cols > 0);
    this.size = this.#passes.reduce((sum, { rows, cols }) => sum + rows * (1 + this.#bytesOf(cols)), 0);
    this.#whole = interlaced === 1 ? this.#samples(width * height) : null;
    this.#line = new Uint8Array(this.#bytesOf(this.#passes[0]?.cols ?? 0));
    this.#above = new Uint8Array(this.#line.length);
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#filled < 0) {
        this.#filter = bytes[at++] ?? 0;
        this.#filled = 0;
        if (this.#filter > 4) throw broken();
        continue;
      }
      const part = bytes.subarray(at, at + this.#line.length - this.#filled);
      this.#line.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#line.length) this.#endRow();
    }
  }

  #bytesOf(cols: number): number {
    return Math.ceil((cols * (SAMPLES[this.#colourType] ?? 1) * this.#depth) / 8);
  }

  #samples(pixels: number): Uint8Array | Uint16Array {
    return this.#depth === 16 ? new Uint16Array(pixels * this.#channels) : new Uint8Array(pixels * this.#channels);
  }

  #endRow(): void {
    const pass = this.#passes[this.#pass];
    if (!pass) return;
    const step = Math.max(1, ((SAMPLES[this.#colourType] ?? 1) * this.#depth) >> 3);
    unfilter(this.#filter, this.#line, this.#above, step);
    this.#place(this.#expand(pass.cols), pass);
    [this.#line, this.#above] = [this.#above, this.#line];
    this.#filled = -1;
    this.#row += 1;
    if (this.#row < pass.rows) return;
    this.#row = 0;
    this.#pass += 1;
    const next = this.#passes[this.#pass];
    if (next) {
      this.#line = new Uint8Array(this.#bytesOf(next.cols));
      this.#above = new Uint8Array(this.#line.length);
    } else if (this.#whole) this.#sink.push(this.#whole, this.#channels);
  }

  #place(samples: Uint8Array | Uint16Array, { cols, place: [x, y, dx, dy] }: Pass): void {
    const [whole, channels] = [this.#whole, this.#channels];
    if (!whole) {
      this.#sink.push(samples, channels);
      return;
    }
    const row = (y + this.#row * dy) * this.#width;
    for (let c = 0; c < cols; c++) {
      for (let k = 0; k < channels; k++) whole[(row + x + c * dx) * channels + k] = samples[c * channels + k] ?? 0;
    }
  }

  /** One unfiltered row as samples. */
  #expand(cols: number): Uint8Array | Uint16Array {
    const [depth, line, channels] = [this.#depth, this.#line, this.#channels];
    const own = SAMPLES[this.#colourType] ?? 1;
    if (this.#palette) return this.#look(cols, this.#palette);
    const clear = this.#clear;
    if (depth === 8 && !clear) return line.slice();
    const most = (1 << depth) - 1;
    const spread = depth < 8 ? 255 / most : 1;
    const out = this.#samples(cols);
    for (let c = 0; c < cols; c++) {
      let hit = clear !== null;
      for (let k = 0; k < own; k++) {
        const at = c * own + k;
        const sample = sampleAt(line, at, depth);
        out[c * channels + k] = sample * spread;
        // The transparent colour is written with 16 bits a sample, of which the lowest count.
        if (clear && ((((clear[2 * k] ?? 0) << 8) | (clear[2 * k + 1] ?? 0)) & most) !== sample) hit = false;
      }
      if (clear) out[c * channels + own] = hit ? 0 : depth === 16 ? 65_535 : 255;
    }
    return out;
  }

  #look(cols: number, palette: Uint8Array): Uint8Array {
    const [clear, channels] = [this.#clear, this.#channels];
    const out = new Uint8Array(cols * channels);
    for (let c = 0; c < cols; c++) {
      const index = sampleAt(this.#line, c, this.#depth);
      // As libpng has it, an index beyond the palette is black.
      for (let k = 0; k < 3; k++) out[c * channels + k] = palette[3 * index + k] ?? 0;
      if (clear) out[c * channels + 3] = clear[index] ?? 255;
    }
    return out;
  }
}

function sampleAt(line: Uint8Array, k: number, depth: number): number {
  if (depth === 8) return line[k] ?? 0;
  if (depth === 16) return ((line[2 * k] ?? 0) << 8) | (line[2 * k + 1] ?? 0);
  const bit = k * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** Undoes a row's filter in place (PNG specification, section 9). `step`: bytes a pixel, at least 1. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): void {
  const n = line.length;
  if (filter === 1) for (let i = step; i < n; i++) line[i] = (line[i] ?? 0) + (line[i - step] ?? 0);
  else if (filter === 2) for (let i = 0; i < n; i++) line[i] = (line[i] ?? 0) + (above[i] ?? 0);
  else if (filter === 3)
    for (let i = 0; i < n; i++) {
      const left = i >= step ? (line[i - step] ?? 0) : 0;
      line[i] = (line[i] ?? 0) + ((left + (above[i] ?? 0)) >> 1);
    }
  else if (filter === 4)
    for (let i = 0; i < n; i++) {
      const left = i >= step ? (line[i - step] ?? 0) : 0;
      const corner = i >= step ? (above[i - step] ?? 0) : 0;
      const up = above[i] ?? 0;
      const p = left + up - corner;
      const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
      line[i] = (line[i] ?? 0) + (a <= b && a <= c ? left : b <= c ? up : corner);
    }
}

function broken(): PictureError {
  return new PictureError('broken', 'This PNG file is damaged and cannot be read.');
}
