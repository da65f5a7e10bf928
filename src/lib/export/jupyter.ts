/**
 * A Jupyter notebook, nbformat 4.5, for the kernel of Julia 1.10.
 *
 * Source: the schema `nbformat.v4.5.schema.json` of https://nbformat.readthedocs.io.
 */

import { installLine } from './julia.ts';
import { inRunningOrder, type ExportCell, type ExportPage } from './page.ts';
import { base64, preambleOf } from './preamble.ts';
import { plainSource } from './source.ts';

interface JupyterCell {
  readonly cell_type: 'code' | 'markdown';
  readonly id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: readonly string[];
  readonly execution_count?: null;
  readonly outputs?: readonly unknown[];
}

/** The page as the text of an `.ipynb`: packages first, then functions, pictures, and the cells in an order in which they run. */
export function jupyterText(page: ExportPage): string {
  const { packages, using, helpers, pictures, files } = preambleOf(page, { embed: true, plain: true });
  const ids = new Ids();
  const code = (id: string, source: string, more: Partial<JupyterCell> = {}): JupyterCell => ({
    cell_type: 'code',
    execution_count: null,
    id: ids.give(id),
    metadata: {},
    outputs: [],
    source: lines(source),
    ...more,
  });
  const text = (id: string, source: string): JupyterCell => ({
    cell_type: 'markdown',
    id: ids.give(id),
    metadata: {},
    source: lines(source),
  });
  const setUp = [...(packages.length > 0 ? [`# Once: ${installLine(packages)}`] : []), ...using].join('\n');
  const cells = [
    text('title', `# ${page.title}\n\nFrom <${page.address}>.`),
    ...(setUp === '' ? [] : [code('packages', setUp)]),
    ...(helpers.length === 0 ? [] : [code('functions', helpers.join('\n\n'))]),
    ...pictures.map(({ name, source }) => code(`picture-${name}`, source)),
    ...inRunningOrder(page.cells).flatMap((cell) => [
      ...texts(cell.prose).map((source) => text(`${cell.id}-text`, source)),
      code(cell.id, plainSource(cell.program, page.bound, files), {
        metadata: cell.folded === true ? { jupyter: { source_hidden: true } } : {},
        outputs: outputsOf(cell),
      }),
      ...texts(cell.caption).map((source) => text(`${cell.id}-caption`, source)),
    ]),
    ...texts(page.closing).map((source) => text('closing', source)),
  ];
  const notebook = {
    cells,
    metadata: {
      kernelspec: { display_name: 'Julia 1.10', language: 'julia', name: 'julia-1.10' },
      language_info: { file_extension: '.jl', mimetype: 'application/julia', name: 'julia', version: '1.10.0' },
      title: page.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function outputsOf({ result }: ExportCell): unknown[] {
  if (result === undefined) return [];
  return [{ output_type: 'display_data', data: { 'image/png': base64(result) }, metadata: {} }];
}

function texts(source: string | undefined): string[] {
  return source === undefined || source.trim() === '' ? [] : [source];
}

/** A text as the format likes it: lines that keep their ends. */
function lines(source: string): string[] {
  return source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Names of cells as the format wants them: 1 to 64 letters, digits, `-` and `_`, each once. */
class Ids {
  readonly #given = new Set<string>();

  give(wanted: string): string {
    const base = wanted.replaceAll(/[^\w-]/g, '-').slice(0, 58) || 'cell';
    let id = base;
    for (let k = 2; this.#given.has(id); k += 1) id = `${base}-${k}`;
    this.#given.add(id);
    return id;
  }
}
