/** A notebook of the reader's own, as data, and what can be done with its cells. Every operation gives a new document. */

import type { BoundValue } from '../../lib/julia/view.ts';
import { isPlain, type Look } from '../look.ts';

export const CELL_KINDS = ['code', 'text', 'listing'] as const;
/** `listing`: code that is shown and not run, since it lies outside the subset. */
export type LabCellKind = (typeof CELL_KINDS)[number];

export interface LabCell {
  /** Its name while it is open; it is not written down. */
  readonly id: string;
  readonly kind: LabCellKind;
  /** Julia, or Markdown. */
  readonly source: string;
  readonly folded: boolean;
  /** One sentence about the cell: why it does not run, what was renamed in it. */
  readonly note: string;
  readonly look: Look;
}

export interface LabDocument {
  readonly name: string;
  readonly cells: readonly LabCell[];
  /** Controls that do not stand as their programs have them. */
  readonly bound: Readonly<Record<string, BoundValue>>;
  /** Names under which files of the reader's stand, and what they are called. The files themselves are not in it. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** What a cell is made from. */
export type NewCell = Pick<LabCell, 'kind' | 'source'> & Partial<LabCell>;

/** A document of these cells, numbered in their order. */
export function documentOf(
  name: string,
  cells: readonly NewCell[],
  more: Partial<Pick<LabDocument, 'bound' | 'pictures'>> = {},
): LabDocument {
  const numbered = cells.map((cell, k) => ({ folded: false, note: '', look: {}, ...cell, id: `cell-${k + 1}` }));
  return { name, cells: numbered, bound: {}, pictures: {}, ...more };
}

/** The document with ids that no cell of `others` has. */
export function renumbered(document: LabDocument, others: LabDocument): LabDocument {
  const first = lastNumber(others) + 1;
  return { ...document, cells: document.cells.map((cell, k) => ({ ...cell, id: `cell-${first + k}` })) };
}

function lastNumber({ cells }: LabDocument): number {
  return Math.max(0, ...cells.map(({ id }) => Number(id.slice('cell-'.length))));
}

/** A blank page: one empty cell. */
export function blankDocument(): LabDocument {
  return documentOf('', [{ kind: 'code', source: '' }]);
}

/** Whether nothing would be lost with it. */
export function isBlank({ name, cells, pictures }: LabDocument): boolean {
  return name === '' && Object.keys(pictures).length === 0 && cells.every(({ source }) => source.trim() === '');
}

/** @param at the place of the new cell, from 0 */
export function addCell(document: LabDocument, at: number, cell: NewCell): { document: LabDocument; id: string } {
  const id = `cell-${lastNumber(document) + 1}`;
  const added: LabCell = { folded: false, note: '', look: {}, ...cell, id };
  return { document: { ...document, cells: document.cells.toSpliced(at, 0, added) }, id };
}

/** Moves a cell up (-1) or down (1); at the end of the list it stays. */
export function moveCell(document: LabDocument, id: string, by: -1 | 1): LabDocument {
  const from = placeOf(document, id);
  const to = from + by;
  const cell = document.cells[from];
  if (cell === undefined || to < 0 || to >= document.cells.length) return document;
  return { ...document, cells: document.cells.toSpliced(from, 1).toSpliced(to, 0, cell) };
}

/** A page without any cell has no place to write: the last one that goes leaves an empty one. */
export function removeCell(document: LabDocument, id: string): LabDocument {
  const cells = document.cells.filter((cell) => cell.id !== id);
  const rest = { ...document, cells };
  return cells.length > 0 ? rest : addCell(rest, 0, { kind: 'code', source: '' }).document;
}

/** The same document where nothing changes. */
export function changeCell(document: LabDocument, id: string, change: Partial<Omit<LabCell, 'id'>>): LabDocument {
  const cells = document.cells.map((cell) => (cell.id === id ? { ...cell, ...change } : cell));
  return cells.every((cell, k) => sameCell(cell, document.cells[k])) ? document : { ...document, cells };
}

export function placeOf({ cells }: LabDocument, id: string): number {
  return cells.findIndex((cell) => cell.id === id);
}

function sameCell(some: LabCell, other: LabCell | undefined): boolean {
  return (
    other !== undefined &&
    (['id', 'kind', 'source', 'folded', 'note'] as const).every((key) => some[key] === other[key]) &&
    (some.look === other.look || (isPlain(some.look) && isPlain(other.look)))
  );
}
