/**
 * The remark plugin that reads an article before its cells are computed, and stops the build at what would be published wrong: front
 * matter, placeholders, misspelt components and attributes, braces that are JavaScript, TeX that KaTeX cannot read.
 */

import { readFileSync } from 'node:fs';
import type { File } from './complaint.ts';
import type { MdxNode } from '../mdx-nodes.ts';
import { complain } from './complaint.ts';
import { isDraft } from './drafts.ts';
import { frontMatterComplaints } from './front-matter.ts';
import { proseComplaints } from './prose.ts';
import { placeholderComplaints } from './template.ts';
import type { TexOptions } from './tex.ts';

export interface ArticleWordsOptions {
  /** How formulas are read where they are set. */
  readonly tex: TexOptions;
}

interface Processor {
  parse(text: string): MdxNode;
  parser?: (document: string, file: File) => unknown;
}

/** What MDX says of a brace or a tag that it cannot read, and what to do about it. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/attribute value/, 'The value of a word in a tag stands in quotes: of="…".'],
  [
    /acorn|expression/i,
    'A brace in prose begins JavaScript: for the brace itself write \\{ and \\}, or TeX: $\\{ … \\}$.',
  ],
  [
    /before name|start of (a )?(tag|name)|character .*(`<`|in name)/i,
    'A < in prose begins a tag: for the sign itself write \\<, or TeX: $<$.',
  ],
  [
    /closing tag|closing slash|corresponding/i,
    'Every tag is closed, and a blank line stands before and after what is inside.',
  ],
];

export default function articleWords(this: unknown, { tex }: ArticleWordsOptions) {
  const processor = this as Processor;
  explainParser(processor);
  return (tree: MdxNode, file: File): void => {
    const path = file.path ?? 'page';
    // Astro hands the text on without its front matter; a component's documentation has none.
    const text = file.data?.text ?? readFileSync(path, 'utf8');
    const lines = text.split('\n');
    const parse = (markdown: string): MdxNode => processor.parse(markdown);
    const isArticle = /(^|\/)index\.mdx$/.test(path);
    complain(file, [
      ...(isArticle ? frontMatterComplaints(text) : []),
      ...(isArticle && !isDraft(text) ? placeholderComplaints(lines) : []),
      ...proseComplaints(tree, { path, lines, tex, parse }),
    ]);
  };
}

/** Adds to an error of the parser what its author is to do. */
function explainParser(processor: Processor): void {
  const { parser } = processor;
  if (parser === undefined) return;
  processor.parser = (document, file) => {
    try {
      return parser.call(processor, document, file);
    } catch (error) {
      if (error instanceof Error && 'reason' in error) explain(error as ParseFailure);
      throw error;
    }
  };
}

interface ParseFailure extends Error {
  reason: string;
  line?: number | undefined;
  column?: number | undefined;
}

function explain(error: ParseFailure): void {
  // A tag that is never closed has no place but in the words.
  const [, line, column] = /\((\d+):(\d+)/.exec(error.reason) ?? [];
  error.line ??= line === undefined ? undefined : Number(line);
  error.column ??= column === undefined ? undefined : Number(column);
  const remedy = REMEDIES.find(([pattern]) => pattern.test(error.reason))?.[1];
  if (remedy !== undefined) error.reason = `${error.reason.replace(/\.?$/, '.')} ${remedy}`;
  error.message = error.reason;
}
