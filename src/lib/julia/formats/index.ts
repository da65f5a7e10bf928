/** Notebook files of Julia, whatever wrote them. */

import type { NotebookFile } from './cells.ts';
import { NotebookFormatError } from './cells.ts';
import { readJupyter } from './jupyter.ts';
import { isPluto, readPluto } from './pluto.ts';

export { NotebookFormatError } from './cells.ts';
export type { FileCell, NotebookFile } from './cells.ts';

/**
 * Reads a Jupyter notebook (`.ipynb`), a Pluto notebook or a script (`.jl`), told apart by what they hold.
 *
 * @throws NotebookFormatError in one sentence
 */
export function readNotebook(text: string, fileName: string): NotebookFile {
  if (isPluto(text)) return readPluto(text);
  if (/\.ipynb$/i.test(fileName) || /^\uFEFF?\s*\{/.test(text)) return readJupyter(text);
  if (!/\.jl$/i.test(fileName))
    throw new NotebookFormatError(`${fileName} is neither a Jupyter notebook (.ipynb) nor Julia (.jl).`);
  return { kind: 'script', cells: [{ kind: 'code', source: text, id: null, executionCount: null, disabled: false }] };
}
