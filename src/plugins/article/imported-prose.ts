/** Markdown of a notebook, made fit for an article: braces and angle brackets are text, HTML that MDX does not read is taken out and told. */

import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { MdxNode } from '../mdx-nodes.ts';

export interface ImportedProse {
  readonly mdx: string;
  /** What was changed or must be looked at, one sentence each. */
  readonly notes: readonly string[];
  /** The text of its first heading of the first rank; null where there is none. */
  readonly title: string | null;
}

interface Node extends MdxNode {
  value?: string;
  url?: string;
  depth?: number;
  children?: Node[];
}

const reader = unified().use(remarkParse).use(remarkGfm).use(remarkMath);
const writer = unified()
  .use(remarkStringify, { bullet: '*', emphasis: '*', fences: true, rule: '-' })
  .use(remarkGfm)
  .use(remarkMath)
  .use(remarkMdx);

/**
 * @param text Markdown as Jupyter and Pluto read it
 * @param isFirst whether the text may give the article its title; the heading is then left out
 */
export function importedProse(text: string, isFirst: boolean): ImportedProse {
  const notes: string[] = [];
  // LaTeX environments stand bare in notebooks.
  const dollars = text.replace(/^(\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\2\})/gm, (_, body: string) => `$$\n${body}\n$$`);
  const tree = reader.parse(dollars) as Node;
  let title: string | null = null;
  const first = tree.children?.[0];
  if (isFirst && first?.type === 'heading' && first.depth === 1) {
    title = plain(first);
    tree.children?.shift();
  }
  visit(tree as never, (node: Node, index: number | undefined, parent: Node | undefined) => {
    // The page's own title is its one heading of the first rank.
    if (node.type === 'heading' && node.depth === 1) node.depth = 2;
    if (node.type === 'link' && /^http:/.test(node.url ?? '')) node.url = node.url?.replace(/^http:/, 'https:') ?? '';
    if (node.type === 'image') {
      notes.push(`the picture ${node.url ?? ''} must lie beside the article, with its licence; here stands its name.`);
      replace(parent, index, [{ type: 'text', value: `[picture: ${node.url ?? ''}]` }]);
    }
    if (node.type === 'html') replace(parent, index, fromHtml(node.value ?? '', notes));
  });
  return { mdx: writer.stringify(tree as never).trim(), notes, title };
}

function replace(parent: Node | undefined, index: number | undefined, nodes: Node[]): void {
  if (parent?.children !== undefined && index !== undefined) parent.children.splice(index, 1, ...nodes);
}

function fromHtml(html: string, notes: string[]): Node[] {
  if (/^<!--[\s\S]*-->$/.test(html.trim())) return [];
  if (/^<br\s*\/?>$/i.test(html.trim())) return [{ type: 'break' }];
  const words = html.replace(/<[^>]*>/g, '').trim();
  // A tag around words: the words stay where they are, as nodes of their own.
  notes.push(
    `the HTML ${html.trim().split('\n')[0]?.slice(0, 60) ?? ''} was taken out: an article has Markdown and components.`,
  );
  return words === '' ? [] : [{ type: 'text', value: words }];
}

function plain(node: Node): string {
  return node.value ?? (node.children ?? []).map(plain).join('');
}
