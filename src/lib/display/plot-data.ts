/** The numbers behind a chart, for the reader to take away. */

import { csvNumber } from '../image/csv.ts';
import type { PlotView } from '../julia/view.ts';
import { escapeHtml } from './html.ts';

/**
 * A chart's data as comma-separated text with a header. Lines over the same x, or the beginning of it, are columns beside it, empty
 * where a line has ended; others follow each other, each row beginning with its line's name.
 */
export function plotCsv(view: PlotView): string {
  const { series } = view;
  const x = view.xlabel || 'x';
  const name = (label: string, k: number): string =>
    label || (series.length > 1 ? `line ${k + 1}` : view.ylabel || 'y');
  const longest = series.reduce<Float64Array>(
    (most, one) => (one.x.length > most.length ? one.x : most),
    new Float64Array(),
  );
  const shared = series.every((one) => one.x.every((value, k) => Object.is(value, longest[k])));
  if (shared) {
    const header = [x, ...series.map(({ label }, k) => name(label, k))];
    const rows = Array.from(longest, (value, k) => [
      csvNumber(value),
      ...series.map(({ y }) => (k < y.length ? csvNumber(y[k] ?? NaN) : '')),
    ]);
    return csv([header, ...rows]);
  }
  const rows = series.flatMap((one, k) =>
    Array.from(one.x, (value, n) => [name(one.label, k), csvNumber(value), csvNumber(one.y[n] ?? NaN)]),
  );
  return csv([['line', x, view.ylabel || 'y'], ...rows]);
}

function csv(rows: readonly (readonly string[])[]): string {
  const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(field).join(',')).join('\n')}\n`;
}

/** An address that holds the text itself: a link to it needs no script and no file beside the page. */
export function csvAddress(text: string): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
}

/** A link that hands over a chart's data as a file of that name, `.csv` added. */
export function dataLink(text: string, file: string, words = 'Data as CSV'): string {
  return `<a class="plot-data" download="${escapeHtml(file)}.csv" href="${csvAddress(text)}">${words}</a>`;
}
