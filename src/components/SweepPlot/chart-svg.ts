/** The alpha plot as SVG text. Colours come from the page; arms also differ by the shape of their marks and by their lines. */
import { axesSvg, place as n } from '../../lib/display/axes.ts';
import { escapeHtml } from '../../lib/display/html.ts';
import type { ChartKind, ChartLayout, Mean, PlottedRun, SeriesLayout } from './chart-layout.ts';
import { AREA, HEIGHT, WIDTH } from './chart-layout.ts';
import type { Origin } from './extra.ts';
import type { SeriesName } from './words.ts';
import { SERIES } from './words.ts';

export const AXIS_WORDS: Readonly<Record<ChartKind, string>> = {
  accuracy: 'test accuracy, %',
  loss: 'test loss, nats',
  difference: 'accuracy minus V, points',
};

/** The mark of a mean, centred on 0: circle, square, triangle, its mirror, cross, diamond. */
const MARKS: Readonly<Record<SeriesName, string>> = {
  V: 'M0-6 6 0 0 6-6 0Z',
  'add-NS': 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z',
  linear: 'M-4-4h8v8h-8Z',
  'add-S': 'M0-5 5 4h-10Z',
  'add-exp': 'M0 5 5-4h-10Z',
  'add-features': 'M-5-3-3-5 0-2 3-5 5-3 2 0 5 3 3 5 0 2-3 5-5 3-2 0Z',
  others: 'M0-6 6 0 0 6-6 0Z',
};

function meanMark(mean: Mean, name: SeriesName): string {
  if (mean.beyond !== null) {
    const arrow = mean.beyond === 'below' ? 'M-5-5h10L0 4Z' : 'M-5 5h10L0-4Z';
    return `<path class="mark" transform="translate(${n(mean.x)} ${n(mean.y)})" d="${arrow}"/>`;
  }
  const interval = `<path class="interval" d="M${n(mean.x)} ${n(mean.high)}V${n(mean.low)}"/>`;
  return `${interval}<path class="mark" transform="translate(${n(mean.x)} ${n(mean.y)})" d="${MARKS[name]}"/>`;
}

/**
 * A dot to each point, to the nearest unit of the drawing. From left to right and each from the one before it, because there
 * are thousands of them and this packs three times smaller than addresses of their own.
 */
function dotsPath(points: readonly PlottedRun[]): string {
  let [left, top] = [0, 0];
  return points
    .map(({ x, y }): [number, number] => [Math.round(x), Math.round(y)])
    .sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
    .map(([x, y]) => {
      const step = `m${x - left} ${y - top}h0`;
      [left, top] = [x, y];
      return step;
    })
    .join('');
}

/** A run of the reader's: an upright cross. One handed in by others: a cross on its side. Centred on 0. */
const EXTRA_MARKS: Readonly<Record<Origin, string>> = {
  yours: 'm0-6v12m-6-6h12',
  contributed: 'm-4.5-4.5l9 9m0-9l-9 9',
};

function extrasSvg(extras: SeriesLayout['extras']): string {
  return (['contributed', 'yours'] as const)
    .map((origin) => {
      const here = extras.filter((extra) => extra.origin === origin);
      const d = here.map(({ x, y }) => `M${n(x)} ${n(y)}${EXTRA_MARKS[origin]}`).join('');
      return d === '' ? '' : `<path class="extra" data-origin="${origin}" d="${d}"/>`;
    })
    .join('');
}

function seriesSvg({ name, points, extras, means, joined }: SeriesLayout): string {
  const here = means.toSorted((a, b) => a.x - b.x);
  // Along the edge, where both means lie beyond it, there is nothing to join.
  const joint = ({ x, y, beyond }: Mean, i: number): string =>
    `${i === 0 || (beyond !== null && here[i - 1]?.beyond === beyond) ? 'M' : 'L'}${n(x)} ${n(y)}`;
  const line = joined ? here.map(joint).join('') : '';
  return `<g class="series" data-series="${name}"><path class="dots" d="${dotsPath(points)}"/>${
    line === '' ? '' : `<path class="trend" d="${line}"/>`
  }${here.map((mean) => meanMark(mean, name)).join('')}${extrasSvg(extras)}</g>`;
}

/** The axes, the names of the arms that have no alpha, the band of what is not worth having, and the height of V. */
function ground({ axes, names, band, base }: ChartLayout): string {
  const { left, right, bottom } = AREA;
  const arms = names.map(
    ({ at, text }) =>
      `<text class="name" transform="translate(${n(at + 5)} ${bottom + 12}) rotate(-42)">${escapeHtml(text)}</text>`,
  );
  const behind =
    band === null
      ? ''
      : `<rect class="band" x="${left}" width="${right - left}" y="${n(band.top)}" height="${n(band.bottom - band.top)}"/>`;
  const across = base === null ? '' : `<path class="base" d="M${left} ${n(base)}H${right}"/>`;
  return `${behind}${axesSvg(AREA, axes)}${arms.join('')}${across}`;
}

/** One chart as an `<svg>` element. `alt` says in words what it shows. */
export function chartSvg(chart: ChartLayout, alt: string): string {
  return `<svg class="chart alpha-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(alt)}">${ground(chart)}${chart.series.map(seriesSvg).join('')}</svg>`;
}

/** The key to the marks, for the series a chart has. */
export function keySvg(name: SeriesName): string {
  return `<svg class="alpha-key" viewBox="0 0 34 14" aria-hidden="true"><g class="series" data-series="${name}"><path class="trend" d="M1 7H33"/><path class="dots" d="M5 4h0M28 10h0"/><path class="mark" transform="translate(17 7)" d="${MARKS[name]}"/></g></svg> ${escapeHtml(SERIES[name].label)}`;
}

/** The key to the exploratory marks. */
export function extraKeySvg(origin: Origin, label: string): string {
  return `<svg class="alpha-key" viewBox="0 0 34 14" aria-hidden="true"><path class="extra" data-origin="${origin}" d="M17 7${EXTRA_MARKS[origin]}"/></svg> ${escapeHtml(label)}`;
}
