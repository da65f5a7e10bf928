/** The typed door to the WebAssembly kernels, and the memory they work in. */
import { KERNELS_BASE64 } from './kernels.wasm.ts';

type Numbers<N extends number, Taken extends number[] = []> = Taken['length'] extends N
  ? Taken
  : Numbers<N, [...Taken, number]>;
type Kernel<N extends number> = (...args: Numbers<N>) => void;

/** Exported functions; arguments and meanings stand at their sources in `kernels/`. Pointers are byte addresses. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly gemm: Kernel<12>;
  readonly transpose: Kernel<6>;
  readonly addColumnSums: Kernel<5>;
  readonly addRow: Kernel<4>;
  readonly layerNorm: Kernel<7>;
  readonly layerNormBackward: Kernel<9>;
  readonly gelu: Kernel<3>;
  readonly geluBackward: Kernel<3>;
  readonly addPositions: Kernel<5>;
  readonly addPositionsBackward: Kernel<5>;
  readonly embed: Kernel<6>;
  readonly embedBackward: Kernel<6>;
  readonly attention: Kernel<15>;
  readonly attentionValuesBackward: Kernel<12>;
  readonly attentionScoresBackward: Kernel<13>;
  readonly prefix: Kernel<11>;
  readonly prefixBackward: Kernel<14>;
  readonly values: Kernel<12>;
  readonly valuesBackward: Kernel<13>;
  readonly pool: Kernel<9>;
  readonly poolBackward: Kernel<13>;
  readonly crossEntropy: Kernel<7>;
  readonly adamw: Kernel<12>;
  readonly expAll: Kernel<3>;
  readonly logarithm: (x: number) => number;
}

let compiled: WebAssembly.Module | undefined;

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * A fresh instance with a memory of its own. Compiling is synchronous (14 KB): call it in a worker or in Node, where
 * waiting blocks nobody. Under a content security policy it needs 'wasm-unsafe-eval'.
 */
export function loadKernels(): Kernels {
  compiled ??= new WebAssembly.Module(decode(KERNELS_BASE64));
  return new WebAssembly.Instance(compiled, {}).exports as unknown as Kernels;
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
