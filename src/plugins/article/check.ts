/** An article looked at whole: every trouble of its front matter, its prose and all of its cells at once, and what its cells cost. */

import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import liveCells, { type LiveCellsOptions } from '../live-cells.ts';
import type { BuildEngine } from '../build-engine.ts';
import type { MdxNode } from '../mdx-nodes.ts';
import articleWords from './article-words.ts';
import citations from './citations.ts';
import { complaintOf, type Complaint } from './complaint.ts';
import { frontMatterOf } from './front-matter.ts';
import type { TexOptions } from './tex.ts';

/** Seconds that a cell may take; what takes longer is `stored`. */
export const CELL_BUDGET = 5;

export interface CheckOptions extends LiveCellsOptions {
  /** Seconds that a cell may take, in place of {@link CELL_BUDGET}: how fast a machine is that does other work too says nothing of a cell. */
  readonly budget?: number;
  readonly engine: BuildEngine;
  readonly tex: TexOptions;
}

export interface ArticleCheck {
  /** In the order of their places. */
  readonly complaints: readonly Complaint[];
  /** What each cell took, in seconds. */
  readonly seconds: ReadonlyMap<string, number>;
  /** What was read, before anything was put in the cells' places; of an article that is no MDX, what Markdown sees of it. */
  readonly tree: MdxNode;
}

/**
 * @param text the whole file
 * @param path where it lies; what it names is looked for beside it
 */
export async function checkArticle(text: string, path: string, options: CheckOptions): Promise<ArticleCheck> {
  const complaints: Complaint[] = [];
  const seconds = new Map<string, number>();
  const { tex, engine, budget = CELL_BUDGET, ...rest } = options;
  const timed: BuildEngine = {
    ...engine,
    run: async (cells, wanted) => {
      const reports = await engine.run(cells, wanted);
      for (const { id, milliseconds } of reports) seconds.set(id, milliseconds / 1000);
      return reports;
    },
  };
  const { file, processor, parsed, tree } = readArticle(text, path, tex, complaints);
  try {
    await processor()
      .use(citations, { root: options.root ?? process.cwd() })
      .use(liveCells, { ...rest, engine: timed })
      .run(parsed as never, file);
  } catch (error) {
    // What the whole page asks for (a card, an exercise, a player) stops at its first trouble.
    const complaint = complaintOf(error);
    if (complaint === null) throw error;
    complaints.push(complaint);
  }
  for (const [id, took] of seconds)
    if (took > budget)
      complaints.push({
        line: lineOf(text, id),
        column: 1,
        message: `the cell ${id} takes ${took.toFixed(1)} s; a build has ${budget} s for it. Make it smaller, or mark it \`stored\` and run \`npm run learn -- cells\`.`,
      });
  const distinct = new Map(complaints.map((one) => [`${one.line}:${one.column}:${one.message}`, one]));
  return {
    complaints: [...distinct.values()].toSorted((a, b) => a.line - b.line || a.column - b.column),
    seconds,
    tree,
  };
}

/**
 * Reads an article. What is no MDX is read as Markdown, so that its fences can still be looked at.
 *
 * @param complaints what is wrong with its form goes here
 * @returns the tree that plugins change, and one that stays as it was read
 */
export function readArticle(text: string, path: string, tex: TexOptions, complaints: Complaint[] = []) {
  const file = new VFile({
    path,
    value: withoutFrontMatter(text),
    data: { text, complaints, astro: { frontmatter: frontMatterOf(text) } },
  });
  const markdown = unified().use(remarkParse).use(remarkMath).use(articleWords, { tex });
  const mdx = markdown().use(remarkMdx);
  const read = (processor: typeof markdown) => {
    const parsed = processor.parse(file) as MdxNode;
    return { file, processor, parsed, tree: structuredClone(parsed) };
  };
  try {
    return read(mdx);
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === null) throw error;
    complaints.push(complaint);
    return read(markdown);
  }
}

/** The text with its front matter blanked, as Astro reads it: every line stays where it is. */
export function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?^---[ \t]*$/m, (front) => front.replace(/[^\n]/g, ' '));
}

function lineOf(text: string, id: string): number {
  return text.split('\n').findIndex((line) => line.includes(`id="${id}"`)) + 1 || 1;
}
