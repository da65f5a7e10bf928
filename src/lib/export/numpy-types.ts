/** What the translation to NumPy knows of a value before it runs. Pure. */

import type { Expr } from '../julia/ast.ts';

/**
 * A `number` may also be an array that is treated element by element. A Julia vector is an array of one axis; `row` is the adjoint of one, an
 * array of shape (1, n), as a `matrix` is one of two axes. `unit` is the matrix `I` of every size; `mask` holds truth values.
 */
export type Kind = 'number' | 'vector' | 'row' | 'matrix' | 'unit';

/** A translated expression: its text, how tightly its outermost operator binds, and what it is. */
export interface Piece {
  readonly text: string;
  readonly binds: number;
  readonly kind: Kind;
}

/** Python's precedences, as far as they are met here. */
export const BINDS = { ternary: 1, or: 2, and: 3, compare: 4, sum: 5, product: 6, sign: 7, power: 8, atom: 9 } as const;

/** Something that has no translation, in one sentence. */
export class NotNumpy extends Error {
  constructor(what: string, node?: Expr, source?: string) {
    const place = node && source ? ` (\`${source.slice(node.from, node.to).split('\n', 1)[0] ?? ''}\`)` : '';
    super(`This cell has no NumPy form: ${what}${place}.`);
    this.name = 'NotNumpy';
  }
}

export function atom(text: string, kind: Kind): Piece {
  return { text, binds: BINDS.atom, kind };
}

/** The text, in brackets where it binds less than `least`. */
export function within(piece: Piece, least: number): string {
  return piece.binds < least ? `(${piece.text})` : piece.text;
}

/** The kind of a broadcast over these. */
export function spread(kinds: readonly Kind[]): Kind {
  const arrays = kinds.filter((kind) => kind !== 'number');
  if (arrays.length === 0) return 'number';
  if (arrays.every((kind) => kind === 'vector')) return 'vector';
  return arrays.every((kind) => kind === 'row') ? 'row' : 'matrix';
}

/** An operand of a broadcast: Julia's vectors are columns, NumPy's would be rows. */
export function aligned(piece: Piece, result: Kind): Piece {
  if (piece.kind !== 'vector' || result === 'vector') return piece;
  return atom(`${within(piece, BINDS.atom)}[:, None]`, 'matrix');
}
