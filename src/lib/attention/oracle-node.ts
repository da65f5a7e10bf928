/**
 * tfjs with its gradients, in Node. The CommonJS bundle that Node takes leaves the gradients out, and the ES modules that
 * hold them import each other without file endings. Both copies share one engine and one registry (they hang on the
 * global object), so it is enough to load the gradient modules with a resolver that adds the endings.
 */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

const ENDINGS = ['.js', '/index.js'];

/** Registers every gradient and chooses a backend. Call once before `oracleGradients`. */
export async function startOracle(backend: 'cpu' | 'wasm'): Promise<void> {
  tf.env().set('PROD', true);
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const parent = context.parentURL ?? '';
      if (specifier.startsWith('.') && parent.includes('/tfjs-core/dist/')) {
        const plain = new URL(specifier, parent).href;
        const found = ENDINGS.map((ending) => plain + ending).find((href) => existsSync(fileURLToPath(href)));
        if (found) return { url: found, format: 'module', shortCircuit: true };
      }
      return next(specifier, context);
    },
  });
  const require = createRequire(import.meta.url);
  const all = require.resolve('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  await import(/* @vite-ignore */ pathToFileURL(all).href);
  hooks.deregister();
  if (backend === 'wasm') tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start its ${backend} backend`);
  await tf.ready();
}
