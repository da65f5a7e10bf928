import { kernelsRun } from './kernels.ts';
import { EngineUnavailable, withTimeout } from './tfjs-device.ts';
import { HostDevice } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';
import { WasmHost } from './wasm-host.ts';

/** Where a content security policy forbids WebAssembly, some browsers do not fail but wait for ever. */
const START_LIMIT_MS = 20_000;

/**
 * Our own WebAssembly kernels, with a memory of their own, in the browser and in Node.
 * @throws EngineUnavailable without SIMD, and where the page's security policy forbids WebAssembly
 */
export async function createWasm(): Promise<TfjsEngine> {
  if (!kernelsRun()) throw new EngineUnavailable('tfjs-wasm', 'this browser has no WebAssembly SIMD');
  try {
    return new TfjsEngine(new HostDevice(await withTimeout('tfjs-wasm', WasmHost.create(), START_LIMIT_MS)));
  } catch (error) {
    if (error instanceof EngineUnavailable) throw error;
    throw new EngineUnavailable('tfjs-wasm', `WebAssembly did not start: ${String(error)}`);
  }
}
