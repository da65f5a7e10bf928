/** Finding an article's programs, and failing the build at their place in the article when they are wrong. */

import { visit } from 'unist-util-visit';
import type { Program } from '../lib/julia/ast.ts';
import { parse } from '../lib/julia/parse/parse.ts';
import { toTrouble } from '../lib/julia/source.ts';
import type { Trouble } from '../lib/julia/view.ts';
import { attempt, type File } from './article/complaint.ts';
import type { BuildOutcome } from './compute.ts';
import { cellOptions, FenceMetaError, type CellOptions } from './fence-meta.ts';
import * as mdx from './mdx-nodes.ts';

/** A program found in the article: a fence, or an expression in prose. */
export interface Found {
  readonly id: string;
  readonly node: mdx.MdxNode;
  readonly options: CellOptions;
  readonly program: Program;
  /** Set where the text is no Julia and the author says so. */
  readonly trouble: Trouble | null;
  /** Whether it is computed with the page and is no cell of it. */
  readonly value: boolean;
  /** Significant digits of a number in the prose. */
  readonly digits: number;
  /** Whether it belongs to a figure in three dimensions (`figures.ts`). */
  readonly figure: boolean;
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
  const add = (node: mdx.MdxNode, source: string, options: CellOptions, prose: Prose = {}): void => {
    const { value = false, digits = 4, figure = false } = prose;
    const id = options.id ?? `${value ? 'value' : 'cell'}-${found.length + 1}`;
    if (ids.has(id)) file.fail(`two cells of this page have the id "${id}"; each needs one of its own`, node);
    ids.add(id);
    try {
      found.push({ id, node, options, value, digits, figure, program: parse(source), trouble: null });
    } catch (error) {
      const trouble = toTrouble(error, source);
      if (!options.error) failAt(file, node, trouble);
      const at = { from: 0, to: source.length };
      const program: Program = {
        source,
        body: { kind: 'block', body: [], ...at },
        defines: [],
        reads: [],
        silent: false,
      };
      found.push({ id, node, options, value, digits, figure, program, trouble });
    }
  };
  visit(tree as never, (node: mdx.MdxNode) => {
    attempt(file, () => {
      if (mdx.isCode(node) && node.lang === 'julia') {
        const options = optionsOf(node, file);
        if (options !== null) add(node, node.value, options);
        return;
      }
      const name = ['Value', 'Picture', 'Surface', 'Cube'].find((one) => mdx.isJsx(node, one));
      if (name !== undefined) addElement(node as mdx.JsxNode, name, add);
    });
  });
  return found;
}

interface Prose {
  readonly value?: boolean;
  readonly digits?: number;
  readonly figure?: boolean;
}

/** A program among the attributes of an element, which were checked before (`article/prose.ts`). */
function addElement(
  node: mdx.JsxNode,
  name: string,
  add: (node: mdx.MdxNode, source: string, options: CellOptions, prose?: Prose) => void,
): void {
  const text = (attribute: string): string | null => mdx.attributeText(node, attribute);
  if (name === 'Cube') {
    const factors = [text('left'), text('right')].filter((factor) => factor !== null);
    for (const factor of factors) add(node, factor, { ...PROSE, show: 'none' }, { value: true, figure: true });
    return;
  }
  const of = text('of');
  if (of === null) return;
  if (name === 'Value') {
    add(node, of, PROSE, { value: true, digits: Number(text('digits') ?? 4) });
    return;
  }
  const shown = { id: text('id'), caption: text('caption'), alt: text('alt'), show: 'picture' } as const;
  if (name === 'Surface') add(node, of, { ...PROSE, show: 'picture' }, { value: true, figure: true });
  else {
    const size = text('size') === 'wide' ? 'wide' : 'column';
    add(node, of, { ...PROSE, ...shown, group: text('group'), setup: false, size });
  }
}

function optionsOf(node: mdx.CodeNode, file: File): CellOptions | null {
  try {
    return cellOptions(node.meta);
  } catch (error) {
    if (!(error instanceof FenceMetaError)) throw error;
    const start = node.position?.start ?? { line: 1, column: 1 };
    // The words follow the ticks and the language.
    const column = start.column + '```julia '.length + error.column;
    file.fail(`in the words of this fence: ${error.message}`, { line: start.line, column });
  }
}

/** Fails the build at the line of the article where the Julia went wrong. */
function failAt(file: File, node: mdx.MdxNode, trouble: Trouble): never {
  const start = node.position?.start ?? { line: 1, column: 1 };
  if (mdx.isJsx(node)) file.fail(`${trouble.message} (in <${node.name ?? ''} of="…">)`, start);
  // A fence's code starts on the line after its words, and as far in as its words do.
  const place = { line: start.line + trouble.line, column: start.column - 1 + trouble.column };
  file.fail(`${trouble.message} (line ${trouble.line}, column ${trouble.column} of the cell)`, place);
}

export function check(one: Found, outcome: BuildOutcome | undefined, file: File): void {
  const trouble = one.trouble ?? outcome?.trouble ?? null;
  if (trouble !== null && !one.options.error) failAt(file, one.node, trouble);
  if (trouble === null && one.options.error)
    file.fail('this cell says `error`, and runs without one: take the word away', one.node);
}

/** Fails at a cell that shows a picture and has no words for a reader who cannot see it. The gathering check asks for them; a build does not. */
export function seen({ value, options, node }: Found, outcome: BuildOutcome | undefined, file: File): void {
  const silent = options.alt === null || options.alt.trim() === '';
  if (file.data?.complaints !== undefined && !value && !options.setup && outcome?.picture != null && silent)
    file.fail('this cell shows a picture, and says nothing to who cannot see it: alt="…"', node);
}
