/** What is wrong with a text that the grammar cannot read, in the words of Julia's own parser. */

import type { SyntaxNode, Tree } from '@lezer/common';
import type { JuliaError } from '../errors.ts';
import { parseError } from '../errors.ts';
import { parseLeniently } from './tree.ts';
import { excerpt } from './reader.ts';
import { placeOf } from '../source.ts';

interface Opened {
  /** The bracket or keyword that waits for its end. */
  readonly word: string;
  readonly from: number;
}

const CLOSERS = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const BRACKET_ENDS = new Set(CLOSERS.values());
const BLOCKS = new Set([
  'begin',
  'do',
  'for',
  'function',
  'if',
  'let',
  'macro',
  'module',
  'quote',
  'struct',
  'try',
  'while',
]);
const CLAUSES = new Set(['else', 'elseif', 'catch', 'finally']);

/** `stuck` is where the grammar's last reading ended; `text` has its comments blanked. */
export function explain(text: string, stuck: number): JuliaError {
  let at = stuck;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  const tree = parseLeniently(text.slice(0, at));
  const opened = openAt(tree, text, at);
  const innermost = opened.at(-1);
  const quote = openQuote(tree, text, at);
  if (quote !== null) return parseError('unterminated string literal', quote);
  if (at >= text.length) return atEnd(text, innermost);
  const token = tokenAt(text, at);
  const span = { from: at, to: at + token.length };
  if (BRACKET_ENDS.has(token)) {
    const close = innermost === undefined ? undefined : CLOSERS.get(innermost.word);
    if (innermost !== undefined && close === undefined)
      return missingEnd(text, innermost, span, `unexpected \`${token}\``);
    if (close !== undefined && close !== token) {
      return parseError(`unexpected \`${token}\`; expected \`${close}\` to close \`${innermost?.word}\``, span);
    }
    return parseError(`unexpected \`${token}\``, span);
  }
  if (token === 'end' || CLAUSES.has(token)) {
    const close = innermost === undefined ? undefined : CLOSERS.get(innermost.word);
    const hint = close === undefined ? '' : `; expected \`${close}\``;
    return parseError(`unexpected \`${token}\`${hint}`, span);
  }
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const before = text.slice(lineStart, at).trimEnd();
  const follows = /[\p{L}\p{N}_!)\]}"']$/u.test(before);
  const begins = /^[\p{L}\p{N}_("[{]/u.test(token);
  if (follows && begins) {
    const inside = innermost !== undefined && CLOSERS.has(innermost.word);
    if (!inside) return parseError('extra tokens after end of expression', span);
    return parseError(`missing comma or \`${CLOSERS.get(innermost.word)}\` before \`${excerpt(token)}\``, span);
  }
  const hint = token === '=' ? '; `==` compares' : '';
  return parseError(`unexpected \`${excerpt(token)}\`${hint}`, span);
}

function atEnd(text: string, innermost: Opened | undefined): JuliaError {
  const end = text.trimEnd().length;
  const span = { from: Math.max(0, end - 1), to: end };
  if (innermost === undefined) return parseError('premature end of input', span);
  const close = CLOSERS.get(innermost.word);
  if (close === undefined) return missingEnd(text, innermost, span, 'premature end of input');
  return parseError(`expected \`${close}\` to close \`${innermost.word}\``, {
    from: innermost.from,
    to: innermost.from + 1,
  });
}

function missingEnd(text: string, opened: Opened, span: { from: number; to: number }, what: string): JuliaError {
  const { line } = placeOf(text, opened.from);
  return parseError(`${what}; missing \`end\` of \`${opened.word}\` in line ${line}`, span);
}

/** Brackets and blocks that are open at `at`, outermost first. */
function openAt(tree: Tree, text: string, at: number): Opened[] {
  const opened: Opened[] = [];
  tree.iterate({
    enter: (node) => {
      if (node.from >= at) return false;
      const word = text.slice(node.from, node.to);
      if (node.node.firstChild !== null || node.to > at || isText(node.node)) return undefined;
      if (CLOSERS.has(word)) opened.push({ word, from: node.from });
      else if (BRACKET_ENDS.has(word)) closeUntil(opened, (open) => CLOSERS.get(open) === word);
      else if (BLOCKS.has(word) && node.name === word && !/^Gen/.test(node.node.parent?.name ?? '')) {
        opened.push({ word, from: node.from });
      } else if (word === 'end' && node.name === 'end' && !CLOSERS.has(opened.at(-1)?.word ?? '')) opened.pop();
      return undefined;
    },
  });
  return opened;
}

/** Drops what is open up to and including the last that `fits`; nothing when none does. */
function closeUntil(opened: Opened[], fits: (word: string) => boolean): void {
  const last = opened.findLastIndex(({ word }) => fits(word));
  if (last !== -1) opened.length = last;
}

function isText(node: SyntaxNode): boolean {
  return /Symbol|CharLiteral|EscapeSequence/.test(node.parent?.name ?? '');
}

/** The opening quote of a string that never ends, or null. */
function openQuote(tree: Tree, text: string, at: number): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  tree.iterate({
    enter: ({ name, node }) => {
      if (name !== 'StringLiteral' || node.from >= at) return;
      const open = node.firstChild;
      const close = node.lastChild;
      if (open === null || close === null) return;
      const quote = text.slice(open.from, open.to);
      const ends = close.from >= open.to && text.slice(close.from, close.to) === quote;
      if (!ends) found ??= { from: open.from, to: open.to };
    },
  });
  return found;
}

/** The word, number, bracket or operator that begins at `at`. */
function tokenAt(text: string, at: number): string {
  const rest = text.slice(at, at + 200);
  const [token] = /^(?:[\p{L}_][\p{L}\p{N}_!]*|\p{N}[\p{N}._]*|[-+*/\\^÷%<>=!&|.:?~]+|[\s\S])/u.exec(rest) ?? [''];
  return token;
}
