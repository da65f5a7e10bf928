/** Reading with the hand: stops of the keyboard, from figure to figure, exercises, contents, search, paper. */
import { expect, test } from '@playwright/test';
import { pages } from './built.ts';
import { cell, runWith, settled, wake } from './cells.ts';

const HERO = 'symmetric';

/** What the Tab key stops at on a page. More is a wall to whoever reads by keyboard. */
const MOST_STOPS = 60;

for (const address of pages) {
  test(`${address} has few stops of the keyboard, none of them unseen`, async ({ page }) => {
    await page.goto(address);
    await page.waitForFunction(() => document.querySelector('julia-cell:not(:defined)') === null);
    const stops = await page.evaluate(() => {
      const groups = new Set<string>();
      return [...document.querySelectorAll<HTMLElement>('*')]
        .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => !element.matches(':disabled'))
        .filter((element) => {
          if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
          const known = groups.has(element.name);
          groups.add(element.name);
          return !known;
        })
        .map((element) => ({
          name: element.outerHTML.slice(0, 80),
          // What is clipped away, but for links that show once they have the focus and inputs whose label is seen.
          unseen:
            getComputedStyle(element).clipPath === 'inset(50%)' && !element.matches('a, input')
              ? [element.tagName]
              : [],
        }));
    });
    expect(stops.length, stops.map(({ name }) => name).join('\n')).toBeLessThanOrEqual(MOST_STOPS);
    expect(stops.flatMap(({ unseen }) => unseen)).toEqual([]);
  });
}

test('a cell is one stop, then its picture leads to the next figure and to its buttons', async ({ page }) => {
  await page.goto('./');
  await cell(page, HERO).locator('.cell-picture').focus();
  await page.keyboard.press('Tab');
  const skip = cell(page, HERO).getByRole('link', { name: 'Next figure' });
  await expect(skip).toBeFocused();
  const next = (await skip.getAttribute('href'))?.slice(1) ?? '';
  await page.keyboard.press('Tab');
  const bar = cell(page, HERO).getByRole('toolbar');
  await expect(bar).toHaveAccessibleName('A mandrill times itself.');
  await expect(bar.getByRole('button', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(bar.getByRole('button', { name: 'Your picture' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(bar.getByRole('button', { name: 'More' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(bar.getByRole('button', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(cell(page, next).locator('.cell-picture')).toBeFocused();
  await expect(skip).toBeHidden();
});

test('Run appears with something to run', async ({ page }) => {
  await page.goto('./');
  await wake(page, HERO);
  const run = cell(page, HERO).locator('[data-do=run]');
  await expect(run).toBeHidden();
  await runWith(page, HERO, 'A = nobody');
  await expect(cell(page, HERO).locator('.cell-trouble')).toBeVisible();
  await expect(run).toBeVisible();
  await cell(page, HERO).getByRole('button', { name: 'Reset', exact: true }).click();
  await settled(page, HERO);
  await expect(run).toBeHidden();
  await expect(cell(page, HERO).getByRole('button', { name: 'Edit' })).toBeFocused();
});

test('an error keeps Run in the cells that wait for the missing name, until it is back', async ({ page }) => {
  await page.goto('./');
  await wake(page, 'after');
  await runWith(page, HERO, 'nobody');
  await settled(page, 'after');
  const run = cell(page, 'after').locator('[data-do=run]');
  await expect(run).toBeVisible();
  await cell(page, HERO).getByRole('button', { name: 'Reset', exact: true }).click();
  await settled(page, 'after');
  await expect(run).toBeHidden();
});
