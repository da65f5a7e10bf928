/**
 * tfjs takes single functions out of a namespace by destructuring (`const { getBroadcastDims } = backend_util;`), and so a bundler keeps the
 * whole namespace: kernels for strings, ragged tensors and convolutions that no page calls. This Vite plugin writes the same as reads of
 * members, which a bundler follows one by one.
 */

import MagicString from 'magic-string';
import type { Plugin } from 'vite';

const tfjs = /\/@tensorflow\/tfjs-[\w-]+\/dist\/.*\.js$/;

interface Part {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Declaration extends Part {
  readonly declarations: readonly { readonly id: Part; readonly init: Part | null }[];
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

export function tfjsParts(): Plugin {
  return {
    name: 'tfjs-parts',
    apply: 'build',
    transform(code, id) {
      if (!tfjs.test(id)) return null;
      const out = withMemberReads(code, this.parse(code).body);
      return out && { code: out.toString(), map: out.generateMap({ hires: true }) };
    },
  };
}
