import { PictureError } from '../errors.ts';
import { TAG } from './tiff-layout.ts';
import type { TiffLayout } from './tiff-layout.ts';
import { UNPACK } from './tiff-unpack.ts';

type Row = Uint8Array | Uint16Array | Float64Array;

/** A picture's samples take at most that many bytes unpacked. */
const MOST_BYTES = 256_000_000;
/** No packing makes more of a byte: LZW and Deflate at their best. */
const MOST_GROWTH = 4096;

/**
 * The stored samples of a TIFF, row by row: strips or tiles unpacked, predictors undone, planes put together. Needs the memory of one row
 * of tiles.
 */
export class TiffSamples {
  readonly #bytes: Uint8Array;
  readonly #layout: TiffLayout;
  readonly #tileWidth: number;
  readonly #tileHeight: number;
  readonly #offsets: readonly number[];
  readonly #lengths: readonly number[];
  readonly #planes: number;
  /** Samples a pixel within one plane. */
  readonly #together: number;
  readonly #packing: number;
  readonly #predictor: number;
  readonly #reversed: boolean;

  /** @throws PictureError `broken` or `size` */
  constructor(bytes: Uint8Array, layout: TiffLayout) {
    const { directory, width, height, samples, bits } = layout;
    const tiled = directory.value(TAG.tileWidth, 0) > 0;
    this.#bytes = bytes;
    this.#layout = layout;
    this.#tileWidth = tiled ? directory.value(TAG.tileWidth, 0) : width;
    this.#tileHeight = tiled
      ? directory.value(TAG.tileHeight, 0)
      : Math.min(height, directory.value(TAG.rowsPerStrip, height));
    this.#offsets = directory.values(tiled ? TAG.tileOffsets : TAG.stripOffsets);
    this.#lengths = directory.values(tiled ? TAG.tileLengths : TAG.stripLengths);
    this.#planes = directory.value(TAG.planar, 1) === 2 ? samples : 1;
    this.#together = this.#planes === 1 ? samples : 1;
    this.#packing = directory.value(TAG.packing, 1);
    this.#predictor = directory.value(TAG.predictor, 1);
    this.#reversed = directory.value(TAG.fillOrder, 1) === 2;
    if (this.#tileWidth < 1 || this.#tileHeight < 1 || samples > 64) throw damaged();
    const band = this.#rowBytes * this.#tileHeight * this.#across * this.#planes;
    if (band > MOST_BYTES || (width * height * samples * bits) / 8 > MOST_BYTES)
      throw new PictureError('size', 'This TIFF takes more memory than a picture may; please save it smaller.');
    if (this.#offsets.length < this.#across * this.#down * this.#planes) throw damaged();
  }

  get #across(): number {
    return Math.ceil(this.#layout.width / this.#tileWidth);
  }

  get #down(): number {
    return Math.ceil(this.#layout.height / this.#tileHeight);
  }

  get #rowBytes(): number {
    return Math.ceil((this.#tileWidth * this.#together * this.#layout.bits) / 8);
  }

  *rows(): Generator<Row> {
    const { width, height, samples } = this.#layout;
    for (let j = 0; j < this.#down; j++) {
      const rows = Math.min(this.#tileHeight, height - j * this.#tileHeight);
      const band: (readonly Row[])[][] = Array.from({ length: this.#planes }, (_, plane) =>
        Array.from({ length: this.#across }, (_unused, i) => this.#tile(plane, j, i, rows)),
      );
      for (let y = 0; y < rows; y++) {
        const row = this.#newRow(width * samples);
        band.forEach((tiles, plane) => {
          tiles.forEach((tile, i) => this.#copy(tile[y], row, i * this.#tileWidth, plane));
        });
        yield row;
      }
    }
  }

  #copy(from: Row | undefined, to: Row, left: number, plane: number): void {
    const { width, samples } = this.#layout;
    const [together, cols] = [this.#together, Math.min(this.#tileWidth, width - left)];
    if (!from) return;
    for (let x = 0; x < cols; x++)
      for (let k = 0; k < together; k++) to[(left + x) * samples + plane + k] = from[x * together + k] ?? 0;
  }

  #newRow(size: number): Row {
    const { bits, float } = this.#layout;
    return float || bits > 16 ? new Float64Array(size) : bits > 8 ? new Uint16Array(size) : new Uint8Array(size);
  }

  /** The rows of one strip or tile. @throws PictureError `broken` where it is too short */
  #tile(plane: number, j: number, i: number, rows: number): Row[] {
    const index = (plane * this.#down + j) * this.#across + i;
    const from = this.#offsets[index] ?? 0;
    const length = this.#lengths[index] ?? this.#bytes.length - from;
    let packed = this.#bytes.subarray(from, from + length);
    if (this.#reversed) packed = packed.map(reversedBits);
    // Before the memory is taken: a few bytes cannot hold a large picture.
    if (this.#rowBytes * rows > MOST_GROWTH * (packed.length + 1)) throw damaged();
    const out = new Uint8Array(this.#rowBytes * rows);
    if ((UNPACK[this.#packing]?.(packed, out) ?? 0) < out.length) throw damaged();
    return Array.from({ length: rows }, (_, y) =>
      this.#row(out.subarray(y * this.#rowBytes, (y + 1) * this.#rowBytes)),
    );
  }

  #row(bytes: Uint8Array): Row {
    const { bits, float, directory } = this.#layout;
    const size = this.#tileWidth * this.#together;
    const row = this.#newRow(size);
    const step = this.#together;
    let little = directory.littleEndian;
    if (this.#predictor === 3) {
      if (!float) throw damaged();
      unpredictFloat(bytes, size, bits >> 3, step);
      little = false;
    } else if (this.#predictor !== 1 && this.#predictor !== 2) throw damaged();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (float)
      for (let k = 0; k < size; k++)
        row[k] = bits === 32 ? view.getFloat32(4 * k, little) : view.getFloat64(8 * k, little);
    else if (bits === 8) row.set(bytes);
    else if (bits === 16) for (let k = 0; k < size; k++) row[k] = view.getUint16(2 * k, little);
    else if (bits === 32) for (let k = 0; k < size; k++) row[k] = view.getUint32(4 * k, little);
    else for (let k = 0; k < size; k++) row[k] = bitsAt(bytes, k * bits, bits);
    if (this.#predictor === 2) {
      const most = 2 ** bits;
      for (let k = step; k < size; k++) row[k] = ((row[k] ?? 0) + (row[k - step] ?? 0)) % most;
    }
    return row;
  }
}

/** Up to 16 bits from a place on, the highest first. */
function bitsAt(bytes: Uint8Array, place: number, bits: number): number {
  const at = place >> 3;
  const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (three >> (24 - bits - (place & 7))) & ((1 << bits) - 1);
}

function reversedBits(byte: number): number {
  let out = 0;
  for (let k = 0; k < 8; k++) out |= ((byte >> k) & 1) << (7 - k);
  return out;
}

/** The floating-point predictor (Adobe's technical note 3): differences of bytes, the bytes of all samples sorted from high to low. */
function unpredictFloat(bytes: Uint8Array, size: number, width: number, step: number): void {
  for (let k = step; k < bytes.length; k++) bytes[k] = (bytes[k] ?? 0) + (bytes[k - step] ?? 0);
  const sorted = bytes.slice();
  for (let k = 0; k < size; k++) for (let b = 0; b < width; b++) bytes[k * width + b] = sorted[b * size + k] ?? 0;
}

function damaged(): PictureError {
  return new PictureError('broken', 'This TIFF file is damaged and cannot be read.');
}
