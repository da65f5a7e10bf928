/** What works offline: an Astro integration that lists the built files and bundles the service worker that keeps them. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';

/** Pages, what they run, and the pictures that cells start from. Figures are kept when they were seen. */
const kept = /\.(html|css|js|woff2|svg)$|^pictures\/(mandrill|airplane)\.png$/;
/** Pages that no reader of this site is led to; the search, whose files come in parts. */
const left = /^(gallery|embed|pagefind|cards|p)\/|^404\.html$/;
/** Astro's assets have the hash of their content in their names. */
const hashed = /^_astro\//;

export interface KeptFile {
  readonly url: string;
  readonly revision: string | null;
}

/** The files of a built site that are kept, each with what changes when it does. @param folder the built site */
export async function keptFiles(folder: string): Promise<KeptFile[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = files
    .filter((file) => file.isFile())
    .map((file) => path.relative(folder, path.join(file.parentPath, file.name)).split(path.sep).join('/'))
    .filter((name) => kept.test(name) && !left.test(name))
    .toSorted();
  return Promise.all(
    names.map(async (name) => ({
      url: name.replace(/(^|\/)index\.html$/, '$1') || './',
      revision: hashed.test(name) ? null : await digest(path.join(folder, name)),
    })),
  );
}

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 16);
}

/** Writes `sw.js` into the built site. Comes last: it lists what the others have written. */
export function offline(): AstroIntegration {
  return {
    name: 'offline',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        const files = await keptFiles(folder);
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: { 'process.env.NODE_ENV': '"production"', 'self.__FILES': JSON.stringify(files) },
          build: {
            outDir: folder,
            emptyOutDir: false,
            lib: {
              entry: fileURLToPath(new URL('../src/site/service-worker.ts', import.meta.url)),
              formats: ['iife'],
              name: 'worker',
              fileName: () => 'sw.js',
            },
          },
        });
        const file = path.join(folder, 'sw.js');
        if (!(await readFile(file, 'utf8')).includes(JSON.stringify(files[0]?.url).slice(1, -1)))
          throw new Error('the service worker does not hold the list of files');
      },
    },
  };
}
