import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { HostBackend } from './tfjs-device.ts';
import { KernelHost, singles } from './tfjs-kernel-host.ts';

/** tfjs names of the CPU kernels that are used. */
export const cpuKernels = ['BatchMatMul', 'Transpose'] as const;
export type CpuKernel = (typeof cpuKernels)[number];

/** tfjs' CPU backend as memory plus kernels. It exists to be compared with: the reference engine is faster, and float64. */
export class CpuHost extends KernelHost<MathBackendCPU, CpuKernel> implements HostBackend {
  readonly name = 'tfjs-cpu';

  alloc(rows: number, cols: number): TensorInfo {
    return this.backend.makeTensorInfo([rows, cols], 'float32', new Float32Array(rows * cols));
  }

  view(a: TensorInfo): Float32Array {
    return singles(this.backend.data.get(a.dataId).values, a);
  }

  unary(): undefined {
    return undefined;
  }

  dispose(): void {
    this.backend.dispose();
  }
}
