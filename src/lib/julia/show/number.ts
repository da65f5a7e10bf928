/** Numbers as Julia prints them: shortest digits that read back, `1.0e-5`, `1.5f0`, `Inf`. */

/** Decimal digits, without zeros at the end, and exponent of |x| as 0.d1d2d3... * 10^point. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function decimalOf(x: number, single: boolean): Decimal {
  const text = single ? shortestSingle(x) : x.toExponential();
  const [mantissa = '', exponent = '0'] = text.split('e');
  return { digits: mantissa.replace('.', '').replace(/0+$/, '') || '0', point: Number(exponent) + 1 };
}

/** The shortest decimal that a Float32 reads back from. */
function shortestSingle(x: number): string {
  for (let precision = 1; precision < 9; precision++) {
    const text = x.toExponential(precision - 1);
    if (Math.fround(Number(text)) === x) return text;
  }
  return x.toExponential(8);
}

/**
 * Six significant digits, ties to even: what `:compact` keeps. Julia shortens the number itself, not its shortest decimal: the
 * Float32 nearest to 0.5686275 lies below it and shows 0.568627.
 */
function compacted({ digits, point }: Decimal, x: number): Decimal {
  if (digits.length <= 6) return { digits, point };
  const [mantissa = ''] = x.toExponential(60).split('e');
  const all = mantissa.replace('.', '').replace(/0+$/, '');
  const kept = Number(all.slice(0, 6));
  const rest = all.slice(6);
  const up = rest > '5' || (rest === '5' && kept % 2 === 1);
  const rounded = String(kept + (up ? 1 : 0));
  return { digits: rounded.replace(/0+$/, ''), point: point + rounded.length - 6 };
}

/**
 * A floating-point number as `print` shows it. `compact` keeps six significant digits, as in a displayed matrix. Plain
 * notation from 1e-5 (exclusive) to 1e6, scientific outside.
 */
export function floatText(value: number, single = false, compact = false): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const x = Math.abs(single ? Math.fround(value) : value);
  if (x === 0) return `${sign}0.0`;
  const exact = decimalOf(x, single);
  const { digits, point } = compact ? compacted(exact, x) : exact;
  if (point > -4 && point <= 6) {
    if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
    if (digits.length <= point) return `${sign}${digits.padEnd(point, '0')}.0`;
    return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  }
  return `${sign}${digits[0]}.${digits.slice(1) || '0'}e${point - 1}`;
}

/** As `show` prints a Float32 whose type nothing around it tells: 0.5f0, 1.0f-5, NaN32. */
export function singleLiteral(value: number): string {
  const text = floatText(value, true);
  if (!Number.isFinite(value)) return `${text}32`;
  return text.includes('e') ? text.replace('e', 'f') : `${text}f0`;
}

/** A number of an array whose type has been told. `eltype` is Julia's name, `Gray{...}` and `N0f8` included. */
export function elementText(value: number, eltype: string, compact: boolean): string {
  switch (eltype) {
    case 'Int64':
      return String(value === 0 ? 0 : value);
    case 'Bool':
      return value === 0 ? '0' : '1';
    case 'Float64':
    case 'Float32':
      return floatText(value, eltype === 'Float32', compact);
    case 'N0f8':
      return floatText(Math.round(value * 1000) / 1000);
    default: {
      const inner = /^\w+\{(\w+)\}$/.exec(eltype)?.[1];
      return inner === undefined ? floatText(value, false, compact) : `${eltype}(${elementText(value, inner, true)})`;
    }
  }
}
