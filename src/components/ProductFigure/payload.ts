import type { Program } from '../../lib/julia/ast.ts';

/** Two factors that a figure offers, as an article writes them. */
export interface FactorPair {
  /** What the switch calls it. */
  readonly label: string;
  /** Julia, over the page's pictures and names. */
  readonly left: string;
  readonly right: string;
  /** For `show="layers"`: which of the products in `stills.ts` stands there before the live figure. */
  readonly still?: string;
}

/** A surface that a figure offers: the value of an expression, or a picture kept beside the article. */
export interface Relief {
  readonly label: string;
  /** Which surface in `stills.ts` stands there before the live figure. */
  readonly still?: string;
  /** Or where its drawing lies. */
  readonly src?: string;
  /** What the drawing shows, in words. */
  readonly alt: string;
  /** Julia, over the page's pictures and names. */
  readonly of?: string;
  /** Where the picture lies, if it is one; grey levels are its values. */
  readonly picture?: string;
  /** What readouts call the matrix. */
  readonly name: string;
}

/** A choice of a figure as its live part wants it: parsed, since a reader's first look needs no parser. */
export interface FactorChoice {
  /** What is asked of the page's engine: two factors, or one matrix. */
  readonly programs: readonly Program[];
  /** Or where a picture lies. */
  readonly picture?: string;
  readonly name?: string;
}
