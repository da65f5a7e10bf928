/** Numbers and text by a C format, as Julia's Printf has it. */

import { argumentError } from '../errors.ts';
import { printText, showText } from '../show.ts';
import type { Runtime } from '../runtime.ts';
import { hostNumber } from '../values.ts';
import type { Value } from '../values.ts';

const directive = /%([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/** The text of `@sprintf(format, args...)`. @throws ArgumentError where they do not fit together */
export function formatted(rt: Runtime, format: string, args: readonly Value[]): string {
  let next = 0;
  const text = format.replaceAll(
    directive,
    (_all, flags: string, width: string | undefined, digits: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      if (next >= args.length) throw argumentError('mismatch between # of format specifiers and provided args');
      const piece = one(rt, rt.settle(args[next++] ?? null, 'printing'), flags, digits, kind);
      return padded(piece, flags, Number(width ?? 0), /[sc]/.test(kind) || !/\d/.test(piece));
    },
  );
  if (next < args.length) throw argumentError('mismatch between # of format specifiers and provided args');
  return text;
}

function padded(piece: string, flags: string, width: number, text: boolean): string {
  if (piece.length >= width) return piece;
  if (flags.includes('-')) return piece.padEnd(width);
  if (!flags.includes('0') || text) return piece.padStart(width);
  const sign = /^[-+ ]?/.exec(piece)?.[0] ?? '';
  return sign + piece.slice(sign.length).padStart(width - sign.length, '0');
}

function one(rt: Runtime, v: Value, flags: string, digits: string | undefined, kind: string): string {
  if (kind === 's') return digits === undefined ? text(rt, v, flags) : text(rt, v, flags).slice(0, Number(digits));
  if (kind === 'c') return typeof v === 'bigint' ? String.fromCodePoint(Number(v)) : printText(rt, v);
  const x = hostNumber(v);
  if (x === null) throw argumentError(`invalid argument for \`%${kind}\`: ${showText(rt, v)}`);
  const signed = (magnitude: string, negative: boolean): string =>
    (negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + magnitude;
  if (/[diuxXo]/.test(kind)) {
    const whole = typeof v === 'bigint' ? v : BigInt(Math.round(x));
    const radix = kind === 'o' ? 8 : /x/i.test(kind) ? 16 : 10;
    const magnitude = (whole < 0n ? -whole : whole).toString(radix).padStart(Number(digits ?? 0), '0');
    return signed(kind === 'X' ? magnitude.toUpperCase() : magnitude, whole < 0n);
  }
  const negative = x < 0 || Object.is(x, -0);
  const magnitude = floating(Math.abs(x), digits === undefined ? 6 : Number(digits), kind, flags.includes('#'));
  return signed(kind === kind.toUpperCase() ? magnitude.toUpperCase() : magnitude, negative);
}

/** `%10s` of a value that is no text writes what `print` does. */
function text(rt: Runtime, v: Value, flags: string): string {
  return flags.includes('#') ? showText(rt, v) : printText(rt, v);
}

function floating(x: number, digits: number, kind: string, keep: boolean): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : 'Inf';
  const exponential = (count: number): string => x.toExponential(count).replace(/e([-+])(\d)$/, 'e$10$2');
  switch (kind.toLowerCase()) {
    case 'f':
      return fixed(x, digits);
    case 'e':
      return exponential(digits);
    case 'g': {
      const count = Math.max(1, digits);
      const power = x === 0 ? 0 : Number(x.toExponential(count - 1).split('e')[1]);
      const plain = power >= -4 && power < count ? fixed(x, count - 1 - power) : exponential(count - 1);
      if (keep || !plain.includes('.')) return plain;
      return plain.replace(/\.?0+(?=e|$)/, '');
    }
    default:
      throw argumentError(`invalid format specifier \`%${kind}\``);
  }
}

/** Correctly rounded digits: `toFixed` is, but for ties, which C rounds to an even digit. */
function fixed(x: number, digits: number): string {
  if (x >= 1e21) return BigInt(x).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const count = Math.min(100, digits);
  const text = x.toFixed(count);
  const rest = x.toFixed(Math.min(100, count + 60)).slice(count === 0 ? text.length + 1 : text.length);
  if (!/^50*$/.test(rest) || count + 60 > 100) return text;
  const down = x.toFixed(Math.min(100, count + 60)).slice(0, text.length);
  return /[02468]$/.test(down) ? down : text;
}
