import { Matrix as Dense, SingularValueDecomposition } from 'ml-matrix';
import { checkMatrix } from './matrix.ts';
import type { Factors, SceneMatrix } from './matrix.ts';

/** A matrix as a sum of singular layers, largest first. */
export interface SingularLayers {
  /** Singular values, not increasing, min(rows, cols) of them. */
  readonly values: Float64Array;
  /** `left` is U diag(values), `right` is V': layer k is left[:, k] right[k, :]. */
  readonly factors: Factors;
}

/** Singular value decomposition (Golub-Reinsch, by ml-matrix) in the form that `LayerSum` builds up. About a second at 512 x 512. */
export function singularLayers(matrix: SceneMatrix): SingularLayers {
  checkMatrix(matrix);
  const { rows, cols } = matrix;
  if (!matrix.data.every(Number.isFinite)) throw new RangeError('singular values need finite numbers');
  const dense = Dense.from1DArray(rows, cols, matrix.data);
  const svd = new SingularValueDecomposition(dense, { autoTranspose: true });
  const values = Float64Array.from(svd.diagonal);
  const rank = values.length;
  const left = new Float64Array(rows * rank);
  const right = new Float64Array(rank * cols);
  const u = svd.leftSingularVectors;
  const v = svd.rightSingularVectors;
  for (let k = 0; k < rank; k += 1) {
    const value = values[k] as number;
    for (let row = 0; row < rows; row += 1) left[row * rank + k] = u.get(row, k) * value;
    for (let col = 0; col < cols; col += 1) right[k * cols + col] = v.get(col, k);
  }
  return {
    values,
    factors: { left: { rows, cols: rank, data: left }, right: { rows: rank, cols, data: right } },
  };
}

/**
 * Share of the energy (squared Frobenius norm) in the first n layers, for n = 0 ... K; ends at 1. A zero matrix has all of nothing from the
 * start: its curve is 1 throughout.
 */
export function energyCurve(values: Float64Array): Float64Array {
  const curve = new Float64Array(values.length + 1);
  // From the small end, so that the tail of a product that is nearly rank 1 keeps its digits.
  let tail = 0;
  const tails = new Float64Array(values.length + 1);
  for (let k = values.length - 1; k >= 0; k -= 1) {
    tail += (values[k] as number) ** 2;
    tails[k] = tail;
  }
  for (let n = 0; n <= values.length; n += 1) curve[n] = tail === 0 ? 1 : 1 - (tails[n] as number) / tail;
  return curve;
}
