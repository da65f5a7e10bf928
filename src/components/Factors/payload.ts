import type { Program } from '../../lib/julia/ast.ts';

/** Two factors that a figure offers, as an article writes them. */
export interface Pair {
  /** What the switch calls it. */
  readonly label: string;
  /** Julia, over the page's pictures and names. */
  readonly left: string;
  readonly right: string;
}

/** The same as the live part wants it: parsed, since a reader's first look needs no parser. */
export interface PairPrograms {
  readonly label: string;
  readonly left: Program;
  readonly right: Program;
  readonly product: Program;
}
