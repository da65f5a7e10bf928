/**
 * How far one primitive of a float32 engine may be from the exact result of the same numbers: the error analysis of that one
 * operation, a few units in the last place. What moves numbers, compares them or rounds them to whole ones is exact.
 */
import { CENTRE_FROM, coarse, LONG } from '../../src/lib/matrix/tfjs-centre.ts';
import type { Buffer, EngineName } from '../../src/lib/matrix/engine.ts';

/** Half a unit in the last place of 1, and the smallest normal number: below it graphics processors have zero. */
const U = 2 ** -24;
const TINY = 2 ** -126;

/** The allowed difference of element k, whose exact value is y. */
export type Bound = (k: number, y: number) => number;

type Elementwise = (y: number, a: number, b: number) => number;

/** Graphics processors are allowed a few units more, and their exponentials lose with the argument. */
const onGraphics: Readonly<Record<string, Elementwise>> = {
  add: (y) => 2 * U * Math.abs(y),
  sub: (y) => 2 * U * Math.abs(y),
  mul: (y) => 2 * U * Math.abs(y),
  div: (y) => 6 * U * Math.abs(y),
  sqrt: (y) => 8 * U * Math.abs(y),
  exp: (y, a) => (12 + 4 * Math.abs(a)) * U * Math.abs(y),
  exp2: (y, a) => (12 + 4 * Math.abs(a)) * U * Math.abs(y),
  exp10: (y, a) => (16 + 16 * Math.abs(a)) * U * Math.abs(y),
  expm1: (y, a) => (24 + 4 * Math.abs(a)) * U * Math.abs(y),
  log: (y) => 8 * U * (1 + Math.abs(y)),
  log2: (y) => 12 * U * (1 + Math.abs(y)),
  log10: (y) => 12 * U * (1 + Math.abs(y)),
  log1p: (y) => 16 * U * Math.abs(y),
  cbrt: (y) => 16 * U * Math.abs(y),
  sin: () => 8 * U,
  cos: () => 8 * U,
  tan: (y) => 16 * U * (1 + y * y),
  tanh: (y) => 24 * U * Math.abs(y),
  sinh: (y, a) => (32 + 8 * Math.abs(a)) * U * Math.abs(y),
  cosh: (y, a) => (32 + 8 * Math.abs(a)) * U * Math.abs(y),
  asin: () => 64 * U,
  acos: () => 64 * U,
  atan: () => 64 * U,
  atan2: () => 64 * U,
  pow: (y, a, b) => (24 + 8 * Math.abs(b) * (1 + Math.abs(Math.log2(Math.abs(a) || 1)))) * U * Math.abs(y),
  rem: (_y, a) => 4 * U * Math.abs(a),
  mod: (_y, a, b) => 4 * U * (Math.abs(a) + Math.abs(b)),
};

const exact = new Set([
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'trunc',
  'not',
  'isnan',
  'isfinite',
  'min',
  'max',
  'eq',
  'ne',
  'lt',
  'le',
  'and',
  'or',
]);

export function boundOf(
  engine: EngineName,
  what: string,
  inputs: readonly Buffer[],
  data: readonly Float64Array[],
  output: Buffer,
): Bound {
  const graphics = engine === 'tfjs-webgl';
  const [op, way, dims] = what.split(' ');
  const [a, b] = inputs;
  const [x = new Float64Array(), y = new Float64Array()] = data;
  if (a && b && op === 'matmul') return ofProduct(x, y, a, b, graphics);
  if (a && op === 'reduce' && way === 'sum') return ofSum(x, a, dims ?? '', graphics);
  if (op === 'scatterAdd') return ofScatter(x, y);
  // What is subnormal on the way in is zero on graphics processors.
  const subnormal = data.some((each) => each.some((v) => v !== 0 && Math.abs(v) < TINY));
  if (graphics && subnormal) return () => Infinity;
  const flush = graphics ? TINY : 2 ** -149;
  const rule = graphics ? onGraphics[op ?? ''] : undefined;
  if (op === undefined || exact.has(op) || !isElementwise(op))
    return (_k, value) => (Math.abs(value) < TINY ? flush : 0);
  // On the host the kernels of exp and log are single precision's; all else is one rounding of a double.
  const host: Elementwise = (value) => (op === 'exp' || op === 'log' ? 4 : 1) * U * Math.abs(value);
  return (k, value) => {
    if (!Number.isFinite(value)) return 0;
    const [i, j] = [Math.floor(k / output.cols), k % output.cols];
    const at = (m: Buffer | undefined, numbers: Float64Array): number =>
      m ? (numbers[(m.rows === 1 ? 0 : i) * m.cols + (m.cols === 1 ? 0 : j)] ?? 0) : 0;
    // At the end of the range a rounding decides between a number and infinity.
    if (Math.abs(value) > 3.4e38) return Infinity;
    return (rule ?? host)(value, at(a, x), at(b, y)) + flush;
  };
}

const isElementwise = (op: string): boolean => op in onGraphics;

/**
 * |A| |B| times the roundings of a sum of `inner` products. They grow as its square root unless all go the same way; over thousands of
 * products of round numbers they do.
 */
function ofProduct(x: Float64Array, y: Float64Array, a: Buffer, b: Buffer, graphics: boolean): Bound {
  const factor = (graphics ? 16 : 8) + (a.cols > LONG ? a.cols : 3 * Math.sqrt(a.cols));
  return (k, value) => {
    const [i, j] = [Math.floor(k / b.cols), k % b.cols];
    let size = 0;
    const [row, column] = [new Lane(), new Lane()];
    for (let n = 0; n < a.cols; n++) {
      const [p, q] = [x[i * a.cols + n] as number, y[n * b.cols + j] as number];
      size += Math.abs(p * q);
      row.add(p);
      column.add(q);
    }
    // Centring brings in sums of the row and of the column, which the host adds up in double precision.
    const centred = row.centred || column.centred ? ((graphics ? 32 : 8) * U * row.size * column.size) / a.cols : 0;
    if (!Number.isFinite(value)) return graphics && Number.isFinite(size) ? Infinity : 0;
    return size > 1e38 ? (graphics ? Infinity : Math.abs(value)) : factor * U * size + centred + TINY;
  };
}

/** A row of the left factor, or a column of the right. */
class Lane {
  /** The sum of absolute values. */
  size = 0;
  #sum = 0;
  #squares = 0;
  #length = 0;

  add(value: number): void {
    this.size += Math.abs(value);
    this.#sum += value;
    this.#squares += value * value;
    this.#length++;
  }

  /** Whether the engines centre it; with a margin, since graphics processors decide in single precision. */
  get centred(): boolean {
    return this.#length >= CENTRE_FROM && coarse(this.#sum, 0.999 * this.#squares, this.#length) !== 0;
  }
}

function ofSum(x: Float64Array, a: Buffer, dims: string, graphics: boolean): Bound {
  return (k, value) => {
    let size = 0;
    for (let n = 0; n < x.length; n++) {
      const lane = dims === '1' ? n % a.cols : dims === '2' ? Math.floor(n / a.cols) : 0;
      if (lane === k) size += Math.abs(x[n] as number);
    }
    if (size > 3e38) return Infinity;
    if (!Number.isFinite(value)) return 0;
    return graphics ? 16 * U * size + TINY : U * Math.abs(value) + 1e-15 * size + 2 ** -149;
  };
}

/** Added up in double precision, and rounded once. */
function ofScatter(values: Float64Array, index: Float64Array): Bound {
  return (k, value) => {
    let size = 0;
    for (let n = 0; n < index.length; n++) if (index[n] === k) size += Math.abs(values[n] as number);
    return U * Math.abs(value) + 1e-15 * size + TINY;
  };
}
