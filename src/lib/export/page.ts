/** What an export is made from: a page's cells as its reader left them. Plain data; the page and the tests make it alike. */

import type { Program } from '../julia/ast.ts';
import { picturesOf, upstream } from '../julia/graph.ts';
import { order } from '../julia/order.ts';
import type { BoundValue } from '../julia/view.ts';

export interface ExportCell {
  readonly id: string;
  readonly program: Program;
  /** Markdown that stands before the cell on the page. */
  readonly prose?: string;
  /** Markdown beneath the cell. */
  readonly caption?: string;
  /** The program is folded away on the page. */
  readonly folded?: boolean;
  /** The reader's result, as a PNG file. */
  readonly result?: Uint8Array;
}

/** A picture that the programs know by name. */
export interface ExportPicture {
  readonly name: string;
  /** Where the site has it: an absolute address. */
  readonly address: string;
  /** The file's name, where it is a picture of the reader's own, which stands in the place of the page's. */
  readonly own?: string;
  /** Its PNG file, to be put into a notebook. */
  readonly png?: Uint8Array;
  /** Its numbers, row by row, where they are no grey levels of 8 bits: a matrix from a file, a picture of 16 bits. */
  readonly numbers?: { readonly rows: number; readonly cols: number; readonly data: Float32Array | Float64Array };
}

export interface ExportPage {
  readonly title: string;
  /** Of the page on the web. */
  readonly address: string;
  /** In the page's order. */
  readonly cells: readonly ExportCell[];
  readonly pictures: readonly ExportPicture[];
  /** Markdown that stands after the last cell. */
  readonly closing?: string;
  /** What the reader has set; a control that is missing here is as the article has it. */
  readonly bound: ReadonlyMap<string, BoundValue>;
}

/** The page with only the cell `id` and the cells that it needs. The needed ones stand without their texts and results. */
export function aboutCell(page: ExportPage, id: string): ExportPage {
  const needed = new Set(upstream(page.cells, [id]));
  const names = new Set(
    picturesOf(
      page.cells,
      id,
      page.pictures.map(({ name }) => name),
    ),
  );
  const bare = ({ program, ...cell }: ExportCell): ExportCell =>
    cell.id === id ? { ...cell, program } : { id: cell.id, program };
  return {
    ...page,
    closing: '',
    cells: page.cells.filter((cell) => needed.has(cell.id)).map(bare),
    pictures: page.pictures.filter(({ name }) => names.has(name)),
  };
}

/** The cells in an order in which they can run one after the other: whoever defines a name stands before its readers. */
export function inRunningOrder(cells: readonly ExportCell[]): ExportCell[] {
  return order(cells.map(({ program }) => program)).order.flatMap((k) => cells[k] ?? []);
}

/** Pictures that the cells name. */
export function picturesUsed(page: ExportPage): ExportPicture[] {
  const names = page.pictures.map(({ name }) => name);
  const used = new Set(page.cells.flatMap(({ id }) => picturesOf(page.cells, id, names)));
  return page.pictures.filter(({ name }) => used.has(name));
}
