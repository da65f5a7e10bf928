import type { Admitted } from './admit.ts';
import type { Header } from './header.ts';
import { AreaReducer, LARGEST_SIDE, reducedSize } from './reduce.ts';
import { turn } from './turn.ts';
import type { Raster } from './types.ts';

/** A decoded picture and what was done to it, one sentence each, to be told to whoever gave it. */
export interface Decoded {
  readonly raster: Raster;
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
 */
export class Assembler {
  readonly #admitted: Admitted;
  readonly #reducer: AreaReducer;
  readonly #row: Uint8Array;
  #transparent = false;

  constructor(admitted: Admitted, largest: number = LARGEST_SIDE) {
    const { width, height } = admitted.header;
    const size = reducedSize(height, width, largest);
    this.#admitted = admitted;
    this.#reducer = new AreaReducer(height, width, size.rows, size.cols);
    this.#row = new Uint8Array(3 * width);
  }

  /** Takes the next rows, top first: interleaved 8-bit grey (1 channel), grey and alpha (2), RGB (3) or RGB and straight alpha (4). */
  push(samples: Uint8Array | Uint8ClampedArray, channels: 1 | 2 | 3 | 4): void {
    const width = this.#admitted.header.width;
    const rows = samples.length / (width * channels);
    for (let r = 0; r < rows; r++) {
      this.#fill(samples, r * width * channels, channels);
      this.#reducer.push(this.#row);
    }
  }

  finish(extraNotes: readonly string[] = []): Decoded {
    const { header, orientation } = this.#admitted;
    const raster = turn(this.#reducer.finish(), orientation);
    const notes: string[] = [];
    if (orientation !== 1) notes.push('Turned upright as the camera noted.');
    if (this.#transparent) notes.push('Transparent parts are laid on white.');
    if (this.#reducer.outCols !== header.width || this.#reducer.outRows !== header.height) {
      const [w, h] = orientation >= 5 ? [header.height, header.width] : [header.width, header.height];
      notes.push(
        `Reduced from ${w} × ${h} to ${raster.cols} × ${raster.rows} pixels; each is the mean of the area under it.`,
      );
    }
    return { raster, header, notes: [...notes, ...extraNotes] };
  }

  #fill(samples: Uint8Array | Uint8ClampedArray, base: number, channels: 1 | 2 | 3 | 4): void {
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
    if (transparent) this.#transparent = true;
  }
}
