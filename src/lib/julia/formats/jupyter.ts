/**
 * Jupyter's files, nbformat 3 (cells in worksheets, `input`, `prompt_number`) and 4. Outputs are not read: they are what a run
 * makes anew.
 *
 * Source: the schemas `nbformat.v3.schema.json` and `nbformat.v4.schema.json` of https://nbformat.readthedocs.io.
 */

import { NotebookFormatError } from './cells.ts';
import type { FileCell, NotebookFile } from './cells.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (x: unknown): x is Fields => typeof x === 'object' && x !== null && !Array.isArray(x);

/** A multi-line string of the format: one string, or a list of lines that keep their ends. */
function textOf(x: unknown, where: string): string {
  if (typeof x === 'string') return x;
  if (x === undefined || x === null) return '';
  if (Array.isArray(x) && x.every((line) => typeof line === 'string')) return x.join('');
  throw new NotebookFormatError(`${where} has no text: its source is neither a string nor a list of strings.`);
}

/** The language that the file says its kernel speaks; null where it says nothing. */
function languageOf(notebook: Fields): string | null {
  const metadata = isFields(notebook.metadata) ? notebook.metadata : {};
  const kernel = isFields(metadata.kernelspec) ? metadata.kernelspec : {};
  const info = isFields(metadata.language_info) ? metadata.language_info : {};
  for (const name of [info.name, kernel.language, metadata.language, kernel.name]) {
    if (typeof name === 'string' && name !== '') return name;
  }
  return null;
}

function cellOf(cell: unknown, k: number, older: boolean): FileCell {
  const where = `Cell ${k + 1}`;
  if (!isFields(cell)) throw new NotebookFormatError(`${where} is not an object.`);
  const type = cell.cell_type;
  const code = type === 'code';
  if (!code && type !== 'markdown' && type !== 'raw' && !(older && (type === 'heading' || type === 'html')))
    throw new NotebookFormatError(`${where} is of the unknown kind ${String(type)}.`);
  const count = older ? cell.prompt_number : cell.execution_count;
  return {
    kind: code ? 'code' : type === 'raw' ? 'raw' : 'markdown',
    source: textOf(code && older ? cell.input : cell.source, where),
    id: typeof cell.id === 'string' ? cell.id : null,
    executionCount: typeof count === 'number' ? count : null,
    disabled: false,
  };
}

/** @throws NotebookFormatError where the text is no Jupyter notebook, of an unknown version, or of another language */
export function readJupyter(text: string): NotebookFile {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new NotebookFormatError(
      `The file is not a Jupyter notebook, since it is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (!isFields(notebook) || typeof notebook.nbformat !== 'number')
    throw new NotebookFormatError('The file is not a Jupyter notebook, since it does not say its nbformat.');
  const { nbformat } = notebook;
  if (nbformat !== 3 && nbformat !== 4)
    throw new NotebookFormatError(
      `The notebook is of nbformat ${nbformat}, and 3 and 4 can be read; \`jupyter nbconvert --to notebook\` writes format 4.`,
    );
  const language = languageOf(notebook);
  if (language !== null && !/^julia\b/i.test(language))
    throw new NotebookFormatError(`The notebook is written for the language ${language}, and this runs Julia.`);
  const sheets = nbformat === 3 ? notebook.worksheets : [notebook];
  if (!Array.isArray(sheets)) throw new NotebookFormatError('The notebook has no list of worksheets.');
  const cells = sheets.flatMap((sheet: unknown): unknown[] => {
    const list = isFields(sheet) ? sheet.cells : undefined;
    if (!Array.isArray(list)) throw new NotebookFormatError('The notebook has no list of cells.');
    return list;
  });
  return { kind: 'jupyter', cells: cells.map((cell, k) => cellOf(cell, k, nbformat === 3)) };
}
