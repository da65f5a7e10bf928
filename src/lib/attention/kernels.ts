/** The typed door to the WebAssembly kernels, and the memory they work in. */
import { bytesOf } from '../matrix/base64.ts';
import type { KernelCalls, KernelExports } from './kernels.wasm.ts';
import { KERNELS_BASE64, namedCalls } from './kernels.wasm.ts';

/** The kernels of one instance, and their memory. What each does stands at its source in `kernels/`. */
export interface Kernels extends KernelCalls {
  readonly memory: WebAssembly.Memory;
}

let compiled: WebAssembly.Module | undefined;

/**
 * A fresh instance with a memory of its own. Compiling is synchronous (14 KB): call it in a worker or in Node, where
 * waiting blocks nobody. Under a content security policy it needs 'wasm-unsafe-eval'.
 */
export function loadKernels(): Kernels {
  compiled ??= new WebAssembly.Module(bytesOf(KERNELS_BASE64));
  const exports = new WebAssembly.Instance(compiled, {}).exports as unknown as KernelExports & Pick<Kernels, 'memory'>;
  return { memory: exports.memory, ...namedCalls(exports) };
}

/** Hands out addresses in a kernel memory, one after the other, all multiples of 16 bytes. Nothing is ever freed. */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #top = 1024;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** Address of `count` new zeroed words of 4 bytes. Views made before may be detached: make views after the last call. */
  words(count: number): number {
    const address = this.#top;
    this.#top += Math.ceil(count / 4) * 16;
    const missing = this.#top - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / 65536));
    return address;
  }
}
