/** `@printf` and `@sprintf`: a format and what it makes of values, as C has it and Julia's Printf. A pure module. */

import { argumentError } from '../errors.ts';
import { floatText } from './number.ts';

/** A number or a text, as the caller has taken it out of a Julia value. */
export type PrintfArgument =
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number; readonly single: boolean }
  | { readonly kind: 'text'; readonly print: () => string; readonly char: string | null; readonly whole?: bigint };

interface Spec {
  readonly flags: string;
  /** -1: none given; -2: `*`, taken from the arguments. */
  readonly width: number;
  readonly precision: number;
  readonly type: string;
}

export type PrintfFormat = readonly (string | Spec)[];

/** Widest field that may be asked for. */
const widest = 10_000;

/** @throws ArgumentError for what is no format */
export function parseFormat(text: string): PrintfFormat {
  const parts: (string | Spec)[] = [];
  let plain = '';
  for (let k = 0; k < text.length; k++) {
    if (text[k] !== '%') {
      plain += text.charAt(k);
      continue;
    }
    const rest = text.slice(k + 1);
    const match = /^([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|L|j|z|t|q)?(.)?/su.exec(rest);
    const [whole = '', flags = '', width, precision, type] = match ?? [];
    if (type === undefined) throw argumentError(`invalid format string: '${text}'`);
    k += whole.length;
    if (type === '%') {
      plain += '%';
      continue;
    }
    if (!/[diuoxXeEfFgGaAcsp]/.test(type)) {
      throw argumentError(`invalid format string: '${text}', invalid type specifier: '${type}'`);
    }
    const size = (s: string | undefined): number => (s === undefined ? -1 : s === '*' ? -2 : s === '' ? 0 : Number(s));
    const spec: Spec = { flags, width: size(width), precision: size(precision), type };
    if (spec.width > widest || spec.precision > widest)
      throw argumentError(`a field of a format is at most ${widest} wide here`);
    if (plain !== '') parts.push(plain);
    plain = '';
    parts.push(spec);
  }
  return plain === '' ? parts : [...parts, plain];
}

/** Arguments that a format takes. */
export function argumentCount(format: PrintfFormat): number {
  return format.reduce(
    (sum, part) => sum + (typeof part === 'string' ? 0 : 1 + Number(part.width === -2) + Number(part.precision === -2)),
    0,
  );
}

/** @throws ArgumentError where the number or a kind of the arguments does not fit */
export function formatted(format: PrintfFormat, args: readonly PrintfArgument[]): string {
  const wanted = argumentCount(format);
  if (wanted !== args.length) {
    throw argumentError(`mismatch between # of format specifiers and provided args: ${wanted} != ${args.length}`);
  }
  let next = 0;
  const take = (): PrintfArgument => args[next++] ?? { kind: 'text', print: () => '', char: null };
  /** A Bool counts as a number where one is wanted. */
  const counted = (type: string, arg: PrintfArgument): PrintfArgument =>
    arg.kind === 'text' && arg.whole !== undefined && type !== 's' ? { kind: 'int', value: arg.whole } : arg;
  const size = (given: number): number => {
    if (given !== -2) return given;
    const n = take();
    if (n.kind !== 'int' || n.value > BigInt(widest) || n.value < -BigInt(widest))
      throw argumentError('a `*` in a format takes a whole number');
    return Number(n.value);
  };
  return format
    .map((part) => {
      if (typeof part === 'string') return part;
      let width = size(part.width);
      const precision = size(part.precision);
      let { flags } = part;
      if (width < -1) {
        flags += '-';
        width = -width;
      }
      return padded(field({ ...part, flags, width, precision }, counted(part.type, take())), flags, width, part.type);
    })
    .join('');
}

/** A number's sign and digits apart, so that zeros go between. */
interface Field {
  readonly sign: string;
  readonly body: string;
  /** Whether zeros may fill it up. */
  readonly zeros: boolean;
}

function padded({ sign, body, zeros }: Field, flags: string, width: number, type: string): string {
  const missing = width - Array.from(sign + body).length;
  if (missing <= 0) return sign + body;
  if (flags.includes('-')) return sign + body + ' '.repeat(missing);
  if (flags.includes('0') && zeros && type !== 'c' && type !== 's') return sign + '0'.repeat(missing) + body;
  return ' '.repeat(missing) + sign + body;
}

const plain = (body: string): Field => ({ sign: '', body, zeros: false });

function field(spec: Spec, arg: PrintfArgument): Field {
  const { type, precision } = spec;
  switch (type) {
    case 's': {
      const text =
        arg.kind === 'int' ? String(arg.value) : arg.kind === 'float' ? floatText(arg.value, arg.single) : arg.print();
      return plain(precision < 0 ? text : Array.from(text).slice(0, precision).join(''));
    }
    case 'c': {
      if (arg.kind === 'int' && arg.value >= 0n && arg.value <= 0x10ffffn)
        return plain(String.fromCodePoint(Number(arg.value)));
      if (arg.kind === 'text' && arg.char !== null) return plain(arg.char);
      throw argumentError('%c takes a character');
    }
    case 'p':
      throw argumentError('%p takes a pointer, and there are none here');
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return integer(spec, arg);
    default:
      return real(spec, arg);
  }
}

function signOf(negative: boolean, flags: string): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function integer({ flags, precision, type }: Spec, arg: PrintfArgument): Field {
  if (arg.kind === 'text') throw argumentError(`%${type} takes a number`);
  // As Julia has it: a floating-point number is written as by %.0f.
  if (arg.kind === 'float') return real({ flags, width: -1, precision: 0, type: 'f' }, arg);
  const { value } = arg;
  const base = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10;
  let digits = (value < 0n ? -value : value).toString(base);
  if (type === 'X') digits = digits.toUpperCase();
  if (precision >= 0) digits = digits.padStart(precision, '0');
  if (flags.includes('#') && base === 8) digits = `0${digits}`;
  const prefix = flags.includes('#') && base === 16 ? `0${type}` : '';
  return { sign: signOf(value < 0n, flags) + prefix, body: digits, zeros: precision < 0 };
}

function special(x: number, flags: string): Field {
  return { sign: signOf(x < 0, flags), body: Number.isNaN(x) ? 'NaN' : 'Inf', zeros: false };
}

/** At least two digits of the exponent, as in C. */
function scientific(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** Digits behind the point, exactly rounded: also beyond the hundred that JavaScript gives, and beyond 1e21. */
function fixed(x: number, digits: number): string {
  if (x < 1e21 && digits <= 100) return exactFixed(x, digits);
  if (digits > 100) return `${fixed(x, 100)}${'0'.repeat(digits - 100)}`;
  return `${BigInt(x)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
}

/** toFixed rounds ties up; C and Julia to even. Only a number whose digits end in an exact 5 can be a tie. */
function exactFixed(x: number, digits: number): string {
  const text = x.toFixed(digits);
  const half = x.toFixed(Math.min(100, digits + 30));
  const tie = /^50*$/.test(half.slice(half.length - (Math.min(100, digits + 30) - digits)));
  if (!tie) return text;
  const below = half.slice(0, half.length - (Math.min(100, digits + 30) - digits)).replace(/\.$/, '');
  return /[02468]$/.test(below) ? below : text;
}

function real({ flags, precision, type }: Spec, arg: PrintfArgument): Field {
  if (arg.kind === 'text') throw argumentError(`%${type} takes a number`);
  const value = arg.kind === 'int' ? Number(arg.value) : arg.value;
  if (!Number.isFinite(value)) return special(value, flags);
  const sign = signOf(value < 0 || Object.is(value, -0), flags);
  const x = Math.abs(value);
  const alternate = flags.includes('#');
  const digits = precision < 0 ? 6 : precision;
  let body: string;
  switch (type) {
    case 'e':
    case 'E':
      body = scientific(x.toExponential(Math.min(digits, 100)));
      if (alternate && digits === 0) body = body.replace('e', '.e');
      break;
    case 'f':
    case 'F':
      body = arg.kind === 'int' ? wholeFixed(arg.value, digits) : fixed(x, digits);
      if (alternate && digits === 0) body += '.';
      break;
    case 'g':
    case 'G':
      body = general(x, digits === 0 ? 1 : digits, alternate);
      break;
    default:
      throw argumentError(`%${type} is not in this subset; %e and %g write a number with its exponent`);
  }
  return { sign, body: /[EGA]/.test(type) ? body.toUpperCase() : body, zeros: true };
}

function wholeFixed(n: bigint, digits: number): string {
  return `${n < 0n ? -n : n}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
}

/** %g: the shorter of %e and %f, without zeros at the end. */
function general(x: number, precision: number, alternate: boolean): string {
  const text = x.toExponential(Math.min(100, precision - 1));
  const exponent = x === 0 ? 0 : Number(text.slice(text.indexOf('e') + 1));
  const trim = (s: string): string => (alternate || !s.includes('.') ? s : s.replace(/\.?0+$/, ''));
  if (exponent < -4 || exponent >= precision) {
    const [mantissa = '', power = '+0'] = text.split('e');
    return scientific(`${trim(mantissa)}e${power}`);
  }
  return trim(fixed(x, Math.max(0, precision - 1 - exponent)));
}
