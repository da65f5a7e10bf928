/** Arrays that share another's elements, as Julia's `vec`, `reshape`, `A'` and views do: what is written to one is seen in the other. */

import type { Node, Ops } from '../matrix/tape.ts';
import { Arr, ownerOf, typeName } from './values.ts';
import type { Shape, Share } from './values.ts';

/** How a summary names an array inside another's: `::Matrix{Float64}`, `adjoint(::Matrix{Float64})`. */
export function argumentLabel(a: Arr): string {
  return a.share?.label ?? `::${typeName(a)}`;
}

function sharing(share: Share, shape: Shape, row = false): Arr {
  const { eltype, bits } = share.parent;
  return new Arr(eltype, shape.ndims, share, shape.rows, shape.cols, row, bits && share.type === null);
}

/** `A'` and `transpose(A)`; twice is A itself. */
export function flipped(a: Arr, wrapper: 'adjoint' | 'transpose'): Arr {
  if (a.share && (a.share.label?.startsWith(`${wrapper}(`) || /^(Diagonal|Symmetric)\{/.test(a.share.type ?? '')))
    return a.share.label === null ? a : a.share.parent;
  const { rows, cols } = a;
  const share: Share = {
    parent: a,
    place: (at) => (at % rows) * cols + Math.floor(at / rows),
    derive: (ops, node) => (rows === 1 || cols === 1 ? ops.reshape(node, cols, rows) : ops.transpose(node)),
    type: `${wrapper === 'adjoint' ? 'Adjoint' : 'Transpose'}{${a.eltype}, ${typeName(a)}}`,
    label: `${wrapper}(${argumentLabel(a)})`,
  };
  return sharing(share, { rows: cols, cols: rows, ndims: 2 }, a.ndims === 1);
}

/** The same elements on the engine, counted down the columns, in another shape. */
export function reshapedNode(ops: Ops, node: Node, rows: number, cols: number): Node {
  if (node.rows === rows && node.cols === cols) return node;
  const sequence = node.cols === 1 || node.rows === 1 ? node : ops.transpose(node);
  if (cols === 1 || rows === 1) return ops.reshape(sequence, rows, cols);
  return ops.transpose(ops.reshape(sequence, cols, rows));
}

/** How Julia finds positions behind a wrapper that has no linear order of its own. */
const inverse = 'Base.MultiplicativeInverses.SignedMultiplicativeInverse{Int64}';

/** `reshape(A, ...)` and `vec(A)`, whose lengths agree. */
export function rearranged(a: Arr, shape: Shape): Arr {
  if (a.ndims === shape.ndims && a.rows === shape.rows && a.cols === shape.cols && a.share?.type == null) return a;
  // vec(x') is x.
  if (a.row && shape.ndims === 1 && a.share) return a.share.parent;
  const plain = a.share?.type == null;
  if (plain) ownerOf(a).lent = true;
  const size = shape.ndims === 1 ? String(shape.rows) : `${shape.rows}, ${shape.cols}`;
  const { rows, cols } = a;
  const share: Share = {
    parent: a,
    place: (at) => {
      const down = (at % shape.cols) * shape.rows + Math.floor(at / shape.cols);
      return (down % rows) * cols + Math.floor(down / rows);
    },
    derive: (ops, node) => reshapedNode(ops, node, shape.rows, shape.cols),
    type: plain
      ? null
      : `Base.ReshapedArray{${a.eltype}, ${shape.ndims}, ${typeName(a)}, Tuple{${argumentLabel(a).startsWith('view(') ? '' : inverse}}}`,
    label: plain ? null : `reshape(${argumentLabel(a)}, ${size})`,
  };
  return sharing(share, shape);
}

/** Elements at given places: a view. `indices` are Julia's types and texts of the indices. */
export function viewAt(
  a: Arr,
  at: ArrayLike<number>,
  shape: Shape,
  derive: Share['derive'],
  indices: { readonly types: readonly string[]; readonly texts: readonly string[]; readonly linear: boolean },
): Arr {
  const types = indices.types.join(', ');
  const share: Share = {
    parent: a,
    place: (k) => at[k] ?? -1,
    derive,
    type: `SubArray{${a.eltype}, ${shape.ndims}, ${typeName(a)}, Tuple{${types}}, ${indices.linear}}`,
    label: `view(${[argumentLabel(a), ...indices.texts].join(', ')})`,
  };
  return sharing(share, shape);
}

/** Row or column `k`, counted from 0, as a view. */
export function lineOf(a: Arr, dims: 1 | 2, k: number): Arr {
  const { rows, cols } = a;
  const slice = 'Base.Slice{Base.OneTo{Int64}}';
  const at = (n: number): number => (dims === 1 ? k * cols + n : n * cols + k);
  const length = dims === 1 ? cols : rows;
  const share: Share = {
    parent: a,
    place: at,
    derive: (ops, node) =>
      dims === 1 ? ops.reshape(ops.slice(node, k, 0, 1, cols), cols, 1) : ops.slice(node, 0, k, rows, 1),
    type: `SubArray{${a.eltype}, 1, ${typeName(a)}, Tuple{${dims === 1 ? `Int64, ${slice}` : `${slice}, Int64`}}, true}`,
    label: `view(${argumentLabel(a)}, ${dims === 1 ? `${k + 1}, :` : `:, ${k + 1}`})`,
  };
  return sharing(share, { rows: length, cols: 1, ndims: 1 });
}
