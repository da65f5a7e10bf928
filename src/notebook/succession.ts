import type { EngineName } from '../lib/matrix/engine.ts';

/** Words for an engine that a reader understands. */
export const ENGINE_WORDS: Readonly<Record<EngineName, string>> = {
  'tfjs-webgl': 'WebGL',
  'tfjs-wasm': 'WASM',
  'tfjs-cpu': 'tfjs on the processor',
  reference: 'float64 JavaScript',
};

/** Whether `text` names an engine. */
export function isShownEngine(text: string): text is EngineName {
  return Object.hasOwn(ENGINE_WORDS, text);
}

/** After this long without a word a worker counts as dead: WASM that a page's rules forbid never answers, nor does a stuck driver. */
export const START_TIMEOUT_MS = 60_000;

const NEXT: Readonly<Record<EngineName, EngineName | null>> = {
  'tfjs-webgl': 'tfjs-wasm',
  'tfjs-wasm': 'reference',
  'tfjs-cpu': 'reference',
  reference: null,
};

export interface Successor {
  readonly next: EngineName;
  /** What happened, for the reader: a clause without its full stop. */
  readonly words: string;
}

/**
 * Who takes over when an engine is lost, or never starts; null where nobody is left.
 *
 * @param running the engine that was lost; null where none had started
 * @param wanted the engine asked for; null for the fastest, which is WebGL where it is any
 */
export function successor(running: EngineName | null, wanted: EngineName | null, why: string): Successor | null {
  const was = running ?? wanted ?? 'tfjs-webgl';
  const next = NEXT[was];
  if (next === null) return null;
  const named = running !== null || wanted !== null ? ENGINE_WORDS[was] : 'The engine';
  return { next, words: `${named} ${running === null ? 'did not start' : 'was lost'} (${why})` };
}
