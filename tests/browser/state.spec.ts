/** What a reader makes of a page lasts: links to it, drafts of it, steps taken back. */
import { expect, test, type Page } from '@playwright/test';
import { encodePng } from '../../src/lib/image/png.ts';
import { WIDTHS, built, cell, difference, painted, runWith, settled, wake, write } from './cells.ts';

const CHANGED = 'normalize_image(mandrill * ones(512, 512))';
const bar = (page: Page) => page.getByRole('region', { name: 'Your changes to this page' });

async function copied(page: Page, press: () => Promise<void>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await press();
  await expect(bar(page)).toContainText('Link copied.');
  return page.evaluate(() => navigator.clipboard.readText());
}

test('an edit comes back with a reload, and with Back; Discard puts the article back, Undo the edit', async ({
  page,
}) => {
  await page.goto('/');
  await runWith(page, 'raw', CHANGED);
  const mine = await painted(page, 'raw');
  await page.reload();
  await expect(bar(page)).toContainText('Your changes to this page are back.');
  await settled(page, 'raw');
  await expect(cell(page, 'raw').locator('.cell-code')).toContainText(CHANGED);
  await expect.poll(async () => difference(await painted(page, 'raw'), mine), { timeout: 60_000 }).toBe(0);
  await page.goto('/mechanism/');
  await expect(bar(page)).toBeHidden();
  await page.goBack();
  await expect(cell(page, 'raw').locator('.cell-code, .cm-content').filter({ hasText: CHANGED })).toBeVisible();
  await bar(page).getByRole('button', { name: 'Discard' }).click();
  await settled(page, 'raw');
  const article = await built(page, 'raw');
  await expect.poll(async () => difference(await painted(page, 'raw'), article)).toBeLessThanOrEqual(1);
  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => difference(await painted(page, 'raw'), mine)).toBe(0);
  await bar(page).getByRole('button', { name: 'Redo' }).click();
  await expect.poll(async () => difference(await painted(page, 'raw'), article)).toBeLessThanOrEqual(1);
  await page.reload();
  await expect(bar(page)).toBeHidden();
});

for (const { width, tag } of WIDTHS) {
  test(`a link shows another reader the same page, at ${width}`, { tag: [...tag] }, async ({ page, browser }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/');
    await runWith(page, 'raw', CHANGED);
    await cell(page, 'raw').getByRole('button', { name: 'More' }).click();
    await cell(page, 'raw').getByLabel('Colours').selectOption('viridis');
    const link = await copied(page, () => cell(page, 'raw').getByRole('button', { name: 'Copy link' }).click());
    expect(new URL(link).hash.length).toBeLessThan(500);
    const mine = await painted(page, 'raw');

    const other = await (await browser.newContext({ viewport: { width, height: 844 } })).newPage();
    await other.goto(link);
    await expect(bar(other)).toContainText('A changed version of this page.');
    await expect(cell(other, 'raw')).toBeInViewport();
    await expect(cell(other, 'raw').locator('.cell-code')).toContainText(CHANGED);
    await expect(cell(other, 'raw').locator('.cell-picture canvas')).toBeVisible({ timeout: 60_000 });
    await settled(other, 'raw');
    await expect.poll(async () => difference(await painted(other, 'raw'), mine)).toBe(0);
    await bar(other).getByRole('button', { name: 'Show the article' }).click();
    await settled(other, 'raw');
    await expect(cell(other, 'raw').locator('.cell-code')).not.toContainText(CHANGED);
    expect(new URL(other.url()).hash).toBe('');
    await other.context().close();
  });
}

test('the 3D view and where it is seen from travel in a link, and are taken back', async ({ page, browser }) => {
  await page.goto('/?engine=tfjs-wasm');
  await wake(page, 'raw');
  const views = (on: Page) => cell(on, 'raw').locator('[data-panel=views]');
  await cell(page, 'raw').getByRole('button', { name: '3D' }).click();
  // Two choices in one breath are one step back.
  await expect(views(page).locator('matrix-surface canvas')).toBeVisible({ timeout: 90_000 });
  await page.waitForTimeout(1000);
  await cell(page, 'raw').getByRole('button', { name: 'Product cube' }).click();
  const orbit = (on: Page) =>
    views(on)
      .locator('product-cube')
      .evaluate((cube) => (cube as HTMLElementTagNameMap['product-cube']).orbit);
  await views(page).locator('product-cube canvas').focus({ timeout: 90_000 });
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('+');
  const turned = { yaw: -0.52, pitch: 0.52, zoom: 1.2 };
  expect(await orbit(page)).toEqual(turned);
  // A hand that rests: then it belongs to the state of the page.
  await expect(bar(page)).toBeVisible();
  await page.waitForTimeout(400);
  const link = await copied(page, () => page.locator('header').getByRole('button', { name: 'Copy link' }).click());

  const other = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await other.goto(link);
  await expect(views(other).locator('product-cube')).toBeAttached({ timeout: 90_000 });
  expect(await orbit(other)).toEqual(turned);
  await expect(views(other).getByRole('button', { name: 'Product cube' })).toHaveAttribute('aria-pressed', 'true');
  await other.context().close();

  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => orbit(page)).toEqual({ yaw: -0.62, pitch: 0.42, zoom: 1 });
  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(views(page).locator('matrix-surface')).toBeVisible();
  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(views(page)).toBeHidden();
});

test('a figure of factors travels in a link: what it shows, open or not, and where it is seen from', async ({
  page,
  browser,
}) => {
  await page.goto('/mechanism/?engine=tfjs-wasm');
  const figure = (on: Page) => on.locator('julia-factors#pixel');
  await figure(page).getByRole('button', { name: 'Raw' }).click();
  await figure(page).getByRole('button', { name: 'Open the cube' }).click();
  await figure(page).locator('product-cube canvas').focus({ timeout: 90_000 });
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('+');
  const orbit = (on: Page) =>
    figure(on)
      .locator('product-cube')
      .evaluate((cube) => (cube as HTMLElementTagNameMap['product-cube']).orbit);
  const turned = await orbit(page);
  await expect(bar(page)).toBeVisible();
  const link = await copied(page, () => page.locator('header').getByRole('button', { name: 'Copy link' }).click());

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link);
  await expect(figure(other).locator('product-cube')).toBeAttached({ timeout: 90_000 });
  expect(await orbit(other)).toEqual(turned);
  await expect(figure(other).getByRole('button', { name: 'Raw' })).toHaveAttribute('aria-pressed', 'true');
  await bar(other).getByRole('button', { name: 'Show the article' }).click();
  await expect(figure(other).locator('product-cube')).toHaveCount(0);
  await expect(figure(other).getByRole('button', { name: 'Raw' })).toHaveAttribute('aria-pressed', 'false');
  await context.close();
});

test('numbers in the prose and captions follow what the reader makes of the page, and go back with it', async ({
  page,
}) => {
  await page.goto('/scale/?engine=tfjs-wasm');
  const value = page.locator('data.value', { hasText: /./ }).first();
  const article = await value.textContent();
  const of = (await value.getAttribute('data-of')) ?? '';
  expect(of).toContain('mandrill');
  const id = (await page.locator('julia-cell[data-pictures~=mandrill]').first().getAttribute('id')) ?? '';
  await wake(page, id);
  await cell(page, id).getByRole('button', { name: 'Your picture' }).click();
  await cell(page, id).getByRole('button', { name: 'Use noise for mandrill' }).click();
  await expect(value).toHaveClass(/value-waits/);
  await value.scrollIntoViewIfNeeded();
  await expect(value).toHaveClass(/value-yours/, { timeout: 90_000 });
  expect(await value.textContent()).not.toBe(article);
  await expect(value).toHaveAttribute('title', new RegExp(`in the article: ${article}`));
  await bar(page).getByRole('button', { name: 'put back' }).click();
  await expect(value).toHaveText(article ?? '');
  await expect(value).not.toHaveClass(/value-/);
});

test('the header copies the address of an untouched page as it is', async ({ page }) => {
  await page.goto('/mechanism/');
  const link = await copied(page, () => page.locator('header').getByRole('button', { name: 'Copy link' }).click());
  expect(link).toBe(page.url());
});

test('a broken, a hostile and a future link show the article and one sentence', async ({ page }) => {
  for (const [hash, words] of [
    ['#state=1.AAAA', 'This link is damaged'],
    ['#state=9.xyz', 'later version'],
    [`#state=1.${'A'.repeat(70_000)}`, 'longer than any'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`/${hash}`);
    await expect(bar(page)).toContainText(words);
    await expect(bar(page)).toContainText('Here is the article.');
    await expect(cell(page, 'raw').locator('.cell-picture img')).toBeVisible();
  }
});

test('controls and fields of instruments travel in a link', async ({ page, browser }) => {
  await page.goto('/inverse/');
  await page.getByText('Change the experiment').click();
  await page.locator('descent-run [data-set="steps"]').fill('12');
  const link = await copied(page, () => page.locator('header').getByRole('button', { name: 'Copy link' }).click());
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(bar(other)).toContainText('A changed version of this page.');
  await expect(other.locator('descent-run [data-set="steps"]')).toHaveValue('12');
  await other.context().close();
});

test('typing that was never run is kept too', async ({ page }) => {
  await page.goto('/');
  await write(page, 'raw', 'normalize_image(mandr');
  await page.waitForFunction(() => sessionStorage.getItem('draft:/')?.includes('mandr'));
  await page.reload();
  await expect(cell(page, 'raw').locator('.cell-code')).toContainText('normalize_image(mandr');
});

test('a picture of the reader’s comes back with a reload, and is put back at a press; a link names its place', async ({
  page,
  browser,
}) => {
  const grey = Uint8Array.from({ length: 48 * 64 }, (_, k) => (k * 37) % 256);
  await page.goto('/');
  await wake(page, 'mandrill');
  await cell(page, 'mandrill').getByRole('button', { name: 'Your picture' }).click();
  const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(encodePng(48, 64, 1, grey)) };
  await cell(page, 'mandrill').getByLabel('Choose a picture for mandrill').setInputFiles(file);
  await expect(bar(page)).toContainText('Your picture stands for mandrill');
  await settled(page, 'mandrill');
  const mine = await painted(page, 'mandrill');
  const link = await copied(page, () => page.locator('header').getByRole('button', { name: 'Copy link' }).click());
  await page.waitForFunction(() => sessionStorage.getItem('draft:/')?.includes('"key"'));
  await page.reload();
  await expect(bar(page)).toContainText('Your picture stands for mandrill');
  await expect(cell(page, 'mandrill').locator('.cell-picture canvas')).toBeVisible({ timeout: 60_000 });
  await settled(page, 'mandrill');
  await expect.poll(async () => difference(await painted(page, 'mandrill'), mine)).toBe(0);
  await bar(page).getByRole('button', { name: 'put back' }).click();
  await expect(bar(page)).not.toContainText('Your picture stands');
  // It is on the shelf of every other page.
  await page.goto('/signed/');
  const first = page.locator('julia-cell[data-pictures~="mandrill"]').first();
  await first.getByRole('button', { name: 'Your picture' }).click();
  await first.getByRole('button', { name: 'Use mine.png for mandrill' }).click();
  await expect(first.locator('.cell-source').first()).toContainText('mine.png, 512 × 512');
  await first.getByRole('button', { name: 'Forget mine.png' }).click();
  await expect(first.getByRole('region', { name: 'Your pictures' })).toBeHidden();

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(bar(other)).toContainText('“mine.png” in place of mandrill is not kept here');
  await other.context().close();
});

test('where nothing can be kept the page says so, and works on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    Reflect.deleteProperty(window, 'indexedDB');
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  await page.goto('/');
  await runWith(page, 'raw', CHANGED);
  await expect(bar(page)).toContainText('This browser keeps nothing for this page');
  await expect(cell(page, 'raw').locator('.cell-trouble')).toBeHidden();
});
