/** The plain shapes that pass between the files of this room. All arrays are row-major, row 0 on top. */

/** A matrix of numbers. Any numeric array will do: float64, float32 or bytes. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
}

/** A picture as bytes: rows x cols pixels of red, green, blue, interleaved, 0 to 255, without transparency. */
export interface Raster {
  readonly rows: number;
  readonly cols: number;
  readonly rgb: Uint8Array;
}

/**
 * A picture whose samples are no bytes: 16 bits a sample as k / 65535, or the numbers of a float TIFF, an NPY or a CSV file as they are.
 * One channel (grey) or three (red, green, blue), interleaved.
 */
export interface DeepRaster {
  readonly rows: number;
  readonly cols: number;
  readonly channels: 1 | 3;
  readonly values: Float64Array;
}

/** A picture as numbers: what a program sees under the picture's name. */
export interface DecodedPicture {
  readonly rows: number;
  readonly cols: number;
  /** 8-bit grey / 255; where `eltype` is Float64, the file's own numbers. */
  readonly grey: Float64Array;
  /** The colours; absent where the file holds one channel of other numbers than bytes. */
  readonly rgb?: {
    readonly red: Float32Array | Float64Array;
    readonly green: Float32Array | Float64Array;
    readonly blue: Float32Array | Float64Array;
  };
  /** N0f8 (also where it is absent): every number is a level k / 255. Float64: the numbers stand as they are. */
  readonly eltype?: 'N0f8' | 'Float64';
}
