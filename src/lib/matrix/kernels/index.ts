/** Everything the TypeScript side may call. Compiled by `build.ts` to `../kernels.wasm.ts`. The memory is the host's. */
export { product } from './product';
export { addCentres, columnTotals, rowTotals } from './totals';
export { gather, mirror, scatterAdd, transpose } from './layout';
export { binary, select, unary } from './elementwise';
export { columnExtremes, columnFirsts, columnSums, rowExtremes, rowFirsts, rowSums } from './reduce';
export { sines } from './trig';
