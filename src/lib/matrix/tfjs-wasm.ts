import { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul.js';
import { expConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Exp.js';
import { logConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Log.js';
import { transposeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose.js';
import wasmFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import binaryUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { BackendWasmModule } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { EngineUnavailable, withTimeout } from './tfjs-device.ts';
import { HostDevice } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';
import { WasmHost } from './tfjs-wasm-host.ts';

const configs: readonly KernelConfig[] = [batchMatMulConfig, transposeConfig, expConfig, logConfig];

/** Generous, for a slow line: the binary is 134 KB compressed. */
const START_LIMIT_MS = 30_000;

let started: Promise<BackendWasm> | undefined;

/**
 * tfjs on WebAssembly with SIMD, in the browser. The binary comes from the site's own origin.
 * @throws EngineUnavailable without SIMD, where the page's security policy forbids WebAssembly, or where the binary fails to load
 */
export async function createWasm(): Promise<TfjsEngine> {
  started ??= withTimeout('tfjs-wasm', start(), START_LIMIT_MS);
  try {
    const backend = await started;
    const kernels = {
      BatchMatMul: batchMatMulConfig.kernelFunc,
      Transpose: transposeConfig.kernelFunc,
      Exp: expConfig.kernelFunc,
      Log: logConfig.kernelFunc,
    };
    return new TfjsEngine(new HostDevice(new WasmHost(backend, kernels)));
  } catch (error) {
    started = undefined;
    throw error;
  }
}

/**
 * Does what tfjs' own `init` does for the one binary used here. That one waits for ever where instantiation fails, and pulls
 * in the threaded binary's loader, which needs headers that static hosts cannot send.
 */
async function start(): Promise<BackendWasm> {
  if (!WebAssembly.validate(simdProbe)) {
    throw new EngineUnavailable('tfjs-wasm', 'this browser has no WebAssembly SIMD');
  }
  const module = await instantiate();
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  const backend = new BackendWasm(module);
  for (const config of configs) config.setupFunc?.(backend);
  return backend;
}

/** The part of Emscripten's module that tfjs' own declarations leave out. */
type Module = BackendWasmModule & {
  cwrap(name: string, result: 'number' | null, parameters: readonly 'number'[]): (...values: number[]) => number;
};

async function instantiate(): Promise<Module> {
  const response = await fetch(binaryUrl, { credentials: 'same-origin' });
  if (!response.ok)
    throw new EngineUnavailable('tfjs-wasm', `the WebAssembly binary did not load (${response.status})`);
  const binary = await response.arrayBuffer();
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(new EngineUnavailable('tfjs-wasm', `WebAssembly did not start: ${String(error)}`));
    };
    const settings = {
      instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object {
        WebAssembly.instantiate(binary, imports).then(({ instance }) => done(instance), fail);
        return {};
      },
      onAbort: fail,
    };
    wasmFactory(settings).then((module) => resolve(module as Module), fail);
  });
}

/** A module with one vector instruction: valid exactly where SIMD is. */
// prettier-ignore
const simdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);
