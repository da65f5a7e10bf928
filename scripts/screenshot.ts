/** Makes `docs/screenshot.png` from the built site: the first thing a reader sees, as it is on a desk. */
import { mkdir, stat } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { chromiumArguments, findChromium } from './chromium.ts';
import { serve } from './serve.ts';

const target = 'docs/screenshot.png';
const limit = 300 * 1024;

const { server, url } = await serve('dist');
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
try {
  const page = await browser.newPage({
    viewport: { width: 1200, height: 800 },
    deviceScaleFactor: 1,
    colorScheme: 'light',
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  const shot = await page.screenshot();
  await mkdir('docs', { recursive: true });
  // A page of grey: a small palette loses nothing that a thumbnail shows.
  await sharp(shot).png({ palette: true, colours: 64, effort: 10 }).toFile(target);
} finally {
  await browser.close();
  server.close();
}
const { size } = await stat(target);
console.log(`${target}: ${String(Math.round(size / 1024))} KB`);
if (size > limit) throw new Error(`${target} is larger than ${String(limit / 1024)} KB`);
