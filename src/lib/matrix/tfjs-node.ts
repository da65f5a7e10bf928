/**
 * The tfjs engines in Node, for the command line, the benchmarks and the tests. Node takes tfjs' CommonJS packages whole:
 * their ES modules cannot be resolved there, and size does not matter. Browsers use `tfjs-wasm.ts` and `tfjs-cpu.ts`.
 */
import { env, findBackend, getKernel, setBackend } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { cpuKernels, CpuHost } from './tfjs-cpu-host.ts';
import { HostDevice } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';
import { wasmKernels, WasmHost } from './tfjs-wasm-host.ts';
import { EngineUnavailable, withTimeout } from './tfjs-device.ts';

// Without this tfjs prints an advertisement for another backend.
env().set('PROD', true);

const START_LIMIT_MS = 20_000;

/** tfjs on the package's own WebAssembly binary, read from disk. */
export async function createNodeWasm(): Promise<TfjsEngine> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await withTimeout('tfjs-wasm', setBackend('wasm'), START_LIMIT_MS);
  const backend = findBackend('wasm');
  if (!(backend instanceof BackendWasm)) throw new EngineUnavailable('tfjs-wasm', 'tfjs found no WebAssembly backend');
  return new TfjsEngine(new HostDevice(new WasmHost(backend, kernelsOf('wasm', wasmKernels))));
}

/** tfjs in plain JavaScript. */
export function createNodeCpu(): TfjsEngine {
  return new TfjsEngine(new HostDevice(new CpuHost(new MathBackendCPU(), kernelsOf('cpu', cpuKernels))));
}

function kernelsOf<Name extends string>(backend: string, names: readonly Name[]): Record<Name, KernelFunc> {
  const found = names.map((name) => {
    // Declared as always there, but it is not.
    const kernel = getKernel(name, backend) as KernelConfig | undefined;
    if (!kernel) throw new Error(`tfjs has no kernel ${name} on ${backend}`);
    return [name, kernel.kernelFunc] as const;
  });
  return Object.fromEntries(found) as Record<Name, KernelFunc>;
}
