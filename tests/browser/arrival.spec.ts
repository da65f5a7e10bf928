/** What comes late, once not at all, or as something else: the reader is told, a second try helps, and nothing that was made is lost. */
import { expect, test, type Page, type Route } from '@playwright/test';
import { cell, runWith, settled, wake } from './cells.ts';

const HERO = 'symmetric';
const OTHER = 'raw';

/** Lets what the page asks for wait until it is released. */
async function hold(page: Page, what: RegExp): Promise<() => void> {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  await page.route(what, async (route) => {
    await gate;
    await route.continue();
  });
  return release;
}

const notice = (page: Page, id: string) => cell(page, id).locator('.cell-notice');

test('a live part, an engine and a picture that are late are waited for aloud, and come', async ({ page }) => {
  await page.goto('/');
  const part = await hold(page, /\/_astro\/live\.[^/]*\.js$/);
  await cell(page, HERO).locator('.cell-picture').hover();
  await expect(notice(page, HERO)).toHaveText('Loading …');
  const engine = await hold(page, /\/worker-[^/.]*\.js$/);
  part();
  await expect(notice(page, HERO)).toBeHidden();
  await expect(cell(page, HERO).locator('.cell-status')).toContainText(/loading the engine … \d s/);
  await expect(cell(page, HERO).locator('.cell-picture img')).toBeVisible();
  engine();
  await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
});

test('a picture that once does not come is asked for again by Run', async ({ page }) => {
  const missing = (route: Route): Promise<void> =>
    route.request().resourceType() === 'fetch' ? route.abort() : route.continue();
  await page.route(/\.(png|webp)$/, missing);
  await page.goto('/');
  await cell(page, HERO).locator('.cell-picture').hover();
  await expect(notice(page, HERO)).toContainText('The picture of this page could not be loaded', { timeout: 90_000 });
  await expect(cell(page, HERO).locator('.cell-picture img')).toBeVisible();
  await page.unroute(/\.(png|webp)$/, missing);
  await cell(page, HERO).getByRole('button', { name: 'Run' }).click();
  await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
});

const EDITOR = /\/_astro\/editor\.[^/]*\.js$/;

test('a script that once does not arrive is fetched by a second press', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  await page.route(EDITOR, (route) => route.abort());
  await cell(page, HERO).getByRole('button', { name: 'Edit' }).click();
  await expect(notice(page, HERO)).toContainText('Try again, or reload the page.');
  await page.unroute(EDITOR);
  await runWith(page, HERO, '1 + 1');
  await expect(cell(page, HERO).locator('.cell-value')).toContainText('2');
  await expect(notice(page, HERO)).not.toContainText('could not be loaded');
});

test('where a script is HTML, as after a deployment, the reader is told to reload, which keeps what was made', async ({
  page,
}) => {
  await page.goto('/');
  await wake(page, HERO);
  await page.getByRole('group', { name: 'Try this' }).first().getByRole('button', { name: 'Do it' }).click();
  await settled(page, HERO);
  const changed = await page.locator('julia-cell .cell-code').allTextContents();
  await page.route(EDITOR, (route) =>
    route.fulfill({ status: 404, contentType: 'text/html', body: '<!doctype html><title>Gone</title>' }),
  );
  await cell(page, OTHER).getByRole('button', { name: 'Edit' }).click();
  await expect(notice(page, OTHER)).toContainText('Try again, or reload the page.');
  await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible();
  await page.unroute(EDITOR);
  await page.reload();
  await expect(page.locator('.page-state-bar')).toContainText('Your changes to this page are back');
  expect(await page.locator('julia-cell .cell-code').allTextContents()).toEqual(changed);
});

test('islands that do not come leave the others alone, and the other way round', async ({ page }) => {
  const breaks = (names: string) => new RegExp(`/(${names})\\.astro_[^/]*\\.js$`);
  const others = breaks('Jetplane|Search|PageState|ProductFigure|Try|Animation|Header');
  await page.route(others, (route) => route.fulfill({ contentType: 'text/javascript', body: 'throw Error("broken")' }));
  await page.goto('/');
  await wake(page, HERO);
  await runWith(page, HERO, '1 + 1');
  await expect(cell(page, HERO).locator('.cell-value')).toContainText('2');
  await page.unroute(others);
  await page.route(breaks('Cell'), (route) => route.abort());
  await page.goto('/scale/');
  await expect(page.locator('julia-cell .cell-picture img').first()).toBeVisible();
  await page.goto('/');
  const sentence = page.locator('julia-factors#cube figure > product-trace .trace-sentence');
  const built = (await sentence.textContent()) ?? '';
  await page.locator('julia-factors#cube').getByRole('button', { name: 'Raw' }).click();
  await expect(sentence).not.toHaveText(built, { timeout: 90_000 });
});

test('a page that comes back from the browser’s cache says what was given up, and descends again', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-wasm');
  await page.getByText('Change the experiment').click();
  await page.locator('[data-set="steps"]').fill('300');
  const descent = page.locator('descent-run');
  await descent.getByRole('button', { name: 'Start', exact: true }).click();
  const status = descent.locator('.descent-status');
  await expect(status).toContainText(/^step [1-9]/, { timeout: 90_000 });
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect(descent.locator('.instrument-notice')).toContainText('given up when you left the page');
  await expect.poll(() => page.workers().length).toBe(0);
  await expect(page.locator('[data-set="steps"]')).toHaveValue('300');
  await descent.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(status).toContainText('step 1 of 300', { timeout: 90_000 });
});

test('a cube whose context is taken in mid-training opens again, and the training goes on', async ({ page }) => {
  await page.goto('./attention/');
  const trainer = page.locator('attention-trainer');
  await page.getByText('Change task, size, rate and seed').click();
  await trainer.locator('[data-set="left-steps"]').fill('4000');
  await trainer.locator('[data-do=start]').click();
  const left = trainer.locator('.trainer-result[data-side=left]');
  const step = async (): Promise<number> => Number(await left.getAttribute('data-step'));
  await expect.poll(step, { timeout: 90_000 }).toBeGreaterThan(5);
  await trainer.locator('[data-do=cube]').click();
  const canvas = trainer.locator('product-cube.is-open canvas:not(.cube-flat)');
  await expect(canvas).toBeVisible({ timeout: 90_000 });
  await canvas.evaluate(async (canvas: HTMLCanvasElement) => {
    const lost = new Promise((resolve) => canvas.addEventListener('webglcontextlost', resolve, { once: true }));
    canvas.dataset['lost'] = '';
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    await lost;
  });
  await expect(trainer.locator('product-cube canvas[data-lost]')).toHaveCount(0);
  await expect(canvas).toBeVisible();
  const then = await step();
  await expect.poll(step).toBeGreaterThan(then);
  await expect(trainer).toHaveAttribute('data-state', 'running');
});
