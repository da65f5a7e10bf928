/** How the engine's kernels are compiled: over the memory of their host, and the product a second time for processors that multiply and add at once. */
import type { KernelSource } from '../kernel-build.ts';

export const matrixKernels: KernelSource = {
  folder: new URL('./', import.meta.url),
  module: new URL('../kernels.wasm.ts', import.meta.url),
  prefix: 'MatrixKernel',
  binaries: [
    { name: 'PLAIN_BASE64', entry: 'index.ts', relaxedSimd: false },
    {
      name: 'FUSED_BASE64',
      entry: 'fused.ts',
      relaxedSimd: true,
      comment: '`product` alone, with relaxed SIMD: not every browser takes it.',
    },
  ],
  memoryOfHost: true,
};
