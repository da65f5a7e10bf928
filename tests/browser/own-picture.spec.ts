import { expect, test, type Page } from '@playwright/test';
import { encodePng } from '../../src/lib/image/png.ts';
import { acceptedFiles } from './decode-fixtures.ts';
import { built, cell, difference, painted, settled, wake, type Levels } from './cells.ts';

const ID = 'mandrill';
const rows = 48;
const cols = 64;
const grey = Uint8Array.from({ length: rows * cols }, (_, k) => (k * 37) % 256);
const picture: Levels = { rows, cols, grey: [...grey] };
const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(encodePng(rows, cols, 1, grey)) };

async function open(page: Page): Promise<void> {
  await page.goto('/');
  await wake(page, ID);
  await cell(page, ID).getByRole('button', { name: 'Your picture' }).click();
  await expect(cell(page, ID).locator('.cell-source')).toBeVisible();
}

async function choose(page: Page, chosen: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await cell(page, ID).getByLabel('Choose a picture for mandrill').setInputFiles(chosen);
}

test('a chosen picture takes the place of the page’s, exactly, and nothing is sent anywhere', async ({ page }) => {
  await open(page);
  await cell(page, ID).getByLabel('crop and resize').uncheck();
  const requests: string[] = [];
  page.on('request', (request) => {
    // Files of this site that are wanted only now may come (code, pictures further down); nothing may go out.
    const home = new URL('/_astro/', page.url()).href;
    const asset = request.method() === 'GET' && request.postData() === null && request.url().startsWith(home);
    if ((asset && !request.url().includes('?')) || request.url().startsWith('blob:')) return;
    requests.push(`${request.method()} ${request.url()}`);
  });
  await choose(page, file);
  await expect(cell(page, ID).locator('.cell-source')).toContainText('mine.png, 48 × 64');
  await settled(page, ID);
  expect(difference(await painted(page, ID), picture)).toBe(0);
  // A cell that depends on it follows: its shape is the new one's.
  await settled(page, 'raw');
  expect((await painted(page, 'raw')).rows).toBe(cols);
  expect(requests).toEqual([]);
  await cell(page, ID).getByRole('button', { name: 'Put mandrill back' }).click();
  await settled(page, ID);
  expect(difference(await painted(page, ID), await built(page, ID))).toBe(0);
});

test('by itself it is cropped and resized to fit', async ({ page }) => {
  await open(page);
  await choose(page, file);
  await expect(cell(page, ID).locator('.cell-source')).toContainText('512 × 512');
  await settled(page, ID);
  expect((await painted(page, ID)).rows).toBe(512);
});

test('anything else gets a sentence and changes nothing', async ({ page }) => {
  await open(page);
  const before = await painted(page, ID);
  for (const wrong of [
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture at all') },
    { name: 'cut.png', mimeType: 'image/png', buffer: file.buffer.subarray(0, 60) },
    { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
  ]) {
    await choose(page, wrong);
    await expect(cell(page, ID).locator('[data-panel=pictures] [role=status]')).toHaveText(/^[A-Z].*\.$/);
    await expect(cell(page, ID).locator('.cell-source')).toContainText('as the page has it');
    expect(difference(await painted(page, ID), before)).toBe(0);
  }
});

test('what was done to the file is told, whatever its kind, and its name is short and safe', async ({ page }) => {
  await open(page);
  const status = cell(page, ID).locator('[data-panel=pictures] [role=status]');
  const files = new Map((await acceptedFiles()).map((one) => [one.name, Buffer.from(one.bytes)]));
  const offer = async (name: string, bytes: string): Promise<void> =>
    choose(page, { name, mimeType: '', buffer: files.get(bytes) ?? Buffer.alloc(0) });
  await cell(page, ID).getByLabel('crop and resize').uncheck();
  await offer(`${'a'.repeat(5000)}\u202egnp.tif`, 'turned-6.tif');
  await expect(status).toHaveText('Turned upright as the camera noted.');
  const source = cell(page, ID).locator('.cell-source');
  await expect(source).toContainText(/a+ … a+gnp\.tif, 173 × 101/);
  await expect(source).not.toContainText('\u202e');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await offer('large.tif', 'large.tif');
  await expect(status).toHaveText(/^Reduced from 1500 × 1103 to 1024 × 753 pixels/);
  await offer('matrix.npy', 'matrix.npy');
  await expect(status).toHaveText(/^Its numbers run from -1 to 2.667 and are kept;/);
  await expect(source).toContainText('matrix.npy, 3 × 4');
  await offer('damaged.jpg', 'damaged.jpg');
  await expect(status).toHaveText(/^The file is damaged after \d+ % of its bytes;/);
});

test('dropping works before the cell is awake, too', async ({ page }) => {
  await page.goto('/');
  const data = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.png', { type: 'image/png' }));
      return transfer;
    },
    [...file.buffer],
  );
  await cell(page, ID).dispatchEvent('drop', { dataTransfer: data });
  await expect(cell(page, ID).locator('.cell-source')).toContainText('dropped.png', { timeout: 90_000 });
});

test('jetplane is asked for only on request, and a refusal changes nothing', async ({ page }) => {
  const asked: string[] = [];
  await page.route(/^https:/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.goto('/');
  await wake(page, 'airplane');
  expect(asked).toEqual([]);
  const before = await painted(page, 'airplane');
  await page.getByRole('button', { name: 'Fetch jetplane from' }).click();
  await expect(page.locator('jetplane-button [role=status]')).toContainText('did not give the picture');
  expect(asked.every((address) => new URL(address).host === 'raw.githubusercontent.com')).toBe(true);
  expect(asked.length).toBeGreaterThan(0);
  expect(difference(await painted(page, 'airplane'), before)).toBe(0);
});

test('an open figure of factors follows the reader’s picture, and back', async ({ page }) => {
  await open(page);
  const figure = page.locator('julia-factors');
  await figure.getByRole('button', { name: 'Open the cube' }).click();
  await expect(figure.locator('product-cube canvas')).toBeVisible({ timeout: 90_000 });
  const sentence = figure.locator('.trace-sentence').first();
  await expect(sentence).toHaveText(/^C\[\d+, \d+\] = /);
  const before = (await sentence.textContent()) ?? '';
  await choose(page, file);
  await expect(sentence).not.toHaveText(before, { timeout: 90_000 });
  await expect(sentence).toHaveText(/^C\[\d+, \d+\] = /);
  await cell(page, ID).getByRole('button', { name: 'Put mandrill back' }).click();
  await expect(sentence).toHaveText(before, { timeout: 90_000 });
});
