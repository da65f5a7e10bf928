/** Finding an article's programs, and failing the build at their place in the article when they are wrong. */

import { visit } from 'unist-util-visit';
import type { Program } from '../lib/julia/ast.ts';
import { parse } from '../lib/julia/parse/parse.ts';
import { toTrouble } from '../lib/julia/source.ts';
import type { Trouble } from '../lib/julia/view.ts';
import type { BuildOutcome } from './compute.ts';
import { cellOptions, FenceMetaError, type CellOptions } from './fence-meta.ts';
import * as mdx from './mdx-nodes.ts';

/** The article's file, as unified has it. */
export interface File {
  readonly path?: string;
  /** Front matter that the page's layout reads. */
  readonly data?: { readonly astro?: { readonly frontmatter?: Record<string, unknown> } };
  fail(reason: string, place?: unknown): never;
}

/** A program found in the article: a fence, or an expression in prose. */
export interface Found {
  readonly id: string;
  readonly node: mdx.MdxNode;
  readonly options: CellOptions;
  readonly program: Program;
  /** Set where the text is no Julia and the author says so. */
  readonly trouble: Trouble | null;
  readonly value: boolean;
  /** Significant digits of a number in the prose. */
  readonly digits: number;
}

const PROSE: CellOptions = {
  id: null,
  caption: null,
  alt: null,
  size: 'column',
  hero: false,
  card: false,
  group: null,
  hideCode: true,
  show: 'auto',
  setup: true,
  error: false,
  stored: false,
  animate: null,
  graph: false,
};

/** Finds the programs in document order and parses them. */
export function collect(tree: mdx.MdxNode, file: File): Found[] {
  const found: Found[] = [];
  const ids = new Set<string>();
  const add = (node: mdx.MdxNode, source: string, options: CellOptions, value: boolean, digits = 4): void => {
    const id = options.id ?? `${value ? 'value' : 'cell'}-${found.length + 1}`;
    if (ids.has(id)) file.fail(`two cells of this page have the id "${id}"`, node);
    ids.add(id);
    try {
      found.push({ id, node, options, value, digits, program: parse(source), trouble: null });
    } catch (error) {
      const trouble = toTrouble(error, source);
      if (!options.error) failAt(file, node, trouble, value);
      const at = { from: 0, to: source.length };
      const program: Program = {
        source,
        body: { kind: 'block', body: [], ...at },
        defines: [],
        reads: [],
        silent: false,
      };
      found.push({ id, node, options, value, digits, program, trouble });
    }
  };
  visit(tree as never, (node: mdx.MdxNode) => {
    if (mdx.isCode(node) && node.lang === 'julia') {
      const options = optionsOf(node, file);
      if (options !== null) add(node, node.value, options, false);
    } else if (mdx.isJsx(node, 'Value')) {
      const of = mdx.attributeText(node, 'of');
      if (of === null) file.fail('<Value> needs an expression: <Value of="norm(A)" />', node);
      add(node, of, PROSE, true, Number(mdx.attributeText(node, 'digits') ?? 4));
    } else if (mdx.isJsx(node, 'Picture')) {
      const of = mdx.attributeText(node, 'of');
      if (of === null) file.fail('<Picture> needs an expression: <Picture of="mandrill" alt="…" />', node);
      const text = (name: string): string | null => mdx.attributeText(node, name);
      const size = text('size') === 'wide' ? 'wide' : 'column';
      const shown = {
        caption: text('caption'),
        alt: text('alt'),
        group: text('group'),
        show: 'picture',
        setup: false,
      } as const;
      add(node, of, { ...PROSE, ...shown, id: text('id'), size }, false);
    }
  });
  return found;
}

function optionsOf(node: mdx.CodeNode, file: File): CellOptions | null {
  try {
    return cellOptions(node.meta);
  } catch (error) {
    if (error instanceof FenceMetaError) file.fail(`in the words of this fence: ${error.message}`, node);
    throw error;
  }
}

/** Fails the build at the line of the article where the Julia went wrong. */
function failAt(file: File, node: mdx.MdxNode, trouble: Trouble, value: boolean): never {
  const start = node.position?.start ?? { line: 1, column: 1 };
  // A fence's code starts on the line after its words; an expression in prose stands on its own line.
  const place = value ? start : { line: start.line + trouble.line, column: trouble.column };
  file.fail(`${trouble.message} (line ${trouble.line}, column ${trouble.column} of the cell)`, place);
}

export function check(one: Found, outcome: BuildOutcome | undefined, file: File): void {
  const trouble = one.trouble ?? outcome?.trouble ?? null;
  if (trouble !== null && !one.options.error) failAt(file, one.node, trouble, one.value);
  if (trouble === null && one.options.error) file.fail('this cell says `error`, and runs without one', one.node);
}
