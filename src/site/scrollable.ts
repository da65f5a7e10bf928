import { visit } from 'unist-util-visit';

interface Element {
  readonly tagName: string;
  properties: Record<string, unknown>;
}

/**
 * Rehype plugin: tables can be reached with the keyboard. On a narrow screen they scroll sideways, and what scrolls must not need a finger or
 * a mouse (WCAG 2.1.1). Formulas are reached where they do scroll (`header.ts`): there are many, and most of them fit.
 */
export function rehypeScrollable() {
  return (tree: unknown): void => {
    visit(tree as never, 'element', (node: Element) => {
      if (node.tagName === 'table') node.properties['tabIndex'] = 0;
    });
  };
}
