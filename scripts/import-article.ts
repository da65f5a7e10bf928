/** An article's text from a notebook of Julia: what `npm run import-notebook` writes, and its report. */

import { readNotebook } from '../src/lib/julia/formats/index.ts';
import { allPacks } from '../src/lib/julia/library/all.ts';
import { Notebook } from '../src/lib/julia/notebook.ts';
import { parse } from '../src/lib/julia/parse/parse.ts';
import type { Picture } from '../src/lib/julia/view.ts';
import { ReferenceEngine } from '../src/lib/matrix/reference.ts';
import type { LabCell } from '../src/notebook/lab/document.ts';
import { openedNotebook } from '../src/notebook/lab/opened.ts';
import { importedProse } from '../src/plugins/article/imported-prose.ts';
import { newArticle, type NewArticle } from '../src/plugins/article/template.ts';

const FOLLOWS = 'Not run: it needs a cell that is not run.';

export interface ImportedArticle {
  readonly title: string;
  readonly text: string;
  /** What somebody must look at: a line of the report each. */
  readonly report: readonly string[];
  readonly live: number;
  readonly listings: number;
}

/**
 * @param name the file's name
 * @param facts what is known of the article besides
 * @throws NotebookFormatError
 */
export function importArticle(
  notebook: string,
  name: string,
  facts: Omit<NewArticle, 'title' | 'body'> & { readonly title?: string },
  pictures: ReadonlyMap<string, Picture>,
): ImportedArticle {
  const file = readNotebook(notebook, name);
  const { document, sentence } = openedNotebook(file, name, [...pictures.keys()]);
  const cells = withoutFailing(document.cells, pictures);
  const report = [sentence];
  const following: number[] = [];
  let title = facts.title ?? null;
  const parts = cells.map((cell, k) => {
    if (cell.kind === 'text') {
      const prose = importedProse(markdownOf(cell.source), title === null && k === 0);
      title ??= prose.title;
      report.push(...prose.notes.map((note) => `cell ${k + 1}: ${note}`));
      return prose.mdx;
    }
    if (cell.note === FOLLOWS) following.push(k + 1);
    else if (cell.note !== '') report.push(`cell ${k + 1}: ${cell.note}`);
    const note = cell.note === '' ? '' : `{/* ${cell.note.replaceAll('*/', '* /')} */}\n\n`;
    const ticks = /```/.test(cell.source) ? '````' : '```';
    const words = cell.kind === 'listing' ? 'julia' : `julia live id="cell-${k + 1}"`;
    return `${note}${ticks}${words}\n${cell.source.trim()}\n${ticks}`;
  });
  if (following.length > 0)
    report.push(
      `cell${following.length > 1 ? 's' : ''} ${following.join(', ')}: not run, since they need one that is not; mend that one first.`,
    );
  const found = title ?? name.replace(/\.\w+$/, '').replaceAll(/[-_]+/g, ' ');
  return {
    title: found,
    // Which of its pictures is on the card, the author says.
    text: newArticle({ ...facts, title: found, body: parts.filter((part) => part !== '').join('\n\n'), card: null }),
    report,
    live: cells.filter(({ kind }) => kind === 'code').length,
    listings: cells.filter(({ kind }) => kind === 'listing').length,
  };
}

/** A text cell of Pluto is Julia: `md"…"`. */
function markdownOf(source: string): string {
  const [, long, short] = /^\s*md(?:"""([\s\S]*)"""|"([\s\S]*)")\s*;?\s*$/.exec(source) ?? [];
  return (long ?? short ?? source).trim();
}

/** What fails when it is run is a listing, with what Julia says; and so is what needs it. */
function withoutFailing(given: readonly LabCell[], pictures: ReadonlyMap<string, Picture>): LabCell[] {
  let cells = [...given];
  for (;;) {
    const live = cells.filter(({ kind }) => kind === 'code');
    const notebook = new Notebook(new ReferenceEngine(), pictures, { packs: allPacks });
    notebook.setCells(live.map(({ id, source }) => ({ id, program: parse(source) })));
    const failed = new Map(
      notebook.run().flatMap(({ id, trouble }) => (trouble === null ? [] : [[id, trouble] as const])),
    );
    if (failed.size === 0) return cells;
    cells = cells.map((cell) => {
      const trouble = failed.get(cell.id);
      if (trouble === undefined) return cell;
      const follows = / because the cell that defines it has failed/.test(trouble.message);
      const note = follows ? FOLLOWS : `Not run: ${trouble.message} (line ${trouble.line}).`;
      return { ...cell, kind: 'listing', note };
    });
  }
}
