/** Numbers as Julia prints them: shortest digits that read back, `1.0e-5`, `1.5f0`, `Inf`. */

import type { Eltype } from './values.ts';

/** Decimal digits and exponent of |x| as 0.d1d2d3... * 10^point. */
function digitsOf(x: number, single: boolean): { digits: string; point: number } {
  const text = single ? shortestSingle(x) : x.toExponential();
  const [mantissa = '', exponent = '0'] = text.split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** The shortest decimal that a Float32 reads back from. */
function shortestSingle(x: number): string {
  for (let precision = 1; precision < 9; precision++) {
    const text = x.toExponential(precision - 1);
    if (Math.fround(Number(text)) === x) return text;
  }
  return x.toExponential(8);
}

/** Trailing zeros of a mantissa say nothing. */
function trimmed(digits: string): string {
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '0' : kept;
}

/**
 * A floating-point number as `print` shows it. `compact` keeps six significant digits, as inside arrays. Plain notation
 * from 1e-5 (exclusive) to 1e6, scientific outside.
 */
export function floatText(value: number, single = false, compact = false): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  let x = Math.abs(single ? Math.fround(value) : value);
  if (x === 0) return `${sign}0.0`;
  let { digits, point } = digitsOf(x, single);
  if (compact && trimmed(digits).length > 6) {
    x = Number(x.toPrecision(6));
    ({ digits, point } = digitsOf(x, false));
  }
  digits = trimmed(digits);
  if (point > -4 && point <= 6) {
    if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
    if (digits.length <= point) return `${sign}${digits.padEnd(point, '0')}.0`;
    return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  }
  return `${sign}${digits[0]}.${digits.slice(1) || '0'}e${point - 1}`;
}

/** As `show` prints a Float32: 0.5f0, 1.0f-5. */
export function singleLiteral(value: number): string {
  const text = floatText(value, true);
  if (!Number.isFinite(value)) return `${text}32`;
  return text.includes('e') ? text.replace('e', 'f') : `${text}f0`;
}

/** A number of an array. */
export function elementText(value: number, eltype: Eltype): string {
  if (eltype === 'Int64') return String(value === 0 ? 0 : value);
  if (eltype === 'Bool') return value === 0 ? '0' : '1';
  return floatText(value, eltype === 'Float32', true);
}
