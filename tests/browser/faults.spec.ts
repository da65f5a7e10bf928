/** What a browser lacks, what does not arrive and what a program wastes: the reader sees what is true, and nothing is lost. */
import { expect, test, type Page, type Route } from '@playwright/test';
import { cell, runWith, settled, wake, write } from './cells.ts';

const HERO = 'symmetric';

/** The scripts of workers, but not what the page itself has of them. */
const WORKER = /\/worker-(?!client)[^/.]*\.js$/;

/** Errors that nobody caught, from here on. */
function uncaught(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** Every worker of the page begins with these words. */
async function inWorkers(page: Page, words: string): Promise<void> {
  await page.route(WORKER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${words}\n${await response.text()}` });
  });
}

/** What a browser may lack, as words for the page and for its workers. */
const lacking = [
  [
    'requestIdleCallback and CompressionStream',
    'delete self.requestIdleCallback; delete self.CompressionStream;',
    '',
    '',
  ],
  ['WebAssembly', '', 'delete self.WebAssembly;', 'float64'],
  [
    'IndexedDB',
    'Object.defineProperty(self, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } });',
    '',
    '',
  ],
  [
    'storage, which is forbidden',
    'for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(self, name, { get() { throw new DOMException("no", "SecurityError"); } });',
    '',
    '',
  ],
  [
    'room in its storage',
    'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };',
    '',
    '',
  ],
] as const;

for (const [what, onPage, inWorker, engine] of lacking) {
  test(`without ${what} a cell computes, and can be edited`, async ({ page }) => {
    const errors = uncaught(page);
    if (onPage !== '') await page.addInitScript(onPage);
    if (inWorker !== '') await inWorkers(page, inWorker);
    await page.goto('/');
    await wake(page, HERO);
    await expect(cell(page, HERO).locator('.cell-status')).toContainText(engine);
    await runWith(page, HERO, '1 + 1');
    await expect(cell(page, HERO).locator('.cell-value')).toContainText('2');
    expect(errors).toEqual([]);
  });
}

const html = (route: Route): Promise<void> =>
  route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Not here</title>' });

for (const [what, answer] of [
  ['is HTML, as after a deployment,', html],
  ['does not arrive', (route: Route) => route.abort()],
] as const) {
  test(`where the worker's script ${what} the picture stays, a sentence says why, and Run tries again`, async ({
    page,
  }) => {
    const errors = uncaught(page);
    await page.goto('/');
    await page.route(WORKER, answer);
    await cell(page, HERO).locator('.cell-picture').hover();
    await expect(cell(page, HERO).locator('.cell-notice')).toContainText('The picture from the build stays', {
      timeout: 60_000,
    });
    await expect(cell(page, HERO).locator('.cell-picture img')).toBeVisible();
    await page.unroute(WORKER);
    await cell(page, HERO).getByRole('button', { name: 'Run' }).click();
    await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
    expect(errors).toEqual([]);
  });
}

test('Stop ends what would run for long, and the page goes on', async ({ page }) => {
  const errors = uncaught(page);
  await page.goto('/?engine=tfjs-wasm');
  await wake(page, HERO);
  const stop = cell(page, HERO).getByRole('button', { name: 'Stop' });
  for (const bomb of [
    'x = rand(900, 900); while true; global x = x * x ./ 900; end',
    'f(n) = n < 2 ? n : f(n - 1) + f(n - 2); f(80)',
    'sort([string(i) for i in 1:10^6]; rev=true)',
  ]) {
    await write(page, HERO, bomb);
    await page.keyboard.press('Shift+Enter');
    // What is over before it can be stopped says so.
    const trouble = cell(page, HERO).locator('.cell-trouble');
    await expect(stop.or(trouble.filter({ hasText: 'BudgetError' })).first()).toBeVisible({ timeout: 60_000 });
    if (await stop.isVisible()) await stop.click();
    await settled(page, HERO);
    await runWith(page, HERO, '1 + 1');
    await expect(cell(page, HERO).locator('.cell-value')).toContainText('2');
    await expect(trouble).toBeHidden();
  }
  expect(errors).toEqual([]);
});

test('two tabs of one page leave each other alone', async ({ page, context }) => {
  await page.goto('/');
  const other = await context.newPage();
  await other.goto('/');
  await runWith(page, HERO, '1 + 1');
  await runWith(other, HERO, '20 + 2');
  await expect(cell(page, HERO).locator('.cell-value')).toContainText('2');
  await expect(cell(other, HERO).locator('.cell-value')).toContainText('22');
  await page.bringToFront();
  await expect(cell(page, HERO).locator('.cm-content')).toHaveText('1 + 1');
});

test('at 400 % nothing needs to be scrolled sideways, and a cell can be run', async ({ page }) => {
  // 1280 x 1024 pixels, four times enlarged.
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto('/');
  await wake(page, HERO);
  await runWith(page, HERO, '1 + 1');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
