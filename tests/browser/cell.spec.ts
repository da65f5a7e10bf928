import { readFile } from 'node:fs/promises';
import { expect, test, type Worker } from '@playwright/test';
import { built, cell, difference, framesAsked, levelsOf, painted, runWith, settled, wake, write } from './cells.ts';

const HERO = 'symmetric';
const RAW = "A = mandrill\nsymmetric = normalize_image(mandrill' * mandrill)";

test('an edit recomputes the cell and the cells that depend on it', async ({ page }) => {
  await page.goto('/');
  await runWith(page, HERO, RAW);
  expect(difference(await painted(page, HERO), await built(page, 'raw'))).toBeLessThanOrEqual(1);
  await settled(page, 'after');
  expect(difference(await painted(page, 'after'), await built(page, 'raw'))).toBeLessThanOrEqual(1);
  await expect(cell(page, HERO).locator('.cell-status')).toHaveText(/^\S.* · [\d.]+ ms$/);
});

test('an error stands at its place, and the last good picture stays', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  const before = await painted(page, HERO);
  await runWith(page, HERO, 'A = mandrill\nsymmetric = normalize_image(nobody)');
  await expect(cell(page, HERO).locator('.cell-trouble')).toContainText(
    'UndefVarError: `nobody` not defined in `Main`',
  );
  await expect(cell(page, HERO).locator('.cell-trouble')).toContainText('line 2, column 29');
  await expect(cell(page, HERO).locator('.cell-editor .cell-wrong')).toHaveText('nobody');
  expect(difference(await painted(page, HERO), before)).toBe(0);
  await runWith(page, HERO, 'A = (mandrill');
  await expect(cell(page, HERO).locator('.cell-trouble')).toContainText('ParseError');
  expect(difference(await painted(page, HERO), before)).toBe(0);
});

test('a name after a backslash and Tab give a sign, as in Julia; elsewhere Tab moves on', async ({ page }) => {
  await page.goto('/?engine=tfjs-wasm');
  await write(page, HERO, '');
  await page.keyboard.type('\\alpha');
  await page.keyboard.press('Tab');
  await page.keyboard.type(' = 3; ');
  await page.keyboard.type('\\alpha');
  await page.keyboard.press('Tab');
  await page.keyboard.type(' + 4');
  const content = cell(page, HERO).locator('.cm-content');
  await expect(content).toHaveText('α = 3; α + 4');
  await page.keyboard.press('Shift+Enter');
  await expect(cell(page, HERO).locator('.cell-value')).toContainText('7');
  await page.keyboard.press('Tab');
  await expect(content).not.toBeFocused();
});

test('reset puts code, picture and buttons back', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  const before = await painted(page, HERO);
  await runWith(page, HERO, RAW);
  expect(difference(await painted(page, HERO), before)).toBeGreaterThan(10);
  await cell(page, HERO).getByRole('button', { name: 'Reset', exact: true }).click();
  await settled(page, HERO);
  expect(difference(await painted(page, HERO), before)).toBe(0);
  await expect(cell(page, HERO).locator('.cell-code')).toContainText('softmax(mandrill; dims=1)');
  await expect(cell(page, HERO).getByRole('button', { name: 'Reset', exact: true })).toBeHidden();
});

test('the keyboard reads pixels, edits, runs and gets out again', async ({ page }) => {
  await page.goto('/');
  await cell(page, HERO).locator('.cell-picture').focus();
  await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
  const readout = cell(page, HERO).locator('.cell-readout');
  await page.keyboard.press('ArrowRight');
  await expect(readout).toHaveText(/^row 257, column 257: [\d.]+$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(readout).toHaveText(/^row 258, column 241: /);
  await page.keyboard.press('Escape');
  await expect(readout).toHaveText(/^512 × 512/);
  const edit = cell(page, HERO).getByRole('button', { name: 'Edit' });
  await edit.focus();
  await page.keyboard.press('Enter');
  await expect(cell(page, HERO).locator('.cm-content')).toBeFocused({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(cell(page, HERO).getByRole('button', { name: 'Run' })).toBeFocused();
});

test('the crosshair says row, column and the value under the pointer', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  const picture = cell(page, HERO).locator('.cell-picture');
  const box = await picture.boundingBox();
  if (box === null) throw new Error('no picture');
  await picture.hover({ position: { x: box.width * 0.25, y: box.height * 0.75 } });
  const readout = cell(page, HERO).locator('.cell-readout');
  await expect(readout).toHaveText(/^row \d+, column \d+: [\d.]+$/);
  const [row = NaN, col = NaN, value = NaN] = (await readout.textContent())?.match(/[\d.]+/g)?.map(Number) ?? [];
  expect(Math.abs(row - 385)).toBeLessThanOrEqual(2);
  expect(Math.abs(col - 129)).toBeLessThanOrEqual(2);
  const { grey } = await painted(page, HERO);
  expect(Math.round(255 * value)).toBe(grey[(row - 1) * 512 + col - 1]);
  await page.mouse.move(0, 0);
  await expect(cell(page, HERO).locator('.cell-line-row')).toBeHidden();
});

test('a saved PNG has exactly the levels on screen, and NPY the numbers behind them', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  await cell(page, HERO).getByRole('button', { name: 'More' }).click();
  const save = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      cell(page, HERO).getByRole('button', { name, exact: true }).click(),
    ]);
    return readFile(await download.path());
  };
  const levels = await levelsOf(await save('PNG (8-bit)'));
  expect(difference(levels, await painted(page, HERO))).toBe(0);
  const npy = await save('NPY');
  const header = npy.subarray(0, npy.indexOf('\n') + 1);
  expect(header.toString('latin1')).toContain("'shape': (512, 512)");
  const bytes = header.toString('latin1').includes('<f8') ? 8 : 4;
  const number = (k: number): number =>
    bytes === 8 ? npy.readDoubleLE(header.length + 8 * k) : npy.readFloatLE(header.length + 4 * k);
  for (let k = 0; k < 512 * 512; k += 997)
    expect(Math.round(255 * Math.min(1, Math.max(0, number(k))))).toBe(levels.grey[k]);
});

test('colour maps show their scale; grey is the start', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  await cell(page, HERO).getByRole('button', { name: 'More' }).click();
  await cell(page, HERO).getByRole('combobox', { name: 'Colours' }).selectOption('viridis');
  await expect(cell(page, HERO).locator('.cell-scale')).toBeVisible();
  await cell(page, HERO).getByRole('combobox', { name: 'Colours' }).selectOption('grey');
  await expect(cell(page, HERO).locator('.cell-scale')).toHaveCount(0);
  expect(difference(await painted(page, HERO), await built(page, HERO))).toBeLessThanOrEqual(1);
});

for (const [engine, words] of [
  ['reference', 'float64 JavaScript'],
  ['tfjs-wasm', 'WASM'],
  ['tfjs-webgl', 'WebGL'],
  ['tfjs-cpu', 'tfjs on the processor'],
] as const) {
  test(`${engine}, asked for, shows the picture that the build has`, async ({ page }) => {
    await page.goto(`/?engine=${engine}`);
    await wake(page, HERO);
    await expect(cell(page, HERO).locator('.cell-status')).toContainText(words);
    expect(difference(await painted(page, HERO), await built(page, HERO))).toBeLessThanOrEqual(1);
  });
}

test('when the graphics context is lost, WASM goes on and says so', async ({ page }) => {
  let worker: Worker | undefined;
  page.on('worker', (one) => (worker ??= one));
  // The engine's own context is kept in sight as it is made.
  await page.route('**/tfjs-webgl*.js', async (route) => {
    await worker?.evaluate(() => {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
      const make = OffscreenCanvas.prototype.getContext as (this: OffscreenCanvas, ...rest: unknown[]) => unknown;
      OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...rest: unknown[]) {
        const context = make.apply(this, rest);
        // Pictures are decoded on canvases of their own.
        if (String(rest[0]).startsWith('webgl')) Object.assign(globalThis, { lastContext: context });
        return context;
      } as typeof OffscreenCanvas.prototype.getContext;
    });
    await route.continue();
  });
  await page.goto('/?engine=tfjs-webgl');
  await wake(page, HERO);
  await expect(cell(page, HERO).locator('.cell-status')).toContainText('WebGL');
  await worker?.evaluate(() => {
    const { lastContext } = globalThis as unknown as { lastContext: WebGL2RenderingContext };
    lastContext.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('WASM goes on', { timeout: 60_000 });
  await runWith(page, HERO, RAW);
  await expect(cell(page, HERO).locator('.cell-status')).toContainText('WASM');
  expect(difference(await painted(page, HERO), await built(page, 'raw'))).toBeLessThanOrEqual(1);
});

test('a number, a table and a chart take the place of a picture, and give it back', async ({ page }) => {
  await page.goto('/');
  await runWith(page, 'raw', 'raw = sum([1 2; 3 4])');
  await expect(cell(page, 'raw').locator('.cell-number')).toHaveText('10');
  await runWith(page, 'raw', 'raw = [1 2; 3 4]');
  await expect(cell(page, 'raw').locator('.cell-numbers td')).toHaveText(['1', '2', '3', '4']);
  await runWith(page, 'raw', 'raw = plot(1:10, (1:10) .^ 2)');
  await expect(cell(page, 'raw').locator('svg.plot-wide > path')).toHaveCount(1);
  const data = page.waitForEvent('download');
  await cell(page, 'raw').getByRole('link', { name: 'Data as CSV' }).click();
  const rows = (await readFile(await (await data).path(), 'utf8')).trim().split('\n');
  expect(rows.slice(1)).toEqual(Array.from({ length: 10 }, (_, k) => `${k + 1},${(k + 1) ** 2}`));
  await runWith(page, 'raw', 'raw = mandrill');
  expect(difference(await painted(page, 'raw'), await built(page, 'mandrill'))).toBe(0);
});

test('an idle page keeps still', async ({ page }) => {
  await page.goto('/');
  await wake(page, HERO);
  await write(page, HERO, RAW);
  await page.mouse.move(0, 0);
  // What follows the change (the bar, numbers in the prose) asks for a frame or two, once.
  await expect.poll(() => framesAsked(page)).toBe(0);
});
