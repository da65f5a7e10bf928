/**
 * Formulas speak the site's colour code: `\rowhue{A}` is set in the hue of the left factor wherever the theme takes it.
 *
 * KaTeX writes MathML with fixed colours. So each macro asks for a colour that does not exist, and the rehype plugin below
 * turns that colour into a class, which the style sheet gives its light and its dark reading.
 */
import { visit } from 'unist-util-visit';

/** Macro, class and, between them, the name of a colour that no browser knows (KaTeX lets any small letters pass as one). */
const hues = [
  { macro: '\\rowhue', className: 'hue-left', standIn: 'hueleft' },
  { macro: '\\colhue', className: 'hue-right', standIn: 'hueright' },
  { macro: '\\prodhue', className: 'hue-product', standIn: 'hueproduct' },
  { macro: '\\softhue', className: 'hue-softmax', standIn: 'huesoftmax' },
  { macro: '\\meanhue', className: 'hue-mean', standIn: 'huemean' },
  { macro: '\\covhue', className: 'hue-covariance', standIn: 'huecovariance' },
] as const;

/**
 * What KaTeX is to know: MathML only (no style sheet, no second set of fonts), the colour macros, and the names of functions
 * that the articles use.
 */
export const katexOptions = {
  output: 'mathml' as const,
  strict: 'error' as const,
  macros: {
    ...Object.fromEntries(hues.map(({ macro, standIn }) => [macro, `\\textcolor{${standIn}}{#1}`])),
    '\\softmax': '\\operatorname{softmax}',
    '\\norm': '\\operatorname{N}',
    '\\T': '^{\\mathsf{T}}',
  },
};

/** The class for a colour that stands in for a hue; null for any other. */
export function hueClass(colour: unknown): string | null {
  return hues.find(({ standIn }) => standIn === colour)?.className ?? null;
}

interface Element {
  readonly tagName: string;
  properties: Record<string, unknown>;
  readonly children: readonly unknown[];
}

interface File {
  fail(reason: string, place?: unknown): never;
}

/**
 * Rehype plugin, after rehype-katex. Turns stand-in colours into classes, and makes TeX that KaTeX could not read an error of
 * the build (rehype-katex itself would only print it in red).
 */
export function rehypeMathHues() {
  return (tree: unknown, file: File): void => {
    visit(tree as never, 'element', (node: Element) => {
      const classes = node.properties['className'];
      if (Array.isArray(classes) && classes.includes('katex-error')) {
        const reason = node.properties['title'];
        file.fail(`TeX: ${typeof reason === 'string' ? reason : 'KaTeX cannot read a formula of this page'}`, node);
      }
      const colour = node.properties['mathcolor'] ?? node.properties['mathColor'];
      const hue = hueClass(colour);
      if (hue === null) return;
      delete node.properties['mathcolor'];
      delete node.properties['mathColor'];
      node.properties['className'] = [hue];
    });
  };
}
