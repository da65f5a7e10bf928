import { axesSvg, place, scale, ticks, ticksAt, type PlotArea, type Scale, type Tick } from '../../lib/display/axes.ts';
import { formatNumber } from '../../lib/display/number.ts';
import { CHART_HEIGHT, linePath } from '../../lib/scene/chart.ts';

const WIDTH = 360;
const HEIGHT = 190;
const AREA: PlotArea = { left: 48, right: WIDTH - 12, top: 8, bottom: HEIGHT - 44 };

/** log10 of the values; what is zero (or rounding, below 1e-14 of the largest) leaves a gap. */
export function logValues(values: Float64Array): Float64Array {
  const floor = (values[0] ?? 0) * 1e-14;
  return values.map((value) => (value > floor ? Math.log10(value) : Number.NaN));
}

/**
 * Two charts over the number of layers n: the energy in the first n layers on a linear scale (where a plaid shows as a cliff at n = 1), and
 * the singular values on a logarithmic one (where what comes after the cliff can be told apart).
 */
export function chartMarkup(energy: Float64Array, values: Float64Array): string {
  const shares = ticks(0, 1, 2);
  const energyChart = chart({
    title: 'Energy in the first n layers',
    note: 'share of the squared numbers',
    first: 0,
    count: values.length,
    y: (along) =>
      ticksAt(
        shares,
        along,
        shares.map((share) => `${100 * share} %`),
      ),
    range: [0, 1],
    line: energy,
  });
  return energyChart + valuesMarkup(values);
}

/** The second of the two alone. */
export function valuesMarkup(values: Float64Array): string {
  const logs = logValues(values);
  const finite = logs.filter(Number.isFinite);
  const low = Math.min(...finite, 0);
  const high = Math.max(...finite, low + 1e-9);
  const powers = ticks(low, high, 6).filter(Number.isInteger);
  return chart({
    title: 'Singular value n',
    note: 'logarithmic',
    first: 1,
    count: values.length,
    // Values of one magnitude have no power of ten between them: the ends stand in.
    y: (along) =>
      powers.length > 1
        ? ticksAt(powers, along, powers.map(powerOfTen))
        : ticksAt(
            [low, high],
            along,
            [low, high].map((log) => formatNumber(10 ** log)),
          ),
    range: [low, high],
    line: logs,
  });
}

function powerOfTen(exponent: number): string {
  if (exponent === 0 || exponent === 1) return String(10 ** exponent);
  return `10<tspan dy="-.4em" font-size=".75em">${String(exponent).replace('-', '−')}</tspan>`;
}

interface Chart {
  readonly title: string;
  readonly note: string;
  /** The n of the first value. */
  readonly first: number;
  /** The n of the last. */
  readonly count: number;
  readonly y: (along: Scale) => readonly Tick[];
  readonly range: readonly [number, number];
  readonly line: Float64Array;
}

/** The line is drawn in units of its own, one to a value, so that `markRank` can say where it stands without knowing the frame. */
function chart({ title, note, first, count, y, range, line }: Chart): string {
  const { left, right, top, bottom } = AREA;
  const steps = count + 1 - first;
  const x = scale([first - 0.5, count + 0.5], [left, right]);
  // Both ends, and round numbers that leave room for the last.
  const round = ticks(1, count, 4).filter((n) => Number.isInteger(n) && n < 0.9 * count);
  const numbers = [...new Set([1, ...round, count])];
  const axes = axesSvg(AREA, { x: ticksAt(numbers, x), y: y(scale(range, [bottom, top])), xlabel: 'n' });
  const box = `x="${place(left)}" y="${place(top)}" width="${place(right - left)}" height="${place(bottom - top)}"`;
  return `<div class="layers-chart"><p><span>${title}</span> <span>${note}</span></p><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${axes}<svg ${box} viewBox="0 0 ${steps} ${CHART_HEIGHT}" preserveAspectRatio="none" overflow="visible"><path class="layers-line" d="${linePath(line, range)}"/><path class="layers-rank" data-rank="" d=""/></svg></svg></div>`;
}

/** Moves the upright line to a rank. */
export function markRank(root: Element, rank: number): void {
  for (const [index, path] of root.querySelectorAll('[data-rank]').entries()) {
    // The energy chart has a point for n = 0, the chart of values none.
    const x = index === 0 ? rank + 0.5 : rank - 0.5;
    path.setAttribute('d', `M${Math.max(0, x)} 0V${CHART_HEIGHT}`);
  }
}

/** Digits enough to tell 99.99 % from all of it. */
export function percent(share: number): string {
  const missing = 1 - share;
  const digits = missing <= 0 ? 0 : Math.min(6, Math.max(1, Math.ceil(-Math.log10(missing)) - 1));
  return `${(100 * share).toFixed(share === 1 ? 0 : digits)} %`;
}
