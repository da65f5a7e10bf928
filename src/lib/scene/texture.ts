import { DataTexture, FloatType, NearestFilter, RedFormat, RGBAFormat, UnsignedByteType } from 'three';
import { rescale } from './matrix.ts';
import type { Extent, Matrix } from './matrix.ts';
import type { Palette } from './palette.ts';

/** A matrix on the graphics card: one float a pixel, rescaled to [0, 1], row 0 first. Shaders fetch it by (col, row). */
export class MatrixTexture {
  readonly texture: DataTexture;
  readonly rows: number;
  readonly cols: number;
  readonly #values: Float32Array;

  constructor(rows: number, cols: number) {
    this.rows = rows;
    this.cols = cols;
    this.#values = new Float32Array(rows * cols);
    this.texture = new DataTexture(this.#values, cols, rows, RedFormat, FloatType);
    this.texture.minFilter = NearestFilter;
    this.texture.magFilter = NearestFilter;
    // A row of floats is always a whole number of 4 bytes, so three's default alignment holds.
  }

  /** Takes new numbers of the same size; they are uploaded once, with the next frame. */
  update(data: Matrix['data'], extent: Extent): void {
    rescale(data, extent, this.#values);
    this.texture.needsUpdate = true;
  }

  /** The rescaled value at a pixel, as the shader will see it. */
  value(row: number, col: number): number {
    return this.#values[row * this.cols + col] ?? 0;
  }

  dispose(): void {
    this.texture.dispose();
  }
}

/** A palette as a 256 x 1 texture. */
export function paletteTexture(palette: Palette): DataTexture {
  const texture = new DataTexture(Uint8Array.from(palette), 256, 1, RGBAFormat, UnsignedByteType);
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}
