import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compareLevels } from '../../src/lib/image/compare.ts';
import { decodeInNode } from '../../src/lib/image/decode-node.ts';
import { PictureError } from '../../src/lib/image/errors.ts';
import { eightBit } from '../../src/lib/image/luma.ts';
import type { Answer, DecodeInPage } from './decode-bundle.ts';
import { acceptedFiles, refusedFiles } from './decode-fixtures.ts';

declare const decodeInPage: DecodeInPage;

const TOLERANCE: Readonly<Record<string, number>> = { 'full-colour.avif': 1, 'lossy.avif': 20, 'transparent.avif': 20 };

let script = '';

// Software WebGL on a shared machine is slow; what is tested is the numbers.
test.setTimeout(180_000);

test.beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('decode-bundle.ts', import.meta.url)), formats: ['iife'], name: 'bundle' },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (!output || !('output' in output)) throw new Error('the decoder was not bundled');
  script = output.output[0].code;
});

async function decodeHere(page: Page, bytes: Uint8Array): Promise<Answer> {
  return page.evaluate((base64) => decodeInPage(base64), Buffer.from(bytes).toString('base64'));
}

test('a picture gives the same numbers in the browser and in Node', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.addScriptTag({ content: script });
  for (const { name, bytes } of await acceptedFiles()) {
    const node = await decodeInNode(bytes);
    const here = await decodeHere(page, bytes);
    if ('problem' in here) throw new Error(`${name}: ${here.message}`);
    expect([here.rows, here.cols], name).toEqual([node.raster.rows, node.raster.cols]);
    expect(here.notes, name).toEqual(node.notes);
    // Equal colours are equal matrices: everything after them is shared arithmetic.
    const { raster } = node;
    if ('rgb' in raster)
      // Colours of a lossy AVIF are made by libraries that round differently, and the notes say so.
      expect(compareLevels(Buffer.from(here.samples, 'base64'), raster.rgb).max, name).toBeLessThanOrEqual(
        TOLERANCE[name] ?? 0,
      );
    else expect(Buffer.from(here.samples, 'base64').equals(Buffer.from(raster.values.buffer)), name).toBe(true);
  }
  expect(requests.filter((url) => !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
});

test('what is refused is refused with the same sentence', async ({ page }) => {
  await page.addScriptTag({ content: script });
  for (const { name, bytes } of await refusedFiles()) {
    const refusal: unknown = await decodeInNode(bytes).then(
      () => `${name} was taken`,
      (error: unknown) => error,
    );
    if (!(refusal instanceof PictureError)) throw refusal instanceof Error ? refusal : new Error(String(refusal));
    expect(await decodeHere(page, bytes), name).toEqual({ problem: refusal.problem, message: refusal.message });
  }
});

test('without WebGL a transparent picture is still right to one level, and says so', async ({ page }) => {
  await page.addInitScript(() => {
    const original: unknown = Reflect.get(OffscreenCanvas.prototype, 'getContext');
    if (typeof original !== 'function') return;
    Object.assign(OffscreenCanvas.prototype, {
      getContext(this: OffscreenCanvas, kind: string, ...rest: unknown[]): unknown {
        return kind === '2d' ? (Reflect.apply(original, this, [kind, ...rest]) as unknown) : null;
      },
    });
  });
  await page.goto('about:blank');
  await page.addScriptTag({ content: script });
  const file = (await acceptedFiles()).find(({ name }) => name === 'transparent-lossless.webp');
  if (!file) throw new Error('no transparent-lossless.webp');
  const node = await decodeInNode(file.bytes);
  const here = await decodeHere(page, file.bytes);
  if ('problem' in here) throw new Error(here.message);
  expect(here.notes.join(' ')).toContain('within one grey level');
  expect(compareLevels(Buffer.from(here.samples, 'base64'), eightBit(node.raster).rgb).max).toBeLessThanOrEqual(1);
});

test('a browser that hides pixels gets a sentence, not wrong numbers', async ({ page }) => {
  await page.addInitScript(() => {
    // What a browser that resists fingerprinting answers.
    OffscreenCanvasRenderingContext2D.prototype.getImageData = (_x, _y, width, height) =>
      new ImageData(new Uint8ClampedArray(4 * width * height).fill(255), width, height);
  });
  await page.goto('about:blank');
  await page.addScriptTag({ content: script });
  const file = (await acceptedFiles()).find(({ name }) => name === 'full-colour.jpg');
  if (!file) throw new Error('no full-colour.jpg');
  expect(await decodeHere(page, file.bytes)).toMatchObject({ problem: 'browser' });
});
