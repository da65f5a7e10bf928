/** The part of `npm run learn` that runs an article's stored cells. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describeAny } from '../src/lib/display/describe-plot.ts';
import { asPicture, displayBytes } from '../src/lib/display/picture.ts';
import { upstream } from '../src/lib/julia/graph.ts';
import { loadAllPredefined } from '../src/lib/image/node-pictures.ts';
import { allPacks } from '../src/lib/julia/library/all.ts';
import { Notebook } from '../src/lib/julia/notebook.ts';
import { parse } from '../src/lib/julia/parse/parse.ts';
import { ReferenceEngine } from '../src/lib/matrix/reference.ts';
import { frontMatterOf, ownFilesOf } from '../src/plugins/article/front-matter.ts';
import { ownPictures } from '../src/plugins/article/own-files.ts';
import { referenceBuild } from '../src/plugins/build-engine.ts';
import { cellOptions } from '../src/plugins/fence-meta.ts';
import { writePicture } from '../src/plugins/picture-file.ts';
import { readResults, resultsFile, STORED_FOLDER, storedKey } from '../src/plugins/stored.ts';
import type { CellReport, Picture } from '../src/lib/julia/view.ts';
import type { StoredResult } from '../src/plugins/stored.ts';

/**
 * Computes the stored cells of an article whose programs have changed, and what they need, in double precision; under the budget of
 * a page's cell, since a reader may press *Run* on them.
 */
export async function storeCells(article: URL, note: (text: string) => void): Promise<void> {
  const folder = fileURLToPath(new URL(`${STORED_FOLDER}/`, article));
  const text = await readFile(new URL('index.mdx', article), 'utf8').catch(() => '');
  const cells = cellsOf(text);
  const stored = cells.filter(({ stored }) => stored);
  if (stored.length === 0) return;
  await mkdir(folder, { recursive: true });
  const pictures = await articlePictures(text, fileURLToPath(article));
  const results = await readResults(folder);
  const old = stored.filter(({ id }) => results[id]?.key !== storedKey(cells, id, pictures.hashes));
  note(`${stored.length} stored cells, ${old.length} to compute`);
  await computeStored(cells, old, pictures, folder, async (id, result, milliseconds) => {
    results[id] = result;
    await writeFile(resultsFile(folder), `${JSON.stringify(results)}\n`);
    note(`${id}: ${Math.round(milliseconds)} ms`);
  });
  await sweep(folder, results, new Set(stored.map(({ id }) => id)));
}

/**
 * Computes some of an article's cells, one after the other, their pictures into `folder`; what one has computed the next does not compute
 * again.
 *
 * @param take gets each result as it comes, so that what is learned is not lost
 * @throws Error where a cell fails
 */
export async function computeStored(
  cells: readonly StoredJob[],
  wanted: readonly StoredJob[],
  pictures: ArticlePictures,
  folder: string,
  take: (id: string, result: StoredResult, milliseconds: number) => Promise<void> | void,
): Promise<void> {
  if (wanted.length === 0) return;
  const notebook = new Notebook(new ReferenceEngine(), pictures.pictures, { packs: allPacks });
  notebook.setCells(cells);
  for (const { id, show } of wanted) {
    const report = notebook.run(new Set(upstream(cells, [id]))).find((one) => one.id === id);
    if (!report) throw new Error(`the notebook did not run ${id}`);
    await take(id, await keep(report, show, storedKey(cells, id, pictures.hashes), folder), report.milliseconds);
  }
}

/** What an article's cells find by name, with a hash of each. */
export interface ArticlePictures {
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly hashes: ReadonlyMap<string, string>;
}

/** The site's pictures, and the files beside an article. @param text the article's */
export async function articlePictures(text: string, folder: string): Promise<ArticlePictures> {
  const own = await ownPictures(ownFilesOf(frontMatterOf(text)), folder);
  const engine = await referenceBuild(fileURLToPath(new URL('../', import.meta.url)));
  return {
    pictures: new Map<string, Picture>([...(await loadAllPredefined()), ...own]),
    hashes: engine.with(own).pictures,
  };
}

export interface StoredJob {
  readonly id: string;
  readonly program: ReturnType<typeof parse>;
  readonly show: string;
  readonly stored: boolean;
}

/** The live cells of an article's text. */
export function cellsOf(text: string): StoredJob[] {
  return [...text.matchAll(/^```julia (live\b[^\n]*)\n([\s\S]*?)^```$/gm)].flatMap(([, meta = '', source = ''], k) => {
    const options = cellOptions(meta);
    if (options === null || options.error) return [];
    const { show, stored } = options;
    return [{ id: options.id ?? `cell-${k + 1}`, program: parse(source.replace(/\n$/, '')), show, stored }];
  });
}

async function keep(report: CellReport, show: string, key: string, folder: string): Promise<StoredResult> {
  if (report.view === null) throw new Error(`cell ${report.id}: ${report.trouble?.message ?? 'no value'}`);
  const shown = asPicture(report.view, show);
  const picture =
    shown === null
      ? null
      : await writePicture(folder, {
          rows: shown.rows,
          cols: shown.cols,
          channels: shown.kind === 'colour' ? 3 : 1,
          bytes: displayBytes(shown),
        });
  return { key, result: describeAny(report.view, show), picture };
}

/** Deletes results of cells that are gone, and pictures that nothing names. */
async function sweep(folder: string, results: Record<string, StoredResult>, ids: ReadonlySet<string>): Promise<void> {
  const kept = Object.fromEntries(Object.entries(results).filter(([id]) => ids.has(id)));
  await writeFile(resultsFile(folder), `${JSON.stringify(kept)}\n`);
  const named = new Set(Object.values(kept).map(({ picture }) => picture));
  for (const file of await readdir(folder))
    if (/\.(webp|png)$/.test(file) && !named.has(file)) await rm(`${folder}${file}`);
}
