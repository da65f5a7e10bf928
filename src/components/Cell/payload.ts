/** What the build writes into a page for its cells, and the live part reads back: plain JSON. */

import type { Shown } from '../../lib/display/describe.ts';
import type { Program } from '../../lib/julia/ast.ts';
import type { Control, Trouble } from '../../lib/julia/view.ts';

/** One cell as its static HTML needs it. */
export interface StaticCell {
  readonly id: string;
  /** Groups the cells that share one scope: the cells of one article. */
  readonly page: string;
  readonly source: string;
  /** The code as HTML with highlighted tokens. */
  readonly codeHtml: string;
  readonly result: Shown;
  readonly trouble: Trouble | null;
  readonly printed: string;
  readonly controls: readonly Control[];
  readonly alt: string;
  readonly size: 'column' | 'wide';
  readonly hero: boolean;
  readonly hideCode: boolean;
  readonly show: 'auto' | 'picture' | 'numbers' | 'none';
  /** The first picture of a page is fetched at once, the others when they come near. */
  readonly eager: boolean;
  /** The result lies beside the article; the browser computes it only when the reader asks. */
  readonly stored: boolean;
  /** Names of pictures the cell depends on, directly or through other cells. */
  readonly pictures: readonly string[];
}

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
}

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
