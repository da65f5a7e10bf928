/** Charts. */

import { argumentError, dimensionMismatch } from '../errors.ts';
import { elements, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show.ts';
import { Arr, Fn, List, Plot, Tuple } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { PlotSeries } from '../view.ts';
import { broadcast } from '../broadcast.ts';
import { entry, sequentialOnly } from './table.ts';
import type { Pack } from './packs.ts';
import type { Entry } from './table.ts';

/** A list of numbers on the host. */
function column(rt: Runtime, v: Value): Float64Array {
  return rt.host(numbers(rt, v, 'plot')).slice();
}

/** y alone is drawn over 1, 2, ...; a matrix is a series a column. */
function seriesOf(rt: Runtime, args: readonly Value[], keywords: Keywords): PlotSeries[] {
  let [x, y] = args.length === 1 ? [null, args[0] ?? null] : [args[0] ?? null, args[1] ?? null];
  if (y instanceof Fn && x !== null) y = broadcast(rt, y, [x]);
  if (x instanceof Fn && y !== null) [x, y] = [y, broadcast(rt, x, [y])];
  const a = numbers(rt, y, 'plot');
  const data = rt.host(a);
  const xs = x === null ? Float64Array.from({ length: a.rows }, (_, k) => k + 1) : column(rt, x);
  if (xs.length !== a.rows)
    throw dimensionMismatch(`x and y must have the same length, got ${xs.length} and ${a.rows}`);
  const label = keywords.get('label');
  const labels =
    label instanceof List || label instanceof Tuple || label instanceof Arr ? [...elements(rt, label)] : [label ?? ''];
  return Array.from({ length: a.cols }, (_, j) => ({
    x: xs,
    y: Float64Array.from({ length: a.rows }, (_unused, i) => data[i * a.cols + j] ?? NaN),
    label: printText(rt, labels[j] ?? labels[0] ?? ''),
  }));
}

function decorate(rt: Runtime, plot: Plot, keywords: Keywords): Plot {
  for (const name of ['title', 'xlabel', 'ylabel'] as const) {
    const v = keywords.get(name);
    if (v !== undefined) plot[name] = printText(rt, v);
  }
  rt.lastPlot = plot;
  return plot;
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
  entry(
    { name: 'plot!', signature: 'plot!(x, y; label)', doc: 'Adds a line to the last chart.' },
    [1, 3],
    (rt, args, keywords) => {
      sequentialOnly(rt, 'plot!');
      const [first, ...rest] = args;
      const plot = first instanceof Plot ? first : rt.lastPlot;
      if (!(plot instanceof Plot)) throw argumentError('plot! needs a plot before it');
      plot.series.push(...seriesOf(rt, first instanceof Plot ? rest : args, keywords));
      return decorate(rt, plot, keywords);
    },
  ),
];

export const pack: Pack = { entries: plots };
