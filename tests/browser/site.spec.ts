/** The house: its width, its themes, its silence towards other hosts, its policy. */
import { expect, test, type Page } from '@playwright/test';
import { gallery, pages, tagsOf } from './built.ts';

/** What sticks out of the page at a width, and by how much. */
async function expectNoSidewaysScroll(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => ({
      width: innerWidth,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      culprits: [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .filter((element) => element.closest('pre, table, math, .cell-numbers, .visually-hidden') === null)
        .map((element) => element.outerHTML.slice(0, 100)),
    }));
    expect(wide.width).toBe(width);
    expect(wide.overflow, `${width} px: ${wide.culprits.join('\n')}`).toBeLessThanOrEqual(0);
  }
}

for (const address of [...pages, gallery]) {
  test(
    `${address} never scrolls sideways in a hand, at 360 and 390 px`,
    tagsOf(address),
    async ({ browser, baseURL }) => {
      const viewport = { width: 360, height: 800 };
      const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true, baseURL });
      const page = await context.newPage();
      await page.goto(address);
      await expectNoSidewaysScroll(page, [360, 390]);
      await context.close();
    },
  );

  test(`${address} says what it is, fits a desk, asks no other host, and keeps to its own policy`, async ({ page }) => {
    const foreign: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.hostname !== '127.0.0.1') foreign.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address);
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('main')).toHaveCount(1);
    expect(await page.locator('meta[name=description]').getAttribute('content')).toMatch(/.{40}/);
    expect(await page.title()).toContain('Images as Matrices');
    await expectNoSidewaysScroll(page, [768, 1440]);
    await page.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 600) {
        scrollTo(0, y);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    await page.waitForLoadState('networkidle');
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    const policy = (await page.locator('meta[http-equiv="content-security-policy" i]').getAttribute('content')) ?? '';
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(scripts).toContain("'wasm-unsafe-eval'");
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(scripts).not.toContain("'unsafe-eval'");
  });
}

test('a script that the page did not bring is refused', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.intruder = true';
    document.body.append(script);
  });
  expect(await page.evaluate(() => 'intruder' in globalThis)).toBe(false);
});

test('the theme follows the system, then the reader, and is kept', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ colorScheme: 'light', baseURL });
  const page = await context.newPage();
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const brightness = async (): Promise<number> => Number(/\d+/.exec(await paper())?.[0]);
  await page.goto('./');
  expect(await brightness()).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await brightness()).toBeLessThan(60);

  await page.getByRole('radio', { name: 'Light' }).check({ force: true });
  expect(await brightness()).toBeGreaterThan(200);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  expect(await brightness()).toBeGreaterThan(200);

  await page.getByRole('radio', { name: 'As the system' }).check({ force: true });
  expect(await brightness()).toBeLessThan(60);
  await context.close();
});

test('a chosen theme is there before the first paint', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ colorScheme: 'light', baseURL });
  const page = await context.newPage();
  await page.goto('./');
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  // The body arrives only after the theme has been set: whoever sees the first element of it sees the chosen theme.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('body') === null) return;
      document.documentElement.dataset['themeAtBody'] = document.documentElement.dataset['theme'] ?? 'none';
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme-at-body', 'dark');
  await context.close();
});

test('the first stop of the keyboard leads past the header', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the article' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('the index opens, names every article and closes, with the keyboard alone', async ({ page }) => {
  await page.goto('./');
  const index = page.getByRole('navigation', { name: 'Articles' });
  // The list of all articles, and the page for authors, are reached from the foot and from articles.
  const listed = pages.filter((address) => address !== './contents/' && address !== './contribute/');
  await index.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(index.getByRole('link')).toHaveCount(listed.length);
  await expect(index.locator('[aria-current=page]')).toContainText('Images as Matrices');
  await page.keyboard.press('Enter');
  await expect(index.getByRole('link').first()).toBeHidden();
});

test('an address that is not there gets a page that leads back', async ({ page }) => {
  const response = await page.goto('./nowhere/');
  expect(response?.status()).toBe(404);
  await page.getByRole('link', { name: 'The poster' }).click();
  await expect(page.locator('h1')).toHaveText('Images as Matrices');
});

test('with reduced motion nothing is animated', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1).length,
  );
  expect(moving).toBe(0);
});
