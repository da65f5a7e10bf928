/**
 * A chart of lines, points or bars as SVG text: small enough to run at build and in the page alike. Lines differ by dash, by the shape of their points and
 * last by colour, and are named at their ends.
 */

import type { PlotView } from '../julia/view.ts';
import {
  axesSvg,
  domain,
  place,
  scale,
  ticks,
  ticksAt,
  tickWords,
  type Axes,
  type PlotArea,
  type Scale,
} from './axes.ts';
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

interface Layout {
  readonly frame: PlotArea;
  readonly x: Scale;
  readonly y: Scale;
  readonly axes: Axes;
}

function layOut(view: PlotView, size: Size): Layout {
  const [width, height] = SIZES[size];
  const names = view.series.map(({ label }) => nameOf(label).length);
  const longest = Math.max(0, ...names);
  const right = width - MARGIN.right - (longest === 0 ? 0 : longest * LETTER);
  const [x0, x1] = domain(...view.series.flatMap(extent));
  const bars = view.series.some(({ mark }) => mark === 'bars');
  const [low, high] = domain(...view.series.map((series) => series.y), bars ? [0] : []);
  const slack = (high - low) * 0.04;
  // Bars stand on the axis.
  const [y0, y1] = [bars && low === 0 ? 0 : low - slack, bars && high === 0 ? 0 : high + slack];
  const [xs, ys] = [ticks(x0, x1, size === 'wide' ? 6 : 4), ticks(y0, y1)];
  // Room for the longest number, and beside it for the axis' name.
  const left = Math.max(MARGIN.left, 32 + LETTER * Math.max(...tickWords(ys).map((words) => words.length)));
  const frame = { left, right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const [x, y] = [scale([x0, x1], [left, right]), scale([y0, y1], [frame.bottom, frame.top])];
  const { xlabel, ylabel } = view;
  return { frame, x, y, axes: { x: ticksAt(xs, x), y: ticksAt(ys, y), xlabel, ylabel } };
}

/** What a series takes up along x: of bars, their outer edges. */
function extent({ x, mark, width = 0 }: PlotView['series'][number]): Iterable<number>[] {
  return mark === 'bars' ? [x.map((at) => at - width / 2), x.map((at) => at + width / 2)] : [x];
}

function nameOf(label: string): string {
  return label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 1)}…` : label;
}

/** Of a line of more points than this, only some are drawn. */
const MOST_OF_LINE = 2000;

/**
 * The points of a line that are drawn, by index: all of them, or the least and the greatest of each of a thousand stretches, so that a
 * peak of one point can still be seen. A value that is not finite stays among them and leaves its gap.
 */
function drawnPoints(y: Float64Array): number[] {
  if (y.length <= MOST_OF_LINE) return Array.from(y, (_, k) => k);
  const stretch = Math.ceil(y.length / (MOST_OF_LINE / 2));
  return Array.from({ length: Math.ceil(y.length / stretch) }, (_, k) => k * stretch).flatMap((first) => {
    const last = Math.min(first + stretch, y.length);
    let [least, greatest, gap] = [-1, -1, -1];
    for (let k = first; k < last; k += 1) {
      const value = y[k] ?? NaN;
      if (!Number.isFinite(value)) gap = k;
      else {
        if (least < 0 || value < (y[least] ?? NaN)) least = k;
        if (greatest < 0 || value > (y[greatest] ?? NaN)) greatest = k;
      }
    }
    return [...new Set([least, greatest, gap])].filter((k) => k >= 0).sort((a, b) => a - b);
  });
}

/** A path through the finite points; a gap where a value is not finite. */
function path(x: Float64Array, y: Float64Array, at: Layout): string {
  let pen = 'M';
  return drawnPoints(y)
    .map((k) => {
      const [px, py] = [at.x(x[k] ?? NaN), at.y(y[k] ?? NaN)];
      const drawn = Number.isFinite(px) && Number.isFinite(py);
      const step = drawn ? `${pen}${place(px)} ${place(py)}` : '';
      pen = drawn ? 'L' : 'M';
      return step;
    })
    .join('');
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

/** The lines' names at their ends, moved apart where the lines meet. */
function names(view: PlotView, at: Layout): string {
  const named = view.series
    .map(({ label, y }, k) => ({ label: nameOf(label), k, y: at.y(y.findLast(Number.isFinite) ?? NaN) }))
    .filter(({ label, y }) => label !== '' && Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  let free = at.frame.top;
  const placed = named.map((one) => {
    const y = Math.max(one.y, free);
    free = y + NAME_LEADING;
    return { ...one, y };
  });
  let below = at.frame.bottom;
  for (const one of placed.toReversed()) {
    one.y = Math.min(one.y, below);
    below = one.y - NAME_LEADING;
  }
  return placed
    .map(
      ({ label, k, y }) =>
        `<text class="name" x="${place(at.frame.right + 10)}" y="${place(y)}" dy="0.32em" style="fill:${ink(k)}">${escapeHtml(label)}</text>`,
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
function points({ x, y, mark }: PlotView['series'][number], k: number, at: Layout): string {
  if (x.length > MARKED && mark !== 'points') return '';
  const shape = SHAPES[k % SHAPES.length] ?? SHAPES[0];
  const stride = Math.max(1, Math.ceil(x.length / MOST_POINTS));
  const scale = x.length > 200 ? ' scale(0.5)' : '';
  const marks = Array.from(x, (value, n) => [at.x(value), at.y(y[n] ?? NaN), n] as const)
    .filter(([px, py, n]) => n % stride === 0 && Number.isFinite(px) && Number.isFinite(py))
    .map(([px, py]) => `<path transform="translate(${place(px)} ${place(py)})${scale}" d="${shape}"/>`);
  return `<g style="fill:${ink(k)};stroke:${ink(k)}">${marks.join('')}</g>`;
}

/** Bars from 0 to the value, with a hair of paper between them. */
function bars({ x, y, width = 1 }: PlotView['series'][number], k: number, at: Layout): string {
  const base = at.y(0);
  const drawn = Array.from(x.subarray(0, MOST_POINTS), (value, n) => {
    const [left, right, top] = [at.x(value - width / 2), at.x(value + width / 2), at.y(y[n] ?? NaN)];
    if (![left, right, top].every(Number.isFinite)) return '';
    const [from, to] = [Math.min(top, base), Math.max(top, base)];
    return `<rect x="${place(left + 0.5)}" y="${place(from)}" width="${place(Math.max(0.5, right - left - 1))}" height="${place(to - from)}"/>`;
  });
  return `<g style="fill:${ink(k)}">${drawn.join('')}</g>`;
}

function seriesSvg(series: PlotView['series'][number], k: number, at: Layout): string {
  if (series.mark === 'bars') return bars(series, k, at);
  if (series.mark === 'points') return points(series, k, at);
  return `<path d="${path(series.x, series.y, at)}" ${stroke(k)} stroke-linejoin="round"/>${points(series, k, at)}`;
}

function drawing(view: PlotView, size: Size): string {
  const [width, height] = SIZES[size];
  const at = layOut(view, size);
  const lines = view.series.map((series, k) => seriesSvg(series, k, at));
  const title =
    view.title === ''
      ? ''
      : `<text class="title" x="${width / 2}" y="12" text-anchor="middle">${escapeHtml(view.title)}</text>`;
  return `<svg class="chart plot plot-${size}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(plotAlt(view))}">${title}${axesSvg(at.frame, at.axes)}${lines.join('')}${names(view, at)}</svg>`;
}

/**
 * The chart as two `<svg>` elements, of which the style sheet shows the one that fits. Their colours come from the page. The text
 * alternative is {@link plotAlt}.
 */
export function plotSvg(view: PlotView): string {
  return drawing(view, 'wide') + drawing(view, 'narrow');
}
