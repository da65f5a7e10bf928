/** With JavaScript off, the page reads whole. */
import { expect, test } from '@playwright/test';
import { pages } from './built.ts';

test.use({ javaScriptEnabled: false });

for (const address of pages) {
  test(`every figure and formula of ${address} is there without JavaScript`, async ({ page }) => {
    await page.goto(address);
    await expect(page.locator('h1')).toBeVisible();

    const pictures = page.locator('main img');
    for (const picture of await pictures.all()) {
      await picture.scrollIntoViewIfNeeded();
      await expect(picture).toBeVisible();
      await expect
        .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
        .toBeGreaterThan(0);
      expect(await picture.getAttribute('alt'), 'a figure says in words what it shows').toMatch(/\w+ \w+/);
    }
    for (const formula of await page.locator('main math').all()) {
      const box = await formula.boundingBox();
      expect(box?.width ?? 0).toBeGreaterThan(4);
    }
    await expect(page.locator('main .katex-error')).toHaveCount(0);
    // What only a script could answer does not offer itself.
    await expect(page.locator('.theme-switch')).toBeHidden();
  });
}

test('the poster has its pictures, its programs and its formulas', async ({ page }) => {
  await page.goto('./');
  expect(await page.locator('main figure img').count()).toBeGreaterThanOrEqual(12);
  expect(await page.locator('main math').count()).toBeGreaterThanOrEqual(5);
  await expect(page.locator('#symmetric')).toContainText("normalize_image(A' * A)");
  await expect(page.getByText('What the author found').first()).toBeVisible();
  await expect(page.getByText('What this site adds').first()).toBeVisible();
  await expect(page.getByText('What nobody knows').first()).toBeVisible();
});
