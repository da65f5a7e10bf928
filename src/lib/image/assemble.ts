import type { Admitted, Channels, SampleArray, Sink } from './format.ts';
import type { Header } from './header.ts';
import { AreaReducer, LARGEST_SIDE, reducedSize } from './reduce.ts';
import { turn } from './turn.ts';
import type { DeepRaster, Raster } from './types.ts';

/** A decoded picture and what was done to it, one sentence each, to be told to whoever gave it. */
export interface Decoded {
  readonly raster: Raster | DeepRaster;
  readonly header: Header;
  readonly notes: readonly string[];
}

/** One channel of a pixel laid on white paper: c a + 255 (1 - a), with a = alpha / 255, rounded to the nearest level in integers. */
export function onWhite(level: number, alpha: number): number {
  return Math.floor((level * alpha + 255 * (255 - alpha) + 127) / 255);
}

/**
 * From decoded samples to the picture that a program gets. The browser and Node decode by different libraries but share this
 * file: transparency on white, reduction to at most 1024 pixels a side, and the turn of the EXIF orientation are the same by construction.
 *
 * Bytes stay bytes (`Raster`). Other samples are divided by the header's `white` and never rounded (`DeepRaster`).
 */
export class Assembler implements Sink {
  readonly #admitted: Admitted;
  readonly #largest: number;
  readonly #notes: string[] = [];
  #rows: Rows | null = null;
  #transparent = false;

  constructor(admitted: Admitted, largest: number = LARGEST_SIDE) {
    this.#admitted = admitted;
    this.#largest = largest;
  }

  push(samples: SampleArray, channels: Channels): void {
    const { header } = this.#admitted;
    this.#rows ??=
      header.white === 255 ? new ByteRows(header, this.#largest) : new DeepRows(header, this.#largest, channels);
    const width = header.width;
    const rows = samples.length / (width * channels);
    for (let r = 0; r < rows; r++) {
      if (this.#rows.push(samples, r * width * channels, channels)) this.#transparent = true;
    }
  }

  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  /** @throws RangeError before every row has come. */
  finish(): Decoded {
    const { header, orientation } = this.#admitted;
    if (!this.#rows) throw new RangeError('no row came');
    const raster = this.#rows.finish(orientation);
    const notes: string[] = [];
    if (orientation !== 1) notes.push('Turned upright as the camera noted.');
    if (header.animated) notes.push('Only the first of its pictures is read.');
    if (this.#transparent) notes.push('Transparent parts are laid on white.');
    if (Math.max(header.width, header.height) > this.#largest) {
      const [w, h] = orientation >= 5 ? [header.height, header.width] : [header.width, header.height];
      notes.push(
        `Reduced from ${w} × ${h} to ${raster.cols} × ${raster.rows} pixels; each is the mean of the area under it.`,
      );
    }
    if ('values' in raster) notes.push(...numbersNote(raster, header));
    return { raster, header, notes: [...notes, ...this.#notes] };
  }
}

/** What stands in a file of other samples than bytes is said, because a picture of it may look unlike its numbers. */
function numbersNote({ values }: DeepRaster, header: Header): string[] {
  if (header.white !== null) return [`It has ${header.bitsPerSample} bits a sample, and all are kept.`];
  let [low, high, odd] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) odd += 1;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const notes: string[] = [];
  if (low < 0 || high > 1)
    notes.push(
      `Its numbers run from ${short(low)} to ${short(high)} and are kept; in a picture 0 is black and 1 is white.`,
    );
  if (odd > 0) notes.push(`${odd === 1 ? 'One of its numbers is' : `${odd} of its numbers are`} NaN or infinite.`);
  return notes;
}

const short = (x: number): string => String(Number(x.toPrecision(4)));

interface Rows {
  /** Takes a row of samples from `base` on; true where one of its pixels is transparent. */
  push(samples: SampleArray, base: number, channels: Channels): boolean;
  finish(orientation: Admitted['orientation']): Raster | DeepRaster;
}

class ByteRows implements Rows {
  readonly #reducer: AreaReducer;
  readonly #row: Uint8Array;

  constructor({ width, height }: Header, largest: number) {
    const size = reducedSize(height, width, largest);
    this.#reducer = new AreaReducer(height, width, size.rows, size.cols);
    this.#row = new Uint8Array(3 * width);
  }

  push(samples: SampleArray, base: number, channels: Channels): boolean {
    const row = this.#row;
    const hasAlpha = channels === 2 || channels === 4;
    // Offsets of green and blue from red: all the same sample in a grey picture.
    const step = channels < 3 ? 0 : 1;
    let transparent = false;
    for (let k = 0, at = base; k < row.length; k += 3, at += channels) {
      row[k] = samples[at] ?? 0;
      row[k + 1] = samples[at + step] ?? 0;
      row[k + 2] = samples[at + 2 * step] ?? 0;
      const alpha = hasAlpha ? (samples[at + channels - 1] ?? 255) : 255;
      if (alpha === 255) continue;
      transparent = true;
      for (let c = k; c < k + 3; c++) row[c] = onWhite(row[c] ?? 0, alpha);
    }
    this.#reducer.push(row);
    return transparent;
  }

  finish(orientation: Admitted['orientation']): Raster {
    const { rows, cols, rgb } = this.#reducer.finish();
    const turned = turn(rgb, rows, cols, 3, orientation);
    return { rows: turned.rows, cols: turned.cols, rgb: turned.samples };
  }
}

class DeepRows implements Rows {
  readonly #channels: 1 | 3;
  readonly #white: number;
  readonly #size: { readonly rows: number; readonly cols: number };
  readonly #height: number;
  readonly #row: Float64Array;
  /** Null where the picture keeps its size: means of single samples would round numbers that are not whole. */
  readonly #reducer: AreaReducer | null;
  readonly #whole: Float64Array;
  #next = 0;

  constructor({ width, height, white }: Header, largest: number, channels: Channels) {
    this.#channels = channels < 3 ? 1 : 3;
    this.#white = white ?? 1;
    this.#height = height;
    this.#size = reducedSize(height, width, largest);
    const { rows, cols } = this.#size;
    const same = rows === height && cols === width;
    this.#row = new Float64Array(this.#channels * width);
    this.#reducer = same ? null : new AreaReducer(height, width, rows, cols, this.#channels);
    this.#whole = new Float64Array(same ? rows * cols * this.#channels : 0);
  }

  push(samples: SampleArray, base: number, channels: Channels): boolean {
    const row = this.#row;
    const white = this.#white;
    const kept = this.#channels;
    const hasAlpha = channels === 2 || channels === 4;
    let transparent = false;
    for (let k = 0, at = base; k < row.length; k += kept, at += channels) {
      const alpha = hasAlpha ? (samples[at + channels - 1] ?? white) : white;
      if (alpha !== white) transparent = true;
      for (let c = 0; c < kept; c++) {
        const sample = samples[at + c] ?? 0;
        row[k + c] = alpha === white ? sample : (sample * alpha + white * (white - alpha)) / white;
      }
    }
    if (this.#reducer) this.#reducer.push(row);
    else {
      if (this.#next >= this.#height) throw new RangeError(`row ${this.#next + 1} of ${this.#height}`);
      this.#whole.set(row, this.#next * row.length);
      this.#next += 1;
    }
    return transparent;
  }

  finish(orientation: Admitted['orientation']): DeepRaster {
    if (!this.#reducer && this.#next !== this.#height)
      throw new RangeError(`${this.#next} of ${this.#height} rows came`);
    const samples = this.#reducer?.means() ?? this.#whole;
    const values = this.#white === 1 ? samples : samples.map((sample) => sample / this.#white);
    const turned = turn(values, this.#size.rows, this.#size.cols, this.#channels, orientation);
    return { rows: turned.rows, cols: turned.cols, channels: this.#channels, values: turned.samples };
  }
}
