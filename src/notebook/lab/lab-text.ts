/** A notebook as text, and read back: for drafts, for the browser's store, for links and files. Cells are numbered anew. */

import { isLook, isPlain } from '../look.ts';
import { StateError } from '../state.ts';
import { entriesOf, isBoundValue, isRecord, isText, recordFrom } from '../validate.ts';
import { CELL_KINDS, documentOf, type LabDocument, type NewCell } from './document.ts';

/** Grows with every change that an older reader would misread. */
const LAB_VERSION = 1;
const MOST_CELLS = 2000;

/** The same text for the same notebook. What is as usual is left out. */
export function labText({ name, cells, bound, pictures }: LabDocument): string {
  return JSON.stringify({
    version: LAB_VERSION,
    name,
    cells: cells.map(({ kind, source, folded, note, look }) => ({
      ...(kind === 'code' ? {} : { kind }),
      source,
      ...(folded ? { folded } : {}),
      ...(note === '' ? {} : { note }),
      ...(isPlain(look) ? {} : { look }),
    })),
    ...(Object.keys(bound).length === 0 ? {} : { bound: entriesOf(bound) }),
    ...(Object.keys(pictures).length === 0 ? {} : { pictures: entriesOf(pictures) }),
  });
}

/** @throws StateError with one sentence for the reader */
export function readLab(text: string): LabDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StateError('This notebook cannot be read: it is incomplete or was changed.');
  }
  if (!isRecord(value) || typeof value['version'] !== 'number') throw new StateError('This is no notebook of the lab.');
  if (value['version'] > LAB_VERSION)
    throw new StateError('This notebook was made by a later version of this site; reload the page to get it.');
  if (value['version'] !== LAB_VERSION) throw new StateError('This notebook is of an unknown version.');
  const { name = '', cells } = value;
  if (!isText(name) || !Array.isArray(cells)) throw broken('its name or its list of cells');
  if (cells.length > MOST_CELLS)
    throw new StateError(`This notebook has ${cells.length} cells, and the lab opens ${MOST_CELLS} at most.`);
  return documentOf(name, cells.length === 0 ? [{ kind: 'code', source: '' }] : cells.map(cellFrom), {
    bound: recordFrom(value['bound'], isBoundValue, () => {
      throw broken('a control');
    }),
    pictures: recordFrom(value['pictures'], isText, () => {
      throw broken('a picture');
    }),
  });
}

function cellFrom(value: unknown, k: number): NewCell {
  const where = `cell ${k + 1}`;
  if (!isRecord(value)) throw broken(where);
  const { kind = 'code', source, folded = false, note = '', look = {} } = value;
  const known = CELL_KINDS.find((one) => one === kind);
  if (known === undefined || !isText(source) || typeof folded !== 'boolean' || !isText(note) || !isLook(look))
    throw broken(where);
  return { kind: known, source, folded, note, look };
}

function broken(what: string): StateError {
  return new StateError(`This notebook is broken where ${what} should stand.`);
}
