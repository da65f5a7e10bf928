/** The instrument on the inverse problem, in the built page. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page, Worker } from '@playwright/test';
import golden from '../fixtures/descents.json' with { type: 'json' };
import { built, cell, painted } from './cells.ts';

const status = (page: Page) => page.locator('.descent-status');
const button = (page: Page, name: string) => page.locator('descent-run').getByRole('button', { name, exact: true });
const taken = async (page: Page): Promise<number> =>
  Number(/^step (\d+)/.exec((await status(page).textContent()) ?? '')?.[1] ?? NaN);

/** The descent's worker, whose WebGL context is kept in sight as it is made. */
async function holdContext(page: Page): Promise<Worker> {
  return new Promise((resolve) => {
    let worker: Worker | undefined;
    page.on('worker', (one) => (worker ??= one));
    void page.route('**/tfjs-webgl*.js', async (route) => {
      await worker?.evaluate(() => {
        // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
        const make = OffscreenCanvas.prototype.getContext as (this: OffscreenCanvas, ...rest: unknown[]) => unknown;
        OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...rest: unknown[]) {
          const context = make.apply(this, rest);
          if (String(rest[0]).startsWith('webgl')) Object.assign(globalThis, { lastContext: context });
          return context;
        } as typeof OffscreenCanvas.prototype.getContext;
      });
      if (worker !== undefined) resolve(worker);
      await route.continue();
    });
  });
}

/** Lets the Stuttgart run take its first steps, and returns the loss after them. */
async function stuttgart(page: Page, engine: string, words: string, steps: number, timeout: number): Promise<number> {
  await page.goto(`./inverse/?engine=${engine}`);
  await page.getByText('Change the experiment').click();
  await page.locator('[data-set="transform"]').selectOption("V'");
  await page.locator('[data-set="steps"]').fill(String(steps));
  await button(page, 'Start').click();
  await expect(status(page)).toContainText(`step ${steps} of ${steps}`, { timeout });
  await expect(status(page)).toContainText(`on ${words}`);
  return Number(/loss ([\d.]+)/.exec((await status(page).textContent()) ?? '')?.[1]);
}

for (const [engine, words, minutes] of [
  ['tfjs-wasm', 'WASM', 5],
  ['tfjs-webgl', 'WebGL', 15],
] as const) {
  // WebGL without a graphics card takes ten times as long.
  const tag = engine === 'tfjs-webgl' ? ['@slow'] : [];
  test(`the Stuttgart run begins as it was computed independently on ${words}`, { tag }, async ({ page }) => {
    test.setTimeout(180_000);
    const loss = await stuttgart(page, engine, words, 10, 150_000);
    expect(Math.abs(loss - (golden.recomputed.stuttgart[10] ?? NaN))).toBeLessThan(0.03);
  });

  test(`the Stuttgart run reaches 3.545 at step 130 on ${words}`, { tag: '@slow' }, async ({ page }) => {
    test.setTimeout(minutes * 60_000);
    const loss = await stuttgart(page, engine, words, 130, (minutes - 1) * 60_000);
    expect(Math.abs(loss - 3.545)).toBeLessThan(0.03);
  });
}

test('without a click nothing runs, and the stored result is there', async ({ page }) => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto('./inverse/');
  await page.locator('descent-run').hover();
  await expect(status(page)).toContainText(/stored result: loss \d/);
  await expect(page.locator('descent-run img')).toHaveCount(2);
  await expect(page.locator('.descent-curve svg.plot-wide')).toBeVisible();
  expect(workers).toEqual([]);
});

test('start, pause, step, look back, reset', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-wasm');
  await button(page, 'Start').click();
  await expect.poll(() => taken(page), { timeout: 60_000 }).toBeGreaterThan(6);
  await button(page, 'Pause').click();
  await expect(button(page, 'Start')).toBeVisible();
  // The step that was under way ends; then it stands still.
  await page.waitForTimeout(1500);
  const at = await taken(page);
  await page.waitForTimeout(1500);
  expect(await taken(page)).toBe(at);
  await button(page, 'Step').click();
  await expect.poll(() => taken(page)).toBe(at + 1);
  await expect(page.locator('.instrument-said')).toContainText(`Step ${at + 1}`);

  const look = page.getByLabel('Look back');
  await look.focus();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-name="frame"]')).toContainText('step 0, loss 20.39');
  await expect(page.locator('canvas[data-picture="change"]')).toBeVisible();

  const download = page.waitForEvent('download');
  await button(page, 'Losses as JSON').click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { losses: number[] };
  expect(saved.losses).toHaveLength(at + 2);
  expect(Math.abs((saved.losses[1] ?? NaN) - 18.93)).toBeLessThan(0.005);
  const npy = page.waitForEvent('download');
  await button(page, 'X as NPY').click();
  expect((await npy).suggestedFilename()).toMatch(/X-after-\d+-steps\.npy/);

  await button(page, 'Reset').click();
  await expect.poll(() => taken(page)).toBe(0);
});

test('the page stays free while the worker descends', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-wasm');
  await button(page, 'Step').click();
  await expect.poll(() => taken(page), { timeout: 60_000 }).toBe(1);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await button(page, 'Start').click();
  await expect.poll(() => taken(page), { timeout: 90_000 }).toBeGreaterThan(20);
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  // A step takes a hundred milliseconds and more: were one of them taken here, there would be twenty.
  expect(tasks.length).toBeLessThan(3);
});

test('a hidden page pauses it', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-wasm');
  await button(page, 'Start').click();
  await expect.poll(() => taken(page), { timeout: 60_000 }).toBeGreaterThan(0);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(page.locator('.instrument-notice')).toContainText('Paused while the page was hidden');
  await expect(button(page, 'Start')).toBeVisible();
});

test('a loss in Julia: it descends, and a mistake is a sentence', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-wasm');
  await page.getByText('Change the experiment').click();
  await page.getByLabel('a loss of your own').check();
  await page.locator('[data-set="steps"]').fill('2');
  await button(page, 'Start').click();
  await expect(status(page)).toContainText('step 2 of 2', { timeout: 60_000 });
  await page.locator('[data-set="julia"]').fill('loss(x) = norm(V(x) - TT)');
  await button(page, 'Start').click();
  await expect(page.locator('.instrument-notice')).toContainText('UndefVarError: `TT` not defined in `Main`');
  await page.locator('[data-set="rate"]').fill('-1');
  await expect(page.locator('.instrument-notice')).toContainText('The rate must be a number');
});

test('when the graphics context is lost, it says so, and WASM descends', async ({ page }) => {
  test.setTimeout(300_000);
  const worker = holdContext(page);
  await page.goto('./inverse/?engine=tfjs-webgl');
  await button(page, 'Step').click();
  await expect.poll(() => taken(page), { timeout: 120_000 }).toBe(1);
  await (
    await worker
  ).evaluate(() => {
    const { lastContext } = globalThis as unknown as { lastContext: WebGL2RenderingContext };
    lastContext.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await expect(page.locator('.instrument-notice')).toContainText(/WebGL was lost .*WASM takes over/);
  await button(page, 'Step').click();
  await expect.poll(() => taken(page), { timeout: 120_000 }).toBe(1);
  await expect(status(page)).toContainText('on WASM');
});

for (const asked of ['?engine=tfjs-webgl', '']) {
  test(`an engine that never answers${asked} is replaced by WASM, which does what was ordered`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.clock.install();
    // The first worker is given no word: as with a driver that hangs.
    await page.addInitScript(() => {
      const { Worker } = window;
      let made = 0;
      window.Worker = class extends Worker {
        readonly #silent = made++ === 0;
        override postMessage(message: unknown, ...rest: never[]): void {
          if (!this.#silent) super.postMessage(message, ...rest);
        }
      };
    });
    await page.goto(`./inverse/${asked}`);
    await button(page, 'Step').click();
    await expect(status(page)).toContainText('starting');
    await page.clock.fastForward(61_000);
    await expect(page.locator('.instrument-notice')).toContainText(/did not start .*WASM takes over/);
    await page.clock.resume();
    await expect.poll(() => taken(page), { timeout: 120_000 }).toBe(1);
    await expect(status(page)).toContainText('on WASM');
    await expect(page.locator('.instrument-notice')).toContainText('WASM takes over');
  });
}

test('a stored cell that is run computes what was stored', { tag: '@slow' }, async ({ page }) => {
  // A hundred and thirty steps, each of them a gradient over 262,144 pixels.
  test.setTimeout(900_000);
  await page.goto('./inverse/?engine=tfjs-wasm');
  const id = 'stuttgart-cell-71-learned-image-130-steps';
  const kept = await built(page, id);
  await cell(page, id).getByRole('button', { name: 'Run' }).click();
  await expect(cell(page, id).getByRole('button', { name: 'Stop' })).toBeVisible({ timeout: 120_000 });
  await expect(cell(page, id)).not.toHaveAttribute('data-busy', { timeout: 800_000 });
  await expect(cell(page, id).locator('.cell-trouble')).toBeHidden();
  await expect(cell(page, id).locator('.cell-status')).toContainText('WASM');
  const found = await painted(page, id);
  const off = found.grey.reduce((sum, level, k) => sum + Math.abs(level - (kept.grey[k] ?? NaN)), 0);
  expect(found.grey).toHaveLength(512 * 512);
  expect(off / found.grey.length).toBeLessThan(1);
});

test('a stored cell runs only when asked', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-wasm');
  const cell = page.locator('#flux-variation-3-cell-49-delta-full-contrast');
  await cell.scrollIntoViewIfNeeded();
  await cell.hover();
  await cell.locator('.cell-picture').focus();
  await page.waitForTimeout(2000);
  await expect(cell).not.toHaveAttribute('data-busy', '');
  await expect(cell.locator('img')).toBeVisible();
});
