/** Functions of whole arrays in NumPy's words. */

import type { Argument, Expr } from '../julia/ast.ts';
import type { Translation } from './numpy-translation.ts';
import { WRITTEN_OUT } from './numpy-functions.ts';
import { atom, BINDS, within, type Kind, type Piece } from './numpy-types.ts';
import { valueOf } from './numpy-words.ts';

export function wholeCall(
  translator: Translation,
  name: string,
  plain: readonly Expr[],
  keywords: readonly Argument[],
  node: Expr,
): Piece {
  const { use } = translator.around;
  const [first, ...rest] = plain;
  if (['zeros', 'ones', 'fill'].includes(name)) return made(translator, name, plain, node);
  if (first === undefined) return translator.refuse(`${name} has no translation here`, node);
  const x = (): Piece => translator.expression(first);
  const one = rest.length === 0 && keywords.length === 0;
  const written = (text: string, kind: Kind): Piece => {
    use(name);
    return atom(text, kind);
  };
  switch (name) {
    case 'normalize_image':
    case 'normalize_image_signed': {
      const piece = x();
      return one
        ? written(`${name}(${piece.text})`, piece.kind)
        : translator.refuse(`it calls ${name} otherwise`, node);
    }
    case 'softmax': {
      const piece = x();
      return written(`softmax(${piece.text}, axis=${translator.axis(keywords, node) ?? 0})`, piece.kind);
    }
    case 'imresize': {
      const [size] = rest;
      const sizes = size?.kind === 'tuple' ? size.items : rest;
      if (keywords.length > 0 || sizes.length !== 2) return translator.refuse('it resizes by a ratio', node);
      return written(`imresize(${x().text}, ${sizes.map((n) => translator.count(n)).join(', ')})`, 'matrix');
    }
    case 'transpose':
    case 'adjoint':
      return translator.adjoint(x(), node);
    case 'norm':
      return one
        ? atom(`np.sqrt(np.sum(np.square(${x().text})))`, 'number')
        : translator.refuse('it takes another norm', node);
    case 'dot':
    case '⋅': {
      const [other] = rest;
      if (other === undefined) return translator.refuse('dot needs two arrays', node);
      return atom(`np.vdot(${x().text}, ${translator.expression(other).text})`, 'number');
    }
    case 'tr':
      return atom(`np.trace(${x().text})`, 'number');
    case 'vec':
      return atom(`np.ravel(${x().text}, order="F")`, 'vector');
    case 'diag':
      return atom(`np.diag(${x().text})`, 'vector');
    case 'inv':
      return atom(`np.linalg.inv(${x().text})`, 'matrix');
    case 'length':
      return atom(`np.size(${x().text})`, 'number');
    case 'size': {
      const dims = rest[0] === undefined ? null : valueOf(rest[0]);
      const piece = x();
      if ((dims !== 1 && dims !== 2) || piece.kind === 'vector')
        return translator.refuse('it asks for both sizes at once', node);
      return atom(`${within(piece, BINDS.atom)}.shape[${dims - 1}]`, 'number');
    }
    case 'cumsum': {
      const piece = x();
      const axis =
        translator.axis(keywords, node) ?? (piece.kind === 'vector' ? 0 : translator.refuse('cumsum needs dims', node));
      return atom(`np.cumsum(${piece.text}, axis=${axis})`, piece.kind);
    }
    case 'reshape': {
      const sizes = rest[0]?.kind === 'tuple' ? rest[0].items : rest;
      const shape = sizes.map((n) => translator.count(n)).join(', ');
      return atom(`np.reshape(${x().text}, (${shape},), order="F")`, sizes.length === 1 ? 'vector' : 'matrix');
    }
    default:
      return name in WRITTEN_OUT
        ? translator.refuse(`it calls ${name} otherwise`, node)
        : translator.refuse(`${name} has no translation here`, node);
  }
}

function made(translator: Translation, name: string, plain: readonly Expr[], node: Expr): Piece {
  const list = [...plain];
  const value =
    name === 'fill' ? translator.count(list.shift() ?? translator.refuse('fill needs a value', node)) : null;
  const sizes = list[0]?.kind === 'tuple' ? list[0].items : list;
  if (sizes.length === 0 || sizes.length > 2) return translator.refuse(`it calls ${name} otherwise`, node);
  const shape = sizes.map((n) => translator.count(n)).join(', ');
  const kind = sizes.length === 1 ? 'vector' : 'matrix';
  return atom(value === null ? `np.${name}((${shape},))` : `np.full((${shape},), ${value})`, kind);
}
