/** The 3D views at work on the pages: a cell's view switch, figures of factors, and one pixel selected everywhere. */
import { expect, test, type Page } from '@playwright/test';
import { cell, framesAsked, runWith, wake } from './cells.ts';

const HERO = 'symmetric';

async function openViews(page: Page, id: string): Promise<void> {
  await cell(page, id).getByRole('button', { name: '3D', exact: true }).click();
  await expect(cell(page, id).locator('matrix-surface canvas')).toBeVisible({ timeout: 90_000 });
}

test('three.js comes with the first view, and not before', async ({ page }) => {
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.text());
  });
  // What has come is read to its end before it is counted.
  const withThree = async (): Promise<number> =>
    (await Promise.all(scripts)).filter((text) => text.includes('WebGLRenderer')).length;
  await page.goto('/');
  await wake(page, HERO);
  expect(await withThree()).toBe(0);
  await openViews(page, HERO);
  expect(await withThree()).toBe(1);
});

test('a result as a surface, and the product that it ends in as a cube', async ({ page }) => {
  await page.goto('/');
  await openViews(page, HERO);
  await cell(page, HERO).getByRole('button', { name: 'Product cube' }).click();
  await expect(cell(page, HERO).locator('product-cube canvas')).toBeVisible({ timeout: 90_000 });
  await expect(cell(page, HERO).locator('matrix-surface')).toHaveCount(0);
  await expect(cell(page, HERO).locator('[data-panel=views]')).toContainText('A is left, B is right.');
  // What no product made has no cube; the panel goes on with the surface of the new result.
  await runWith(page, HERO, "A = mandrill\nsymmetric = A + A'");
  await expect(cell(page, HERO).locator('matrix-surface canvas')).toBeVisible();
  await expect(cell(page, HERO).getByRole('button', { name: 'Product cube' })).toBeHidden();
  await cell(page, HERO).getByRole('button', { name: 'Picture only' }).click();
  await expect(cell(page, HERO).locator('matrix-surface')).toHaveCount(0);
  await expect(cell(page, HERO).getByRole('button', { name: '3D', exact: true })).toBeFocused();
});

for (const [views, tag] of [
  [5, []],
  [20, ['@slow']],
] as const) {
  test(`${views} views opened and closed leave no tensor behind`, { tag: [...tag] }, async ({ page }) => {
    // The engine that tfjs keeps the count of.
    await page.goto('/?engine=tfjs-webgl');
    await openViews(page, HERO);
    const close = cell(page, HERO).getByRole('button', { name: 'Picture only' });
    await close.click();
    const [worker] = page.workers();
    if (!worker) throw new Error('the page has no worker');
    // Where tfjs keeps its engine: https://github.com/tensorflow/tfjs, tfjs-core/src/engine.ts, getOrMakeEngine.
    const tensors = (): Promise<number> =>
      worker.evaluate(
        () => (globalThis as { _tfengine?: { state: { numTensors: number } } })._tfengine?.state.numTensors ?? -1,
      );
    const start = await tensors();
    expect(start).toBeGreaterThanOrEqual(0);
    for (let cycle = 0; cycle < views; cycle += 1) {
      await openViews(page, HERO);
      await close.click();
      await expect(cell(page, HERO).locator('matrix-surface')).toHaveCount(0);
    }
    await expect.poll(tensors).toBe(start);
  });
}

test('one pixel is selected in every picture of its size, and in 3D', async ({ page }) => {
  await page.goto('/');
  await wake(page, 'raw');
  await openViews(page, HERO);
  // The panel has moved things under the mouse: a late `pointerleave` of a picture would let go of the pixel.
  await page.mouse.move(1, 1);
  const picture = cell(page, HERO).locator('.cell-picture');
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, HERO).locator('.cell-readout')).toHaveText(/^row 256, column 257: /);
  await expect(cell(page, 'raw').locator('.cell-readout')).toHaveText(/^row 256, column 257: /);
  await expect(cell(page, HERO).locator('.scene-readout')).toContainText('symmetric[256, 257] = ');
  // And from 3D to the pictures.
  await cell(page, HERO).locator('matrix-surface canvas').focus();
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, 'raw').locator('.cell-readout')).toHaveText(/^row 257, column 257: /);
});

test('a figure of factors goes on from the trace of the build', async ({ page }) => {
  await page.goto('/mechanism/');
  const figure = page.locator('julia-factors#pixel');
  const sentence = figure.locator('figure > product-trace .trace-sentence');
  const built = await sentence.textContent();
  expect(built).toMatch(/^C\[220, 123\] = /);
  await figure.getByRole('button', { name: 'Raw' }).click();
  await expect(sentence).not.toHaveText(built ?? '', { timeout: 90_000 });
  await expect(sentence).toHaveText(/^C\[220, 123\] = \d+/);
  await figure.getByRole('button', { name: 'Open the cube' }).click();
  await expect(figure.locator('product-cube canvas')).toBeVisible({ timeout: 90_000 });
  await expect(figure.locator('.scene-readout')).toContainText('C[220, 123] = row 220 of A · column 123 of B');
  await figure.getByRole('button', { name: 'Close' }).click();
  await expect(figure.locator('product-cube')).toHaveCount(0);
});

test('an open figure follows the program that it reads', async ({ page }) => {
  await page.goto('/machines/');
  const figure = page.locator('julia-factors#surfaces');
  await figure.getByRole('button', { name: 'Turn it' }).click();
  await expect(figure.locator('matrix-surface canvas')).toBeVisible({ timeout: 90_000 });
  await expect(figure.locator('img').first()).toBeHidden();
  const value = (): Promise<unknown> =>
    figure
      .locator('matrix-surface')
      .evaluate((element) => (element as HTMLElement & { matrix: { data: ArrayLike<number> } | null }).matrix?.data[0]);
  const first = await value();
  expect(typeof first).toBe('number');
  await page.locator('#warp-value input[type=range]').first().fill('16');
  await expect.poll(value, { timeout: 90_000 }).not.toBe(first);
  await figure.getByRole('button', { name: 'Close' }).click();
  await expect(figure.locator('img').first()).toBeVisible();
});

test('a stored picture as a surface needs no engine', async ({ page }) => {
  await page.goto('/inverse/');
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  const figure = page.locator('julia-factors#surfaces');
  await figure.getByRole('button', { name: 'Turn it' }).click();
  await expect(figure.locator('matrix-surface canvas')).toBeVisible({ timeout: 90_000 });
  await expect(figure.locator('.scene-readout')).toHaveText(/^512 × 512, from 0\.00\d+ to 1$/);
  expect(workers).toEqual([]);
});

test('layers and surfaces are pictures without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [path, id, count] of [
    ['/mechanism/', 'layers', 8],
    ['/machines/', 'surfaces', 2],
    ['/inverse/', 'surfaces', 2],
  ] as const) {
    await page.goto(path);
    const pictures = page.locator(`julia-factors#${id} img`);
    await expect(pictures).toHaveCount(count);
    for (const src of await pictures.evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? '')))
      expect((await page.request.get(src)).ok()).toBe(true);
  }
  await context.close();
});

test('a page with an open view keeps still', async ({ page }) => {
  await page.goto('/');
  await openViews(page, HERO);
  await page.mouse.move(0, 0);
  const surface = cell(page, HERO).locator('matrix-surface');
  const frames = (): Promise<number> => surface.evaluate((element) => Reflect.get(element, 'frames') as number);
  await expect.poll(frames).toBeGreaterThan(0);
  await page.waitForTimeout(1000);
  const before = await frames();
  const asked = await framesAsked(page);
  expect([asked, await frames()]).toEqual([0, before]);
});
