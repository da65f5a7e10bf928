/** The machines: a slider that plays, and a dataflow drawn beneath its cell. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';

const KNOB = '#warp-value [data-bind="knob"] input[type=range]';

/** The player of the knob, with the page's cells on the engine that starts fastest in a test. */
async function open(page: Page, reducedMotion: 'reduce' | 'no-preference' = 'no-preference'): Promise<Locator> {
  await page.emulateMedia({ reducedMotion });
  await page.goto('machines/?engine=tfjs-wasm');
  return page.locator('julia-animate[data-name=knob]');
}

const positionOf = (page: Page): Promise<number> =>
  page.locator(KNOB).evaluate((input: HTMLInputElement) => Number(input.value));

test('plays the knob, pauses, and steps', async ({ page }) => {
  const player = await open(page);
  await player.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => positionOf(page)).toBeGreaterThan(2);
  await expect(page.locator('#warp-value .cell-picture canvas')).toBeVisible();
  await player.getByRole('button', { name: 'Pause' }).click();
  await expect(player.getByRole('button', { name: 'Play' })).toHaveAttribute('aria-pressed', 'false');
  await page.waitForTimeout(500);
  const still = await positionOf(page);
  await page.waitForTimeout(700);
  expect(await positionOf(page)).toBe(still);
  await player.getByRole('button', { name: 'one step on' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => positionOf(page)).toBe(still + 1);
  await player.getByRole('button', { name: 'one step back' }).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => positionOf(page)).toBe(still);
});

test('rests while its pictures are off screen, and goes on after', async ({ page }) => {
  const player = await open(page);
  await player.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => positionOf(page)).toBeGreaterThan(0);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(1500);
  const still = await positionOf(page);
  await page.waitForTimeout(1000);
  expect(await positionOf(page)).toBe(still);
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => positionOf(page)).not.toBe(still);
});

test('only steps for readers who asked for less motion', async ({ page }) => {
  const player = await open(page, 'reduce');
  await expect(player.getByRole('button', { name: 'Play' })).toBeHidden();
  await player.getByRole('button', { name: 'one step on' }).click();
  await expect.poll(() => positionOf(page)).toBe(1);
});

test('says what a GIF weighs, makes it, and can be stopped', async ({ page }) => {
  test.slow();
  const player = await open(page);
  const say = player.locator('.animate-say');
  await player.getByRole('button', { name: 'GIF', exact: true }).click();
  await expect(say).toHaveText(/62 frames of 512 × 512 pixels in 256 greys, 10 a second: about \d+(\.\d)? MB\./, {
    timeout: 60_000,
  });
  const told = Number(/about ([\d.]+) MB/.exec((await say.textContent()) ?? '')?.[1]);

  await player.getByRole('button', { name: 'Make the GIF' }).click();
  await expect(player.locator('progress')).toBeVisible();
  await player.getByRole('button', { name: 'Cancel' }).click();
  await expect(say).toHaveText('The recording was cancelled.');
  await expect.poll(() => positionOf(page)).toBe(0);

  const download = page.waitForEvent('download');
  await player.getByRole('button', { name: 'Make the GIF' }).click();
  const bytes = await readFile(await (await download).path());
  expect(bytes.subarray(0, 6).toString()).toBe('GIF89a');
  expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([512, 512]);
  expect(framesIn(bytes)).toBe(62);
  expect(bytes.length / 1e6 / told).toBeGreaterThan(0.7);
  expect(bytes.length / 1e6 / told).toBeLessThan(1.4);
});

test('films a turn as WebM, with progress', { tag: '@slow' }, async ({ page, context }) => {
  test.slow();
  const player = await open(page);
  await player.getByRole('button', { name: 'GIF', exact: true }).click();
  await player.locator('.animate-speed select').selectOption('30');
  const download = page.waitForEvent('download', { timeout: 200_000 });
  await player.getByRole('button', { name: 'Make a WebM film' }).click();
  await expect(player.locator('progress')).toBeVisible();
  const film = await download;
  expect(film.suggestedFilename()).toMatch(/-knob\.webm$/);
  const bytes = await readFile(await film.path());
  expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  // The browser itself plays it, at the picture's size; the site's pages may play no film from an address of data.
  const blank = await context.newPage();
  const facts = await blank.evaluate(async (data) => {
    const video = document.createElement('video');
    video.src = `data:video/webm;base64,${data}`;
    await new Promise((done, failed) => {
      video.addEventListener('loadeddata', done);
      video.addEventListener('error', failed);
    });
    return [video.videoWidth, video.videoHeight];
  }, bytes.toString('base64'));
  expect(facts).toEqual([512, 512]);
});

/** Walks over a GIF's blocks and counts its pictures. */
function framesIn(bytes: Buffer): number {
  let frames = 0;
  const table = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + table(bytes[10] ?? 0);
  const skip = (): void => {
    for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) at += size + 1;
    at += 1;
  };
  while (at < bytes.length && bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) at += 2;
    else {
      frames += 1;
      at += 10 + table(bytes[at + 9] ?? 0) + 1;
    }
    skip();
  }
  return frames;
}

test('the dataflow stands in the HTML, in pictures and in words', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 800 },
    baseURL,
  });
  const page = await context.newPage();
  await page.goto('machines/');
  const flow = page.locator('julia-flow');
  await expect(flow.locator('.flow-node')).toHaveCount(7);
  await expect(flow.locator('image')).toHaveCount(7);
  await flow.getByText('The steps in words').click();
  await expect(flow.locator('li').filter({ hasText: 'left' }).first()).toContainText('softmax(warp(airplane); dims=2)');
  await expect(page.locator('julia-animate').first()).toBeHidden();
  await context.close();
});

test('the dataflow follows the program and its values', async ({ page }) => {
  await page.goto('machines/?engine=tfjs-wasm');
  const cell = page.locator('#machine');
  const flow = page.locator('julia-flow');
  await cell.getByRole('button', { name: 'Edit' }).click();
  await cell
    .locator('.cm-content')
    .fill('left = softmax(airplane; dims=2)\nproduct = left * mandrill\nfactor = 3\nnormalize_image(factor * product)');
  await page.keyboard.press('Shift+Enter');
  await flow.scrollIntoViewIfNeeded();
  await expect(flow.locator('.flow-name')).toHaveText(
    ['airplane', 'left', 'mandrill', 'product', 'factor = 3', 'result'],
    { timeout: 60_000 },
  );
  await expect(flow.locator('image')).toHaveCount(5);
  for (const image of await flow.locator('image').all())
    await expect(image).toHaveAttribute('href', /^data:image\/png/);
  const { violations } = await new AxeBuilder({ page }).include('julia-flow').include('julia-animate').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
