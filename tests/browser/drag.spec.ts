import { expect, test } from '@playwright/test';
import { cell, difference, painted, runWith, settled } from './cells.ts';
import { FELT, longestTaskOf } from './longest-task.ts';

const HERO = 'symmetric';
const program = (factor: string): string =>
  `A = normalize_image(softmax(${factor} * mandrill; dims=1))\nsymmetric = normalize_image(A' * A)`;

test('a drag repaints as it goes, ends at its last value, and never holds the page up', async ({ page, browser }) => {
  await page.goto('/?engine=tfjs-wasm');
  await runWith(page, HERO, `@bind c Slider(0.5:0.5:20, default=1)\n${program('c')}`);
  const slider = cell(page, HERO).locator('input[type=range]');
  await expect(slider).toBeVisible();
  await page.evaluate(() => {
    const state = { paints: 0 };
    Object.assign(window, { state });
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
    const put = CanvasRenderingContext2D.prototype.putImageData as (
      this: CanvasRenderingContext2D,
      ...rest: unknown[]
    ) => void;
    CanvasRenderingContext2D.prototype.putImageData = function (this: CanvasRenderingContext2D, ...rest: unknown[]) {
      state.paints += 1;
      put.apply(this, rest);
    };
  });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('no slider');
  const y = box.y + box.height / 2;
  const longest = await longestTaskOf(browser, page, async () => {
    await page.mouse.move(box.x + 10, y);
    await page.mouse.down();
    for (let k = 0; k <= 30; k += 1) {
      await page.mouse.move(box.x + 10 + (k / 30) * (box.width - 20), y);
      await page.waitForTimeout(40);
    }
    await page.mouse.up();
    await settled(page, HERO);
  });
  expect(longest).toBeLessThan(FELT);
  expect(await page.evaluate(() => (window as unknown as { state: { paints: number } }).state.paints)).toBeGreaterThan(
    1,
  );

  const value = Number(await cell(page, HERO).locator('.cell-control output').textContent());
  expect(value).toBeGreaterThan(15);
  const dragged = await painted(page, HERO);
  await runWith(page, HERO, program(String(value)));
  expect(difference(await painted(page, HERO), dragged)).toBe(0);
});

test('a setting that makes the program fail can be taken back', async ({ page }) => {
  await page.goto('/');
  await runWith(page, 'raw', '@bind n Slider(1:5, default=2)\nraw = [10, 20, 30][n]');
  const raw = cell(page, 'raw');
  await expect(raw.locator('.cell-number')).toHaveText('20');
  await raw.getByRole('slider', { name: 'n' }).focus();
  await page.keyboard.press('End');
  await expect(raw.locator('.cell-trouble')).toContainText('BoundsError');
  await expect(raw.locator('.cell-number')).toHaveText('20');
  await page.keyboard.press('Home');
  await expect(raw.locator('.cell-number')).toHaveText('10');
  await expect(raw.locator('.cell-trouble')).toBeHidden();
});

test('controls answer to the keyboard, say their value, and have a reset', async ({ page }) => {
  await page.goto('/');
  await runWith(
    page,
    'raw',
    '@bind c Slider(1:10, default=3)\n@bind way Select([:rows, :columns])\n@bind both CheckBox(default=true)\nraw = (c, way, both)',
  );
  const raw = cell(page, 'raw');
  const text = raw.locator('.cell-text');
  await expect(text).toHaveText('(3, :rows, true)');
  await raw.getByRole('slider', { name: 'c' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(text).toHaveText('(4, :rows, true)');
  await expect(raw.locator('[data-bind=c] output')).toHaveText('4');
  await raw.getByRole('combobox', { name: 'way' }).selectOption('columns');
  await expect(text).toHaveText('(4, :columns, true)');
  await raw.getByRole('checkbox', { name: 'both' }).focus();
  await page.keyboard.press('Space');
  await expect(text).toHaveText('(4, :columns, false)');
  await raw.getByRole('button', { name: 'Reset c' }).click();
  await expect(text).toHaveText('(3, :columns, false)');
  await expect(raw.getByRole('slider', { name: 'c' })).toBeFocused();
});
