/** What characters are: letters, digits, blanks; and how wide they stand. */

import type { Runtime } from '../runtime.ts';
import { Char } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

const blank = /^(?:[\t-\r \x85]|\p{Zs})$/u;

export function isSpace(c: string): boolean {
  return blank.test(c);
}

/** Two columns: East Asian wide and full-width characters, and pictures. */
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;
const none = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]$/u;

/** Columns of a terminal that a text takes. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const c of text) width += wide.test(c) ? 2 : none.test(c) && c !== '\u00ad' ? 0 : 1;
  return width;
}

const tests: Readonly<Record<string, readonly [test: RegExp, doc: string, example: string, value: string]>> = {
  isletter: [/^\p{L}$/u, 'Whether c is a letter.', "isletter('β'), isletter('1')", '(true, false)'],
  isdigit: [/^[0-9]$/, 'Whether c is one of the digits 0 to 9.', "isdigit('7'), isdigit('a')", '(true, false)'],
  isnumeric: [/^\p{N}$/u, 'Whether c is a number of any script.', "isnumeric('½')", 'true'],
  isspace: [blank, 'Whether c is a blank or a line break.', "isspace('\\t'), isspace('a')", '(true, false)'],
  ispunct: [/^\p{P}$/u, 'Whether c is punctuation.', "ispunct('!'), ispunct('+')", '(true, false)'],
  isuppercase: [/^[\p{Lu}\p{Lt}\p{Uppercase}]$/u, 'Whether c is a capital.', "isuppercase('Ä')", 'true'],
  islowercase: [/^[\p{Ll}\p{Lowercase}]$/u, 'Whether c is a small letter.', "islowercase('ä')", 'true'],
  iscntrl: [/^\p{Cc}$/u, 'Whether c is a control character.', "iscntrl('\\n')", 'true'],
  isprint: [/^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$/u, 'Whether c can be printed.', "isprint('\\x01')", 'false'],
  isxdigit: [/^[0-9A-Fa-f]$/, 'Whether c is a digit of base 16.', "isxdigit('f'), isxdigit('g')", '(true, false)'],
};

function charOf(rt: Runtime, name: string, v: Value): string {
  const c = rt.settle(v);
  if (c instanceof Char) return c.value;
  throw noMethod(name, [v]);
}

export const characters: readonly Entry[] = [
  ...Object.entries(tests).map(([name, [test, doc, program, value]]) =>
    entry({ name, signature: `${name}(c)`, doc, examples: [[program, value]] }, [1, 1], (rt, [c = null]) =>
      test.test(charOf(rt, name, c)),
    ),
  ),
  entry(
    {
      name: 'isascii',
      signature: 'isascii(s)',
      doc: 'Whether all characters are ASCII.',
      examples: [['isascii("abc"), isascii(\'é\')', '(true, false)']],
    },
    [1, 1],
    (rt, [s = null]) => /^[\x00-\x7f]*$/.test(typeof s === 'string' ? s : charOf(rt, 'isascii', s)),
  ),
  entry(
    {
      name: 'textwidth',
      signature: 'textwidth(s)',
      doc: 'Columns that s takes on a terminal.',
      examples: [['textwidth("abc"), textwidth("日本")', '(3, 4)']],
    },
    [1, 1],
    (rt, [s = null]) => BigInt(textWidth(typeof s === 'string' ? s : charOf(rt, 'textwidth', s))),
  ),
];
