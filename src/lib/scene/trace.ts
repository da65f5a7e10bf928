import { checkFactors, MatrixShapeError } from './matrix.ts';
import type { Factors, Pixel } from './matrix.ts';

/**
 * Everything that makes one pixel of a product C = A B:
 *
 *   C[i, j] = sum_k A[i, k] B[k, j] = K mean(A[i, :]) mean(B[:, j]) + sum_k (A[i, k] - mean A[i, :]) (B[k, j] - mean B[:, j])
 *
 * The first term is the rank-1 plaid of row and column means (the mean part), the second K times the covariance of the two profiles
 * (the covariance part). All arrays have length K and float64 precision, whatever the factors came in.
 */
export interface PixelTrace extends Pixel {
  /** Row i of A. */
  readonly left: Float64Array;
  /** Column j of B. */
  readonly right: Float64Array;
  /** A[i, k] B[k, j]. */
  readonly products: Float64Array;
  /** Sum of the products up to and including k. */
  readonly running: Float64Array;
  readonly leftMean: number;
  readonly rightMean: number;
  /** (A[i, k] - mean)(B[k, j] - mean). */
  readonly centred: Float64Array;
  /** Sum of the centred products up to and including k; its last entry is the covariance part. */
  readonly runningCentred: Float64Array;
  /** K mean mean. */
  readonly meanPart: number;
  readonly covariancePart: number;
  /** C[i, j]. */
  readonly value: number;
}

/** Traces C[row, col]. Throws a MatrixShapeError when the factors do not fit or the pixel lies outside the product. */
export function tracePixel(factors: Factors, pixel: Pixel): PixelTrace {
  checkFactors(factors);
  const { left: a, right: b } = factors;
  const { row, col } = pixel;
  if (!inside(row, col, a.rows, b.cols)) {
    throw new MatrixShapeError(`pixel (${row}, ${col}) lies outside the ${a.rows} x ${b.cols} product`);
  }
  const depth = a.cols;
  const left = Float64Array.from(a.data.subarray(row * depth, (row + 1) * depth));
  const right = new Float64Array(depth);
  for (let k = 0; k < depth; k += 1) right[k] = b.data[k * b.cols + col] as number;
  const leftMean = mean(left);
  const rightMean = mean(right);
  const products = left.map((value, k) => value * (right[k] as number));
  const centred = left.map((value, k) => (value - leftMean) * ((right[k] as number) - rightMean));
  const running = runningSum(products);
  const runningCentred = runningSum(centred);
  return {
    row,
    col,
    left,
    right,
    products,
    running,
    leftMean,
    rightMean,
    centred,
    runningCentred,
    meanPart: depth * leftMean * rightMean,
    covariancePart: runningCentred[depth - 1] as number,
    value: running[depth - 1] as number,
  };
}

function inside(row: number, col: number, rows: number, cols: number): boolean {
  return Number.isInteger(row) && Number.isInteger(col) && row >= 0 && col >= 0 && row < rows && col < cols;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Partial sums, the k-th including the k-th term. */
export function runningSum(terms: Float64Array): Float64Array {
  let sum = 0;
  return terms.map((term) => (sum += term));
}

/** Consecutive terms drawn as one bar. */
export interface Bars {
  /** Sum of the terms behind each bar. The bars add up to what the terms add up to: nothing is left out. */
  readonly sums: Float64Array;
  /** First k of each bar. */
  readonly starts: readonly number[];
  /** Terms behind a bar; the last bar may stand for fewer. */
  readonly size: number;
}

/**
 * At most `limit` bars for any number of terms. Where there are more terms than bars, each bar is the sum of `size` neighbours, so that
 * the picture stays honest: the sum of all bars is the pixel.
 */
export function groupTerms(terms: Float64Array, limit: number): Bars {
  const size = Math.max(1, Math.ceil(terms.length / limit));
  const count = Math.ceil(terms.length / size);
  const sums = new Float64Array(count);
  terms.forEach((term, k) => {
    const bar = Math.floor(k / size);
    sums[bar] = (sums[bar] as number) + term;
  });
  return { sums, starts: Array.from(sums, (_, bar) => bar * size), size };
}

/** How the bars relate to the terms, in words for the figure's label. */
export function barsLabel(bars: Bars, terms: number): string {
  if (bars.size === 1) return `${terms} bars, one for every k`;
  const rest = terms % bars.size;
  const last = rest === 0 ? '' : ` (the last of ${rest})`;
  return `${bars.sums.length} bars for ${terms} products, each the sum of ${bars.size} neighbours${last}`;
}
