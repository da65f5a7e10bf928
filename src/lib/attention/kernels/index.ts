/** Everything the TypeScript side may call. Compiled by `build.ts` to `../kernels.wasm.ts`. */
export { addColumnSums, addRow, gemm, transpose } from './gemm';
export {
  addPositions,
  addPositionsBackward,
  embed,
  embedBackward,
  gelu,
  geluBackward,
  layerNorm,
  layerNormBackward,
} from './layers';
export { attention, attentionScoresBackward, attentionValuesBackward, prefix, prefixBackward } from './attention';
export { values, valuesBackward } from './values';
export { adamw, crossEntropy, pool, poolBackward } from './head';
import { exp4, ln } from './math';

/** out[i] = exp(x[i]), for tests of the polynomial; n a multiple of 4. */
export function expAll(out: usize, x: usize, n: i32): void {
  for (let i: usize = 0; i < (<usize>n) << 2; i += 16) v128.store(out + i, exp4(v128.load(x + i)));
}

/** Natural logarithm, for tests of the polynomial. */
export function logarithm(x: f32): f32 {
  return ln(x);
}
