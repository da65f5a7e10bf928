/** The index of the search, made of the built pages: an Astro integration around Pagefind, https://pagefind.app/docs/node-api/ */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import * as pagefind from 'pagefind';

/** Pagefind's own interfaces: the site has its own, so they are not shipped. */
const unused = /(ui|highlight|component)[^/]*\.(js|css)$/;

/** No words of the page: the TeX behind formulas, the name of folded code. */
const silent = ['annotation', '.cell-program > summary'];

/** Reads the pages whose `<article>` says `data-pagefind-body`, and writes the index into the site's `pagefind/`. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const { index, errors } = await pagefind.createIndex({ forceLanguage: 'en', excludeSelectors: silent });
        if (index === undefined) throw new Error(`the index of the search: ${errors.join('; ')}`);
        const folder = fileURLToPath(dir);
        const added = await index.addDirectory({ path: folder });
        const { files, errors: failed } = await index.getFiles();
        if (added.errors.length + failed.length > 0)
          throw new Error(`the index of the search: ${[...added.errors, ...failed].join('; ')}`);
        for (const { path: name, content } of files.filter((file) => !unused.test(file.path))) {
          const file = path.join(folder, 'pagefind', name);
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(file, content);
        }
        await pagefind.close();
      },
    },
  };
}
