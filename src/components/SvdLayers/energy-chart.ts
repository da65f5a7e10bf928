import { CHART_HEIGHT, formatNumber, linePath } from '../../lib/scene/chart.ts';

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
  const count = values.length;
  const note = 'share of the squared numbers';
  return (
    chart('Energy in the first n layers', '100 %', '0 %', 0, count, linePath(energy, [0, 1]), note) +
    valuesMarkup(values)
  );
}

/** The second of the two alone. */
export function valuesMarkup(values: Float64Array): string {
  const logs = logValues(values);
  const finite = logs.filter(Number.isFinite);
  const low = Math.min(...finite, 0);
  const high = Math.max(...finite, low + 1e-9);
  const count = values.length;
  return chart(
    'Singular value n',
    formatNumber(10 ** high),
    formatNumber(10 ** low),
    1,
    count,
    linePath(logs, [low, high]),
    'logarithmic',
  );
}

function chart(
  title: string,
  high: string,
  low: string,
  first: number,
  count: number,
  d: string,
  note: string,
): string {
  return `<div class="layers-chart"><p><span>${title}</span> <span>${note}</span></p><div><span class="layers-scale" aria-hidden="true"><span>${high}</span><span>${low}</span></span>
<svg viewBox="0 0 ${count + 1 - first} ${CHART_HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><path class="layers-line" d="${d}"/><path class="layers-rank" data-rank="" d=""/></svg></div><p class="layers-axis" aria-hidden="true"><span><var>n</var> = ${first}</span><span>${count}</span></p></div>`;
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
