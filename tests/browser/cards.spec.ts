/** The cards of shared links, in the built site: one a page, of the size that networks want, made from the page's own picture. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { JSDOM } from 'jsdom';
import sharp, { type Sharp } from 'sharp';
import { pages as built } from './built.ts';

// These have no picture of their own, and show the first page's (`firstCard`).
const without = ['./contents/', './contribute/', './julia/', './lab/'];
const pages = built.filter((page) => !without.includes(page));

interface Shared {
  readonly page: string;
  readonly document: Document;
  readonly alt: string;
  readonly file: string;
  readonly bytes: Buffer;
}

async function shared(page: string): Promise<Shared> {
  const { document } = new JSDOM(await readFile(path.join('dist', page, 'index.html'), 'utf8')).window;
  const meta = (name: string): string =>
    document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content') ?? '';
  for (const name of ['og:title', 'og:description', 'og:url']) expect(meta(name), `${page}: ${name}`).not.toBe('');
  expect(meta('twitter:card')).toBe('summary_large_image');
  expect([meta('og:image:width'), meta('og:image:height')]).toEqual(['1200', '630']);
  const file = path.join('dist', new URL(meta('og:image')).pathname);
  return { page, document, alt: meta('og:image:alt'), file, bytes: await readFile(file) };
}

/** Pearson's correlation of two series. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, k) => {
    const [da, db] = [x - ma, (b[k] ?? NaN) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return ab / Math.sqrt(aa * bb);
}

const greys = async (image: Sharp): Promise<number[]> => [...(await image.greyscale().raw().toBuffer())];

for (const page of pages) {
  test(`${page} has a card made from its own picture`, async () => {
    const { document, alt, file, bytes } = await shared(page);
    const { width, height, format } = await sharp(bytes).metadata();
    expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'png' });
    expect(bytes.length).toBeLessThan(300 * 1024);

    const image = [...document.querySelectorAll('julia-cell img')].find((one) => one.getAttribute('alt') === alt);
    expect(image, `${file} shows a cell of the page: "${alt}"`).toBeDefined();
    const own = sharp(path.join('dist', image?.getAttribute('src') ?? ''));
    const size = await own.metadata();
    // Where the card has it: in the middle of a square of 512, enlarged by a whole number or shrunk to fit.
    const times = 512 / Math.max(size.width, size.height);
    const scale = times >= 2 ? Math.floor(times) : Math.min(1, times);
    const [w, h] = [Math.round(size.width * scale), Math.round(size.height * scale)];
    const place = { left: 74 + Math.floor((512 - w) / 2), top: 59 + Math.floor((512 - h) / 2), width: w, height: h };
    const there = await greys(sharp(bytes).extract(place));
    const here = await greys(own.resize(w, h, { fit: 'fill', kernel: scale > 1 ? 'nearest' : 'lanczos3' }));
    expect(correlation(there, here)).toBeGreaterThan(0.995);
  });
}

test('no two pages share a card', async () => {
  const files = await Promise.all(pages.map(async (page) => (await shared(page)).bytes.toString('base64')));
  expect(new Set(files).size).toBe(pages.length);
});

test('pages without a picture of their own show the first page’s card', async () => {
  const { file } = await shared('./');
  for (const page of without) expect((await shared(page)).file, page).toBe(file);
});
