import { visit } from 'unist-util-visit';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: Node[];
}

interface Element extends Node {
  readonly tagName: string;
  readonly properties: Record<string, unknown>;
  readonly children: Node[];
}

const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('');

/**
 * Rehype plugin: a heading with an id ends in a link to itself. The link's sign is drawn by the style sheet, so that the heading's text, which the
 * page's contents are made of, stays what it is. Needs the ids, so it comes after `rehypeHeadingIds`.
 */
export function rehypeHeadingAnchors() {
  return (tree: unknown): void => {
    visit(tree as never, 'element', (node: Element) => {
      const { id } = node.properties;
      if (!['h2', 'h3'].includes(node.tagName) || typeof id !== 'string') return;
      const properties = {
        className: ['heading-anchor'],
        href: `#${id}`,
        ariaLabel: `Link to “${textOf(node).trim()}”`,
      };
      node.children.push({ type: 'element', tagName: 'a', properties, children: [] } as Element);
    });
  };
}
