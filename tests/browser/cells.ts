/** Hands and eyes for the cells of a page. */
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';

/**
 * Widths at which a feature is tried. Tests that name no width run on a desk, so `npm test` adds the phone, and `npm run test:long` the wide
 * desk.
 */
export const WIDTHS = [
  { width: 390, tag: [] },
  { width: 1440, tag: ['@slow'] },
] as const;

export interface Levels {
  readonly rows: number;
  readonly cols: number;
  /** Grey levels, row-major. */
  readonly grey: number[];
}

export function cell(page: Page, id: string): Locator {
  return page.locator(`julia-cell#${id}`);
}

/** Rests the mouse on a cell's picture until its own result is on screen. */
export async function wake(page: Page, id: string): Promise<void> {
  await cell(page, id).locator('.cell-picture').hover();
  await expect(cell(page, id).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
  await settled(page, id);
}

/** Waits until nothing runs for the cell, and its result is painted. */
export async function settled(page: Page, id: string): Promise<void> {
  await expect(cell(page, id)).not.toHaveAttribute('data-busy', { timeout: 90_000 });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Opens the editor and replaces the cell's code. */
export async function write(page: Page, id: string, code: string): Promise<void> {
  const content = cell(page, id).locator('.cm-content');
  if (!(await content.isVisible())) await cell(page, id).getByRole('button', { name: 'Edit' }).click();
  await expect(content).toBeVisible({ timeout: 60_000 });
  await content.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

export async function runWith(page: Page, id: string, code: string): Promise<void> {
  await write(page, id, code);
  await page.keyboard.press('Shift+Enter');
  await settled(page, id);
}

/** What is on the cell's canvas. As text on its way here: a list of a quarter of a million numbers takes ten times as long. */
export async function painted(page: Page, id: string): Promise<Levels> {
  const { rows, cols, text } = await cell(page, id)
    .locator('.cell-picture canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const data =
        canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      let text = '';
      for (let k = 0; k < data.length; k += 4) text += String.fromCharCode(data[k] ?? 0);
      return { rows: canvas.height, cols: canvas.width, text: btoa(text) };
    });
  return { rows, cols, grey: [...Buffer.from(text, 'base64')] };
}

/** What the build wrote for the cell. */
export async function built(page: Page, id: string): Promise<Levels> {
  const address = await cell(page, id).locator('.cell-picture img').getAttribute('src');
  const response = await page.request.get(new URL(address ?? '', page.url()).href);
  return levelsOf(await response.body());
}

export async function levelsOf(file: Buffer): Promise<Levels> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const grey = Array.from({ length: info.width * info.height }, (_, k) => data[k * info.channels] ?? 0);
  return { rows: info.height, cols: info.width, grey };
}

/** The largest difference in grey levels; infinite where the shapes differ. */
export function difference(a: Levels, b: Levels): number {
  if (a.rows !== b.rows || a.cols !== b.cols) return Infinity;
  return a.grey.reduce((most, level, k) => Math.max(most, Math.abs(level - (b.grey[k] ?? NaN))), 0);
}

/** Animation frames that the page asks for within two seconds. */
export function framesAsked(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let count = 0;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => {
      count += 1;
      return ask(callback);
    };
    await new Promise((done) => setTimeout(done, 2000));
    return count;
  });
}

/** A page as a phone shows it, under a finger. Close its context at the end. */
export async function phone(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const options = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const context = await browser.newContext({ ...options, ...(baseURL === undefined ? {} : { baseURL }) });
  return context.newPage();
}
