import { expect, test } from '@playwright/test';

test('an example of the page about Julia becomes a live cell, and a second one is independent of it', async ({
  page,
}) => {
  await page.goto('./julia/');
  await expect(page.locator('julia-cell')).toHaveCount(0);
  const arrays = page.getByRole('region', { name: 'Arrays' });
  await arrays.getByRole('button', { name: 'Try assignment to elements' }).click();
  const first = arrays.locator('julia-cell').first();
  await expect(first.getByText('2×2 Matrix{Int64}')).toBeVisible();
  await arrays.getByRole('button', { name: 'Try growing a vector' }).click();
  const second = arrays.locator('julia-cell').nth(1);
  await expect(second.getByText('4-element Vector{Int64}')).toBeVisible();
  await expect(first.getByText('2×2 Matrix{Int64}')).toBeVisible();
  await expect(arrays.getByRole('alert')).toHaveCount(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page about Julia reads whole, and offers nothing that would not work', async ({ page }) => {
    await page.goto('./julia/');
    await expect(page.getByRole('region', { name: 'Compared with Julia' })).toContainText('show what Julia shows');
    await expect(page.getByRole('button', { name: /^Try/ })).toHaveCount(0);
  });
});
