/**
 * A chart of lines, points or bars as SVG text: small enough to run at build and in the page alike. Lines differ by dash, by the shape of their points and
 * last by colour, and are named at their ends.
 */

import type { PlotView } from '../julia/view.ts';
import { escapeHtml } from './html.ts';

/** Units of the drawing: one to a pixel where it is shown at full width. A phone gets a drawing of its own, whose letters stay legible. */
const SIZES = { wide: [640, 360], narrow: [360, 280] } as const;
type Size = keyof typeof SIZES;
const MARGIN = { top: 18, right: 18, bottom: 44, left: 62 };
/** Of the letters: 13 units of a monospaced face. */
const LETTER = 7.8;
const LONGEST_NAME = 16;
/** Between two names at the lines' ends. */
const NAME_LEADING = 16;
/** So few points are marked. */
const MARKED = 32;
/** Of points or bars, so many are drawn. */
const MOST_POINTS = 4000;
const DASHES = ['', '7 4', '2 4', '10 3 2 3', '1 3'];
const INKS = ['var(--left, #1f5fa8)', 'var(--right, #b4530a)', 'var(--softmax, #a3186f)', 'var(--ink, #222)'];

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

/** Written with the fewest digits that tell neighbours apart. */
function tickText(value: number, all: readonly number[]): string {
  const step = Math.abs((all[1] ?? 1) - (all[0] ?? 0)) || 1;
  const top = Math.max(...all.map(Math.abs));
  if (top >= 1e6 || (top > 0 && top < 1e-3))
    return value === 0 ? '0' : value.toExponential(1).replace('e+', 'e').replace('-', '−');
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9)));
  return value.toFixed(decimals).replace('-', '−');
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The least and the greatest finite number; a little around them where they are one, 0 to 1 where there are none. */
function domain(...series: readonly Iterable<number>[]): [number, number] {
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

function frame(view: PlotView, size: Size): Frame {
  const [width, height] = SIZES[size];
  const names = view.series.map(({ label }) => nameOf(label).length);
  const longest = Math.max(0, ...names);
  const right = width - MARGIN.right - (longest === 0 ? 0 : longest * LETTER);
  const bottom = height - MARGIN.bottom;
  const [x0, x1] = domain(...view.series.flatMap(extent));
  const bars = view.series.some(({ mark }) => mark === 'bars');
  const [low, high] = domain(...view.series.map((series) => series.y), bars ? [0] : []);
  const slack = (high - low) * 0.04;
  // Bars stand on the axis.
  const [y0, y1] = [bars && low === 0 ? 0 : low - slack, bars && high === 0 ? 0 : high + slack];
  const ys = ticks(y0, y1, 5);
  // Room for the longest number, and beside it for the axis' name.
  const left = Math.max(MARGIN.left, 32 + LETTER * Math.max(...ys.map((value) => tickText(value, ys).length)));
  return {
    left,
    right,
    top: MARGIN.top,
    bottom,
    x: (value) => left + ((value - x0) / (x1 - x0)) * (right - left),
    y: (value) => MARGIN.top + (1 - (value - y0) / (y1 - y0)) * (bottom - MARGIN.top),
    xs: ticks(x0, x1, size === 'wide' ? 6 : 4),
    ys,
  };
}

/** What a series takes up along x: of bars, their outer edges. */
function extent({ x, mark, width = 0 }: PlotView['series'][number]): Iterable<number>[] {
  return mark === 'bars' ? [x.map((at) => at - width / 2), x.map((at) => at + width / 2)] : [x];
}

function nameOf(label: string): string {
  return label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 1)}…` : label;
}

/** A path through the finite points; a gap where a value is not finite. Of more than 2000 points only every so many are drawn. */
function path(x: Float64Array, y: Float64Array, at: Frame): string {
  const stride = Math.max(1, Math.ceil(x.length / 2000));
  let text = '';
  let pen = 'M';
  for (let k = 0; k < x.length; k += stride) {
    const px = at.x(x[k] ?? NaN);
    const py = at.y(y[k] ?? NaN);
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      pen = 'M';
      continue;
    }
    text += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`;
    pen = 'L';
  }
  return text;
}

function kindOf({ series }: PlotView): string {
  if (series.length > 0 && series.every(({ mark }) => mark === 'bars')) return 'Bar chart';
  return series.length > 0 && series.every(({ mark }) => mark === 'points') ? 'Scatter chart' : 'Line chart';
}

/** One sentence for readers who cannot see the chart. */
export function plotAlt(view: PlotView): string {
  const kind = kindOf(view);
  const title = view.title === '' ? kind : `${view.title}. ${kind}`;
  const axes =
    view.xlabel === '' && view.ylabel === ''
      ? ''
      : ` of ${view.ylabel || 'values'} against ${view.xlabel || 'position'}`;
  const lines = view.series.map((series, k) => {
    const [low, high] = domain(series.y);
    const name = series.label === '' ? (view.series.length > 1 ? `series ${k + 1}` : 'the values') : series.label;
    return `${name}: ${series.x.length} ${series.mark === 'bars' ? 'bars' : 'points'}, from ${low.toPrecision(3)} to ${high.toPrecision(3)}`;
  });
  return `${title}${axes}; ${lines.join('; ')}.`;
}

function axes(view: PlotView, at: Frame): string {
  const { left, right, top, bottom } = at;
  const horizontal = at.ys
    .map((value) => {
      const y = at.y(value).toFixed(1);
      return `<line class="grid" x1="${left.toFixed(1)}" x2="${right.toFixed(1)}" y1="${y}" y2="${y}"/><text x="${(left - 8).toFixed(1)}" y="${y}" dy="0.32em" text-anchor="end">${tickText(value, at.ys)}</text>`;
    })
    .join('');
  const vertical = at.xs
    .map((value) => {
      const x = at.x(value).toFixed(1);
      return `<line class="tick" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 5}"/><text x="${x}" y="${bottom + 18}" text-anchor="middle">${tickText(value, at.xs)}</text>`;
    })
    .join('');
  const labels = [
    view.xlabel === ''
      ? ''
      : `<text class="label" x="${((left + right) / 2).toFixed(1)}" y="${bottom + 38}" text-anchor="middle">${escapeHtml(view.xlabel)}</text>`,
    view.ylabel === ''
      ? ''
      : `<text class="label" transform="translate(14 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(view.ylabel)}</text>`,
  ];
  return `${horizontal}${vertical}<line class="axis" x1="${left.toFixed(1)}" x2="${right.toFixed(1)}" y1="${bottom}" y2="${bottom}"/>${labels.join('')}`;
}

/** The lines' names at their ends, moved apart where the lines meet. */
function names(view: PlotView, at: Frame): string {
  const named = view.series
    .map(({ label, y }, k) => ({ label: nameOf(label), k, y: at.y(y.findLast(Number.isFinite) ?? NaN) }))
    .filter(({ label, y }) => label !== '' && Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  let free = at.top;
  const placed = named.map((one) => {
    const y = Math.max(one.y, free);
    free = y + NAME_LEADING;
    return { ...one, y };
  });
  let below = at.bottom;
  for (const one of placed.toReversed()) {
    one.y = Math.min(one.y, below);
    below = one.y - NAME_LEADING;
  }
  return placed
    .map(
      ({ label, k, y }) =>
        `<text class="name" x="${(at.right + 10).toFixed(1)}" y="${y.toFixed(1)}" dy="0.32em" style="fill:${ink(k)}">${escapeHtml(label)}</text>`,
    )
    .join('');
}

function ink(k: number): string {
  return INKS[k % INKS.length] ?? 'currentColor';
}

function stroke(k: number): string {
  const dash = DASHES[k % DASHES.length] ?? '';
  return `style="stroke:${ink(k)}" stroke-width="2" fill="none"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

/** Outlines about (0, 0): a disc, a square, a triangle, a diamond, a cross. */
const SHAPES = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z',
  'M-3.6 -3.6H3.6V3.6H-3.6Z',
  'M0 -4.8L4.6 3.4H-4.6Z',
  'M0 -5L5 0L0 5L-5 0Z',
  'M-4 -4L4 4M-4 4L4 -4',
] as const;

/** The points of a line of few, in the line's own shape; of a series of points, all of them up to a number, smaller where they are many. */
function points({ x, y, mark }: PlotView['series'][number], k: number, at: Frame): string {
  if (x.length > MARKED && mark !== 'points') return '';
  const shape = SHAPES[k % SHAPES.length] ?? SHAPES[0];
  const stride = Math.max(1, Math.ceil(x.length / MOST_POINTS));
  const scale = x.length > 200 ? ' scale(0.5)' : '';
  const marks = Array.from(x, (value, n) => [at.x(value), at.y(y[n] ?? NaN), n] as const)
    .filter(([px, py, n]) => n % stride === 0 && Number.isFinite(px) && Number.isFinite(py))
    .map(([px, py]) => `<path transform="translate(${px.toFixed(1)} ${py.toFixed(1)})${scale}" d="${shape}"/>`);
  return `<g style="fill:${ink(k)};stroke:${ink(k)}">${marks.join('')}</g>`;
}

/** Bars from 0 to the value, with a hair of paper between them. */
function bars({ x, y, width = 1 }: PlotView['series'][number], k: number, at: Frame): string {
  const base = at.y(0);
  const drawn = Array.from(x.subarray(0, MOST_POINTS), (value, n) => {
    const [left, right, top] = [at.x(value - width / 2), at.x(value + width / 2), at.y(y[n] ?? NaN)];
    if (![left, right, top].every(Number.isFinite)) return '';
    const [from, to] = [Math.min(top, base), Math.max(top, base)];
    return `<rect x="${(left + 0.5).toFixed(1)}" y="${from.toFixed(1)}" width="${Math.max(0.5, right - left - 1).toFixed(1)}" height="${(to - from).toFixed(1)}"/>`;
  });
  return `<g style="fill:${ink(k)}">${drawn.join('')}</g>`;
}

function seriesSvg(series: PlotView['series'][number], k: number, at: Frame): string {
  if (series.mark === 'bars') return bars(series, k, at);
  if (series.mark === 'points') return points(series, k, at);
  return `<path d="${path(series.x, series.y, at)}" ${stroke(k)} stroke-linejoin="round"/>${points(series, k, at)}`;
}

function drawing(view: PlotView, size: Size): string {
  const [width, height] = SIZES[size];
  const at = frame(view, size);
  const lines = view.series.map((series, k) => seriesSvg(series, k, at));
  const title =
    view.title === ''
      ? ''
      : `<text class="title" x="${width / 2}" y="12" text-anchor="middle">${escapeHtml(view.title)}</text>`;
  return `<svg class="plot plot-${size}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(plotAlt(view))}">${title}${axes(view, at)}${lines.join('')}${names(view, at)}</svg>`;
}

/**
 * The chart as two `<svg>` elements, of which the style sheet shows the one that fits. Their colours come from the page. The text
 * alternative is {@link plotAlt}.
 */
export function plotSvg(view: PlotView): string {
  return drawing(view, 'wide') + drawing(view, 'narrow');
}
