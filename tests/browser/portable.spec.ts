/** Pages as files: *Save this page*, and the whole site as a folder, opened from a disk without a network. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { encodePng } from '../../src/lib/image/png.ts';
import { WIDTHS, cell, difference, levelsOf, painted, runWith, settled, wake, type Levels } from './cells.ts';

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portable-'));
  await promisify(execFile)(process.execPath, ['scripts/portable.ts', '--to', folder]);
});
test.afterAll(() => rm(folder, { recursive: true }));

const file = (name: string): string => pathToFileURL(path.join(folder, name)).href;

/** What the page asks for that is no file of the folder, and what it complains of. */
function watched(page: Page): string[] {
  const troubles: string[] = [];
  page.on('request', (request) => {
    const address = request.url();
    const own =
      address.startsWith(`${pathToFileURL(folder).href}/`) && address.replace(/[?#].*$/, '').endsWith('.html');
    if (!own && !/^(data|blob):/.test(address)) troubles.push(`asks for ${address}`);
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  return troubles;
}

/** The picture that the file holds for a cell. */
async function held(page: Page, id: string): Promise<Levels> {
  const source = await cell(page, id).locator('.cell-picture img').getAttribute('src');
  expect(source).toMatch(/^data:image\/webp;base64,/);
  return levelsOf(Buffer.from(source?.split(',')[1] ?? '', 'base64'));
}

const bar = (page: Page) => page.getByRole('region', { name: 'Your changes to this page' });

test('the site as a folder: cells, controls, views, and links from file to file', async ({ page, context }) => {
  await context.setOffline(true);
  const troubles = watched(page);
  await page.goto(file('index.html'));
  const still = await held(page, 'symmetric');
  await wake(page, 'symmetric');
  expect(difference(await painted(page, 'symmetric'), still)).toBeLessThanOrEqual(1);
  await runWith(page, 'symmetric', 'symmetric = 1 .- mandrill');
  const [mine, mandrill] = [await painted(page, 'symmetric'), await held(page, 'mandrill')];
  expect(difference({ ...mine, grey: mine.grey.map((level) => 255 - level) }, mandrill)).toBeLessThanOrEqual(1);
  await cell(page, 'symmetric').getByRole('button', { name: '3D' }).click();
  await expect(cell(page, 'symmetric').locator('matrix-surface canvas')).toBeVisible({ timeout: 90_000 });

  // What is taken along names pictures by their public addresses.
  await cell(page, 'symmetric').getByRole('button', { name: 'More', exact: true }).click();
  const [notebook] = await Promise.all([
    page.waitForEvent('download'),
    cell(page, 'symmetric').getByRole('button', { name: 'Jupyter notebook', exact: true }).click(),
  ]);
  const { cells, nbformat } = JSON.parse(await readFile(await notebook.path(), 'utf8')) as Record<string, unknown[]>;
  expect(nbformat).toBe(4);
  expect(JSON.stringify(cells)).toContain('1 .- mandrill');

  await page.getByText('Contents', { exact: true }).click();
  await page.getByRole('link', { name: 'Does it survive a change of scale?' }).first().click();
  await expect(page).toHaveURL(file('scale/index.html'));
  // Three megabytes stand before the script: what is moved before it runs is done again.
  await cell(page, 'slider').getByLabel('N', { exact: true }).selectOption('8');
  await expect(cell(page, 'slider').locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
  await settled(page, 'slider');
  await page.getByRole('link', { name: 'Images as Matrices' }).first().click();
  await expect(page).toHaveURL(file('index.html'));
  // What the reader made there is there again.
  await expect(bar(page)).toContainText('Your changes to this page are back.');
  expect(troubles).toEqual([]);
});

test('instruments work from a file', async ({ page, context }) => {
  await context.setOffline(true);
  const troubles = watched(page);
  await page.goto(file('attention/index.html'));
  const trainer = page.locator('attention-trainer');
  await page.getByText('Change task, size, rate and seed').click();
  await trainer.locator('[data-set="left-steps"]').fill('20');
  await trainer.locator('[data-do=start]').click();
  await expect(trainer).toHaveAttribute('data-state', 'done', { timeout: 90_000 });
  await page.goto(file('inverse/index.html'));
  const descent = page.locator('descent-run').first();
  await descent.locator('[data-do=step]').click();
  await expect(descent).toContainText('step 1 of', { timeout: 90_000 });
  expect(troubles).toEqual([]);
});

for (const { width, tag } of WIDTHS) {
  test(
    `a saved page is one file in the state that it was left in, at ${width}`,
    { tag: [...tag] },
    async ({ page, browser }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto('/');
      await wake(page, 'mandrill');
      await cell(page, 'mandrill').getByRole('button', { name: 'Your picture' }).click();
      const grey = Uint8Array.from({ length: 512 * 512 }, (_, k) => (k * 37) % 256);
      const buffer = Buffer.from(encodePng(512, 512, 1, grey));
      await cell(page, 'mandrill')
        .getByLabel('Choose a picture for mandrill')
        .setInputFiles({ name: 'cat.png', mimeType: 'image/png', buffer });
      await expect(cell(page, 'mandrill').locator('.cell-source')).toContainText('cat.png');
      await runWith(page, 'raw', 'raw = mandrill .* 0.5 .+ picture("staircase") .* 0.25');
      const mine = await painted(page, 'raw');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save this page', exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('images-as-matrices.html');
      await expect(bar(page)).toContainText('Saved as images-as-matrices.html');
      const saved = path.join(folder, `saved-${width}.html`);
      await download.saveAs(saved);
      const { length } = await readFile(saved);
      expect(length - 4 * buffer.length).toBeLessThan(4e6);

      const context = await browser.newContext({ viewport: { width, height: 844 }, acceptDownloads: true });
      await context.setOffline(true);
      const other = await context.newPage();
      const troubles = watched(other);
      await other.goto(pathToFileURL(saved).href);
      await expect(bar(other)).toContainText('This page is as it was saved.', { timeout: 60_000 });
      await expect(cell(other, 'raw').locator('.cell-code')).toContainText('raw = mandrill .* 0.5 .+');
      await expect(cell(other, 'raw').locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
      await settled(other, 'raw');
      await expect.poll(async () => difference(await painted(other, 'raw'), mine), { timeout: 60_000 }).toBe(0);
      expect(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      // Links lead to the site, or stay.
      const links = await other
        .locator('a[href]')
        .evaluateAll((all: HTMLAnchorElement[]) => all.map((one) => one.getAttribute('href') ?? ''));
      expect(links.filter((address) => !/^(#|https:|data:|blob:)/.test(address))).toEqual([]);
      expect(links.some((address) => /^https:[^#]+\/scale\/$/.test(address))).toBe(true);

      // What is made in it is saved with it again.
      await runWith(other, 'raw', 'raw = mandrill .* 0.25');
      const [second] = await Promise.all([
        other.waitForEvent('download'),
        other.getByRole('button', { name: 'Save this page', exact: true }).click(),
      ]);
      const again = path.join(folder, `again-${width}.html`);
      await second.saveAs(again);
      await other.goto(pathToFileURL(again).href);
      await expect(cell(other, 'raw').locator('.cell-code')).toContainText('raw = mandrill .* 0.25', {
        timeout: 60_000,
      });
      await bar(other).getByRole('button', { name: 'Show the article' }).click();
      await expect(cell(other, 'raw').locator('.cell-code')).not.toContainText('0.25');
      expect(troubles).toEqual([]);
      await context.close();
    },
  );
}

test('a file whose state was damaged shows the article, and says so', async ({ page }) => {
  const html = await readFile(path.join(folder, 'scale', 'index.html'), 'utf8');
  const state =
    '<script type="application/json" id="saved-state">{"fragment":"#state=1.broken","pictures":[]}</script>';
  const broken = path.join(folder, 'broken.html');
  await writeFile(broken, html.replace(/<script>(?![\s\S]*<script>)/, `${state}$&`));
  await page.goto(pathToFileURL(broken).href);
  await expect(bar(page)).toContainText('Here is the article.', { timeout: 60_000 });
  await wake(page, 'slider');
});

test('offline, before its parts have come, the button says what is missing', async ({ page, context }) => {
  await page.goto('/scale/');
  await page.getByRole('button', { name: 'Save this page' }).scrollIntoViewIfNeeded();
  await page.route('**/portable/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Save this page' }).click();
  await expect(bar(page)).toContainText('are you offline?');
  await page.unroute('**/portable/**');
  await context.setOffline(false);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save this page' }).click();
  expect((await download).suggestedFilename()).toBe('scale.html');
});
