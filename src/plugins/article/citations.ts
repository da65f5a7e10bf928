/**
 * The remark plugin of citations: `[@vaswani2017attention]` becomes author and year, a link to the reference beneath the article whose title
 * is the whole of it. What is cited, in the text and by `cite:` among the sources, is left in the front matter for the page's layout.
 */

import { visit } from 'unist-util-visit';
import type { File } from './complaint.ts';
import type { MdxNode } from '../mdx-nodes.ts';
import { bibliography, BIBLIOGRAPHY, type Work } from './bibliography.ts';
import { attempt, didYouMean } from './complaint.ts';

export interface CitationsOptions {
  /** The project's folder. */
  readonly root: string;
}

interface TextNode extends MdxNode {
  readonly value: string;
}

/** `[@key]`, `[@key; @other]`, `[@key, p. 3]` */
const CITATION = /\[(@[\w:.-]*\w(?:\s*;\s*@[\w:.-]*\w)*)(?:,\s*([^\]]+))?\]/g;

export default function citations({ root }: CitationsOptions) {
  return (tree: MdxNode, file: File): void => {
    const frontmatter = file.data?.astro?.frontmatter;
    const cited = new Map<string, Work>();
    const find = (key: string, place: unknown): Work | null => {
      const works = bibliography(root);
      const work = works.get(key);
      attempt(file, () => {
        if (work === undefined)
          file.fail(`nobody knows [@${key}].${didYouMean(key, works.keys())} Works stand in ${BIBLIOGRAPHY}.`, place);
      });
      if (work !== undefined) cited.set(key, work);
      return work ?? null;
    };
    for (const key of sourceKeys(frontmatter)) find(key, { line: 1, column: 1 });
    visit(tree as never, 'text', (node: TextNode, index: number | undefined, parent: MdxNode | undefined) => {
      if (parent?.children === undefined || index === undefined || parent.type === 'link') return undefined;
      const parts = split(node, find);
      if (parts.length === 1) return undefined;
      parent.children.splice(index, 1, ...parts);
      return index + parts.length;
    });
    if (frontmatter !== undefined && cited.size > 0) frontmatter['references'] = [...cited.values()];
  };
}

/** The works that the front matter names among its sources. */
function sourceKeys(frontmatter: Record<string, unknown> | undefined): string[] {
  const { sources } = frontmatter ?? {};
  return (Array.isArray(sources) ? (sources as readonly unknown[]) : []).flatMap((one) =>
    typeof one === 'object' && one !== null && 'cite' in one && typeof one.cite === 'string' ? [one.cite] : [],
  );
}

function split(node: TextNode, find: (key: string, place: unknown) => Work | null): MdxNode[] {
  const out: MdxNode[] = [];
  let last = 0;
  for (const found of node.value.matchAll(CITATION)) {
    const [whole, keys = '', where] = found;
    const links = keys
      .split(';')
      .map((one) => find(one.trim().slice(1), node))
      .flatMap((work, k) => [...(k > 0 ? [textNode('; ')] : []), ...(work === null ? [] : [linkTo(work)])]);
    out.push(
      textNode(`${node.value.slice(last, found.index)}(`),
      ...links,
      textNode(where === undefined ? ')' : `, ${where})`),
    );
    last = found.index + whole.length;
  }
  return out.length === 0 ? [node] : [...out, textNode(node.value.slice(last))];
}

function textNode(value: string): MdxNode {
  return { type: 'text', value } as MdxNode;
}

function linkTo({ key, label, text }: Work): MdxNode {
  return { type: 'link', url: `#ref-${key}`, title: text, children: [textNode(label)] } as MdxNode;
}
