/** What the readers of notebook files give: cells in the file's order, as text. */

export interface FileCell {
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** What the file calls the cell; null where it has no name. */
  readonly id: string | null;
  /** The number that the cell had when the file was written. */
  readonly executionCount: number | null;
  /** Pluto: switched off by the author, itself or through a cell that it needs. */
  readonly disabled: boolean;
}

export interface NotebookFile {
  /** Jupyter runs cells one after the other; Pluto in the order of dependence; a script is one cell. */
  readonly kind: 'jupyter' | 'pluto' | 'script';
  readonly cells: readonly FileCell[];
}

/** A file that is no notebook of Julia, in one sentence. */
export class NotebookFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotebookFormatError';
  }
}
