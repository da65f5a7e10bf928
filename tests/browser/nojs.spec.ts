/** With JavaScript off, the page reads whole. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { pages } from './built.ts';

test.use({ javaScriptEnabled: false });

for (const address of pages) {
  test(`every figure and formula of ${address} is there without JavaScript`, async ({ page }) => {
    await page.goto(address);
    await expect(page.locator('h1')).toBeVisible();

    // All of them at once: a question to the browser for each of some hundred formulas takes a minute.
    const pictures = page.locator('main img');
    await pictures.evaluateAll((images: HTMLImageElement[]) => images.forEach((image) => (image.loading = 'eager')));
    const missing = (): Promise<string[]> =>
      pictures.evaluateAll((images: HTMLImageElement[]) =>
        images
          .filter((image) => !image.complete || image.naturalWidth === 0 || !image.checkVisibility())
          .map(({ src }) => src),
      );
    await expect.poll(missing).toEqual([]);
    for (const alt of await pictures.evaluateAll((images: HTMLImageElement[]) => images.map((image) => image.alt)))
      expect(alt, 'a figure says in words what it shows').toMatch(/\w+ \w+/);
    const widths = await page
      .locator('main math')
      .evaluateAll((formulas) => formulas.map((formula) => formula.getBoundingClientRect().width));
    expect(Math.min(5, ...widths)).toBeGreaterThan(4);
    await expect(page.locator('main .katex-error')).toHaveCount(0);
    // What only a script could answer does not offer itself.
    await expect(page.locator('.theme-switch')).toBeHidden();
  });
}

for (const [address, chart, names, rows] of [
  ['./scale/', '#curves', ['halvings of 512', 'block means', 'sampled'], 9],
  ['./softmax-variants/', '#curve-s', ['s', 'correlation'], 10],
  ['./softmax-variants/', '#curve-beta', ['beta', 'correlation'], 10],
  ['./signed/', '#constants', ['c', 'one constant', 'own means'], 21],
  ['./mechanism/', '#pixel', ['k', 'left', 'right', 'product'], 512],
  ['./inverse/', '.descent', ['step', 'loss'], 228],
] as const) {
  test(`the chart ${chart} of ${address} hands over its numbers without JavaScript`, async ({ page }) => {
    await page.goto(address);
    const link = page.locator(`${chart} a.plot-data`);
    expect(await link.getAttribute('download')).toMatch(/\w\.csv$/);
    const download = page.waitForEvent('download');
    await link.click();
    const [header = '', ...lines] = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
    expect(header.split(',')).toEqual(names);
    expect(lines).toHaveLength(rows);
    for (const line of lines) {
      expect(line.split(',')).toHaveLength(names.length);
      for (const field of line.split(',')) expect(Number.isFinite(Number(field)), field).toBe(true);
    }
    // The dash and the shape of the points tell the lines apart; so do their names, at the ends.
    const lost = await page.locator(`${chart} svg.plot-wide`).evaluateAll((charts) =>
      charts.flatMap((svg) => {
        const dashes = [...svg.querySelectorAll(':scope > path')].map((path) => path.getAttribute('stroke-dasharray'));
        return dashes.length === new Set(dashes).size ? [] : dashes;
      }),
    );
    expect(lost).toEqual([]);
  });
}

test('the poster has its pictures, its programs and its formulas', async ({ page }) => {
  await page.goto('./');
  expect(await page.locator('main figure img').count()).toBeGreaterThanOrEqual(12);
  expect(await page.locator('main math').count()).toBeGreaterThanOrEqual(5);
  await expect(page.locator('#symmetric')).toContainText('normalize_image(left * right)');
  await expect(page.getByText('What the author found').first()).toBeVisible();
  await expect(page.getByText('What this site adds').first()).toBeVisible();
  await expect(page.getByText('What nobody knows').first()).toBeVisible();
});
