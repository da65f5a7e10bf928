/**
 * The grammar's tree and how it is obtained. `@plutojl/lezer-julia` is an editor's grammar: it accepts more than Julia does
 * and recovers from errors. Here a text either is a program or has a first place where it stops being one.
 */

import type { SyntaxNode, Tree } from '@lezer/common';
import { parseError } from '../errors.ts';
import { grammar } from './grammar.ts';
import { parseWithin } from './limits.ts';

const strict = grammar.configure({ strict: true });

/** Named children, in order. Comments are not among them: they were blanked before parsing. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** Where the grammar first has no reading of the text, or the tree. */
export type ParseOutcome = { readonly tree: Tree } | { readonly stuck: number };

export function parseStrictly(text: string): ParseOutcome {
  try {
    return { tree: parseWithin(strict, text) };
  } catch (error) {
    const place = error instanceof SyntaxError ? /^No parse at (\d+)/.exec(error.message) : null;
    if (place === null) throw error;
    return { stuck: Number(place[1]) };
  }
}

/** The tolerant reading, with error nodes: for comments, for explaining. */
export function parseLeniently(text: string): Tree {
  return parseWithin(grammar, text);
}

/**
 * Replaces comments by blanks of the same length. The grammar keeps comments as tokens, and one at the end of a matrix row
 * (`[1 2 # first` newline `3 4]`) hides the newline that ends the row; an offset in the blanked text is an offset in the source.
 */
export function blankComments(source: string): string {
  if (!source.includes('#')) return source;
  let text = source;
  parseLeniently(source).iterate({
    enter: (node) => {
      if (node.name !== 'LineComment' && node.name !== 'BlockComment') return undefined;
      if (node.name === 'BlockComment' && !source.slice(node.from, node.to).endsWith('=#')) {
        throw parseError('unterminated multi-line comment #= ... =#', { from: node.from, to: node.from + 2 });
      }
      text = blank(text, node.from, node.to);
      return false;
    },
  });
  return text;
}

function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
}

/** Nodes inside which a blank before a sign and none after it makes the sign a prefix: `[1 -2]` has two elements. */
const SPACE_SENSITIVE = new Set(['VectorExpression', 'MatrixExpression', 'ComprehensionExpression', 'MacroArguments']);
const SPACE_FREE =
  /^(ParenExpression|TupleExpression|Arguments|BraceExpression|GenFor|GenFilter|Program|.*Statement|.*Definition|DoClause)$/;

function inSpaceSensitive(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (SPACE_SENSITIVE.has(outer.name)) return true;
    if (SPACE_FREE.test(outer.name)) return false;
  }
  return false;
}

/** `[i for i in 0:n -1]`: a sign that would begin a second element behind a comprehension's `for` or `if`. */
function inGeneratorOfBrackets(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.name === 'GenFor' || outer.name === 'GenFilter')
      return outer.parent?.parent?.name === 'ComprehensionExpression';
    if (SPACE_SENSITIVE.has(outer.name) || SPACE_FREE.test(outer.name)) return false;
  }
  return false;
}

/**
 * Spellings that Julia has and the grammar lacks, in place of each one of the same length that it knows:
 * `begin;` by a line break, the comma of `a, = f()` by a blank, `−` by `-`, the root of `2√x` by `*`, the digits of `2[1]` by letters.
 * Whoever reads the tree looks up in the source what was written.
 */
export function respell(text: string): string {
  const odd =
    /\b(?:begin|else|try|finally|do|quote)[ \t]*;|\bcatch[ \t]*;|,\s*=(?![=>])|−|[\p{N}\p{L})\]][√∛∜]|!in(?=\()|(?<![\p{L}\p{N}_.])\d+\[/gu;
  const found = [...text.matchAll(odd)];
  if (found.length === 0) return text;
  const tree = parseLeniently(text);
  const put = (at: number, by: string): void => {
    text = text.slice(0, at) + by + text.slice(at + by.length);
  };
  let depthAt = 0;
  let depth = 0;
  for (const { 0: piece, index } of found) {
    for (; depthAt < index; depthAt += 1) {
      if ('([{'.includes(text.charAt(depthAt))) depth += 1;
      else if (')]}'.includes(text.charAt(depthAt))) depth -= 1;
    }
    if (isLiteral(tree, index)) continue;
    if (piece.endsWith(';')) put(index + piece.length - 1, '\n');
    else if (piece.startsWith(',')) {
      if (depth === 0) put(index, ' ');
    } else if (piece === '−') put(index, '-');
    else if (piece === '!in') put(index + 1, 'ıı');
    else if (piece.endsWith('[')) put(index, 'ı'.repeat(piece.length - 1));
    else put(index + piece.length - 1, '*');
  }
  return text;
}

/** Whether a place lies in the text of a string or character. */
function isLiteral(tree: Tree, at: number): boolean {
  const node = tree.resolveInner(at, 1);
  return /StringLiteral|CharLiteral|CommandLiteral/.test(node.name) || node.parent?.name === 'CharLiteral';
}

/**
 * The grammar reads `[1 -2]` as one difference. Where Julia reads a prefix sign, the sign is replaced by `¬` of the same
 * length, which the grammar knows as a prefix only; whoever reads the operator looks it up in the source. Null when the text
 * needs no change.
 */
export function markPrefixSigns(tree: Tree, text: string): string | null {
  let marked = text;
  tree.iterate({
    enter: ({ name, from, to, node }) => {
      if (name !== 'UnaryPlusOp' && name !== 'Colon') return;
      if (node.parent?.name !== 'BinaryExpression') return;
      if (!/\s/.test(text.charAt(from - 1)) || /\s/.test(text.charAt(to))) return;
      if (name === 'UnaryPlusOp' && inGeneratorOfBrackets(node)) {
        throw parseError(
          'a sign after a blank and before none begins a new element; write it with blanks on both sides or none',
          { from, to },
        );
      }
      if (!inSpaceSensitive(node)) return;
      if (name === 'Colon') {
        throw parseError('`:` after a blank begins a new element here; write it with blanks on both sides or none', {
          from,
          to,
        });
      }
      if (!/^\.?[-+]$/.test(text.slice(from, to))) return;
      marked = `${marked.slice(0, to - 1)}¬${marked.slice(to)}`;
    },
  });
  return marked === text ? null : marked;
}
