/**
 * The seam between a program and the machine that runs it.
 *
 * Everything an engine holds is a matrix: a scalar is 1x1, a vector is n x 1. That one decision removes rank from every
 * engine; Julia's `ndims` is a tag of the value above it. All calls are synchronous: an engine lives in a worker (or in Node),
 * where waiting for a read-back blocks nobody, and Julia reads as synchronous.
 *
 * An engine knows nothing of gradients: the tape (`tape.ts`) is written over these primitives, so every engine differentiates.
 */

/**
 * Elementwise functions of one matrix. `round` goes to the nearest, ties to even, as Julia's does. Functions that others could
 * be composed of stand here where the composition would lose digits: log1p near 0, or log10 of a power of 10.
 */
export type UnaryOp =
  | 'neg'
  | 'exp'
  | 'exp2'
  | 'exp10'
  | 'expm1'
  | 'log'
  | 'log2'
  | 'log10'
  | 'log1p'
  | 'sqrt'
  | 'cbrt'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'trunc'
  | 'not'
  | 'isnan'
  | 'isfinite';

/**
 * Elementwise functions of two matrices, broadcast over dimensions of size 1. Comparisons and `and`/`or` give 0 or 1.
 * `mod` has the sign of the divisor (Julia's `mod`), `rem` that of the dividend.
 */
export type BinaryOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'min'
  | 'max'
  | 'mod'
  | 'rem'
  | 'atan2'
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'and'
  | 'or';

/** Julia's meaning: 1 reduces down the columns (result 1 x cols), 2 along the rows (rows x 1), 'all' to 1 x 1. */
export type Dims = 1 | 2 | 'all';

/** A matrix inside an engine. Opaque to everyone else: only the engine that made it may look inside. Row-major. */
export interface Buffer {
  readonly rows: number;
  readonly cols: number;
}

export type EngineName = 'reference' | 'tfjs-wasm' | 'tfjs-webgl' | 'tfjs-cpu';

export interface Engine {
  readonly name: EngineName;
  /** Bits of the significand that arithmetic keeps: 53 or 24. Decides what a printed digit is worth, not what is printed. */
  readonly float: 64 | 32;

  /** Copies row-major numbers in. */
  upload(data: ArrayLike<number>, rows: number, cols: number): Buffer;
  fill(value: number, rows: number, cols: number): Buffer;
  /** Copies row-major numbers out; blocks until they are there. The array is the caller's to keep. */
  download(a: Buffer): Float64Array;

  unary(op: UnaryOp, a: Buffer): Buffer;
  /** @throws MatrixError `DimensionMismatch` where the shapes do not broadcast. */
  binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer;
  /** `mask != 0 ? a : b`, broadcast; the lane not chosen may hold NaN or Inf without harm. */
  select(mask: Buffer, a: Buffer, b: Buffer): Buffer;

  /** @throws MatrixError `DimensionMismatch` where the inner sizes differ. */
  matmul(a: Buffer, b: Buffer): Buffer;
  transpose(a: Buffer): Buffer;

  reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer;
  /**
   * Flat row-major index into `a` of the first extreme element, per reduced lane; same shape as `reduce` gives. As in Julia NaN
   * is the extreme of both kinds, and -0.0 lies below 0.0 (on WebGL they are equal).
   */
  argreduce(op: 'max' | 'min', a: Buffer, dims: Dims): Buffer;

  /** Same elements in row-major order, other shape. */
  reshape(a: Buffer, rows: number, cols: number): Buffer;
  /** The contiguous block whose top left corner is (row, col), 0-based. */
  slice(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer;
  /** `a` placed at (row, col) in a matrix of zeros: the adjoint of `slice`. */
  pad(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer;
  /** dims 1 stacks rows (vcat), 2 puts side by side (hcat). */
  concat(parts: readonly Buffer[], dims: 1 | 2): Buffer;
  /** out[i, j] = a.flat[index[i, j]] with 0-based row-major flat indices; the shape is that of `index`. */
  gather(a: Buffer, index: Buffer): Buffer;
  /** Zeros of rows x cols, with values[i, j] added at flat[index[i, j]]: the adjoint of `gather`. Repeated indices add up. */
  scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer;

  /**
   * Runs `work` and frees every buffer made inside it, except those `keep` lists from its result. Scopes nest.
   * The garbage collector does this for the reference engine; elsewhere memory is not JavaScript's.
   */
  tidy<T>(work: () => T, keep: (result: T) => Iterable<Buffer>): T;
  /** Frees every buffer made so far in the innermost `tidy` under way, except these: garbage that a long loop leaves. */
  sweep(keep: Iterable<Buffer>): void;
  /** Frees buffers that outlived their scope (a cell's old value, say). Freeing twice is harmless. */
  free(buffers: Iterable<Buffer>): void;
  /** Live buffers and bytes, for leak tests and for the reader. The reference engine answers 0, 0. */
  memory(): { buffers: number; bytes: number };
  dispose(): void;
}

/** Error names are Julia's, so that a shape error raised here reads in the cell as Julia would say it. */
export type MatrixErrorName =
  'DimensionMismatch' | 'BoundsError' | 'ArgumentError' | 'DomainError' | 'OutOfMemoryError';

export class MatrixError extends Error {
  override readonly name: MatrixErrorName;
  constructor(name: MatrixErrorName, message: string) {
    super(message);
    this.name = name;
  }
}
