import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { UnaryOp } from './engine.ts';
import type { HostBackend } from './tfjs-host.ts';

/** tfjs names of the WASM kernels that are used; a loop in JavaScript does the rest as fast (sines five times faster). */
export const wasmKernels = ['BatchMatMul', 'Transpose', 'Exp', 'Log'] as const;
export type WasmKernel = (typeof wasmKernels)[number];

const unaryKernels: Partial<Record<UnaryOp, WasmKernel>> = {
  exp: 'Exp',
  log: 'Log',
};

/**
 * tfjs' WASM backend as memory plus kernels; how both are loaded differs between browser and Node. Kernels are bound to the
 * one backend of a realm, so every engine there shares it, and `dispose` leaves it to the others.
 */
export class WasmHost implements HostBackend {
  readonly name = 'tfjs-wasm';
  readonly #backend: BackendWasm;
  readonly #kernels: Readonly<Record<WasmKernel, KernelFunc>>;

  constructor(backend: BackendWasm, kernels: Readonly<Record<WasmKernel, KernelFunc>>) {
    this.#backend = backend;
    this.#kernels = kernels;
  }

  alloc(rows: number, cols: number): TensorInfo {
    return this.#backend.makeOutput([rows, cols], 'float32');
  }

  view(a: TensorInfo): Float32Array {
    const view = this.#backend.typedArrayFromHeap(a);
    if (view instanceof Float32Array) return view;
    throw new TypeError(`expected float32, got ${a.dtype}`);
  }

  retain(a: TensorInfo): void {
    this.#backend.incRef(a.dataId);
  }

  release(a: TensorInfo): void {
    this.#backend.disposeData(a.dataId);
  }

  unary(op: UnaryOp, x: TensorInfo): TensorInfo | undefined {
    const kernel = unaryKernels[op];
    return kernel && this.#run(kernel, { x }, {});
  }

  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    return this.#run('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
  }

  transpose(x: TensorInfo): TensorInfo {
    return this.#run('Transpose', { x }, { perm: [1, 0] });
  }

  tensors(): number {
    return this.#backend.numDataIds();
  }

  dispose(): void {
    // Shared, see above; its memory goes with the worker or the process.
  }

  #run(name: WasmKernel, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap): TensorInfo {
    const result = this.#kernels[name]({ inputs, attrs, backend: this.#backend });
    if (Array.isArray(result)) throw new TypeError(`${name} gave several tensors`);
    return result;
  }
}
