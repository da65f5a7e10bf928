/** A browser without WebGL: what asks for it is computed by WASM, and says so. */
import { expect, test } from '@playwright/test';
import { chromiumArguments } from '../../scripts/chromium.ts';

test.use({
  launchOptions: {
    ...(process.env['CHROMIUM_PATH'] === undefined ? {} : { executablePath: process.env['CHROMIUM_PATH'] }),
    args: [
      ...chromiumArguments.filter((one) => !/swiftshader|gpu/.test(one)),
      '--disable-gpu',
      '--disable-software-rasterizer',
    ],
  },
});

test('the descent falls back to WASM with a sentence', async ({ page }) => {
  await page.goto('./inverse/?engine=tfjs-webgl');
  await page.locator('descent-run').getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.locator('.descent-status')).toContainText('step 1 of', { timeout: 90_000 });
  await expect(page.locator('.descent-status')).toContainText('on WASM');
  await expect(page.locator('.instrument-notice')).toContainText(/^WebGL cannot compute here \(.+\); WASM does\.$/);
});
