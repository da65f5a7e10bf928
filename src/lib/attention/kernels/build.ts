/** How the trainer's kernels are compiled: to one binary with a memory of its own, without relaxed SIMD, so that a run has the same bits everywhere. */
import type { KernelSource } from '../../matrix/kernel-build.ts';

export const attentionKernels: KernelSource = {
  folder: new URL('./', import.meta.url),
  module: new URL('../kernels.wasm.ts', import.meta.url),
  prefix: 'Kernel',
  binaries: [{ name: 'KERNELS_BASE64', entry: 'index.ts', relaxedSimd: false }],
  memoryOfHost: false,
};
