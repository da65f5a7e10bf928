/** The engine's WebAssembly kernels over a memory, the product with a fused multiplication and addition where the browser has one. */
import { bytesOf } from './base64.ts';
import { FUSED_BASE64, namedCalls, PLAIN_BASE64 } from './kernels.wasm.ts';
import type { MatrixKernelCalls, MatrixKernelExports } from './kernels.wasm.ts';

/** What each does stands at its source in `kernels/`. */
export type MatrixKernels = MatrixKernelCalls & {
  /** Whether `product` has relaxed SIMD; its last digits are then the processor's. */
  readonly fused: boolean;
};

/** Whether this browser or Node takes the kernels at all, which need SIMD. */
export function kernelsRun(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf(PLAIN_BASE64));
}

/**
 * @param relaxed false leaves relaxed SIMD out, where it would be had
 * @throws WebAssembly.CompileError without SIMD, and where a policy forbids WebAssembly
 */
export async function loadMatrixKernels(memory: WebAssembly.Memory, relaxed = true): Promise<MatrixKernels> {
  const load = async (binary: Uint8Array<ArrayBuffer>): Promise<MatrixKernelExports> =>
    (await WebAssembly.instantiate(binary, { env: { memory } })).instance.exports as unknown as MatrixKernelExports;
  const plain = await load(bytesOf(PLAIN_BASE64));
  const binary = bytesOf(FUSED_BASE64);
  const fused = relaxed && WebAssembly.validate(binary);
  return { ...namedCalls(fused ? { ...plain, product: (await load(binary)).product } : plain), fused };
}
