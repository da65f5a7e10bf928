/** Reading with the hand: from figure to figure, exercises, contents, search, paper. */
import { expect, test } from '@playwright/test';
import { cell, difference, painted, runWith, settled, wake, write, phone } from './cells.ts';

const HERO = 'symmetric';

test('a cell is one stop, then its picture leads to the next figure and to its buttons', async ({ page }) => {
  await page.goto('./');
  await cell(page, HERO).locator('.cell-picture').focus();
  await page.keyboard.press('Tab');
  const skip = cell(page, HERO).getByRole('link', { name: 'Next figure' });
  await expect(skip).toBeFocused();
  const next = (await skip.getAttribute('href'))?.slice(1) ?? '';
  await page.keyboard.press('Tab');
  for (const name of ['softmax_left', 'softmax_right']) {
    await expect(cell(page, HERO).getByRole('checkbox', { name })).toBeFocused();
    await page.keyboard.press('Tab');
  }
  const bar = cell(page, HERO).getByRole('toolbar');
  await expect(bar).toHaveAccessibleName('A mandrill times itself, after softmax.');
  await expect(bar.getByRole('button', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(bar.getByRole('button', { name: 'Your picture' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(bar.getByRole('button', { name: 'More' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(bar.getByRole('button', { name: 'Edit' })).toBeFocused();
  for (let back = 0; back < 3; back += 1) await page.keyboard.press('Shift+Tab');
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

test('an exercise is done with a press, shows in the cell, and is taken back', async ({ page }) => {
  await page.goto('./softmax-variants/');
  const id = 'softmax-and-more-cell-26-plus-one-product';
  await wake(page, id);
  const before = await painted(page, id);
  const exercise = page.getByRole('group', { name: 'Try this' }).filter({ hasText: 'negative' });
  await exercise.getByRole('button', { name: 'Do it' }).click();
  const undo = exercise.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await settled(page, id);
  await expect(cell(page, id).locator('.cell-code .cell-changed')).toHaveText('2 .- mandrill');
  await expect(cell(page, id).locator('.cell-code')).toHaveText('with_plus_one = product_of(2 .- mandrill)');
  await expect(cell(page, id).getByRole('button', { name: 'Reset', exact: true })).toBeVisible();
  expect(difference(await painted(page, id), before)).toBeGreaterThan(5);
  await undo.press('Enter');
  await settled(page, id);
  await expect(cell(page, id).locator('.cell-code')).toHaveText('with_plus_one = product_of(mandrill .+ 1)');
  await expect(exercise.getByRole('button', { name: 'Do it' })).toBeFocused();
  expect(difference(await painted(page, id), before)).toBe(0);
});

test('an exercise goes into an open editor, and what the reader writes then is theirs', async ({ page }) => {
  await page.goto('./commentary/');
  const id = 'first-study-cell-82-symmetric-softmax';
  await write(page, id, "A = mandrill\nnormalize_image(A' * A)");
  await page.keyboard.press('Shift+Enter');
  const exercise = page.getByRole('group', { name: 'Try this' });
  await exercise.getByRole('button', { name: 'Do it' }).click();
  await expect(cell(page, id).locator('.cm-content')).toContainText('dims=2');
  await cell(page, id).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('A = mandrill\nA');
  await page.keyboard.press('Shift+Enter');
  await expect(exercise.getByRole('button', { name: 'Do it' })).toBeVisible();
  await expect(exercise.getByRole('button', { name: 'Undo' })).toBeHidden();
  await expect(cell(page, id).locator('.cm-content')).toContainText('A = mandrill');
});

test('an exercise moves a control and puts it back, under a finger', async ({ browser, baseURL }) => {
  const page = await phone(browser, baseURL);
  await page.goto('./scale/');
  const exercise = page.getByRole('group', { name: 'Try this' }).filter({ hasText: 'Eight numbers' });
  const select = cell(page, 'slider').getByRole('combobox', { name: 'N' });
  const chosen = () => select.evaluate((input: HTMLSelectElement) => input.selectedOptions[0]?.textContent);
  await exercise.getByRole('button', { name: 'Do it' }).tap();
  await expect.poll(chosen).toBe('8');
  await expect(cell(page, 'slider').locator('.cell-result')).toBeInViewport();
  await exercise.getByRole('button', { name: 'Undo' }).tap();
  await expect.poll(chosen).toBe('128');
  await page.context().close();
});

test('an exercise reads whole without scripts, and offers nothing that would not work', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('./mechanism/');
  const exercise = page.getByRole('group', { name: 'Try this' }).first();
  await expect(exercise).toContainText('In “The product as it comes” and 2 more cells: mandrill');
  await expect(exercise.getByRole('button')).toHaveCount(0);
  await context.close();
});

test('an exercise that could not be loaded says so, and is done by a later press', async ({ page, context }) => {
  await page.goto('./signed/');
  const exercise = page.getByRole('group', { name: 'Try this' }).first();
  await context.setOffline(true);
  await exercise.getByRole('button', { name: 'Do it' }).click();
  await expect(exercise.getByRole('status')).toContainText('offline');
  await context.setOffline(false);
  await exercise.getByRole('button', { name: 'Do it' }).click();
  await expect(cell(page, 'softmax').locator('.cell-code')).toContainText("softmax(mandrill';");
});

test('on paper the page is as the reader left it: their picture and program, light, no controls, its address', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ colorScheme: 'dark', baseURL });
  const page = await context.newPage();
  await page.goto('./');
  await wake(page, HERO);
  await page.getByRole('group', { name: 'Try this' }).getByRole('button', { name: 'Do it' }).click();
  await settled(page, HERO);
  await runWith(page, 'raw', 'raw = mandrill .+ 1');
  await page.mouse.wheel(0, 900);
  await page.emulateMedia({ media: 'print' });
  await expect(cell(page, HERO).locator('.cell-code')).toContainText('mandrill[end:-1:1, :]');
  await expect(cell(page, HERO).locator('canvas')).toBeVisible();
  await expect(cell(page, 'raw').locator('.cm-content')).toContainText('raw = mandrill .+ 1');
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.locator('input[type=range]:visible, summary:visible, .site-head nav:visible')).toHaveCount(0);
  await expect(page.locator('.print-address')).toHaveText(/^https:\/\/.+\/$/);
  await expect(page.locator('.site-bar')).toHaveCSS('position', 'static');
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(Number(/\d+/.exec(paper)?.[0])).toBeGreaterThan(200);
  const whereTo = await page
    .locator('.article-foot li a')
    .first()
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(whereTo).toContain('https://');
  for (const group of await page.locator('.cell-group').all()) await expect(group).toHaveCSS('break-inside', 'avoid');
  // A browser makes pages of it.
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(5);
  await context.close();
});
