/** Words of an article, selected and quoted in an issue. */
import { expect, test, type Page } from '@playwright/test';
import { phone } from './cells.ts';

const button = (page: Page) => page.getByRole('button', { name: 'Quote in an issue' });

/** Selects the words of an element, as a hand would. */
async function select(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return (getSelection()?.toString() ?? '').replace(/\s+/g, ' ').trim();
    });
}

async function opened(page: Page, press: () => Promise<void>): Promise<URL> {
  await page.context().route(/github\.com/, (route) => route.fulfill({ body: 'an issue' }));
  const tab = page.context().waitForEvent('page');
  await press();
  const issue = await tab;
  await issue.waitForURL(/github/);
  return new URL(issue.url());
}

test('selected words of an article are quoted, with the way to their section', async ({ page }) => {
  await page.goto('/mechanism/');
  await expect(button(page)).toHaveCount(0);
  const words = await select(page, 'main h2[id] ~ p');
  await expect(button(page)).toBeVisible();
  const id = await page.locator('main h2[id]').first().getAttribute('id');
  const issue = await opened(page, () => button(page).click());
  expect(issue.pathname).toMatch(/\/issues\/new$/);
  const body = issue.searchParams.get('body') ?? '';
  expect(body).toContain(`> ${words.slice(0, 40)}`);
  expect(body).toContain(`/mechanism/#${id}`);
  await page.keyboard.press('Escape');
  await expect(button(page)).toBeHidden();
});

test('a program is not quoted, nor is nothing', async ({ page }) => {
  await page.goto('/mechanism/');
  await select(page, 'main h2[id] ~ p');
  await expect(button(page)).toBeVisible();
  await select(page, 'julia-cell pre');
  await expect(button(page)).toBeHidden();
  await select(page, 'main h2[id] ~ p');
  await expect(button(page)).toBeVisible();
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await expect(button(page)).toBeHidden();
});

test('a finger quotes too, and the button stays on the screen', async ({ browser, baseURL }) => {
  const page = await phone(browser, baseURL);
  await page.goto('./scale/');
  await select(page, 'main p');
  await expect(button(page)).toBeInViewport({ ratio: 1 });
  const issue = await opened(page, () => button(page).tap());
  expect(issue.searchParams.get('body')).toContain('/scale/');
  await page.context().close();
});
