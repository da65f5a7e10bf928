import { isSoftwareRenderer } from '../software-renderer.ts';
import { withHostNumbers } from './host-numbers.ts';
import { EngineLost, EngineUnavailable } from './tfjs-device.ts';
import type { Engine, EngineName } from './engine.ts';
import type * as NodeEngines from './tfjs-node.ts';

export { EngineLost, EngineUnavailable };

export const engineNames: readonly EngineName[] = ['reference', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'];

export function isEngineName(text: string): text is EngineName {
  return (engineNames as readonly string[]).includes(text);
}

export interface EngineChoice {
  readonly engine: Engine;
  /** Why this engine and not a faster one, in words for the reader. */
  readonly reason: string;
}

export interface ChooseOptions {
  /** Take this engine, and no other; from the page's `engine=` setting. */
  readonly wanted?: EngineName | undefined;
  /** Called once when the engine's memory is lost; every buffer is gone, and calls throw `EngineLost` from then on. */
  readonly onLost?: ((lost: EngineLost) => void) | undefined;
  /** Engines not to try: those lost before, say. */
  readonly without?: readonly EngineName[];
}

/**
 * A new engine of the given name. Each is a chunk of its own, imported here and nowhere else in a page.
 * @throws EngineUnavailable where this machine or page cannot run it
 */
export async function createEngine(name: EngineName, onLost?: (lost: EngineLost) => void): Promise<Engine> {
  return withHostNumbers(await bareEngine(name, onLost));
}

async function bareEngine(name: EngineName, onLost?: (lost: EngineLost) => void): Promise<Engine> {
  switch (name) {
    case 'reference':
      return new (await import('./reference.ts')).ReferenceEngine();
    case 'tfjs-wasm':
      return (await import('./wasm.ts')).createWasm();
    case 'tfjs-cpu':
      if (inNode) return (await nodeEngines()).createNodeCpu();
      return (await import('./tfjs-cpu.ts')).createCpu();
    case 'tfjs-webgl':
      if (inNode) throw new EngineUnavailable(name, 'there is no WebGL in Node');
      return (await import('./tfjs-webgl.ts')).createWebgl(onLost);
  }
}

/**
 * The fastest engine that this machine has: WebGL on graphics hardware that proves itself, else WASM, else the reference
 * engine. tfjs' CPU backend is never chosen: the reference engine's blocked product is faster, and in float64.
 */
export async function chooseEngine({ wanted, onLost, without = [] }: ChooseOptions = {}): Promise<EngineChoice> {
  if (wanted && !without.includes(wanted)) {
    try {
      return { engine: await createEngine(wanted, onLost), reason: `${wanted}, as asked for` };
    } catch (error) {
      const next = await chooseEngine({ onLost, without: [...without, wanted] });
      return { engine: next.engine, reason: `${wordsOf(error)}; ${next.reason}` };
    }
  }
  const reasons: string[] = [];
  if (!without.includes('tfjs-webgl')) {
    const verdict = lookAtWebgl();
    if (verdict.hardware) {
      try {
        const engine = await createEngine('tfjs-webgl', onLost);
        const ms = (await import('./tfjs-probe.ts')).probe(engine);
        if (ms <= PROBE_LIMIT_MS) return { engine, reason: `graphics hardware: ${verdict.renderer}` };
        engine.dispose();
        reasons.push(`the graphics hardware is slow here (${ms.toFixed(0)} ms for a small product)`);
      } catch (error) {
        reasons.push(wordsOf(error));
      }
    } else reasons.push(verdict.reason);
  }
  if (!without.includes('tfjs-wasm')) {
    try {
      const engine = await createEngine('tfjs-wasm');
      return { engine, reason: [...reasons, 'WebAssembly computes'].join('; ') };
    } catch (error) {
      reasons.push(wordsOf(error));
    }
  }
  return {
    engine: await createEngine('reference'),
    reason: [...reasons, 'plain JavaScript computes'].join('; '),
  };
}

/** A warm 256 x 256 product with read-back takes WASM about as long; hardware that needs more is no gain. */
const PROBE_LIMIT_MS = 20;

type Verdict =
  { readonly hardware: true; readonly renderer: string } | { readonly hardware: false; readonly reason: string };

/** Asks WebGL for its renderer without loading any engine. */
function lookAtWebgl(): Verdict {
  if (inNode || typeof OffscreenCanvas === 'undefined') return { hardware: false, reason: 'no WebGL here' };
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return { hardware: false, reason: 'no graphics hardware for WebGL' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  if (isSoftwareRenderer(renderer)) return { hardware: false, reason: `WebGL is software here (${renderer})` };
  return { hardware: true, renderer };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The name is a variable so that bundlers leave the module out: browsers never load it.
async function nodeEngines(): Promise<typeof NodeEngines> {
  const module = './tfjs-node.ts';
  return (await import(/* @vite-ignore */ module)) as typeof NodeEngines;
}

// Bundlers and browsers may define some of `process`, so ask for what only Node has.
const inNode =
  'process' in globalThis && 'versions' in process && 'node' in process.versions && !('window' in globalThis);
