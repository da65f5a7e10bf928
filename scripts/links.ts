/**
 * Checks a built site without a network: every address inside the site leads to a file, every fragment to an element, every page
 * lies under the base and has a card that is there, no formula failed, no reference dangles.
 *
 *     node scripts/links.ts [--folder dist] [--base /]
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { normalBase } from '../src/site/links.ts';
import { builtPages, type BuiltPage } from './pages.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'dist' },
    base: { type: 'string', default: process.env['SITE_BASE'] ?? '/' },
  },
});
const base = normalBase(values.base);
const host = 'http://site.invalid';
const pages = await builtPages(values.folder);
/** Pages that no reader is sent to. They have no card for shared links. */
const unlisted = ({ document }: BuiltPage): boolean =>
  document.querySelector('meta[name=robots][content=noindex]') !== null;
const byFile = new Map(pages.map((page) => [page.file, page]));
const troubles: string[] = [];

const isFile = async (file: string): Promise<boolean> =>
  (await stat(path.join(values.folder, file)).catch(() => undefined))?.isFile() === true;

/** Every address that a page names, as written. */
function addressesOf({ document }: BuiltPage): string[] {
  const found = ['href', 'src', 'poster', 'data-src'].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)]
      .filter((element) => !element.matches('link[rel=canonical]'))
      .map((element) => element.getAttribute(name) ?? ''),
  );
  const sets = [...document.querySelectorAll('[srcset]')].flatMap((element) =>
    (element.getAttribute('srcset') ?? '').split(',').map((one) => one.trim().split(/\s+/)[0] ?? ''),
  );
  return [...new Set([...found, ...sets])].filter((address) => address !== '');
}

async function check(page: BuiltPage, address: string): Promise<string | undefined> {
  const here = `${host}${base}${page.file.replace(/(^|\/)index\.html$/, '$1')}`;
  const url = new URL(address, here);
  if (url.origin !== host) {
    const fine = ['https:', 'mailto:', 'data:', 'blob:'].includes(url.protocol);
    return fine ? undefined : 'neither https nor of this site';
  }
  if (!url.pathname.startsWith(base)) return `outside the base ${base}`;
  const inside = decodeURIComponent(url.pathname.slice(base.length));
  const file = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  if (!(await isFile(file))) return 'leads nowhere';
  const fragment = decodeURIComponent(url.hash.slice(1));
  const target = byFile.get(file);
  if (fragment === '' || target === undefined) return undefined;
  // A fragment with an equals sign is a page's state, not a place.
  if (fragment.includes('=') || target.document.getElementById(fragment) !== null) return undefined;
  return 'names no element of that page';
}

/** The card of a shared link, as a path: its address names the host, which is not here. */
function cardOf({ document, file }: BuiltPage): string | undefined {
  const card = document.querySelector('meta[property="og:image"]')?.getAttribute('content');
  const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href');
  if (card == null || canonical == null) {
    if (file !== '404.html') troubles.push(`${file}: no picture for shared links; mark a cell of the article \`card\``);
    return undefined;
  }
  const url = new URL(card);
  if (url.origin !== new URL(canonical).origin) troubles.push(`${file}: the card ${card} is not of this site`);
  return url.pathname;
}

let links = 0;
for (const page of pages.filter((one) => !unlisted(one))) {
  for (const sign of ['katex-error', 'Invalid content reference', 'class="merror"']) {
    if (page.html.includes(sign)) troubles.push(`${page.file}: contains "${sign}"`);
  }
  const ids = [...page.document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((one, k) => ids.indexOf(one) !== k))) {
    troubles.push(`${page.file}: the id "${id}" is given twice`);
  }
  for (const image of page.document.querySelectorAll('img')) {
    const complete = ['alt', 'width', 'height'].every((name) => image.hasAttribute(name));
    if (!complete) troubles.push(`${page.file}: ${image.outerHTML.slice(0, 120)} lacks alt, width or height`);
  }
  const card = cardOf(page);
  for (const address of [...addressesOf(page), ...(card === undefined ? [] : [card])]) {
    links += 1;
    const trouble = await check(page, address);
    if (trouble !== undefined) troubles.push(`${page.file}: ${address} ${trouble}`);
  }
}

for (const trouble of troubles) console.error(trouble);
console.log(`${String(links)} links on ${String(pages.length)} pages, ${String(troubles.length)} troubles`);
if (troubles.length > 0) process.exitCode = 1;
