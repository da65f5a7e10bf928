// The backend asks for a flag that tfjs registers as a side effect; a bundler drops that unless it is named.
import '@tensorflow/tfjs-core/dist/flags.js';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu.js';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul.js';
import { transposeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose.js';
import { CpuHost } from './tfjs-cpu-host.ts';
import { HostDevice } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';

/** tfjs in plain JavaScript, in the browser. */
export function createCpu(): TfjsEngine {
  const kernels = { BatchMatMul: batchMatMulConfig.kernelFunc, Transpose: transposeConfig.kernelFunc };
  return new TfjsEngine(new HostDevice(new CpuHost(new MathBackendCPU(), kernels)));
}
