/**
 * The words of the standard library (signatures, one-line documentation, examples) stand beside each function, and a page that only runs
 * programs does not need them. This Vite plugin leaves them out of the library's modules, and gives the register, which is nothing but
 * these words, as data.
 */

import MagicString from 'magic-string';
import type { Plugin } from 'vite';

const library = /\/src\/lib\/julia\/library\/[\w-]+\.ts$/;
const register = /\/src\/lib\/julia\/library\/register\.ts$/;

/** Properties that only a reader needs. */
const words = new Set(['signature', 'doc', 'differentiable', 'examples', 'words']);

interface Part {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export function libraryWords(): Plugin {
  return {
    name: 'library-words',
    enforce: 'post',
    async load(id) {
      if (!register.test(id)) return null;
      const { register: entries, packOfName } = await import('../lib/julia/library/register.ts');
      return `export const register = ${JSON.stringify(entries)};\nexport const packOfName = ${JSON.stringify(packOfName)};`;
    },
    transform(code, id) {
      if (!library.test(id) || register.test(id)) return null;
      const out = new MagicString(code);
      visit(this.parse(code), (object) => {
        object.properties.forEach((property, k) => {
          if (property.type !== 'Property' || !words.has(nameOf(property.key))) return;
          out.remove(property.start, object.properties[k + 1]?.start ?? property.end);
        });
      });
      return { code: out.toString(), map: out.generateMap({ hires: true }) };
    },
  };
}

interface Literal extends Part {
  readonly properties: readonly (Part & { readonly key: unknown })[];
}

/** The empty string for a spread, which has no key. */
function nameOf(key: unknown): string {
  const { name, value } = (key ?? {}) as { name?: unknown; value?: unknown };
  return typeof name === 'string' ? name : typeof value === 'string' ? value : '';
}

/** Calls `found` with every object literal that has a word in it; those inside a removed property are gone with it. */
function visit(node: unknown, found: (object: Literal) => void): void {
  if (Array.isArray(node)) for (const part of node) visit(part, found);
  else if (typeof node === 'object' && node !== null) {
    const { type } = node as { type?: unknown };
    if (type === 'ObjectExpression') {
      found(node as Literal);
      for (const property of (node as Literal).properties) if (!words.has(nameOf(property.key))) visit(property, found);
      return;
    }
    for (const part of Object.values(node)) visit(part, found);
  }
}
