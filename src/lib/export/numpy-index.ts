/** Indexing: Julia counts from 1 and goes down the columns, NumPy from 0 and along the rows. */

import type { Expr } from '../julia/ast.ts';
import type { Translation } from './numpy-translation.ts';
import { atom, BINDS, within, type Kind, type Piece } from './numpy-types.ts';
import { valueOf } from './numpy-words.ts';

type Index = Expr & { kind: 'index' };

/** A place, and whether it keeps its axis. */
interface Place {
  readonly text: string;
  readonly keeps: boolean;
}

export function indexText(translator: Translation, node: Index): Piece {
  const object = translator.expression(node.object);
  const places = node.indices.map((index) => placeOf(translator, index));
  const text = within(object, BINDS.atom);
  if (places.length === 1 && places[0] !== undefined) {
    const [only] = places;
    if (object.kind === 'matrix' || object.kind === 'row')
      return atom(`np.ravel(${object.text}, order="F")[${only.text}]`, only.keeps ? 'vector' : 'number');
    if (object.kind === 'vector') return atom(`${text}[${only.text}]`, only.keeps ? 'vector' : 'number');
  }
  if (places.length !== 2 || (object.kind !== 'matrix' && object.kind !== 'row'))
    return translator.refuse('it takes elements of what is no array of as many dimensions', node);
  const kept = places.filter(({ keeps }) => keeps).length;
  const kind: Kind = kept === 2 ? 'matrix' : kept === 1 ? 'vector' : 'number';
  return atom(`${text}[${places.map((place) => place.text).join(', ')}]`, kind);
}

function placeOf(translator: Translation, index: Expr): Place {
  switch (index.kind) {
    case 'colon':
      return { text: ':', keeps: true };
    case 'end':
      return { text: '-1', keeps: false };
    case 'begin':
      return { text: '0', keeps: false };
    case 'range': {
      const step = index.step === null ? 1 : valueOf(index.step);
      if (step === null || step < 1) return translator.refuse('it takes a slice backwards', index);
      const start = index.start.kind === 'begin' ? '0' : fromZero(translator, index.start);
      const stop = index.stop.kind === 'end' ? '' : translator.count(index.stop);
      return { text: `${start}:${stop}${step === 1 ? '' : `:${step}`}`, keeps: true };
    }
    default:
      return { text: fromZero(translator, index), keeps: false };
  }
}

/** A place that is counted from 0. */
function fromZero(translator: Translation, node: Expr): string {
  const known = valueOf(node);
  if (known !== null)
    return Number.isInteger(known) && known > 0
      ? String(known - 1)
      : translator.refuse('an index must be 1 or more', node);
  const piece = translator.expression(node);
  if (piece.kind !== 'number') return translator.refuse('it takes elements by a list or a mask', node);
  return `${within(piece, BINDS.sum)} - 1`;
}
