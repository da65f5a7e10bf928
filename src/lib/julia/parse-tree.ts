/**
 * The grammar's tree and how it is obtained. `@plutojl/lezer-julia` is an editor's grammar: it accepts more than Julia does
 * and recovers from errors. Here a text either is a program or has a first place where it stops being one.
 */

import type { SyntaxNode, Tree } from '@lezer/common';
import { parseError } from './errors.ts';
import { grammar } from './parse-grammar.ts';
import { parseWithin } from './parse-limits.ts';

const strict = grammar.configure({ strict: true });

/** Named children, in order. Comments are not among them: they were blanked before parsing. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** Where the grammar first has no reading of the text, or the tree. */
export type Outcome = { readonly tree: Tree } | { readonly stuck: number };

export function parseStrictly(text: string): Outcome {
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
      if (!/\s/.test(text.charAt(from - 1)) || /\s/.test(text.charAt(to)) || !inSpaceSensitive(node)) return;
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
