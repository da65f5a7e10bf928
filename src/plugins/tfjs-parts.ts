/**
 * What a page does not need of tfjs. It registers stores of models (IndexedDB, local storage), which nothing here uses: they are left out. And it takes single functions out of a namespace by destructuring (`const { getBroadcastDims } = backend_util;`), and so a bundler keeps the
 * whole namespace: kernels for strings, ragged tensors and convolutions that no page calls. This Vite plugin writes the same as reads of
 * members, which a bundler follows one by one.
 */

import MagicString from 'magic-string';
import type { Plugin } from 'vite';

const tfjs = /\/@tensorflow\/tfjs-[\w-]+\/dist\/.*\.js$/;
const stores = /\/tfjs-core\/dist\/io\//;
const platform = /\/tfjs-core\/dist\/platforms\/platform_browser\.js$/;

interface Part {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Declaration extends Part {
  readonly declarations: readonly { readonly id: Part; readonly init: Part | null }[];
}

interface Condition extends Part {
  readonly consequent: { readonly body: readonly Part[] };
}

/** `const { a, b: c } = namespace;` at the top of a module as `const a = namespace.a, c = namespace.b;`; null where there is none. */
export function withMemberReads(code: string, body: readonly Part[]): MagicString | null {
  const out = new MagicString(code);
  const text = ({ start, end }: Part): string => code.slice(start, end);
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of (statement as Declaration).declarations) {
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') continue;
      const names = [...text(id).matchAll(/(\w+)(?:\s*:\s*(\w+))?\s*(?=[,}])/g)];
      const reads = names.map(([, key = '', name = key]) => `${name} = ${text(init)}.${key}`);
      out.overwrite(id.start, init.end, reads.join(', '));
    }
  }
  return out.hasChanged() ? out : null;
}

/** The platform without the stores of models that it registers: `if (...) { ...; try { register } catch {} }`. */
export function withoutStores(code: string, body: readonly Part[]): MagicString {
  const out = new MagicString(code);
  for (const statement of body) {
    if (statement.type !== 'IfStatement') continue;
    for (const inner of (statement as Condition).consequent.body)
      if (inner.type === 'TryStatement') out.remove(inner.start, inner.end);
  }
  return out;
}

export function tfjsParts(): Plugin {
  return {
    name: 'tfjs-parts',
    apply: 'build',
    transform(code, id) {
      if (!tfjs.test(id)) return null;
      // Each of these modules registers a way to save models.
      if (stores.test(id)) return { code, map: null, moduleSideEffects: false };
      if (platform.test(id)) {
        const out = withoutStores(code, this.parse(code).body);
        return { code: out.toString(), map: out.generateMap({ hires: true }) };
      }
      const out = withMemberReads(code, this.parse(code).body);
      return out && { code: out.toString(), map: out.generateMap({ hires: true }) };
    },
  };
}
