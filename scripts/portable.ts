/**
 * The built site as a folder of files that work where they lie: each page is one file with everything in it, and links lead from file to file.
 *
 *     node scripts/portable.ts [--folder dist] [--to portable]
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { JSDOM } from 'jsdom';
import { portablePage, type PortableKit, type SiteFiles } from '../src/components/SavePage/portable-page.ts';

const { values } = parseArgs({
  options: { folder: { type: 'string', default: 'dist' }, to: { type: 'string', default: 'portable' } },
});

/** Pages that are no articles, or keep more than a file can; what stands in other sites. */
const left = /^(gallery|lab|embed|portable)\/|^404\.html$/;

const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const kit = JSON.parse(await readFile(path.join(values.folder, 'portable', 'kit.json'), 'utf8')) as PortableKit;
const fileOf = (address: string): string =>
  path.join(values.folder, decodeURIComponent(address.slice(kit.base.length)));
const files: SiteFiles = {
  text: (address) => readFile(fileOf(address), 'utf8'),
  data: async (address) => {
    const type = types[path.extname(address)] ?? 'application/octet-stream';
    return `data:${type};base64,${(await readFile(fileOf(address))).toString('base64')}`;
  },
};

const pages = (await readdir(values.folder, { recursive: true }))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('index.html') && !left.test(file));
if (pages.length === 0) throw new Error(`${values.folder} holds no page: run \`npm run build\` first`);
let bytes = 0;
for (const page of pages) {
  const { document } = new JSDOM(await readFile(path.join(values.folder, page), 'utf8')).window;
  const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href') ?? undefined;
  const link = (address: string): string => {
    const [at = '', fragment = ''] = address.slice(kit.base.length).split(/(?=#)/);
    const target = at === '' || at.endsWith('/') ? `${at}index.html` : at;
    if (!pages.includes(target)) return new URL(address, canonical).href;
    if (target === page) return fragment === '' ? path.posix.basename(page) : fragment;
    return `${path.posix.relative(path.posix.dirname(page), target)}${fragment}`;
  };
  const html = await portablePage(document, { kit, files, link, state: null });
  const file = path.join(values.to, page);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, html);
  bytes += html.length;
  console.log(`${page.padEnd(28)} ${(html.length / 2 ** 20).toFixed(1)} MB`);
}
console.log(`${pages.length} files, ${(bytes / 2 ** 20).toFixed(1)} MB: open ${path.join(values.to, 'index.html')}`);
