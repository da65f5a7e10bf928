import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { encodePng } from '../../src/lib/image/png.ts';
import { acceptedFiles } from './decode-fixtures.ts';
import { built, cell, difference, levelsOf, painted, phone, runWith, settled, wake, type Levels } from './cells.ts';

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
    const homes = ['/_astro/', '/pictures/samples/'].map((folder) => new URL(folder, page.url()).href);
    const asset =
      request.method() === 'GET' && request.postData() === null && homes.some((home) => request.url().startsWith(home));
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

test('a picture of the site’s is put in, and asked for by its name', async ({ page }) => {
  await open(page);
  const shelf = cell(page, ID).getByRole('region', { name: 'Pictures to try' });
  await shelf.getByRole('button', { name: 'Use staircase for mandrill' }).click();
  await expect(cell(page, ID).locator('.cell-source')).toContainText('staircase, 512 × 512');
  await settled(page, ID);
  const staircase = await levelsOf(await readFile('public/pictures/samples/staircase.png'));
  expect(difference(await painted(page, ID), staircase)).toBe(0);
  await runWith(page, 'raw', 'picture("grid")');
  expect(
    difference(await painted(page, 'raw'), await levelsOf(await readFile('public/pictures/samples/grid.png'))),
  ).toBe(0);
  await runWith(page, 'raw', 'picture("dog")');
  await expect(cell(page, 'raw').locator('.cell-trouble')).toContainText('no picture named "dog"');
});

test('a picture of the reader’s is named, and used by its name in a cell of another page', async ({ page }) => {
  await open(page);
  await cell(page, ID).getByLabel('crop and resize').uncheck();
  await choose(page, file);
  const name = cell(page, ID).getByRole('textbox', { name: 'Name of mine.png' });
  await name.fill('cat');
  await name.press('Enter');
  await expect(cell(page, ID).getByRole('region', { name: 'Your pictures' })).toContainText('picture("cat")');
  await page.goto('/scale/');
  const other = await page.locator('julia-cell').first().getAttribute('id');
  await runWith(page, other ?? '', 'picture("cat")');
  expect(difference(await painted(page, other ?? ''), picture)).toBe(0);
  await runWith(page, other ?? '', 'mandrill');
});

test('a part is cut out by hand, with the mouse and with the keyboard, and the whole can be had again', async ({
  page,
}) => {
  await open(page);
  const [high, wide] = [100, 200];
  // The left half is black, the right half white.
  const halves = Uint8Array.from({ length: high * wide }, (_, k) => (k % wide < wide / 2 ? 0 : 255));
  const buffer = Buffer.from(encodePng(high, wide, 1, halves));
  await choose(page, { name: 'halves.png', mimeType: 'image/png', buffer });
  await settled(page, ID);
  const tool = cell(page, ID).getByRole('group', { name: 'Choose a part of the picture' });
  const box = tool.locator('.crop-box');
  const openTool = async (): Promise<void> => {
    await cell(page, ID).getByRole('button', { name: 'Crop by hand' }).click();
    await expect(box).toBeFocused();
  };
  const levels = async (): Promise<Set<number>> => {
    await settled(page, ID);
    return new Set((await painted(page, ID)).grey);
  };
  await openTool();
  await expect(box).toHaveAccessibleName(/^100 × 100 pixels from row 1, column 51/);
  for (let k = 0; k < 3; k++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(box).toHaveAccessibleName(/column 1\./);
  await tool.getByRole('button', { name: 'Use this part' }).click();
  await expect.poll(levels).toEqual(new Set([0]));
  // By mouse, of the whole picture again: a square in the white half.
  await openTool();
  const stage = await tool.locator('.crop-stage').boundingBox();
  if (stage === null) throw new Error('no stage');
  const at = (x: number, y: number): [number, number] => [stage.x + x * stage.width, stage.y + y * stage.height];
  await page.mouse.move(...at(0.95, 0.9));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.4), { steps: 4 });
  await page.mouse.up();
  await tool.getByRole('button', { name: 'Use this part' }).click();
  await expect.poll(levels).toEqual(new Set([255]));
  await openTool();
  await tool.getByRole('button', { name: 'Cancel' }).click();
  await expect(tool).toBeHidden();
});

test('a phone offers its camera', async ({ browser, baseURL }) => {
  const page = await phone(browser, baseURL);
  await page.goto('/');
  await wake(page, ID);
  await cell(page, ID).getByRole('button', { name: 'Your picture' }).tap();
  const camera = cell(page, ID).getByLabel('Take a photo for mandrill');
  await expect(camera).toHaveAttribute('capture', 'environment');
  await expect(cell(page, ID).getByText('Take a photo')).toBeVisible();
  await camera.setInputFiles(file);
  await expect(cell(page, ID).locator('.cell-source')).toContainText('mine.png, 512 × 512');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.context().close();
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
