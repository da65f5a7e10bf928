import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { matmulCentred } from './tfjs-centre.ts';
import type { HostBackend } from './tfjs-device.ts';

/** tfjs names of the CPU kernels that are used. */
export const cpuKernels = ['BatchMatMul', 'Transpose'] as const;
export type CpuKernel = (typeof cpuKernels)[number];

/** tfjs' CPU backend as memory plus kernels. It exists to be compared with: the reference engine is faster, and float64. */
export class CpuHost implements HostBackend {
  readonly name = 'tfjs-cpu';
  readonly #backend: MathBackendCPU;
  readonly #kernels: Readonly<Record<CpuKernel, KernelFunc>>;

  constructor(backend: MathBackendCPU, kernels: Readonly<Record<CpuKernel, KernelFunc>>) {
    this.#backend = backend;
    this.#kernels = kernels;
  }

  alloc(rows: number, cols: number): TensorInfo {
    return this.#backend.makeTensorInfo([rows, cols], 'float32', new Float32Array(rows * cols));
  }

  /** @throws TypeError where the tensor does not hold single precision */
  view({ dataId, dtype }: TensorInfo): Float32Array {
    const { values } = this.#backend.data.get(dataId);
    if (values instanceof Float32Array) return values;
    throw new TypeError(`expected float32, got ${dtype}`);
  }

  retain(a: TensorInfo): void {
    this.#backend.incRef(a.dataId);
  }

  release(a: TensorInfo): void {
    this.#backend.disposeData(a.dataId);
  }

  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    return matmulCentred(this, a, b, (x, y) =>
      this.#run('BatchMatMul', { a: x, b: y }, { transposeA: false, transposeB: false }),
    );
  }

  transpose(x: TensorInfo): TensorInfo {
    return this.#run('Transpose', { x }, { perm: [1, 0] });
  }

  tensors(): number {
    return this.#backend.numDataIds();
  }

  dispose(): void {
    this.#backend.dispose();
  }

  #run(name: CpuKernel, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap): TensorInfo {
    const result = this.#kernels[name]({ inputs, attrs, backend: this.#backend });
    if (Array.isArray(result)) throw new TypeError(`${name} gave several tensors`);
    return result;
  }
}
