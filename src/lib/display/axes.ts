/**
 * The axes of every chart: round numbers and their words, scales from values to units of the drawing, and the lines and letters as SVG
 * text. Colours and typefaces come from the page (`components/ui/chart.css`).
 */

import { escapeHtml } from './html.ts';

/** A place in a drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The part of a drawing that the axes enclose, in units of the drawing. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A number of an axis: where it stands along the axis, and its words as SVG text. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

export type Scale = (value: number) => number;

/** Carries the values from `low` to `high` to the places from `from` to `to`, in proportion. */
export function scale([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** The least and the greatest finite number; a little around them where they are one, 0 to 1 where there are none. */
export function domain(...series: readonly Iterable<number>[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of series) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Round numbers that cover [low, high], about `count` of them. */
export function ticks(low: number, high: number, count = 5): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((unit) => unit * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

/** The numbers of an axis in words: with the fewest digits that tell neighbours apart, and a true minus. */
export function tickWords(values: readonly number[]): string[] {
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0)) || 1;
  const top = Math.max(...values.map(Math.abs));
  if (top >= 1e6 || (top > 0 && top < 1e-3))
    return values.map((value) => (value === 0 ? '0' : trueMinus(value.toExponential(1).replace('.0e', 'e'))));
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9)));
  return values.map((value) => trueMinus(value.toFixed(decimals)));
}

function trueMinus(text: string): string {
  return text.replace('e+', 'e').replaceAll('-', '−');
}

/** Ticks at `values`; `words` are as many. */
export function ticksAt(values: readonly number[], along: Scale, words: readonly string[] = tickWords(values)): Tick[] {
  return values.map((value, k) => ({ at: along(value), text: words[k] ?? '' }));
}

/** A place in the drawing, to a tenth of a unit. */
export function place(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

export interface Axes {
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  /** What runs along an axis; none for ''. */
  readonly xlabel?: string;
  readonly ylabel?: string;
  /** Where the horizontal axis ends, if before the frame does. */
  readonly end?: number;
}

/** A line across the frame with its number at each tick of the vertical axis; a stroke with its number at each of the horizontal one. */
export function axesSvg(
  { left, right, top, bottom }: PlotArea,
  { x, y, xlabel = '', ylabel = '', end = right }: Axes,
): string {
  const rows = y.map(
    ({ at, text }) =>
      `<line class="grid" x1="${place(left)}" x2="${place(right)}" y1="${place(at)}" y2="${place(at)}"/><text x="${place(left - 8)}" y="${place(at)}" dy=".34em" text-anchor="end">${text}</text>`,
  );
  const cols = x.map(
    ({ at, text }) =>
      `<line class="tick" x1="${place(at)}" x2="${place(at)}" y1="${place(bottom)}" y2="${place(bottom + 5)}"/><text x="${place(at)}" y="${place(bottom + 8)}" dy=".8em" text-anchor="middle">${text}</text>`,
  );
  const below =
    xlabel === ''
      ? ''
      : `<text x="${place((left + end) / 2)}" y="${place(bottom + 8)}" dy="2.3em" text-anchor="middle">${escapeHtml(xlabel)}</text>`;
  const aside =
    ylabel === ''
      ? ''
      : `<text transform="translate(14 ${place((top + bottom) / 2)}) rotate(-90)" text-anchor="middle">${escapeHtml(ylabel)}</text>`;
  return `${rows.join('')}${cols.join('')}<line class="axis" x1="${place(left)}" x2="${place(end)}" y1="${place(bottom)}" y2="${place(bottom)}"/>${below}${aside}`;
}
