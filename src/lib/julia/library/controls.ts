/** The controls of @bind. */

import { argumentError } from '../errors.ts';
import { gathered, lengthOf, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show/show.ts';
import { Arr, Char, Pair, Range, Sym, Widget, hostNumber } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import type { BoundValue } from '../view.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/** A list of numbers on the host. */
function column(rt: Runtime, v: Value): Float64Array {
  return rt.host(numbers(rt, v, 'Slider')).slice();
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
  const items = gathered(rt, v);
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

export const controls: readonly Entry[] = [
  entry(
    { name: 'Slider', signature: 'Slider(range; default)', doc: 'A control for a number of the range, for @bind.' },
    [1, 1],
    (rt, [v = null], keywords) => slider(rt, v, keywords),
  ),
  entry(
    {
      name: 'Select',
      signature: 'Select(options; default)',
      doc: 'A control for one of the options, for @bind; an option may be value => label.',
    },
    [1, 1],
    (rt, [v = null], keywords) => select(rt, v, keywords),
  ),
  entry(
    { name: 'CheckBox', signature: 'CheckBox(; default)', doc: 'A control for a Bool, for @bind.' },
    [0, 0],
    (_rt, args, keywords) => {
      const given = keywords.get('default') ?? false;
      if (typeof given !== 'boolean') throw noMethod('CheckBox', args);
      return new Widget({ kind: 'checkbox', initial: given });
    },
  ),
];
