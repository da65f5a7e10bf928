/** Addresses inside the site, which may live in a folder of its host (`/JuliaCon2021-poster/`). */
import { visit } from 'unist-util-visit';

/** `base` with one slash at each end: `/`, or `/folder/`. */
export function normalBase(base: string): string {
  const inner = base.split('/').filter((part) => part !== '');
  return inner.length === 0 ? '/' : `/${inner.join('/')}/`;
}

/** Puts a path that starts at the site's root (`/scale/`) under `base`. */
export function underBase(base: string, path: string): string {
  return normalBase(base) + path.replace(/^\/+/, '');
}

interface Element {
  readonly properties?: Record<string, unknown>;
}

/** Rehype plugin: an article links to another as `/scale/`, wherever the site is served. */
export function rehypeBaseLinks({ base }: { readonly base: string }) {
  return (tree: unknown): void => {
    visit(tree as never, 'element', ({ properties }: Element) => {
      if (properties === undefined) return;
      for (const name of ['href', 'src']) {
        const value = properties[name];
        if (typeof value === 'string' && /^\/(?!\/)/.test(value)) properties[name] = underBase(base, value);
      }
    });
  };
}
