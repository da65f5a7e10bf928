/** What the parts of the translation to NumPy ask of each other: calls and indices hold expressions, and expressions hold calls and indices. */

import type { Argument, Expr } from '../julia/ast.ts';
import type { Kind, Piece } from './numpy-types.ts';

/** What stands around an expression. */
export interface Surroundings {
  readonly source: string;
  readonly names: ReadonlyMap<string, Kind>;
  /** Calls a function of the program's own; null where there is none of that name. */
  readonly own: (name: string, kinds: readonly Kind[]) => Kind | null;
  /** A function that is written out is used. */
  readonly use: (name: string) => void;
}

export interface Translation {
  readonly around: Surroundings;
  expression(node: Expr): Piece;
  adjoint(value: Piece, node: Expr): Piece;
  /** A size, as text. */
  count(node: Expr): string;
  /** NumPy's axis for `dims`; null where there is none. */
  axis(keywords: readonly Argument[], node: Expr): 0 | 1 | null;
  /** @throws NotNumpy */
  refuse(what: string, node: Expr): never;
}
