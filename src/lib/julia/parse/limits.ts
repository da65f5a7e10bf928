/** What a text may cost: its length, its nesting, and the time the grammar takes. A text beyond is refused, never waited for. */

import type { PartialParse, SyntaxNode, Tree } from '@lezer/common';
import type { LRParser } from '@lezer/lr';
import { parseError } from '../errors.ts';
import type { JuliaError } from '../errors.ts';

/** Characters of a cell. */
export const MAX_LENGTH = 20_000;
/** Nested nodes of the grammar's tree, which also bounds the recursion of everything that walks a program. */
export const MAX_DEPTH = 400;
/** Symbols that wait on the parser's stack (each takes three entries); some time grows with their square. */
const MAX_WAITING = 1500;
/** After these words the grammar follows many readings at once, and each further one multiplies its time. */
const FORKING = /@|\bwhere\b/g;
const MAX_FORKING = 50;
/** The net below the other limits: no ordinary cell takes a hundredth of it. */
const MAX_MILLISECONDS = 1500;

export function guardText(source: string): void {
  if (source.length > MAX_LENGTH) {
    const text = `a cell may have ${MAX_LENGTH} characters, this one has ${source.length}`;
    throw parseError(text, { from: MAX_LENGTH, to: source.length });
  }
  const forking = [...source.matchAll(FORKING)][MAX_FORKING];
  if (forking !== undefined) {
    const to = forking.index + forking[0].length;
    throw parseError(`more than ${MAX_FORKING} of \`@\` and \`where\` in one cell`, { from: forking.index, to });
  }
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) throw tooDeep(at);
  }
}

/** A chain of operators grows to the left without being nested: `1 + 1 + 1`. Its links count apart. */
export const MAX_LINKS = 1200;
/** Lezer flattens what lies deeper than 2500, and terms of a longer sum would be lost. */
const MAX_TERMS = 2000;

export function guardDepth(tree: Tree): void {
  const cursor = tree.cursor();
  const open: boolean[] = [];
  let depth = 0;
  let links = 0;
  for (;;) {
    if (depth > MAX_DEPTH) throw tooDeep(cursor.from);
    if (links > (isSum(cursor.node) ? MAX_TERMS : MAX_LINKS)) throw tooDeep(cursor.from);
    const above: string = cursor.name;
    if (cursor.firstChild()) {
      const below: string = cursor.name;
      const chained = above === 'BinaryExpression' && below === above;
      open.push(chained);
      if (chained) links += 1;
      else depth += 1;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return;
      if (open.pop()) links -= 1;
      else depth -= 1;
    }
    // Only the first operand continues a chain.
    if (open.at(-1)) {
      open[open.length - 1] = false;
      links -= 1;
      depth += 1;
    }
  }
}

/** Sums and products are read in a loop, however long. */
function isSum(node: SyntaxNode): boolean {
  const op = node.firstChild?.nextSibling;
  return (
    node.name !== 'BinaryExpression' || op?.name === 'UnaryPlusOp' || op?.name === 'TimesOp' || op?.name === 'PlusOp'
  );
}

function tooDeep(at: number): JuliaError {
  return parseError('expression is nested too deeply', { from: at, to: at + 1 });
}

/** Parses step by step, with an eye on stack and clock. Throws what the parser throws, or that the text costs too much. */
export function parseWithin(parser: LRParser, text: string): Tree {
  const parse = parser.startParse(text);
  const begin = performance.now();
  for (let step = 1; ; step += 1) {
    // After 300 long nodes that begin at one place Lezer ends the innermost by force, and a sum of 600 terms is an error.
    Object.assign(parse, { bigReductionCount: 0 });
    const tree = parse.advance();
    if (tree !== null) return tree;
    const at = Math.max(0, Math.min(parse.parsedPos, text.length - 1));
    if (waiting(parse) > MAX_WAITING) throw tooDeep(at);
    if (step % 8 === 0 && performance.now() - begin > MAX_MILLISECONDS) {
      throw parseError('this takes too long to read; write it in smaller pieces', { from: at, to: at + 1 });
    }
  }
}

/** Lezer keeps its stacks to itself; without them the depth of the finished tree and the clock still bound a parse. */
function waiting(parse: PartialParse): number {
  const { stacks } = parse as PartialParse & { stacks?: readonly { readonly stack: readonly number[] }[] };
  return (stacks?.[0]?.stack.length ?? 0) / 3;
}
