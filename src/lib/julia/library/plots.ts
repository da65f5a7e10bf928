/** plot, and the controls of @bind. */

import { argumentError, dimensionMismatch } from '../errors.ts';
import { elements, lengthOf, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show.ts';
import { Arr, Char, Fn, List, Pair, Plot, Range, Sym, Tuple, Widget, hostNumber } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { BoundValue, PlotSeries } from '../view.ts';
import { broadcast } from '../broadcast.ts';
import { entry, noMethod, sequentialOnly } from './table.ts';
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

/** A value a control can hold. @throws ArgumentError */
export function boundValue(rt: Runtime, v: Value): BoundValue {
  const settled = rt.settle(v);
  if (settled instanceof Sym) return { symbol: settled.name };
  if (typeof settled === 'string' || typeof settled === 'boolean') return settled;
  const x = hostNumber(settled);
  if (x !== null) return x;
  throw argumentError('a control offers numbers, strings, symbols or Bools');
}

function slider(rt: Runtime, v: Value, keywords: Keywords): Widget {
  if (lengthOf(v) === 0) throw argumentError('a Slider needs at least one value');
  const given = keywords.get('default');
  const range = v instanceof Range ? v : null;
  const values = range ? null : [...column(rt, v)];
  const [start, stop] = range ? [range.start, range.last] : [values?.[0] ?? 0, values?.at(-1) ?? 0];
  const initial = given === undefined ? start : rt.number(given);
  // The nearest value on offer.
  const nearest = range
    ? range.number(Math.min(range.length - 1, Math.max(0, Math.round((initial - range.start) / (range.step || 1)))))
    : (values ?? []).reduce((best, x) => (Math.abs(x - initial) < Math.abs(best - initial) ? x : best), start);
  const integer = range ? range.integer : v instanceof Arr && v.eltype === 'Int64';
  return new Widget({
    kind: 'slider',
    start,
    step: range ? range.step : 1,
    stop,
    initial: nearest,
    integer,
    ...(values ? { values } : {}),
  });
}

function select(rt: Runtime, v: Value, keywords: Keywords): Widget {
  const items = [...elements(rt, v)];
  const options = items.map((item) => {
    const [value, label] = item instanceof Pair ? [item.key, item.value] : [item, item];
    return { value: boundValue(rt, value instanceof Char ? value.value : value), label: printText(rt, label) };
  });
  const [first] = options;
  if (!first) throw argumentError('a Select needs at least one option');
  const given = keywords.get('default');
  const wanted = given === undefined ? first.value : boundValue(rt, given);
  if (!options.some((o) => JSON.stringify(o.value) === JSON.stringify(wanted)))
    throw argumentError('the default of a Select must be one of its options');
  const values = items.map((item) => rt.settle(item instanceof Pair ? item.key : item));
  return new Widget({ kind: 'select', options, initial: wanted }, values);
}

export const plots: readonly Entry[] = [
  entry('plot', [1, 2], (rt, args, keywords) => {
    sequentialOnly(rt, 'plot');
    return decorate(rt, new Plot(seriesOf(rt, args, keywords)), keywords);
  }),
  entry('plot!', [1, 3], (rt, args, keywords) => {
    sequentialOnly(rt, 'plot!');
    const [first, ...rest] = args;
    const plot = first instanceof Plot ? first : rt.lastPlot;
    if (!(plot instanceof Plot)) throw argumentError('plot! needs a plot before it');
    plot.series.push(...seriesOf(rt, first instanceof Plot ? rest : args, keywords));
    return decorate(rt, plot, keywords);
  }),
  entry('Slider', [1, 1], (rt, [v = null], keywords) => slider(rt, v, keywords)),
  entry('Select', [1, 1], (rt, [v = null], keywords) => select(rt, v, keywords)),
  entry('CheckBox', [0, 0], (_rt, args, keywords) => {
    const given = keywords.get('default') ?? false;
    if (typeof given !== 'boolean') throw noMethod('CheckBox', args);
    return new Widget({ kind: 'checkbox', initial: given });
  }),
];
