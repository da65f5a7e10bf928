/** Spaces at which a line must not break: before a percent sign, and inside a short formula that stands in the text. */
import { SKIP, visit } from 'unist-util-visit';

const NO_BREAK = '\u00a0';
/** Before `%`; around `+`, `−` and `=`; after the factors of `α N S` and `d S`. */
const BOUND = / (?=%)| (?=[+−=] )|(?<= [+−=]) |(?<=(?:^|[\s\u00a0(])[αNd]) (?=[SNVd(e])/gu;

/** `text` with those spaces made ones that do not break. */
export function boundSpaces(text: string): string {
  return text.replace(BOUND, NO_BREAK);
}

const LITERAL = new Set(['code', 'pre', 'math', 'script', 'style']);

/** Rehype plugin: the same in an article's prose, and nowhere in its code or formulas. */
export function rehypeBoundSpaces() {
  return (tree: unknown): void => {
    visit(tree as never, (node: { type: string; tagName?: string; value?: string }) => {
      if (LITERAL.has(node.tagName ?? '')) return SKIP;
      if (node.type === 'text' && node.value !== undefined) node.value = boundSpaces(node.value);
      return undefined;
    });
  };
}
