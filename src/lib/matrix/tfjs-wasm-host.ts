import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { UnaryOp } from './engine.ts';
import type { HostBackend } from './tfjs-host.ts';
import { KernelHost, singles } from './tfjs-kernel-host.ts';

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
export class WasmHost extends KernelHost<BackendWasm, WasmKernel> implements HostBackend {
  readonly name = 'tfjs-wasm';

  alloc(rows: number, cols: number): TensorInfo {
    return this.backend.makeOutput([rows, cols], 'float32');
  }

  view(a: TensorInfo): Float32Array {
    return singles(this.backend.typedArrayFromHeap(a), a);
  }

  unary(op: UnaryOp, x: TensorInfo): TensorInfo | undefined {
    const kernel = unaryKernels[op];
    return kernel && this.run(kernel, { x }, {});
  }

  dispose(): void {
    // Shared, see above; its memory goes with the worker or the process.
  }
}
