/** The programs of an article, taken from its MDX, so that what the tests check is what the reader sees. */
import { readFileSync } from 'node:fs';
import { loadAllPredefined } from '../../src/lib/image/node-pictures.ts';
import { allPacks } from '../../src/lib/julia/library/all.ts';
import { Notebook } from '../../src/lib/julia/notebook.ts';
import { parse } from '../../src/lib/julia/parse/parse.ts';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { cellOptions } from '../../src/plugins/fence-meta.ts';
import type { View } from '../../src/lib/julia/view.ts';
import type { CellOptions } from '../../src/plugins/fence-meta.ts';

export interface ArticleCell {
  readonly id: string;
  readonly source: string;
  readonly options: CellOptions;
}

/** The live fences of `content/<article>/index.mdx`, in order. */
export function cellsOf(article: string): ArticleCell[] {
  const text = readFileSync(new URL(`../../content/${article}/index.mdx`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```julia (live\b[^\n]*)\n([\s\S]*?)^```$/gm)].flatMap(([, meta = '', source = ''], k) => {
    const options = cellOptions(meta);
    return options ? [{ id: options.id ?? `cell-${k + 1}`, source, options }] : [];
  });
}

/**
 * Runs an article's cells in one scope on the reference engine, and `extra` expressions after them.
 * @returns the view of each cell and extra by id; cells that are to fail are left out
 */
export async function runArticle(
  article: string,
  extra: Readonly<Record<string, string>> = {},
  wanted: (cell: ArticleCell) => boolean = () => true,
): Promise<ReadonlyMap<string, View>> {
  const cells = cellsOf(article).filter((cell) => !cell.options.error && wanted(cell));
  const jobs = [...cells, ...Object.entries(extra).map(([id, source]) => ({ id, source }))];
  const notebook = new Notebook(new ReferenceEngine(), await loadAllPredefined(), { packs: allPacks });
  notebook.setCells(jobs.map(({ id, source }) => ({ id, program: parse(source) })));
  return new Map(
    notebook.run().map(({ id, view, trouble }) => {
      if (!view) throw new Error(`${article}, cell ${id}: ${trouble?.message ?? 'no value'}`);
      return [id, view];
    }),
  );
}
