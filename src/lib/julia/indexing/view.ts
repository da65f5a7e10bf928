/** `view(A, indices...)`, which `@view A[indices...]` is: the elements themselves, not a copy. */

import { argumentError } from '../errors.ts';
import { block, chosenShape, colon, flatIndices, locate, positions } from './read.ts';
import type { Runtime } from '../runtime.ts';
import { showText } from '../show/show.ts';
import { viewAt } from '../share.ts';
import { Arr, Colours, List, Range, scalarType, typeName } from '../values.ts';
import type { Value } from '../values.ts';

/** @throws BoundsError, ArgumentError; JuliaError UnsupportedError for arrays of what is no number */
export function viewOfArray(rt: Runtime, v: Value, given: readonly Value[], read: () => Value): Value {
  const indices = flatIndices(given);
  // Ranges and colours are never written to, so that a copy cannot be told from a view.
  if (v instanceof Range || v instanceof Colours) return read();
  if (v instanceof List)
    throw argumentError('a view here is one of an array of numbers; leave out the view for a copy of these elements');
  if (!(v instanceof Arr)) throw argumentError(`a view is one of an array, not of a value of type ${typeName(v)}`);
  const where = locate(rt, v, indices);
  if (where.row.kind === 'lane' || where.col.kind === 'lane') return read();
  if (indices.every((i) => scalarType(i) !== null))
    throw argumentError('unsupported: a view of one element, which has no dimension; A[i] reads it, A[i] = x sets it');
  const shape = chosenShape(rt, where);
  const down = positions(v, where);
  // Places are row-major.
  const at = Int32Array.from(down, (_, k) => down[(k % shape.cols) * shape.rows + Math.floor(k / shape.cols)] ?? -1);
  const ranges = indices.map((i) => i === colon || i instanceof Range);
  const types = indices.map((i) => (i === colon ? 'Base.Slice{Base.OneTo{Int64}}' : typeName(rt.settle(i))));
  // Julia's viewindexing: scalars first, then slices, then at most one range.
  const kept = indices.map((i, k) => (i === colon ? 'slice' : ranges[k] ? 'range' : typeName(rt.settle(i))));
  const from = kept.findIndex((kind) => kind !== 'Int64');
  const rest = from < 0 ? [] : kept.slice(from);
  const linear =
    rest.length <= 1
      ? rest.every((kind) => kind === 'slice' || kind === 'range')
      : rest[1] === 'Int64'
        ? rest[0] === 'slice' || rest[0] === 'range'
        : rest[0] === 'slice' && (rest[1] === 'slice' || rest[1] === 'range');
  const texts = indices.map((i) => (i === colon ? ':' : showText(rt, i)));
  return viewAt(v, at, shape, (_ops, node) => block(rt, node, where), { types, texts, linear });
}
