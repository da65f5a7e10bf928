/** The open problem: its plot without JavaScript, alive, and a run that comes out again to the last digit. */
import { expect, test } from '@playwright/test';

const address = './attention/';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the plot, its table, its data and the verdicts are there, and no control that cannot work', async ({
    page,
  }) => {
    await page.goto(address);
    const charts = page.locator('.alpha-task').first().locator('svg.alpha-chart');
    await expect(charts).toHaveCount(3);
    await expect(charts.first()).toBeVisible();
    expect(await charts.first().getAttribute('aria-label')).toMatch(/V \+ α N S: .* at −1/);
    await expect(page.locator('.alpha form').first()).toBeHidden();
    await page.getByText('All arms as a table, and the data').first().click();
    await expect(page.locator('.alpha-table').first().locator('tbody tr').first()).toBeVisible();
    expect(await page.locator('.verdict').count()).toBeGreaterThanOrEqual(4);
    const data = await page.request.get(
      new URL((await page.locator('a[download]').first().getAttribute('href')) ?? '', page.url()).href,
    );
    expect(data.ok()).toBe(true);
    expect(((await data.json()) as { arms: unknown[] }).arms.length).toBeGreaterThan(5);
  });
});

test('a run that is trained again lands on the same number, from the form', async ({ page }) => {
  await page.goto(address);
  await page.locator('.alpha select[name=arm]').selectOption({ label: 'V + α N S at α = −0.5' });
  await page.locator('.alpha select[name=seed]').selectOption('7');
  await expect(page.locator('.alpha-say')).toContainText('V + α N S at α = −0.5, seed 7');
  await page.getByRole('button', { name: 'Train it again', exact: true }).click();
  await expect(page.locator('.alpha-say')).toHaveAttribute('data-equal', 'true');
  await expect(page.locator('.alpha-say')).toContainText('Equal to the last digit');
});

test('a dot is a button: a press trains it, the arrows move to its neighbours', async ({ page }) => {
  await page.goto(address);
  const stage = page.locator('.alpha-accuracy .alpha-stage').first();
  const cursor = stage.locator('.alpha-cursor');
  await stage.hover();
  await expect(cursor).toHaveCount(1);
  await cursor.focus();
  const before = await cursor.getAttribute('aria-label');
  await page.keyboard.press('ArrowRight');
  await expect(cursor).not.toHaveAttribute('aria-label', before ?? '');
  await page.keyboard.press('Enter');
  await expect(page.locator('.alpha-say')).toHaveAttribute('data-equal', 'true');
});

test('filters leave out what they say', async ({ page }) => {
  await page.goto(address);
  const stage = page.locator('.alpha-accuracy .alpha-stage').first();
  await expect(stage.locator('[data-series=linear]')).toHaveCount(1);
  await page.getByText('Arms, rate and table').click();
  await page.getByRole('checkbox', { name: 'V + α (V − m)' }).uncheck();
  await expect(stage.locator('[data-series=linear]')).toHaveCount(0);
  await expect(stage.locator('[data-series=add-NS]')).toHaveCount(1);
});

test('a run whose pictures are too many to ship says which command trains it', async ({ page }) => {
  await page.goto(address);
  await page.locator('.alpha select[name=task]').selectOption('fashion-60k');
  // The arms of the plan come with its data.
  const say = page.locator('.alpha-say');
  await expect(say).toHaveText(/^V, seed 1: accuracy 8\d\.\d\d %/);
  await page.locator('.alpha select[name=arm]').selectOption({ label: 'S' });
  await page.getByRole('button', { name: 'Train it again', exact: true }).click();
  await expect(say).toContainText(/npm run sweep -- --task fashion-60k --arm S .*--seed 1 --check/);
  await expect(say).toContainText(/weights [0-9a-f]{16}/);
  await expect(page.locator('.alpha-more [data-do=add]')).toBeHidden();
});

test('the table switches to differences in loss, with bootstrap intervals', async ({ page }) => {
  await page.goto(address);
  const row = page.locator('.alpha-table').first().locator('tbody tr').filter({ hasText: 'V + α N S at α = −0.5' });
  await page.getByText('Arms, rate and table').click();
  await page.locator('.alpha select[name=table]').selectOption('loss-bootstrap');
  const heads = page.locator('.alpha-table').first().locator('thead th');
  await expect(heads.nth(5)).toHaveText('Minus V, nats');
  await expect(heads.nth(6)).toHaveText('95 %, bootstrap');
  await expect(row.locator('td').nth(4)).toHaveText(/^\+0\.\d{4}$/);
  await expect(row).toBeVisible();
  await page.locator('.alpha select[name=table]').selectOption('accuracy-t');
  await expect(row.locator('td').nth(4)).toHaveText(/^−1\.\d\d$/);
});
