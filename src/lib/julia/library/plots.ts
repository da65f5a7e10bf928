/** Charts. */

import { argumentError, dimensionMismatch } from '../errors.ts';
import { gathered, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show/show.ts';
import { Arr, Fn, List, Plot, Sym, Tuple, hostNumber } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { PlotSeries } from '../view.ts';
import { broadcast } from '../broadcast.ts';
import { entry, sequentialOnly } from './table.ts';
import type { Pack } from './pack.ts';
import type { About, Entry } from './table.ts';

/** A list of numbers on the host. */
function column(rt: Runtime, v: Value): Float64Array {
  return rt.peek(numbers(rt, v, 'plot')).slice();
}

/** Of Plots' keywords, those that change how a chart looks and not what it shows: taken, and without effect, since the page has one look. */
const looks =
  'legend lw linewidth color c colour linecolor markercolor fillcolor marker m markershape markersize ms alpha opacity linestyle ls grid size dpi framestyle palette lab fmt background_color leg show colorbar'.split(
    ' ',
  );

/** y alone is drawn over 1, 2, ...; a matrix is a series a column. */
function seriesOf(rt: Runtime, args: readonly Value[], keywords: Keywords): PlotSeries[] {
  let [x, y] = args.length === 1 ? [null, args[0] ?? null] : [args[0] ?? null, args[1] ?? null];
  if (y instanceof Fn && x !== null) y = broadcast(rt, y, [x]);
  if (x instanceof Fn && y !== null) [x, y] = [y, broadcast(rt, x, [y])];
  const a = numbers(rt, y, 'plot');
  const data = rt.peek(a);
  const xs = x === null ? Float64Array.from({ length: a.rows }, (_, k) => k + 1) : column(rt, x);
  if (xs.length !== a.rows)
    throw dimensionMismatch(`x and y must have the same length, got ${xs.length} and ${a.rows}`);
  const label = keywords.get('label');
  const labels =
    label instanceof List || label instanceof Tuple || label instanceof Arr ? gathered(rt, label) : [label ?? ''];
  return Array.from({ length: a.cols }, (_, j) => ({
    x: xs,
    y: Float64Array.from({ length: a.rows }, (_unused, i) => data[i * a.cols + j] ?? NaN),
    label: printText(rt, labels[j] ?? labels[0] ?? ''),
  }));
}

function decorate(rt: Runtime, plot: Plot, keywords: Keywords): Plot {
  for (const name of looks) keywords.get(name);
  for (const name of ['title', 'xlabel', 'ylabel'] as const) {
    const v = keywords.get(name);
    if (v !== undefined) plot[name] = printText(rt, v);
  }
  rt.lastPlot = plot;
  return plot;
}

type Mark = Pick<PlotSeries, 'mark' | 'width'>;

function marked(series: readonly PlotSeries[], mark: Mark): PlotSeries[] {
  return series.map((one) => ({ ...one, ...mark }));
}

/** plot!, scatter!: onto a chart that is given, or the last one. */
function adding(about: About, mark: Mark): Entry {
  return entry({ ...about, differentiable: 'no' }, [1, 3], (rt, args, keywords) => {
    sequentialOnly(rt, about.name);
    const [first, ...rest] = args;
    const plot = first instanceof Plot ? first : rt.lastPlot;
    if (!(plot instanceof Plot)) throw argumentError(`${about.name} needs a plot before it`);
    plot.series.push(...marked(seriesOf(rt, first instanceof Plot ? rest : args, keywords), mark));
    return decorate(rt, plot, keywords);
  });
}

/**
 * Round edges that cover the numbers, about `count` bins of them; where no number is asked for, by the rule of Freedman and Diaconis
 * (width 2 IQR / n^(1/3)), as Plots.jl does.
 */
export function roundEdges(data: Float64Array, count: number | null): Float64Array {
  if (count !== null && count < 1) throw argumentError('bins must be at least 1');
  const sorted = data.slice().sort();
  const [low = 0, high = 1] = [sorted[0], sorted.at(-1)];
  if (low === high) return Float64Array.of(low - 0.5, low + 0.5);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const spread = 2 * (at(0.75) - at(0.25)) * sorted.length ** (-1 / 3);
  const wanted = Math.min(
    10_000,
    count ?? (spread > 0 ? Math.ceil((high - low) / spread) : Math.ceil(Math.sqrt(sorted.length))),
  );
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((unit) => unit * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  // Bins are closed on the left: the greatest number needs an edge beyond it.
  const last = Math.floor(high / step + 1e-9) + 1;
  return Float64Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

function counted(data: Float64Array, edges: Float64Array, rt: Runtime, keywords: Keywords): PlotSeries {
  const y = new Float64Array(edges.length - 1);
  for (const value of data) {
    let [from, to] = [0, edges.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((edges[middle] as number) <= value) from = middle + 1;
      else to = middle;
    }
    if (from > 0 && from < edges.length) y[from - 1] = (y[from - 1] ?? 0) + 1;
  }
  const width = ((edges.at(-1) ?? 1) - (edges[0] ?? 0)) / y.length;
  const normalize = keywords.get('normalize');
  const scale =
    normalize === true || (normalize instanceof Sym && normalize.name === 'pdf') ? 1 / (data.length * width) : 1;
  return {
    x: y.map((_, k) => ((edges[k] ?? 0) + (edges[k + 1] ?? 0)) / 2),
    y: y.map((n) => n * scale),
    label: printText(rt, keywords.get('label') ?? ''),
    mark: 'bars',
    width,
  };
}

const plots: readonly Entry[] = [
  entry(
    {
      name: 'plot',
      signature: 'plot(x, y; title, xlabel, ylabel, label)',
      doc: 'A line chart; y alone is drawn over 1, 2, ...',
    },
    [1, 2],
    (rt, args, keywords) => {
      sequentialOnly(rt, 'plot');
      return decorate(rt, new Plot(seriesOf(rt, args, keywords)), keywords);
    },
  ),
  adding({ name: 'plot!', signature: 'plot!(x, y; label)', doc: 'Adds a line to the last chart.' }, {}),
  entry(
    {
      name: 'scatter',
      signature: 'scatter(x, y; title, xlabel, ylabel, label)',
      doc: 'A chart of points; y alone is drawn over 1, 2, ...',
      differentiable: 'no',
    },
    [1, 2],
    (rt, args, keywords) => {
      sequentialOnly(rt, 'scatter');
      return decorate(rt, new Plot(marked(seriesOf(rt, args, keywords), { mark: 'points' })), keywords);
    },
  ),
  adding(
    { name: 'scatter!', signature: 'scatter!(x, y; label)', doc: 'Adds points to the last chart.' },
    { mark: 'points' },
  ),
  entry(
    {
      name: 'bar',
      signature: 'bar(x, y; title, xlabel, ylabel, label)',
      doc: 'A bar chart; y alone is drawn over 1, 2, ...',
      differentiable: 'no',
    },
    [1, 2],
    (rt, args, keywords) => {
      sequentialOnly(rt, 'bar');
      const series = seriesOf(rt, args, keywords);
      const [first] = series;
      const gaps = Array.from(first?.x ?? [], (x, k) => x - (first?.x[k - 1] ?? -Infinity)).filter((gap) => gap > 0);
      const width = 0.8 * Math.min(...gaps.filter(Number.isFinite), gaps.length > 1 ? Infinity : 1);
      return decorate(rt, new Plot(marked(series, { mark: 'bars', width })), keywords);
    },
  ),
  entry(
    {
      name: 'histogram',
      signature: 'histogram(v; bins, normalize, title, xlabel, ylabel, label)',
      doc: 'How many numbers fall between edges: bins is how many (about) or the edges; normalize=true gives a density.',
      differentiable: 'no',
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      sequentialOnly(rt, 'histogram');
      const data = column(rt, v).filter(Number.isFinite);
      const bins = keywords.get('bins') ?? keywords.get('nbins') ?? null;
      const edges =
        bins === null || hostNumber(bins) !== null
          ? roundEdges(data, bins === null ? null : rt.integer(bins))
          : column(rt, bins);
      if (edges.length < 2) throw argumentError('histogram needs at least two edges');
      rt.meter.room(edges.length);
      return decorate(rt, new Plot([counted(data, edges, rt, keywords)]), keywords);
    },
  ),
  entry(
    {
      name: 'heatmap',
      signature: 'heatmap(A; yflip)',
      doc: 'The matrix as a picture, its first row at the bottom, or at the top with yflip=true; colour maps are beside the picture.',
      differentiable: 'no',
      examples: [['heatmap([1 2; 3 4])', '2×2 Matrix{Int64}: 3 4 1 2']],
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      for (const name of [...looks, 'title', 'xlabel', 'ylabel', 'aspect_ratio']) keywords.get(name);
      const a = numbers(rt, v, 'heatmap');
      const flipped = keywords.get('yflip') === true;
      return flipped ? a : rt.call(rt.fn('reverse'), [a], new Map([['dims', 1n]]));
    },
  ),
];

export const pack: Pack = { entries: plots };
