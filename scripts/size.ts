/**
 * What a page costs before its reader touches anything, from the built files alone (the browser tests measure what an interaction
 * adds). Fails above the budgets.
 *
 *     node scripts/size.ts [--folder dist] [--base /]
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { normalBase } from '../src/site/links.ts';
import { budgets, kilobyte } from './budgets.ts';
import { builtPages, type BuiltPage } from './pages.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'dist' },
    base: { type: 'string', default: process.env['SITE_BASE'] ?? '/' },
  },
});
const base = normalBase(values.base);
const gzipped = (bytes: string | Buffer): number => gzipSync(bytes, { level: 9 }).length;

/** The file behind an address of the site. @throws Error for an address of another host. */
function fileOf(page: BuiltPage, address: string): string {
  const url = new URL(address, `http://site.invalid${base}${page.file}`);
  if (url.host !== 'site.invalid') throw new Error(`${page.file} asks ${url.host} for ${address}`);
  return path.join(values.folder, decodeURIComponent(url.pathname.slice(base.length)));
}

/** A module and everything it imports statically: what one script element makes the browser fetch. */
async function closure(file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = await readFile(file, 'utf8');
  // `import"./a.js"`, `import{x}from"./a.js"`, `export*from"./a.js"`; not `import("./a.js")`, which waits to be asked.
  for (const found of source.matchAll(/\b(?:import|from)\s*["'](\.{1,2}\/[^"']+)["']/g)) {
    if (found[1] !== undefined) await closure(path.join(path.dirname(file), found[1]), seen);
  }
  return seen;
}

async function scriptsOf(page: BuiltPage): Promise<number> {
  const scripts = [...page.document.querySelectorAll('script')].filter(({ type }) =>
    ['', 'module', 'text/javascript'].includes(type),
  );
  const inline = scripts.filter(({ src }) => src === '').reduce((sum, script) => sum + gzipped(script.textContent), 0);
  const files = new Set<string>();
  const addresses = [
    ...scripts.map((script) => script.getAttribute('src')),
    ...[...page.document.querySelectorAll('link[rel=modulepreload]')].map((link) => link.getAttribute('href')),
  ];
  for (const address of addresses) if (address !== null) await closure(fileOf(page, address), files);
  const sizes = await Promise.all([...files].map(async (file) => gzipped(await readFile(file))));
  return inline + sizes.reduce((sum, size) => sum + size, 0);
}

/** The bytes of what the given elements name. */
async function bytesOf(page: BuiltPage, selector: string, attribute: string, squeeze: boolean): Promise<number> {
  const addresses = [...page.document.querySelectorAll(selector)].map(
    (element) => element.getAttribute(attribute) ?? '',
  );
  const files = new Set(
    addresses.filter((address) => !/^(data|blob):|^$/.test(address)).map((address) => fileOf(page, address)),
  );
  const sizes = await Promise.all(
    [...files].map(async (file) => {
      const bytes = await readFile(file);
      return squeeze ? gzipped(bytes) : bytes.length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const over: string[] = [];
const embeds: number[] = [];
for (const page of await builtPages(values.folder)) {
  const measured = {
    script: await scriptsOf(page),
    pictures: await bytesOf(page, 'img:not([loading=lazy])', 'src', false),
    fonts: await bytesOf(page, 'link[rel=preload][as=font]', 'href', false),
    style: await bytesOf(page, 'link[rel=stylesheet]', 'href', true),
    html: gzipped(page.html),
  };
  const parts = Object.entries(measured).map(([name, size]) => {
    const key = name as keyof typeof measured;
    const more = page.file === 'gallery/index.html' ? budgets.gallery[key as keyof typeof budgets.gallery] : undefined;
    const limit = more ?? budgets.beforeInteraction[key];
    if (size > limit) over.push(`${page.file}: ${name} is ${size} bytes, ${limit} allowed`);
    return `${name} ${(size / kilobyte).toFixed(1)}`;
  });
  if (page.file.startsWith('embed/')) embeds.push(measured.script + measured.html + measured.pictures + measured.style);
  else console.log(`${page.file.padEnd(28)} ${parts.join('   ')}   (KB)`);
}
if (embeds.length > 0) {
  const [middle = 0, most = 0] = [Math.floor(embeds.length / 2), -1].map((k) => embeds.toSorted((a, b) => a - b).at(k));
  console.log(
    `${embeds.length} embeds, all but fonts: half of them at most ${(middle / kilobyte).toFixed(1)}, the largest ${(most / kilobyte).toFixed(1)} KB`,
  );
}
if (over.length > 0) {
  console.error(`${over.join('\n')}\nThe budgets are in scripts/budgets.ts.`);
  process.exitCode = 1;
}
