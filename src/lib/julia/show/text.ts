/** Strings, characters and symbols as Julia shows them: quoted, with what cannot be printed escaped. */

/** What Julia calls printable: letters, marks, numbers, punctuation, symbols and the blanks of a line. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$/u;
/** A character that needs an escape, or that could need one. */
const suspect = /[\\"$]|[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/gu;

const letters = 'abtnvfr';

/** The escape of a character of a string; `next` is what follows, which must not be read as part of it. */
function escaped(c: string, next: string): string {
  const u = c.codePointAt(0) ?? 0;
  if (c === '\\' || c === '"' || c === '$') return `\\${c}`;
  if (u === 0) return /^[0-7]/.test(next) ? '\\x00' : '\\0';
  if (u === 27) return '\\e';
  if (u >= 7 && u <= 13) return `\\${letters[u - 7]}`;
  const hex = u.toString(16);
  if (u < 0x80) return `\\x${hex.padStart(2, '0')}`;
  const full = /^[0-9A-Fa-f]/.test(next);
  return u <= 0xffff ? `\\u${hex.padStart(full ? 4 : 2, '0')}` : `\\U${hex.padStart(full ? 8 : 4, '0')}`;
}

/** A string as `show` writes it. */
export function quoted(text: string): string {
  return `"${text.replace(suspect, (c, at: number) => escaped(c, text.slice(at + c.length, at + c.length + 1)))}"`;
}

/** Bytes of a string in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && k + 1 < text.length) {
      bytes += 4;
      k += 1;
    } else bytes += 3;
  }
  return bytes;
}

/**
 * A string as the REPL displays it: seven lines of the screen at most, one inside an array, the middle left out behind
 * `⋯ n bytes ⋯`.
 */
export function displayedString(text: string, columns: number, lines: 1 | 7): string {
  const limit = Math.max(20, columns) * lines - 2;
  const size = byteLength(text);
  if (size <= limit) return quoted(text);
  const short = ' ⋯  bytes ⋯ '.length + 4;
  let chars = Math.max(limit, short + 1) - short;
  const d = String(size - chars).length;
  chars -= d;
  chars = Math.max(0, chars + d - String(size - chars).length);
  // Characters at the ends, without walking the whole text.
  const head = Array.from(text.slice(0, 2 * chars + 2))
    .slice(0, (chars + 1) >> 1)
    .join('');
  const half = chars >> 1;
  const end = half === 0 ? [] : Array.from(text.slice(-2 * half - 1)).slice(-half);
  const tail = end.join('');
  const skipped = size - byteLength(head) - byteLength(tail);
  const threshold = short + String(size - chars).length - 1;
  const middle = (): number => Array.from(text.slice(head.length, text.length - tail.length)).length;
  if (4 * threshold > skipped && !(threshold <= skipped && threshold <= middle())) return quoted(text);
  return `${quoted(head)} ⋯ ${skipped} bytes ⋯ ${quoted(tail)}`;
}

/** A character as `show` writes it. */
export function charText(c: string): string {
  const u = c.codePointAt(0) ?? 0;
  if (c === '\\' || c === "'") return `'\\${c}'`;
  if (u === 0) return "'\\0'";
  if (u === 27) return "'\\e'";
  if (u >= 7 && u <= 13) return `'\\${letters[u - 7]}'`;
  if (printable.test(c)) return `'${c}'`;
  return `'\\${u < 0x80 ? 'x' : u <= 0xffff ? 'u' : 'U'}${u.toString(16).padStart(2, '0')}'`;
}

const categories =
  'Lu Letter, uppercase;Ll Letter, lowercase;Lt Letter, titlecase;Lm Letter, modifier;Lo Letter, other;Mn Mark, nonspacing;Mc Mark, spacing combining;Me Mark, enclosing;Nd Number, decimal digit;Nl Number, letter;No Number, other;Pc Punctuation, connector;Pd Punctuation, dash;Ps Punctuation, open;Pe Punctuation, close;Pi Punctuation, initial quote;Pf Punctuation, final quote;Po Punctuation, other;Sm Symbol, math;Sc Symbol, currency;Sk Symbol, modifier;So Symbol, other;Zs Separator, space;Zl Separator, line;Zp Separator, paragraph;Cc Other, control;Cf Other, format;Cs Other, surrogate;Co Other, private use;Cn Other, not assigned';

/** A character as the REPL displays it, its place in Unicode included. */
export function displayedChar(c: string): string {
  const u = c.codePointAt(0) ?? 0;
  const category = categories.split(';').find((name) => new RegExp(`\\p{${name.slice(0, 2)}}`, 'u').test(c)) ?? '';
  const code = u.toString(16).toUpperCase().padStart(4, '0');
  return `${charText(c)}: ${u < 0x80 ? 'ASCII/' : ''}Unicode U+${code} (category ${category.slice(0, 2)}: ${category.slice(3)})`;
}

const name = /^[\p{L}\p{Nl}\p{Sc}\p{So}_∂∇∑∏∫√∞][\p{L}\p{Nl}\p{Sc}\p{So}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\p{No}!′∂∇∑∏∫√∞]*$/u;
const operators =
  /^(?:[-+*/\\^÷%<>!~|&∘√∛×⋅∈∉∋≤≥≠≈≉≡≢⊆⊻⊕⊗∩∪]|==|!=|<=|>=|===|!==|=>|->|<<|>>|>>>|\/\/|\|>|<\||\.\.|<:|>:)$/;

/** A symbol as `show` writes it: `:a`, `:+`, `:(=)`, `Symbol("a b")`. */
export function symbolText(text: string): string {
  if (text === 'true' || text === 'false') return `Symbol(${quoted(text)})`;
  if (name.test(text) || operators.test(text)) return `:${text}`;
  return /^(?:[-+*/^%|&]?=|&&|\|\||::?|\?)$/.test(text) ? `:(${text})` : `Symbol(${quoted(text)})`;
}
