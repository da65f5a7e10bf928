import { at } from './matrix.ts';
import type { SceneMatrix, Pixel } from './matrix.ts';
import type { PixelTrace } from './trace.ts';

/** Height of a chart's drawing in its own units; the width is the number of values. Both stretch to whatever box holds the drawing. */
export const CHART_HEIGHT = 100;

/** Part of the colour code a mark belongs to; the page's style sheet says what it looks like. */
export type Ink = 'left' | 'right' | 'product' | 'mean' | 'covariance' | 'zero';

/** One mark of a chart: an SVG path in a box of K x CHART_HEIGHT, stroked or filled. */
export interface Mark {
  readonly ink: Ink;
  readonly fill: boolean;
  readonly d: string;
}

/** One of the stacked charts of a trace: what it shows, its readout, its scale, its marks. */
export interface Band {
  readonly id: 'left' | 'right' | 'products' | 'running' | 'covariance';
  readonly title: string;
  readonly readout: string;
  readonly low: string;
  readonly high: string;
  readonly marks: readonly Mark[];
}

type Range = readonly [low: number, high: number];

/** Up to four significant digits, the way one reads a number aloud; a true minus sign. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '−Inf';
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(3) : String(Number(value.toPrecision(4)));
  return text.replaceAll('-', '−');
}

/** `C[3, 1]`, counted from 1 as in Julia. */
export function pixelName(name: string, { row, col }: Pixel): string {
  return `${name}[${row + 1}, ${col + 1}]`;
}

/** A polyline through (k + 1/2, value k). */
export function linePath(values: ArrayLike<number>, range: Range): string {
  let d = '';
  let pen = 'M';
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] as number;
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    d += `${pen}${k + 0.5} ${height(value, range)}`;
    pen = 'L';
  }
  return d;
}

/** Bars of width 1 from zero to each value, as one closed outline. */
export function barsPath(values: ArrayLike<number>, range: Range): string {
  const zero = height(0, range);
  let d = `M0 ${zero}`;
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] as number;
    d += `V${Number.isFinite(value) ? height(value, range) : zero}H${k + 1}`;
  }
  return `${d}V${zero}Z`;
}

/** A level line across `count` values. */
export function levelPath(value: number, count: number, range: Range): string {
  return Number.isFinite(value) ? `M0 ${height(value, range)}H${count}` : '';
}

/** The straight climb of a sum whose every term is the same. */
function climbPath(total: number, count: number, range: Range): string {
  return `M0 ${height(0, range)}L${count} ${height(total, range)}`;
}

function height(value: number, [low, high]: Range): number {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return Math.round((1 - share) * CHART_HEIGHT * 100) / 100;
}

function rangeOf(values: readonly ArrayLike<number>[], always: readonly number[] = []): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of [...values, always]) {
    for (let k = 0; k < list.length; k += 1) {
      const value = list[k] as number;
      if (value < low && value !== Number.NEGATIVE_INFINITY) low = value;
      if (value > high && value !== Number.POSITIVE_INFINITY) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** The five stacked charts that explain one pixel, top to bottom in the order of the arithmetic. All share the axis k. */
export function traceBands(trace: PixelTrace): readonly Band[] {
  const count = trace.left.length;
  const position = { row: trace.row + 1, col: trace.col + 1 };
  const left = rangeOf([trace.left]);
  const right = rangeOf([trace.right]);
  const products = rangeOf([trace.products], [0]);
  const running = rangeOf([trace.running], [0, trace.meanPart]);
  const covariance = rangeOf([trace.runningCentred], [0]);
  return [
    band(
      'left',
      `A[${position.row}, k]: row ${position.row} of the left factor`,
      `mean ${formatNumber(trace.leftMean)}`,
      left,
      [stroke('mean', levelPath(trace.leftMean, count, left)), stroke('left', linePath(trace.left, left))],
    ),
    band(
      'right',
      `B[k, ${position.col}]: column ${position.col} of the right factor`,
      `mean ${formatNumber(trace.rightMean)}`,
      right,
      [stroke('mean', levelPath(trace.rightMean, count, right)), stroke('right', linePath(trace.right, right))],
    ),
    band('products', 'Their product, k by k', `${count} products`, products, [
      fill('product', barsPath(trace.products, products)),
      stroke('mean', levelPath(trace.meanPart / count, count, products)),
    ]),
    band('running', 'Running sum', `ends at ${formatNumber(trace.value)}`, running, [
      stroke('zero', levelPath(0, count, running)),
      stroke('mean', climbPath(trace.meanPart, count, running)),
      stroke('product', linePath(trace.running, running)),
    ]),
    band('covariance', 'Running sum, means taken out', `ends at ${formatNumber(trace.covariancePart)}`, covariance, [
      stroke('zero', levelPath(0, count, covariance)),
      fill('covariance', barsPath(trace.runningCentred, covariance)),
    ]),
  ];
}

function band(id: Band['id'], title: string, readout: string, [low, high]: Range, marks: readonly Mark[]): Band {
  return { id, title, readout, low: formatNumber(low), high: formatNumber(high), marks };
}

function stroke(ink: Ink, d: string): Mark {
  return { ink, fill: false, d };
}

function fill(ink: Ink, d: string): Mark {
  return { ink, fill: true, d };
}

/** One sentence for the screen and the screen reader. */
export function traceSentence(trace: PixelTrace): string {
  const mean = formatNumber(trace.meanPart);
  const covariance = formatNumber(Math.abs(trace.covariancePart));
  const sign = trace.covariancePart < 0 ? '−' : '+';
  return `${pixelName('C', trace)} = ${formatNumber(trace.value)} = ${mean} (means) ${sign}\u00a0${covariance} (covariance)`;
}

/** The entry under a pixel, for the screen and the screen reader. */
export function pixelSentence(name: string, matrix: SceneMatrix, pixel: Pixel): string {
  return `${pixelName(name, pixel)} = ${formatNumber(at(matrix, pixel.row, pixel.col))}`;
}
