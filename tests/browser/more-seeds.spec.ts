/** "Add 10 more seeds": trained in the page, kept there, handed out as a file that can be checked, and removed. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { readContribution } from '../../src/lib/attention/sweep/contribution.ts';
import { planConfig, planNamed } from '../../src/lib/attention/sweep/plan.ts';
import { toLine } from '../../src/lib/attention/sweep/records.ts';
import { Trainer } from '../../src/lib/attention/trainer.ts';

const arm = 'V + α N S at α = −0.5';

async function open(page: Page): Promise<void> {
  await page.goto('./attention/');
  await page.locator('.alpha select[name=arm]').selectOption({ label: arm });
  await expect(page.locator('.alpha-more')).toContainText(arm);
}

const crosses = (page: Page) => page.locator('.alpha-accuracy .extra[data-origin=yours]:visible');
const say = (page: Page, name: string) => page.locator(`.alpha-more [data-say=${name}]`);
const add = (page: Page) => page.getByRole('button', { name: 'Add 10 more seeds' });

/** What the page hands out, read as the check of contributions reads it. */
async function saved(page: Page) {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save your runs' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('recall-seeds.jsonl');
  return readContribution(await readFile(await download.path(), 'utf8'));
}

test('adds seeds, shows them again on the next visit, hands them out and forgets them', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page);
  const table = await page.locator('.alpha-table').first().innerText();
  const verdicts = await page.locator('.verdicts').innerText();
  await expect(say(page, 'offer')).toContainText('Seeds 31 to 40');
  await add(page).click();
  await expect(page.getByRole('button', { name: 'Stop adding' })).toBeVisible();
  await expect(say(page, 'status')).toHaveText('20 runs added.', { timeout: 180_000 });
  await expect(say(page, 'summary')).toContainText(/^Yours alone: .* minus V, 10 pairs: [+−]?\d/);
  await expect(say(page, 'offer')).toContainText('Seeds 41 to 50');
  await expect(crosses(page)).toHaveCount(2);

  const { plan, runs, problems } = await saved(page);
  expect([plan?.name, problems, runs.length]).toEqual(['recall', [], 20]);
  const one = runs.find(({ run }) => run.arm === 'add-NS' && run.seed === 34)?.run;
  expect(one).toBeDefined();
  if (!one) return;
  const trainer = new Trainer(planConfig(planNamed('recall'), one, one.rate, one.seed));
  while (!trainer.done) trainer.step(100);
  // The reader's browser and Node, to the last bit.
  expect(toLine('main', trainer.record(['probe', 'test']))).toEqual(one);

  // One of them is a dot like any other: it can be chosen, and trained again.
  await page.locator('.alpha select[name=seed]').selectOption('34');
  await expect(page.locator('.alpha-say')).toContainText('seed 34 (yours, exploratory)');
  await page.getByRole('button', { name: 'Train it again', exact: true }).click();
  await expect(page.locator('.alpha-say')).toHaveAttribute('data-equal', 'true');

  await page.reload();
  // They show without a touch; what is registered has not moved.
  await expect(crosses(page)).toHaveCount(2);
  expect(await page.locator('.alpha-table').first().innerText()).toBe(table);
  expect(await page.locator('.verdicts').innerText()).toBe(verdicts);
  await page.getByRole('button', { name: 'Remove your runs' }).click();
  await expect(crosses(page)).toHaveCount(0);
  await expect(say(page, 'status')).toContainText('20 runs removed');
  await page.reload();
  await open(page);
  await expect(say(page, 'offer')).toContainText('Seeds 31 to 40');
  await expect(crosses(page)).toHaveCount(0);
});

test('a run that is finished is kept when the page is left in the middle, and when it is stopped', async ({ page }) => {
  await open(page);
  await add(page).click();
  await expect(say(page, 'kept')).toContainText(/^[1-9]\d* of your runs/, { timeout: 60_000 });
  await page.reload();
  await open(page);
  await expect(say(page, 'kept')).toContainText(/^[1-9]\d* of your runs/);
  const before = (await saved(page)).runs.length;
  expect(before).toBeGreaterThan(0);
  await add(page).click();
  await expect(say(page, 'kept')).not.toContainText(new RegExp(`^${before} of`), { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop adding' }).click();
  await expect(say(page, 'status')).toContainText('Stopped');
  await expect(add(page)).toBeVisible();
  expect((await saved(page)).runs.length).toBeGreaterThan(before);
});

test('where nothing can be kept, it says so and works until the page is left', { tag: '@slow' }, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await open(page);
  await expect(say(page, 'kept')).toContainText('keep nothing');
  await add(page).click();
  await expect(crosses(page).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop adding' }).click();
  expect((await saved(page)).problems).toEqual([]);
  await page.reload();
  await open(page);
  await expect(crosses(page)).toHaveCount(0);
});
