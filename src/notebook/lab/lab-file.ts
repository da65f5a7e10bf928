/**
 * The lab's own file: a Jupyter notebook that real Julia runs, with the notebook as the lab has it in its metadata. A file that was
 * changed elsewhere since is read as any notebook is.
 */

import { jupyterText } from '../../lib/export/jupyter.ts';
import type { ExportPage } from '../../lib/export/page.ts';
import { encodeNpy } from '../../lib/image/npy.ts';
import { variableOf } from '../../lib/export/source.ts';
import { isRecord, isText } from '../validate.ts';
import type { LabDocument } from './document.ts';
import { labText, readLab } from './lab-text.ts';

const KEY = 'images_as_matrices';

export interface LabFile {
  readonly document: LabDocument;
  /** The files of the reader's pictures that the notebook holds, by their names in it: PNG, or NPY where numbers are no grey levels. */
  readonly pictures: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** @param page the notebook as its exports have it */
export function labFile(document: LabDocument, page: ExportPage): string {
  const file = JSON.parse(jupyterText(page)) as { metadata: Record<string, unknown>; cells: unknown };
  file.metadata[KEY] = { lab: labText(document), cells: fingerprint(file.cells) };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * What the lab wrote; null where the file is not the lab's, or was changed elsewhere.
 *
 * @throws StateError where it is the lab's and cannot be read, with one sentence for the reader
 */
export function readLabFile(text: string): LabFile | null {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  const metadata = isRecord(file) && isRecord(file['metadata']) ? file['metadata'][KEY] : undefined;
  if (!isRecord(file) || !isRecord(metadata) || !isText(metadata['lab'])) return null;
  if (metadata['cells'] !== fingerprint(file['cells'])) return null;
  const document = readLab(metadata['lab']);
  return { document, pictures: picturesIn(file['cells'], Object.keys(document.pictures)) };
}

/** Pictures stand in the text of the cells that write them to files for Julia: once is enough. */
function picturesIn(cells: unknown, names: readonly string[]): Map<string, Uint8Array<ArrayBuffer>> {
  const texts = (Array.isArray(cells) ? (cells as unknown[]) : [])
    .map((cell) => (isRecord(cell) ? joinedLines(cell['source']) : null))
    .filter(isText);
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of names) {
    const variable = variableOf(name);
    const starts = [`${variable} = let`, `${variable}_file = let`];
    const source = texts.find((one) => starts.some((start) => one.startsWith(start))) ?? '';
    const written = /base64decode\("([\w+/=]+)"\)/.exec(source)?.[1];
    if (written === undefined) continue;
    const bytes = Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
    const [, type, cols, rows] = /reinterpret\((\w+), .*reshape\(numbers, (\d+), (\d+)\)/s.exec(source) ?? [];
    if (type === undefined) found.set(name, bytes);
    else {
      const data = type === 'Float32' ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
      found.set(name, encodeNpy({ rows: Number(rows), cols: Number(cols), data }));
    }
  }
  return found;
}

/** FNV-1a over the kinds and texts of the cells; outputs are what a run makes anew, and may be others. */
function fingerprint(cells: unknown): string {
  const list: readonly unknown[] = Array.isArray(cells) ? cells : [];
  const texts = list.map((cell) => (isRecord(cell) ? [cell['cell_type'], joinedLines(cell['source'])] : null));
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify(texts)) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}

function joinedLines(source: unknown): unknown {
  return Array.isArray(source) ? source.join('') : source;
}
