/** What is shown of a value, in words and tables: the same from the build and in the page. Pure. */

import { headingOf } from '../julia/show/heading.ts';
import { elementText } from '../julia/show/number.ts';
import type { MatrixView, PlotView, View } from '../julia/view.ts';
import { formatNumber } from './number.ts';
import { asPicture, pictureExtremes, type Extremes } from './picture.ts';

/** What is shown of a value, as plain data. The numbers of a picture stay out: its pixels are made of them elsewhere. */
export type Shown =
  | {
      readonly kind: 'picture';
      readonly rows: number;
      readonly cols: number;
      readonly colour: boolean;
      readonly eltype: string;
      /** Extremes of the values, before they were clamped for display. */
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: 'numbers'; readonly heading: string; readonly table: readonly (readonly string[])[] }
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'plot'; readonly svg: string; readonly alt: string; readonly csv: string }
  | { readonly kind: 'nothing' };

/** Rows and columns of a table, at most. */
const MOST_ROWS = 12;

/** Positions to show of `count`, with -1 where some are left out. */
function shownPositions(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, k) => k);
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return [
    ...Array.from({ length: head }, (_, k) => k),
    -1,
    ...Array.from({ length: tail }, (_, k) => count - tail + k),
  ];
}

/** The numbers as the REPL shows them; those of a float32 engine to the digits that they have, and greys without their type. */
function numbersTable(view: MatrixView): string[][] {
  const type = /^Gray\{(.*)\}$/.exec(view.eltype)?.[1] ?? view.eltype;
  const shown = type === 'Float64' && view.data instanceof Float32Array ? 'Float32' : type;
  return shownPositions(view.rows, MOST_ROWS).map((i) =>
    shownPositions(view.cols, MOST_ROWS).map((j) => {
      if (i < 0) return '⋮';
      if (j < 0) return '…';
      return elementText(view.data[i * view.cols + j] ?? NaN, shown, view.cols > 1);
    }),
  );
}

/**
 * What is shown of a value, apart from the pixels of a picture. Charts are drawn in `describe-plot.ts`: most pages never draw one.
 *
 * @param known the extremes of its values, where they were found already.
 */
export function describe(
  view: Exclude<View, PlotView> | null,
  show: string,
  known?: Extremes,
): Exclude<Shown, { kind: 'plot' }> {
  if (view === null || show === 'none') return { kind: 'nothing' };
  const picture = asPicture(view, show);
  if (picture !== null) {
    const { low, high } = known ?? pictureExtremes(picture);
    return {
      kind: 'picture',
      rows: picture.rows,
      cols: picture.cols,
      colour: picture.kind === 'colour',
      eltype: picture.kind === 'matrix' ? picture.eltype : 'RGB',
      low,
      high,
    };
  }
  switch (view.kind) {
    case 'matrix':
      return { kind: 'numbers', heading: headingOf(view), table: numbersTable(view) };
    case 'number':
      return { kind: 'number', text: view.text, value: view.value };
    case 'text':
      return { kind: 'text', text: view.text };
    default:
      return { kind: 'nothing' };
  }
}

/** `512 × 512, values from 0 to 1`: said under a picture and in its text alternative. */
export function pictureFacts(picture: Shown & { kind: 'picture' }): string {
  const size = `${picture.rows} × ${picture.cols}${picture.colour ? ', in colour' : ''}`;
  const range =
    picture.low === picture.high
      ? `every value is ${formatNumber(picture.low)}`
      : `values from ${formatNumber(picture.low)} to ${formatNumber(picture.high)}`;
  const clipped = picture.low < -1e-6 || picture.high > 1 + 1e-6 ? '; shown from 0 (black) to 1 (white)' : '';
  return `${size}, ${range}${clipped}`;
}
