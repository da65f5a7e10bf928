import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { MatrixError } from './engine.ts';
import { sizeOf } from './tfjs-device.ts';
import type { UnaryOp } from './engine.ts';
import type { HostBackend } from './tfjs-device.ts';
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
  /** The shape in which each tensor's data has served as a right factor: see `matmul`. */
  readonly #rightFactors = new WeakMap<object, string>();

  alloc(rows: number, cols: number): TensorInfo {
    this.#reserve(rows * cols);
    return this.backend.makeOutput([rows, cols], 'float32');
  }

  view(a: TensorInfo): Float32Array {
    return singles(this.backend.typedArrayFromHeap(a), a);
  }

  unary(op: UnaryOp, x: TensorInfo): TensorInfo | undefined {
    const kernel = unaryKernels[op];
    if (!kernel) return undefined;
    this.#reserve(elements(x));
    return this.run(kernel, { x }, {});
  }

  /**
   * The binary packs the right factor into an XNNPACK operator and keeps it under the tensor's id, without the shape it was
   * packed in. A transpose of a vector and a reshape share the id of their source: multiplied by the operator of another
   * shape they give wrong numbers, or read beyond their memory. So the data of a right factor in a second shape is copied,
   * which gives it an id of its own; the operator goes with the copy. Ids are never given out twice, and tensors are not
   * written to once they have been an operand, so that the packed numbers cannot be stale.
   */
  override matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    // The product, and the packed right factor, which the binary does not check for.
    this.#reserve(sizeOf(a)[0] * sizeOf(b)[1] + elements(b));
    const shape = sizeOf(b).join();
    const before = this.#rightFactors.get(b.dataId);
    if (before === undefined || before === shape) {
      this.#rightFactors.set(b.dataId, shape);
      return super.matmul(a, b);
    }
    const copy = this.alloc(...sizeOf(b));
    try {
      this.view(copy).set(this.view(b));
      return super.matmul(a, copy);
    } finally {
      this.release(copy);
    }
  }

  override transpose(x: TensorInfo): TensorInfo {
    this.#reserve(elements(x));
    return super.transpose(x);
  }

  dispose(): void {
    // Shared, see above; its memory goes with the worker or the process.
  }

  /**
   * Makes sure that the next allocation succeeds: the backend takes no notice of a failed one and writes to address 0.
   * @throws MatrixError OutOfMemoryError
   */
  #reserve(numbers: number): void {
    const memory = this.backend.wasm as unknown as Allocator;
    const bytes = numbers * Float32Array.BYTES_PER_ELEMENT;
    const at = bytes < ADDRESSABLE ? memory._malloc(bytes) : 0;
    if (at === 0) {
      throw new MatrixError('OutOfMemoryError', `WebAssembly has no room for another ${Math.ceil(bytes / 2 ** 20)} MB`);
    }
    memory._free(at);
  }
}

/** The part of the binary's module that gives out memory; its own declarations cannot be resolved everywhere. */
interface Allocator {
  /** The address of that many bytes; 0 where there are none. */
  _malloc(bytes: number): number;
  _free(at: number): void;
}

/** Bytes that a 32-bit address reaches. */
const ADDRESSABLE = 2 ** 32;

function elements(a: TensorInfo): number {
  const [rows, cols] = sizeOf(a);
  return rows * cols;
}
