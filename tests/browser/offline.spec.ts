import { expect, test } from '@playwright/test';
import { built, cell, difference, painted, settled, wake } from './cells.ts';

const HERO = 'symmetric';

test('once computed, a page goes on without a network', async ({ page, context }) => {
  await page.goto('/');
  await wake(page, HERO);
  await context.setOffline(true);
  await cell(page, HERO).getByRole('button', { name: 'Run' }).click();
  await settled(page, HERO);
  expect(
    difference(await painted(page, HERO), await built(page, HERO).catch(() => painted(page, HERO))),
  ).toBeLessThanOrEqual(1);
  await cell(page, HERO).getByRole('button', { name: 'Edit' }).click();
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('The editor could not be loaded');
  const more = cell(page, HERO).getByRole('button', { name: 'More', exact: true });
  await more.click();
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('This part could not be loaded');
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await context.setOffline(false);
  await more.click();
  await expect(cell(page, HERO).locator('[data-panel=more]')).not.toBeEmpty();
  await cell(page, HERO).getByRole('button', { name: 'Edit' }).click();
  await expect(cell(page, HERO).locator('.cm-content')).toBeVisible({ timeout: 60_000 });
});

test('without a network from the start, the build’s picture stays, a sentence says why, and a later touch tries again', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await expect(cell(page, HERO).locator('img')).toBeVisible();
  await context.setOffline(true);
  await cell(page, HERO).getByRole('button', { name: 'Run' }).click();
  await expect(cell(page, HERO).locator('.cell-notice')).toContainText('offline');
  await expect(cell(page, HERO).locator('img')).toBeVisible();
  await context.setOffline(false);
  await cell(page, HERO).getByRole('button', { name: 'Run' }).click();
  await expect(cell(page, HERO).locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
});
