/** Numbers, characters, strings, symbols and names. */

import type { SyntaxNode } from '@lezer/common';
import { isBlank } from '../compile/analyse.ts';
import type { Expr, Span } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

const LARGEST_INT64 = 2n ** 63n - 1n;

export function readInteger(node: SyntaxNode, reader: Reader): Expr {
  const value = BigInt(reader.text(node).replaceAll('_', ''));
  if (value > LARGEST_INT64) throw unsupportedError('an integer larger than `typemax(Int64)`', spanOf(node));
  return { kind: 'int', value: value.toString(), ...spanOf(node) };
}

export function readFloat(node: SyntaxNode, reader: Reader): Expr {
  const text = reader.text(node).replaceAll('_', '');
  if (text.endsWith('.') && /[-+*/\\^÷%<>=&|!']/.test(reader.source.charAt(node.to))) {
    throw parseError('ambiguous use of `.`; add a blank before the dot or after it', spanOf(node));
  }
  const single = !text.startsWith('0x') && text.includes('f');
  const value = text.startsWith('0x') ? hexFloat(text) : Number(text.replace('f', 'e'));
  if (!Number.isFinite(single ? Math.fround(value) : value)) {
    throw parseError('overflow in floating point literal', spanOf(node));
  }
  return { kind: 'float', value: single ? Math.fround(value) : value, single, ...spanOf(node) };
}

/** `0x1.8p3`: hexadecimal digits times a power of two. */
function hexFloat(text: string): number {
  const [digits = '', power = '0'] = text.slice(2).toLowerCase().split('p');
  const [whole = '', fraction = ''] = digits.split('.');
  return Number.parseInt(`0${whole}${fraction}`, 16) * 2 ** (Number(power) - 4 * fraction.length);
}

export function readName(node: SyntaxNode, reader: Reader): Expr {
  // The digits of `2[1]`, which the grammar took for a name: see `respell`.
  if (/^\d+$/.test(reader.text(node))) return readInteger(node, reader);
  const name = canonicalName(reader.text(node));
  refuseBlank(name, node);
  return name === 'nothing' ? { kind: 'nothing', ...spanOf(node) } : { kind: 'name', name, ...spanOf(node) };
}

/** `_` has no value to read. */
export function refuseBlank(name: string, span: Span): void {
  if (isBlank(name))
    throw parseError('all-underscore identifiers are write-only and their values cannot be used in expressions', span);
}

export function readBool(node: SyntaxNode, reader: Reader): Expr {
  return { kind: 'bool', value: reader.text(node) === 'true', ...spanOf(node) };
}

export function readSymbol(node: SyntaxNode, reader: Reader): Expr {
  return { kind: 'symbol', name: canonicalName(reader.text(node).slice(1).trim()), ...spanOf(node) };
}

export function readChar(node: SyntaxNode, reader: Reader): Expr {
  const inner = reader.text(node).slice(1, -1);
  const value = inner.startsWith('\\') ? unescape(inner, node) : inner;
  return { kind: 'char', value, ...spanOf(node) };
}

/** `raw"..."`: no escapes but of quotes, and no `$`. */
export function readPrefixedString(node: SyntaxNode, reader: Reader): Expr {
  const [prefix, open] = children(node);
  const word = prefix === undefined ? '' : reader.text(prefix);
  if (word === 'r') {
    throw unsupportedError(
      'a regular expression; `occursin`, `replace` and `split` take text, and the string macro `r""`',
      spanOf(node),
    );
  }
  if (word !== 'raw' || open === undefined) throw unsupportedError(`the string macro \`${word}""\``, spanOf(node));
  const width = reader.text(open).length;
  const text = reader.text(node).slice(word.length + width, -width);
  // Backslashes before a quote are halved, and so are those at the end.
  const value = text.replace(/(\\+)(?="|$)/g, (run) => '\\'.repeat(Math.floor(run.length / 2)));
  return { kind: 'string', parts: value === '' ? [] : [value.replaceAll(/\r\n?/g, '\n')], ...spanOf(node) };
}

/** One piece of a string between its quotes: text as typed, or an interpolated expression. */
type Piece = { readonly raw: string; readonly escape: SyntaxNode | null } | { readonly value: Expr };

export function readString(node: SyntaxNode, reader: Reader): Expr {
  const parts = children(node);
  const open = parts[0];
  const close = parts.at(-1);
  if (open === undefined || close === undefined) throw parseError('unterminated string literal', spanOf(node));
  const pieces: Piece[] = [];
  let from = open.to;
  for (const part of parts.slice(1)) {
    if (part.from > from) pieces.push({ raw: reader.source.slice(from, part.from), escape: null });
    if (part.name === 'EscapeSequence') pieces.push({ raw: reader.text(part), escape: part });
    else if (part.name !== '$' && part !== close) pieces.push({ value: reader.at({ index: false }).operand(part) });
    from = part.to;
  }
  const triple = reader.text(open) === '"""';
  return { kind: 'string', parts: joined(triple ? dedented(pieces) : pieces), ...spanOf(node) };
}

/** Escapes resolved, neighbouring texts put together; no part is an empty text. */
function joined(pieces: readonly Piece[]): (string | Expr)[] {
  const parts: (string | Expr)[] = [];
  for (const piece of pieces) {
    if ('value' in piece) {
      parts.push(piece.value);
      continue;
    }
    const text = piece.escape === null ? piece.raw.replaceAll(/\r\n?/g, '\n') : unescape(piece.raw, piece.escape);
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else if (text !== '') parts.push(text);
  }
  return parts.filter((part) => part !== '');
}

/** Julia's rule for `"""`: a first line break is dropped, then the indentation that all lines share (the last line's counts). */
function dedented(pieces: readonly Piece[]): Piece[] {
  const lines = pieces.map((piece) =>
    'raw' in piece && piece.escape === null ? { ...piece, raw: piece.raw.replaceAll(/\r\n?/g, '\n') } : piece,
  );
  const first = lines[0];
  const opens = first !== undefined && 'raw' in first && first.escape === null && first.raw.startsWith('\n');
  let shared = Number.POSITIVE_INFINITY;
  for (const piece of lines) {
    if ('value' in piece || piece.escape !== null) continue;
    for (const match of piece.raw.matchAll(/\n([ \t]*)/g)) {
      const isEmpty = piece.raw.charAt(match.index + match[0].length) === '\n';
      if (!isEmpty) shared = Math.min(shared, (match[1] ?? '').length);
    }
  }
  const cut = Number.isFinite(shared) ? shared : 0;
  return lines.map((piece, at) => {
    if ('value' in piece || piece.escape !== null) return piece;
    const raw = piece.raw.replaceAll(/\n([ \t]*)/g, (_all, indent: string) => `\n${indent.slice(cut)}`);
    return { ...piece, raw: at === 0 && opens ? raw.slice(1) : raw };
  });
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
  ['$', '$'],
  ['`', '`'],
  ['\n', ''],
]);

function unescape(text: string, node: SyntaxNode): string {
  const code = text.slice(1);
  const plain = ESCAPES.get(code);
  if (plain !== undefined) return plain;
  const hexadecimal = /^[ux]([0-9A-Fa-f]+)$/.exec(code)?.[1];
  const octal = /^[0-7]{3}$/.test(code) ? code : undefined;
  const point = hexadecimal === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hexadecimal, 16);
  const isByte = !code.startsWith('u') && point > 0x7f;
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  // The grammar stops `\U` after four digits of eight, and a lone byte or surrogate is no character of a JavaScript string.
  if (!Number.isInteger(point) || isByte || isSurrogate) {
    throw parseError(`invalid escape sequence \`${excerpt(text)}\``, spanOf(node));
  }
  return String.fromCodePoint(point);
}
