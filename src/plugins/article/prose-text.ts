/** The words of an article that a reader reads, at their places: what spelling is checked in, and what is counted. */

import { visit } from 'unist-util-visit';
import { isCode, isJsx, type MdxNode } from '../mdx-nodes.ts';
import { splitFrontMatter } from './front-matter.ts';

/** Attributes and words of fences that hold prose. */
const PROSE = ['caption', 'alt', 'label', 'summary'];
/** Fields of the front matter that hold prose. */
const FIELDS = /^(?:title|question|summary):\s*(.+)$/gm;

/**
 * The article's text with everything but its prose blanked: each word stays at its line and column.
 *
 * @param tree the article as MDX reads it, at the places of `text`
 */
export function proseText(text: string, tree: MdxNode): string {
  const starts = lineStarts(text);
  const kept: (readonly [from: number, to: number])[] = [];
  const offset = ({ line, column }: { line: number; column: number }): number => (starts[line - 1] ?? 0) + column - 1;
  visit(tree as never, (node: MdxNode) => {
    const { position } = node;
    if (position === undefined) return;
    const [from, to] = [offset(position.start), offset(position.end)];
    if (node.type === 'text')
      kept.push(...withoutTex(text.slice(from, to)).map(([a, b]) => [from + a, from + b] as const));
    else if (isCode(node)) kept.push(...valuesIn(text.slice(from, text.indexOf('\n', from)), from));
    else if (isJsx(node)) kept.push(...valuesIn(openingTag(text.slice(from, to)), from));
  });
  const yaml = splitFrontMatter(text)?.yaml ?? '';
  for (const found of yaml.matchAll(FIELDS)) {
    const from = text.indexOf(yaml) + found.index + found[0].length - (found[1] ?? '').length;
    kept.push([from, from + (found[1] ?? '').length]);
  }
  const out = Array.from({ length: text.length }, (_, k): string => (text[k] === '\n' ? '\n' : ' '));
  for (const [from, to] of kept) for (let k = from; k < to; k += 1) out[k] = text[k] ?? '';
  return out.join('');
}

/** How many words of prose an article has. */
export function wordCount(text: string, tree: MdxNode): number {
  return proseText(text, tree).match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** The first tag of an element's text: quoted values may hold angle brackets. */
function openingTag(text: string): string {
  return /^<(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^>"'{])*>/.exec(text)?.[0] ?? '';
}

/** Where the prose among a tag's or a fence's words stands, without its formulas. */
function valuesIn(text: string, from: number): (readonly [number, number])[] {
  const pattern = new RegExp(`\\b(?:${PROSE.join('|')})=(?:"([^"]*)"|'([^']*)')`, 'g');
  return [...text.matchAll(pattern)].flatMap((found) => {
    const value = found[1] ?? found[2] ?? '';
    const at = from + found.index + found[0].length - 1 - value.length;
    return withoutTex(value).map(([a, b]) => [at + a, at + b] as const);
  });
}

/** Without formulas, tags, citations and addresses. */
function withoutTex(value: string): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let last = 0;
  for (const found of value.matchAll(/\$[^$]*\$|<[^>]*>|\[@[^\]]*\]|\[[^\]]*\]\(([^)]*)\)/g)) {
    parts.push([last, found.index]);
    last = found.index + found[0].length;
  }
  return [...parts, [last, value.length]];
}
