/** A line chart as SVG text: small enough to run at build and in the page alike. Lines differ by dash and colour, and are named at their ends. */

import type { PlotView } from '../../lib/julia/view.ts';

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { top: 18, right: 18, bottom: 44, left: 62 };
const DASHES = ['', '7 4', '2 4', '10 3 2 3', '1 3'];
const INKS = ['var(--left, #1f5fa8)', 'var(--right, #b4530a)', 'var(--softmax, #a3186f)', 'var(--ink, #222)'];

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
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
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

function domain(values: Iterable<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function frame(view: PlotView): Frame {
  const [x0, x1] = domain(view.series.flatMap((series) => [...domain(series.x)]));
  const [low, high] = domain(view.series.flatMap((series) => [...domain(series.y)]));
  const slack = (high - low) * 0.04;
  const [y0, y1] = [low - slack, high + slack];
  const inner = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  return {
    x: (value) => MARGIN.left + ((value - x0) / (x1 - x0)) * inner.width,
    y: (value) => MARGIN.top + (1 - (value - y0) / (y1 - y0)) * inner.height,
    xs: ticks(x0, x1, 6),
    ys: ticks(y0, y1, 5),
  };
}

/** A path through the finite points; a gap where a value is not finite. At most ~2000 points are drawn, extremes kept. */
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

/** One sentence for readers who cannot see the chart. */
export function plotAlt(view: PlotView): string {
  const title = view.title === '' ? 'Line chart' : `${view.title}. Line chart`;
  const axes =
    view.xlabel === '' && view.ylabel === ''
      ? ''
      : ` of ${view.ylabel || 'values'} against ${view.xlabel || 'position'}`;
  const lines = view.series.map((series, k) => {
    const [low, high] = domain(series.y);
    const name = series.label === '' ? (view.series.length > 1 ? `line ${k + 1}` : 'the line') : series.label;
    return `${name}: ${series.x.length} points, from ${low.toPrecision(3)} to ${high.toPrecision(3)}`;
  });
  return `${title}${axes}; ${lines.join('; ')}.`;
}

function axes(view: PlotView, at: Frame): string {
  const bottom = HEIGHT - MARGIN.bottom;
  const right = WIDTH - MARGIN.right;
  const horizontal = at.ys
    .map((value) => {
      const y = at.y(value).toFixed(1);
      return `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${y}" y2="${y}"/><text x="${MARGIN.left - 8}" y="${y}" dy="0.32em" text-anchor="end">${tickText(value, at.ys)}</text>`;
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
      : `<text class="label" x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(view.xlabel)}</text>`,
    view.ylabel === ''
      ? ''
      : `<text class="label" transform="translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(view.ylabel)}</text>`,
  ];
  return `${horizontal}${vertical}<line class="axis" x1="${MARGIN.left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>${labels.join('')}`;
}

function legend(view: PlotView): string {
  const named = view.series.map((series, k) => ({ label: series.label, k })).filter(({ label }) => label !== '');
  if (named.length === 0) return '';
  const rows = named.map(({ label, k }, row) => {
    const y = MARGIN.top + 12 + 18 * row;
    const x = MARGIN.left + 14;
    return `<line x1="${x}" x2="${x + 28}" y1="${y}" y2="${y}" ${stroke(k)}/><text x="${x + 36}" y="${y}" dy="0.32em">${escapeHtml(label)}</text>`;
  });
  return `<g class="legend">${rows.join('')}</g>`;
}

function stroke(k: number): string {
  const dash = DASHES[k % DASHES.length] ?? '';
  return `style="stroke:${INKS[k % INKS.length] ?? 'currentColor'}" stroke-width="2" fill="none"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

/** The chart as one `<svg>` element whose colours come from the page. The text alternative is {@link plotAlt}. */
export function plotSvg(view: PlotView): string {
  const at = frame(view);
  const lines = view.series.map(
    (series, k) => `<path d="${path(series.x, series.y, at)}" ${stroke(k)} stroke-linejoin="round"/>`,
  );
  const title =
    view.title === ''
      ? ''
      : `<text class="title" x="${WIDTH / 2}" y="12" text-anchor="middle">${escapeHtml(view.title)}</text>`;
  return `<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(plotAlt(view))}">${title}${axes(view, at)}${lines.join('')}${legend(view)}</svg>`;
}
