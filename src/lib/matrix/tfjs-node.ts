/**
 * tfjs' CPU engine in Node, to be compared with. Node takes tfjs' CommonJS packages whole:
 * their ES modules cannot be resolved there, and size does not matter. Browsers use `tfjs-cpu.ts`.
 */
import { env, getKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { cpuKernels, CpuHost } from './tfjs-cpu-host.ts';
import { HostDevice } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';

// Without this tfjs prints an advertisement for another backend.
env().set('PROD', true);

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
