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
