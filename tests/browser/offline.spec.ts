import { expect, test } from '@playwright/test';
import { built, cell, difference, painted, settled, wake } from './cells.ts';

const HERO = 'symmetric';

test('once computed, a page goes on without a network', async ({ page, context }) => {
  await page.goto('/');
  await wake(page, HERO);
  await context.setOffline(true);
  // There is no button to run what has been run; another cell is computed.
  await wake(page, 'raw');
  expect(
    difference(await painted(page, 'raw'), await built(page, 'raw').catch(() => painted(page, 'raw'))),
  ).toBeLessThanOrEqual(1);
  await cell(page, HERO).getByRole('button', { name: 'Edit' }).click();
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('This part could not be loaded');
  const more = cell(page, HERO).getByRole('button', { name: 'More', exact: true });
  await more.click();
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('This part could not be loaded');
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await context.setOffline(false);
  await more.click();
  await expect(cell(page, HERO).locator('[data-panel=more]')).not.toBeEmpty();
  await cell(page, HERO).getByRole('button', { name: 'Edit' }).click();
  await expect(cell(page, HERO).locator('.cm-content')).toBeVisible({ timeout: 60_000 });
});

test('without a network from the start, the build’s picture stays, a sentence says why, and a later touch tries again', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await expect(cell(page, HERO).locator('img')).toBeVisible();
  await context.setOffline(true);
  await cell(page, HERO).hover();
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('offline');
  await expect(cell(page, HERO).locator('img')).toBeVisible();
  await context.setOffline(false);
  await cell(page, HERO).getByRole('button', { name: 'Run' }).click();
  await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
});

/** What every part says that could not be fetched. */
const NOT_LOADED = 'This part could not be loaded; are you offline?';

test('a panel that was opened saves files without a network', async ({ page, context }) => {
  await page.goto('/');
  await wake(page, HERO);
  await cell(page, HERO).getByRole('button', { name: 'More', exact: true }).click();
  await expect(cell(page, HERO).getByRole('button', { name: 'NPY' })).toBeVisible();
  await context.setOffline(true);
  for (const [words, ending] of [
    ['PNG (8-bit)', 'png'],
    ['NPY', 'npy'],
    ['CSV', 'csv'],
  ] as const) {
    const coming = page.waitForEvent('download');
    await cell(page, HERO).getByRole('button', { name: words }).click();
    expect((await coming).suggestedFilename()).toBe(`poster-${HERO}.${ending}`);
  }
});

test('a view that did not come is fetched by a second press', async ({ page, context }) => {
  await page.goto('/');
  await wake(page, HERO);
  const views = cell(page, HERO).locator('[data-panel=views]');
  await cell(page, HERO).getByRole('button', { name: '3D' }).click();
  await expect(views.locator('matrix-surface canvas')).toBeVisible({ timeout: 90_000 });
  await context.setOffline(true);
  const cube = views.getByRole('button', { name: 'Product cube' });
  await cube.click();
  await expect(views.getByRole('status').first()).toContainText(NOT_LOADED);
  await context.setOffline(false);
  await cube.click();
  await expect(views.locator('product-cube canvas')).toBeVisible({ timeout: 90_000 });
});

test('a figure whose cube did not come opens it later', async ({ page, context }) => {
  await page.goto('/');
  const figure = page.locator('julia-factors#cube');
  const sentence = figure.locator('figure > product-trace .trace-sentence');
  const built = (await sentence.textContent()) ?? '';
  await figure.getByRole('button', { name: 'Raw' }).click();
  await expect(sentence).not.toHaveText(built, { timeout: 90_000 });
  await context.setOffline(true);
  await figure.getByRole('button', { name: 'Open the cube' }).click();
  await expect(figure.locator('.cell-status')).toContainText(NOT_LOADED);
  await context.setOffline(false);
  await figure.getByRole('button', { name: 'Close' }).click();
  await figure.getByRole('button', { name: 'Open the cube' }).click();
  await expect(figure.locator('product-cube canvas')).toBeVisible({ timeout: 90_000 });
});

test('a trained head whose cube did not come opens it later', async ({ page, context }) => {
  await page.goto('attention/');
  const trainer = page.locator('attention-trainer');
  await page.getByText('Change task, size, rate and seed').click();
  await trainer.locator('[data-set="left-steps"]').fill('20');
  await trainer.locator('[data-do=start]').click();
  await expect(trainer).toHaveAttribute('data-state', 'done', { timeout: 90_000 });
  await context.setOffline(true);
  await trainer.locator('[data-do=cube]').click();
  await expect(trainer.locator('.instrument-notice')).toContainText(`No cube: ${NOT_LOADED}`);
  await context.setOffline(false);
  await trainer.locator('[data-do=cube]').click();
  await expect(trainer.locator('product-cube canvas').first()).toBeVisible({ timeout: 90_000 });
});

test('a recorder that did not come is fetched when the row is opened again', async ({ page, context }) => {
  await page.goto('machines/?engine=tfjs-wasm');
  const player = page.locator('julia-animate[data-name=knob]');
  await player.getByRole('button', { name: 'one step on' }).click();
  // The player has come when the slider has moved.
  await expect(page.locator('#warp-value [data-bind="knob"] input[type=range]')).toHaveValue('1');
  await settled(page, 'warp-value');
  await context.setOffline(true);
  const gif = player.getByRole('button', { name: 'GIF', exact: true });
  await gif.click();
  await expect(player.locator('.animate-say')).toContainText(NOT_LOADED);
  await context.setOffline(false);
  await gif.click();
  await gif.click();
  await expect(player.locator('.animate-say')).toContainText('frames of', { timeout: 90_000 });
});

test('the jetplane button works once the browser is online', async ({ page, context }) => {
  await page.route(/^https:/, (route) => route.abort());
  await page.goto('/');
  await context.setOffline(true);
  const button = page.locator('jetplane-button');
  await button.locator('[data-fetch]').click();
  await expect(button.getByRole('status')).toContainText(NOT_LOADED);
  await context.setOffline(false);
  await button.locator('[data-fetch]').click();
  // Loaded, it asks the picture's home, which this test refuses.
  await expect(button.getByRole('status')).toContainText('did not give the picture', { timeout: 90_000 });
});

test('a dataflow graph comes to life once the browser is online', async ({ page, context }) => {
  await page.goto('machines/');
  const flow = page.locator('julia-flow').first();
  await context.setOffline(true);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  // The page's cells came to life before the network went.
  await flow.evaluate((graph: HTMLElement) => {
    document.getElementById(graph.dataset['cell'] ?? '')?.setAttribute('data-live', '');
  });
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(asked.filter((address) => address.includes('live-flow'))).toEqual([]);
  const fetched = page.waitForResponse(/live-flow/);
  await context.setOffline(false);
  expect((await fetched).ok()).toBe(true);
});
