import { visit } from 'unist-util-visit';

interface Element {
  readonly tagName: string;
  properties: Record<string, unknown>;
}

/**
 * Rehype plugin: displayed formulas and tables can be reached with the keyboard. On a narrow screen they scroll sideways, and
 * what scrolls must not need a finger or a mouse (WCAG 2.1.1).
 */
export function rehypeScrollable() {
  return (tree: unknown): void => {
    visit(tree as never, 'element', (node: Element) => {
      const formula = node.tagName === 'math' && node.properties['display'] === 'block';
      if (formula || node.tagName === 'table') node.properties['tabIndex'] = 0;
    });
  };
}
