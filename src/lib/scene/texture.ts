import {
  DataTexture,
  FloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  NearestFilter,
  RedFormat,
  RGBAFormat,
  RGFormat,
  UnsignedByteType,
} from 'three';
import { greyLevels, rescale } from './matrix.ts';
import type { Extent, SceneMatrix } from './matrix.ts';
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
  update(data: SceneMatrix['data'], extent: Extent): void {
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

/**
 * A matrix as a picture on the graphics card: two bytes a pixel, its grey level and whether it is a number, row 0 first. Sampled by hardware:
 * whole pixels where they are enlarged, means of several where they are reduced.
 */
export class PictureTexture {
  readonly texture: DataTexture;
  readonly rows: number;
  readonly cols: number;
  readonly #levels: Uint8Array;

  /** `software`: a processor draws. Means of four pixels then do for any reduction, as mipmaps would double the time of a frame. */
  constructor(rows: number, cols: number, software: boolean) {
    this.rows = rows;
    this.cols = cols;
    this.#levels = new Uint8Array(rows * cols * 2);
    this.texture = new DataTexture(this.#levels, cols, rows, RGFormat, UnsignedByteType);
    this.texture.magFilter = NearestFilter;
    this.texture.minFilter = software ? LinearFilter : LinearMipmapLinearFilter;
    this.texture.generateMipmaps = !software;
    // A row is a whole number of two bytes, not of three's default four.
    this.texture.unpackAlignment = 2;
  }

  /** Takes new numbers of the same size; they are uploaded once, with the next frame. */
  update(data: SceneMatrix['data'], extent: Extent): void {
    greyLevels(data, extent, this.#levels);
    this.texture.needsUpdate = true;
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
