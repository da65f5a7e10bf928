/** What the build writes into a page for its cells: plain JSON. The programs behind them are in notebook/programs.ts. */

import type { Shown } from '../lib/display/describe.ts';
import type { Control, Trouble } from '../lib/julia/view.ts';

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
  /** What its buttons are named for: the first sentence of the caption. */
  readonly name: string;
  /** The id of the cell that is shown after it. */
  readonly next: string | null;
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

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
