/**
 * Results of cells marked `stored`: too slow for a build, computed once by `npm run learn -- cells` and kept beside the article, in
 * `stored/results.json` and picture files. Each is held to its program: a hash of the cell, of the cells it needs and of the
 * pictures it uses, so that a changed program cannot show an old result.
 */

import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { picturesOf, upstream } from '../lib/julia/graph.ts';
import type { GraphCell } from '../lib/julia/graph.ts';
import type { BuildOutcome } from './compute.ts';

export const STORED_FOLDER = 'stored';
const RESULTS = 'results.json';

/** What the folder keeps of one cell. */
export interface StoredResult {
  readonly key: string;
  readonly result: BuildOutcome['result'];
  /** File name in the folder. */
  readonly picture: string | null;
}

/** A stored cell whose result cannot be shown; `id` names it. */
export class StoredError extends Error {
  readonly id: string;
  constructor(id: string, message: string) {
    super(message);
    this.name = 'StoredError';
    this.id = id;
  }
}

/** Hash of everything that a stored cell's result is made from, except the library. */
export function storedKey(cells: readonly GraphCell[], id: string, pictures: ReadonlyMap<string, string>): string {
  const needed = new Set(upstream(cells, [id]));
  const sources = cells.filter((cell) => needed.has(cell.id)).map((cell) => [cell.id === id, cell.program.source]);
  const used = picturesOf(cells, id, [...pictures.keys()]).map((name) => [name, pictures.get(name)]);
  return createHash('sha256')
    .update(JSON.stringify([sources, used]))
    .digest('hex')
    .slice(0, 24);
}

/** The folder's results by cell; empty where nothing was stored. */
export async function readResults(folder: string): Promise<Record<string, StoredResult>> {
  const text = await readFile(join(folder, RESULTS), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, StoredResult>;
}

export const resultsFile = (folder: string): string => join(folder, RESULTS);

/** A cell of a page, and whether it is `stored`. */
export interface Storable extends GraphCell {
  readonly stored: boolean;
}

/**
 * The outcomes of a page's stored cells, their pictures copied into `cache`.
 * @throws StoredError where a result is missing or older than its program, and where a cell that is computed at build needs one
 */
export async function storedOutcomes(
  cells: readonly Storable[],
  article: string,
  cache: string,
  pictures: ReadonlyMap<string, string>,
): Promise<Map<string, BuildOutcome>> {
  const stored = cells.filter((cell) => cell.stored);
  const outcomes = new Map<string, BuildOutcome>();
  if (stored.length === 0) return outcomes;
  const ids = new Set(stored.map(({ id }) => id));
  for (const cell of cells) {
    const needs = upstream(cells, [cell.id]).find((id) => ids.has(id));
    if (!cell.stored && needs !== undefined)
      throw new StoredError(cell.id, `this needs the stored cell ${needs}: mark it \`stored\` too`);
  }
  const folder = join(article, STORED_FOLDER);
  const results = await readResults(folder);
  await mkdir(cache, { recursive: true });
  for (const { id } of stored) {
    const kept = results[id];
    if (kept?.key !== storedKey(cells, id, pictures)) {
      throw new StoredError(
        id,
        `${kept === undefined ? 'no result is stored for this cell' : 'the stored result is of another program'}: run \`npm run learn -- cells\``,
      );
    }
    if (kept.picture !== null) await copyFile(join(folder, kept.picture), join(cache, kept.picture));
    outcomes.set(id, { result: kept.result, picture: kept.picture, trouble: null, printed: '', controls: [] });
  }
  return outcomes;
}
