/** The programs of a page: what the build writes into it, and the live part reads back. Plain JSON. */

import type { Program } from '../lib/julia/ast.ts';

/** A program of the page, in the page's order; invisible ones (set-up) too. */
export interface PageProgram {
  readonly id: string;
  readonly program: Program;
  /** The text is no Julia, on purpose: `program` is empty, and running the cell must parse it to show the error. */
  readonly unparsed?: boolean;
  /** Slow: only the reader's own wish runs it. */
  readonly stored?: boolean;
}

/** A program as it stands now; its revision grows with every edit, and with every wish to run it again. */
export interface LiveProgram extends PageProgram {
  readonly revision: number;
}

/** The page's programs, parsed at build, so that the first run needs no parser. */
export interface PagePayload {
  readonly page: string;
  readonly programs: readonly PageProgram[];
  /** Programs of the numbers in the prose, each once. */
  readonly values?: readonly Program[];
}
