/**
 * What makes single files of pages: the site's scripts as one, each worker as one, packed, and a policy that lets them run. An Astro integration
 * writes it into the built site's `portable/`, where *Save this page* fetches it; `scripts/portable.ts` makes a folder of files of it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { build, type Plugin } from 'vite';
import type { PortableKit } from '../src/components/SavePage/portable-page.ts';

/** Pages that nobody saves, and scripts that only a server's pages can use. */
const leftPages = /^(gallery|lab|embed|portable)\/|^404\.html$/;
const leftScripts = /^Search\./;

export function portableKit(): AstroIntegration {
  let base = '/';
  return {
    name: 'portable-kit',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base;
      },
      'astro:build:done': async ({ dir }) => writeKit(fileURLToPath(dir), base),
    },
  };
}

/** Writes `portable/kit.json` and the packed scripts that it names. */
async function writeKit(folder: string, base: string): Promise<void> {
  const assets = path.join(folder, '_astro');
  const pages = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.html') && !leftPages.test(file));
  const entries = new Set<string>();
  for (const page of pages) {
    const html = await readFile(path.join(folder, page), 'utf8');
    for (const [, script = ''] of html.matchAll(/<script type="module" src="[^"]*\/_astro\/([^"]+)"/g))
      if (!leftScripts.test(script)) entries.add(script);
  }
  const page = await bundled([...entries].toSorted().map((name) => path.join(assets, name)));
  const names = [...page.matchAll(/portable\.worker\(["'`]([^"'`]+)["'`]\)/g)].map(([, name = '']) => name);
  const workers = await Promise.all(
    names.map(async (name) => [name, await bundled([path.join(assets, name)])] as const),
  );
  const home = path.join(folder, 'portable');
  await mkdir(home, { recursive: true });
  const pack = async (name: string, text: string): Promise<void> =>
    writeFile(path.join(home, `${name}.txt`), deflateRawSync(text, { level: 9 }).toString('base64'));
  await pack('page', page);
  for (const [name, text] of workers) await pack(name, text);
  const inline = (address: URL): Promise<string> => readFile(address, 'utf8');
  const themeBoot = await inline(new URL('../src/site/theme-boot.js', import.meta.url));
  const early = await inline(new URL('../src/site/portable-early.js', import.meta.url));
  const loader = await inline(new URL('../src/site/portable-loader.js', import.meta.url));
  const kit: PortableKit = {
    base,
    early,
    loader,
    policy: policy([themeBoot, early, loader, page]),
    workers: await reach(assets, [...entries], names),
  };
  await writeFile(path.join(home, 'kit.json'), JSON.stringify(kit));
}

/** Which workers the scripts of a page may start, by the name of its script. */
async function reach(
  assets: string,
  entries: readonly string[],
  workers: readonly string[],
): Promise<Record<string, string[]>> {
  const visit = async (name: string, seen: Map<string, string>): Promise<void> => {
    if (seen.has(name)) return;
    const text = await readFile(path.join(assets, name), 'utf8');
    seen.set(name, text);
    for (const [, next = ''] of text.matchAll(/\b(?:import|from)\s*\(?\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
      await visit(next, seen);
  };
  const found: Record<string, string[]> = {};
  for (const entry of entries) {
    const seen = new Map<string, string>();
    await visit(entry, seen);
    const texts = [...seen.values()];
    found[entry] = workers.filter((worker) => texts.some((text) => text.includes(worker)));
  }
  return found;
}

/** Modules of the built site, and all that they import at any time, as one script. */
async function bundled(modules: readonly string[]): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [alone(modules)],
    build: {
      write: false,
      minify: 'oxc',
      assetsInlineLimit: 0,
      lib: { entry: 'virtual:modules', formats: ['iife'], name: 'site' },
      rolldownOptions: { output: { comments: { legal: false } } },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  if (output === undefined || !('output' in output)) throw new Error('nothing was bundled');
  const names = output.output.map(({ fileName }) => fileName);
  if (names.length > 1) throw new Error(`a portable script came in parts: ${names.join(', ')}`);
  return output.output[0].code;
}

/** Modules that were made to be fetched one by one: nothing is preloaded, and workers are taken from the page. */
function alone(modules: readonly string[]): Plugin {
  return {
    name: 'alone',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('virtual:modules') ? '\0modules' : undefined),
    load: (id) =>
      id === '\0modules' ? modules.map((file) => `import ${JSON.stringify(file)};`).join('\n') : undefined,
    transform(code) {
      // A list of what to preload is the second argument of what imports.
      const text = code
        .replaceAll(/,\s*__vite__mapDeps\(\[[\d,\s]*\]\)/g, '')
        .replaceAll(
          /new URL\((["'`])([^"'`]+)\1,\s*(?:(["'`])\3\s*\+\s*)?import\.meta\.url\)/g,
          (_, _quote, address: string) => `globalThis.portable.worker(${JSON.stringify(path.posix.basename(address))})`,
        )
        // Nor is there a service worker.
        .replaceAll(/(["'`])serviceWorker\1\s*in\s+navigator/g, 'false')
        // A page from a disk has no origin, and Chromium gives it no worker that is a module.
        .replaceAll(/(portable\.worker\("[^"]+"\),\s*\{\s*)type:\s*(["'`])module\2,?/g, '$1');
      return text === code ? undefined : text;
    },
  };
}

/** Only the given scripts, what the file itself holds, and the two hosts that a button names. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    'img-src data: blob:',
    'media-src blob:',
    'font-src data:',
    "style-src 'unsafe-inline'",
    `script-src ${hashes.join(' ')} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    'connect-src data: blob: https://github.com https://raw.githubusercontent.com',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
