import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** What a host asks of a tfjs backend, apart from its memory. */
interface KernelBackend {
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean | undefined;
  numDataIds(): number;
}

/** What tfjs' backends on the processor have in common: references that are counted, and kernels called by name. */
export abstract class KernelHost<B extends KernelBackend, K extends string> {
  protected readonly backend: B;
  readonly #kernels: Readonly<Record<K | 'BatchMatMul' | 'Transpose', KernelFunc>>;

  constructor(backend: B, kernels: Readonly<Record<K | 'BatchMatMul' | 'Transpose', KernelFunc>>) {
    this.backend = backend;
    this.#kernels = kernels;
  }

  retain(a: TensorInfo): void {
    this.backend.incRef(a.dataId);
  }

  release(a: TensorInfo): void {
    this.backend.disposeData(a.dataId);
  }

  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    return this.run('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
  }

  transpose(x: TensorInfo): TensorInfo {
    return this.run('Transpose', { x }, { perm: [1, 0] });
  }

  tensors(): number {
    return this.backend.numDataIds();
  }

  protected run(
    name: K | 'BatchMatMul' | 'Transpose',
    inputs: Record<string, TensorInfo>,
    attrs: NamedAttrMap,
  ): TensorInfo {
    const result = this.#kernels[name]({ inputs, attrs, backend: this.backend });
    if (Array.isArray(result)) throw new TypeError(`${name} gave several tensors`);
    return result;
  }
}

/** The elements of a tensor that holds single precision. @throws TypeError where it does not */
export function singles(values: unknown, { dtype }: TensorInfo): Float32Array {
  if (values instanceof Float32Array) return values;
  throw new TypeError(`expected float32, got ${dtype}`);
}
