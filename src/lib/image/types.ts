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

/** A picture as numbers in [0, 1]: what a program sees under the picture's name. */
export interface Picture {
  readonly rows: number;
  readonly cols: number;
  /** 8-bit grey / 255. */
  readonly grey: Float64Array;
  readonly rgb: { readonly red: Float32Array; readonly green: Float32Array; readonly blue: Float32Array };
}
