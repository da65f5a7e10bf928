/** Julia's grammar for the lab: reading programs and notebook files, colouring code. Fetched when a notebook is opened. */

import { codeHtml } from '../../lib/display/code-html.ts';
import type { Program } from '../../lib/julia/ast.ts';
import { NotebookFormatError, readNotebook } from '../../lib/julia/formats/index.ts';
import { register } from '../../lib/julia/library/register.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { readLabFile, type LabFile } from '../../notebook/lab/lab-file.ts';
import { openedNotebook, type Opened } from '../../notebook/lab/opened.ts';

export { codeHtml };

/** The program of a text; null where it is none. */
export function programOf(source: string): Program | null {
  try {
    return parse(source);
  } catch {
    return null;
  }
}

/**
 * A notebook file of whatever made it.
 *
 * @throws Error with one sentence for the reader
 */
export function openFile(text: string, name: string, pictures: readonly string[]): Opened & LabFile {
  const own = readLabFile(text);
  if (own !== null) return { ...own, sentence: `${name} is open, as the lab had written it.` };
  try {
    return { ...openedNotebook(readNotebook(text, name), name, pictures), pictures: new Map() };
  } catch (error) {
    if (error instanceof NotebookFormatError) throw error;
    throw new Error(`${name} could not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** What a picture file can be called in a program: its own name as far as that is one, and nobody else's. */
export function pictureName(file: string, taken: readonly string[]): string {
  const plain = file
    .replace(/\.\w+$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 30);
  const name = /^[a-z]/.test(plain) ? plain : `picture_${plain}`.replace(/_$/, '');
  const known = new Set([...taken, ...register.map((one) => one.name)]);
  const isFree = (one: string): boolean => !known.has(one) && programOf(one)?.reads[0] === one;
  if (isFree(name)) return name;
  let k = 2;
  while (!isFree(`${name}_${k}`)) k += 1;
  return `${name}_${k}`;
}
