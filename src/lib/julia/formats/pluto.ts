/**
 * Pluto's files: Julia with comments that mark the cells, and at the end the order in which they stand on the page.
 *
 * Source: `src/notebook/saving and loading.jl` of https://github.com/fonsp/Pluto.jl, for the delimiters.
 */

import { NotebookFormatError } from './cells.ts';
import type { FileCell, NotebookFile } from './cells.ts';

const header = '### A Pluto.jl notebook ###';
const delimiter = '# ╔═╡ ';
const orderMark = 'Cell order:';
const metadataMark = '# ╠═╡ ';
const [opening, closing] = ['#=╠═╡\n', '\n  ╠═╡ =#'];
/** The cells that keep the project and the manifest of the notebook's packages. */
const packages = /^00000000-0000-0000-0000-00000000000[12]$/;
const identifier = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isPluto(text: string): boolean {
  return text.replace(/^\uFEFF/, '').startsWith(header);
}

/** A cell's code between its marks: metadata lines first, and a comment around the whole of what is switched off. */
function cellOf(id: string, body: string): FileCell {
  const lines = body.split('\n');
  const metadata: string[] = [];
  while (lines[0]?.startsWith(metadataMark)) metadata.push((lines.shift() ?? '').slice(metadataMark.length));
  let source = lines.join('\n').trimEnd();
  if (source.startsWith(opening)) source = source.slice(opening.length).replace(closing, '').trimEnd();
  const says = (key: string): boolean => metadata.some((line) => new RegExp(`^${key}\\s*=\\s*true\\b`).test(line));
  return {
    kind: isProse(source) ? 'markdown' : 'code',
    source,
    id,
    executionCount: null,
    disabled: says('disabled') || says('depends_on_disabled_cells'),
  };
}

/** `md"..."` and nothing else: text, as long as no value is put into it. */
function isProse(source: string): boolean {
  const [, long, short] =
    /^(?:begin\s+)?md(?:"""([^]*)"""|"((?:[^"\\]|\\.)*)")\s*;?(?:\s+end)?$/.exec(source.trim()) ?? [];
  const text = long ?? short;
  return text !== undefined && !text.includes('"""') && !/\$\(|\$[\p{L}_]/u.test(text);
}

/** @throws NotebookFormatError where the text is no Pluto notebook, or names a cell in its order that it does not have */
export function readPluto(given: string): NotebookFile {
  const text = given.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!text.startsWith(header))
    throw new NotebookFormatError(`The file is not a Pluto notebook: it does not begin with ${header}`);
  // What stands before the first cell is Pluto's own: its version, and @bind for those who run the file as a script.
  const [, ...parts] = `\n${text}`.split(`\n${delimiter}`);
  const known = new Map<string, FileCell>();
  let order: string[] | null = null;
  for (const part of parts) {
    const end = part.indexOf('\n');
    const title = (end < 0 ? part : part.slice(0, end)).trim();
    const body = end < 0 ? '' : part.slice(end + 1);
    if (title === orderMark) {
      order = body.split('\n').flatMap((line) => /^# ╟─(\S+)|^# ╠═(\S+)/.exec(line)?.slice(1).filter(Boolean) ?? []);
      continue;
    }
    if (!identifier.test(title)) throw new NotebookFormatError(`The file has a cell without an identifier: ${title}`);
    known.set(title, cellOf(title, body));
  }
  const wanted = order ?? [...known.keys()];
  const cells = wanted
    .filter((id) => !packages.test(id))
    .map((id) => {
      const cell = known.get(id);
      if (!cell) throw new NotebookFormatError(`The file’s cell order names a cell that is not there: ${id}`);
      return cell;
    });
  return { kind: 'pluto', cells };
}
