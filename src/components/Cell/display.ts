/** From a value to what is shown of it: display bytes, tables, words. Pure; the build and the browser use the same. */

import { display8, level8 } from '../../lib/image/display.ts';
import { headingOf } from '../../lib/julia/show/heading.ts';
import { elementText } from '../../lib/julia/show/number.ts';
import type { ColourView, MatrixView, View } from '../../lib/julia/view.ts';
import { plotCsv } from '../../lib/display/plot-data.ts';
import { plotAlt, plotSvg } from '../../lib/display/plot.ts';
import type { StaticResult } from './payload.ts';

/** Interleaved bytes of a picture at its displayed grey levels: one channel for a matrix, three for a colour picture. */
export function displayBytes(view: MatrixView | ColourView): Uint8Array {
  if (view.kind === 'matrix') return display8(view);
  const size = view.rows * view.cols;
  const bytes = new Uint8Array(3 * size);
  for (let k = 0; k < size; k += 1) {
    bytes[3 * k] = level8(view.red[k] ?? 0);
    bytes[3 * k + 1] = level8(view.green[k] ?? 0);
    bytes[3 * k + 2] = level8(view.blue[k] ?? 0);
  }
  return bytes;
}

/** Smallest and largest finite value; NaN, NaN where there is none. */
export function extremes(values: ArrayLike<number>): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] ?? NaN;
    if (value < low && value !== -Infinity) low = value;
    if (value > high && value !== Infinity) high = value;
  }
  return low <= high ? { low, high } : { low: NaN, high: NaN };
}

/** Over all planes of a picture. */
export function pictureExtremes(picture: MatrixView | ColourView): { low: number; high: number } {
  const planes = picture.kind === 'matrix' ? [picture.data] : [picture.red, picture.green, picture.blue];
  const ranges = planes.map(extremes);
  return { low: Math.min(...ranges.map(({ low }) => low)), high: Math.max(...ranges.map(({ high }) => high)) };
}

/** A number for people: at most `digits` significant digits, a true minus sign, no needless zeros. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '−Inf';
  const size = Math.abs(value);
  let text: string;
  if (Number.isInteger(value) && size < 1e9) text = String(size);
  else if (size !== 0 && (size < 1e-4 || size >= 10 ** Math.max(digits, 6))) {
    const [mantissa = '', exponent = ''] = size.toExponential(digits - 1).split('e');
    text = `${trimZeros(mantissa)}e${Number(exponent)}`;
  } else text = trimZeros(size.toPrecision(digits));
  return (value < 0 || Object.is(value, -0)) && text !== '0' ? `−${text}` : text;
}

function trimZeros(text: string): string {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}

/** Up to this many elements a matrix is shown by its numbers unless it holds greys. */
const FEW = 100;
const MOST_ROWS = 12;

/** The value as a picture, or null where it is shown otherwise; `show` is the author's wish. */
export function asPicture(view: View | null, show: string): MatrixView | ColourView | null {
  if (view === null || show === 'none' || show === 'numbers') return null;
  if (view.kind === 'colour') return view;
  if (view.kind !== 'matrix' || view.rows === 0 || view.cols === 0) return null;
  if (show === 'picture') return view;
  if (view.vector) return null;
  return /Gray/.test(view.eltype) || view.rows * view.cols > FEW ? view : null;
}

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
 * What is shown of a value, apart from the pixels of a picture.
 *
 * @param known the extremes of its values, where somebody has them already.
 */
export function describe(view: View | null, show: string, known?: { low: number; high: number }): StaticResult {
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
    case 'plot':
      return { kind: 'plot', svg: plotSvg(view), alt: plotAlt(view), csv: plotCsv(view) };
    case 'text':
      return { kind: 'text', text: view.text };
    default:
      return { kind: 'nothing' };
  }
}

/** `512 × 512, values from 0 to 1`: said under a picture and in its text alternative. */
export function pictureFacts(picture: StaticResult & { kind: 'picture' }): string {
  const size = `${picture.rows} × ${picture.cols}${picture.colour ? ', in colour' : ''}`;
  const range =
    picture.low === picture.high
      ? `every value is ${formatNumber(picture.low)}`
      : `values from ${formatNumber(picture.low)} to ${formatNumber(picture.high)}`;
  const clipped = picture.low < -1e-6 || picture.high > 1 + 1e-6 ? '; shown from 0 (black) to 1 (white)' : '';
  return `${size}, ${range}${clipped}`;
}
