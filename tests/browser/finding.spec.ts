/** Finding one's way: the header, its menus, the sections of an article, links to headings, before and after, the search. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.ts';
import { phone } from './cells.ts';

const kilobyte = 1024;
const test = base.extend<{ asked: (page: Page) => Map<string, number> }>({
  // Playwright reads what the fixture needs, nothing, from this pattern.
  asked: async ({}, use) => {
    await use((page) => {
      const sizes = new Map<string, number>();
      page.on('requestfinished', (request) => {
        void request
          .sizes()
          .then(({ responseBodySize }) => sizes.set(new URL(request.url()).pathname, responseBodySize));
      });
      return sizes;
    });
  },
});

const search = (page: Page) => page.getByRole('dialog', { name: 'Search' });

test('the menu of articles closes with Escape, and with a press elsewhere', async ({ page }) => {
  await page.goto('./');
  const menu = page.getByRole('navigation', { name: 'Articles' });
  const summary = menu.locator('summary');
  await summary.click();
  await expect(menu.getByRole('link').first()).toBeVisible();
  await menu.getByRole('link').first().focus();
  await page.keyboard.press('Escape');
  await expect(menu.getByRole('link').first()).toBeHidden();
  await expect(summary).toBeFocused();
  await summary.click();
  await expect(menu.getByRole('link').first()).toBeVisible();
  await page.locator('h1').click({ position: { x: 8, y: 8 } });
  await expect(menu.getByRole('link').first()).toBeHidden();
});

for (const [width, touch] of [
  [1440, false],
  [390, true],
] as const) {
  test(`at ${width} px the sections of an article are listed and lead there, below the header`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      isMobile: touch,
      hasTouch: touch,
      baseURL,
    });
    const page = await context.newPage();
    await page.goto('./mechanism/');
    const sections = page.getByRole('navigation', { name: 'Sections of this article' });
    const press = (name: string) => {
      const target = sections.getByText(name, { exact: true });
      return touch ? target.tap() : target.click();
    };
    await press('On this page');
    await expect(sections.getByRole('link')).toHaveCount(await page.locator('.article-body h2').count());
    await press('Read it as chance');
    await expect(page).toHaveURL(/#read-it-as-chance$/);
    await expect(sections.getByRole('link').first()).toBeHidden();
    const heading = page.getByRole('heading', { name: 'Read it as chance' });
    await expect(heading).toBeInViewport();
    const box = await heading.boundingBox();
    expect(box?.y ?? 0).toBeGreaterThan(40);
    // The heading that was jumped to offers its address: the next stop of the keyboard.
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Link to “Read it as chance”' })).toBeFocused();
    await context.close();
  });
}

test('a heading shows its link under the mouse', async ({ page }) => {
  await page.goto('./mechanism/');
  const link = page.locator('#one-identity .heading-anchor');
  await expect(link).toBeHidden();
  await page.locator('#one-identity').hover();
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute('href', '#one-identity');
});

test('an article leads to the one before and the one after', async ({ page }) => {
  await page.goto('./scale/');
  const both = page.getByRole('navigation', { name: 'The article before and the one after' });
  await both.getByRole('link', { name: /^Next/ }).click();
  await expect(page).toHaveURL(/softmax-variants/);
  await both.getByRole('link', { name: /^Previous/ }).click();
  await expect(page).toHaveURL(/\/scale\//);
});

test('the header goes away on the way down, and is back on the way up and under the keyboard', async ({ page }) => {
  await page.goto('./scale/');
  const bar = page.locator('.site-bar');
  await expect(bar).toBeInViewport();
  await page.mouse.wheel(0, 900);
  await expect(bar).not.toBeInViewport();
  await page.mouse.wheel(0, -200);
  await expect(bar).toBeInViewport();
  await page.mouse.wheel(0, 900);
  await expect(bar).not.toBeInViewport();
  await page.locator('.index summary').focus();
  await expect(bar).toBeInViewport();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await bar.evaluate((element) => parseFloat(getComputedStyle(element).transitionDuration))).toBeLessThan(0.001);
});

test('"/" opens the search, which finds words of articles and functions of the Julia here', async ({ page, asked }) => {
  const sizes = asked(page);
  await page.goto('./', { waitUntil: 'networkidle' });
  sizes.clear();
  await page.keyboard.press('/');
  const box = search(page).getByRole('searchbox');
  await expect(box).toBeFocused();
  await page.waitForLoadState('networkidle');
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes, [...sizes].join('\n')).toBeLessThan(60 * kilobyte);
  await box.fill('plaid');
  await expect(search(page).getByRole('status')).toHaveText(/^\d+ places on \d+ pages?$/);
  await expect(search(page).getByRole('link').filter({ hasText: 'Why softmax on both sides' }).first()).toBeVisible();
  await box.fill('normalize_image_signed');
  await expect(search(page).getByRole('link').filter({ hasText: 'The Julia here' }).first()).toBeVisible();
  await box.fill('日本');
  await expect(search(page).getByRole('status')).toHaveText('Nothing found for “日本”.');
  await page.keyboard.press('Escape');
  await expect(search(page)).toBeHidden();
});

test('the search is used with the keyboard alone, and axe finds nothing in it', async ({ page }) => {
  await page.goto('./about/');
  await page.getByRole('button', { name: 'Search' }).focus();
  await page.keyboard.press('Enter');
  await expect(search(page).getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('collision probability');
  const links = search(page).getByRole('link');
  await expect(links.first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(links.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(search(page).getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/mechanism/);
});

test('"/" in an editor is a letter', async ({ page }) => {
  await page.goto('./');
  await page.locator('#symmetric').getByRole('button', { name: 'Edit' }).click();
  await page.locator('#symmetric .cm-content').click();
  await page.keyboard.press('/');
  await expect(search(page)).toHaveCount(0);
});

test('without a network the search says so, and finds once it is back', async ({ page, context }) => {
  await page.goto('./');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.locator('site-search').getByRole('status')).toContainText('offline');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(search(page).getByRole('searchbox')).toBeVisible();
  await context.setOffline(true);
  await search(page).getByRole('searchbox').fill('plaid');
  await expect(search(page).getByRole('status')).toContainText('offline');
  await context.setOffline(false);
  await search(page).getByRole('searchbox').fill('plaids');
  await expect(search(page).getByRole('link').first()).toBeVisible();
});

test('without scripts there is no search to press', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Search' })).toHaveCount(0);
  await context.close();
});

test('the index holds the articles, the pages about Julia and for authors, and the lab, and nothing else', async () => {
  const { server, url } = await serve('dist');
  const entry = (await (await fetch(`${url}pagefind/pagefind-entry.json`)).json()) as {
    languages: Record<string, { page_count: number }>;
  };
  server.close();
  expect(entry.languages['en']?.page_count).toBe(13);
});

test('a finger opens the search and goes where it found something', async ({ browser, baseURL }) => {
  const page = await phone(browser, baseURL);
  await page.goto('./scale/');
  await page.getByRole('button', { name: 'Search' }).tap();
  await search(page).getByRole('searchbox').fill('equal terms');
  await expect(search(page).getByRole('link').filter({ hasText: 'terms. ■' }).first()).toBeVisible();
  await expect(
    search(page)
      .getByRole('link')
      .filter({ hasText: String.raw`\blacksquare` }),
  ).toHaveCount(0);
  await search(page).getByRole('searchbox').fill('collision probability');
  const first = search(page).getByRole('link').first();
  await expect(first).toContainText('collision probability');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await first.tap();
  await expect(page).toHaveURL(/mechanism/);
  await page.context().close();
});
