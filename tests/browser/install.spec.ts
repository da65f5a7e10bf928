/** After the first visit the site works without a network, and a new deployment comes as one whole. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.ts';
import { cell, painted, runWith } from './cells.ts';

test.use({ serviceWorkers: 'allow' });

/** Waits until the site is kept. */
async function kept(page: Page): Promise<void> {
  const state = (): Promise<string | undefined> =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await expect.poll(state, { timeout: 60_000 }).toBe('activated');
}

test('after one visit every article opens and computes without a network', async ({ page, context }) => {
  await page.goto('/');
  await kept(page);
  await context.setOffline(true);
  await page.goto('/signed/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/');
  await runWith(page, 'raw', 'normalize_image(mandrill * ones(512, 512))');
  await expect(cell(page, 'raw').locator('.cell-trouble')).toBeHidden();
  expect((await painted(page, 'raw')).rows).toBe(512);
  await context.setOffline(false);
});

test('a new deployment is offered, and comes at a press with what the reader has made', async ({ page }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deployed-'));
  await cp('dist', folder, { recursive: true });
  const { server, url } = await serve(folder);
  try {
    await page.goto(url);
    await kept(page);
    await page.reload();
    await runWith(page, 'raw', 'mandrill .+ 1');
    const html = await readFile(path.join(folder, 'index.html'), 'utf8');
    await writeFile(path.join(folder, 'index.html'), html.replace('</h1>', ' anew</h1>'));
    const worker = await readFile(path.join(folder, 'sw.js'), 'utf8');
    const anew = worker.replace(/(url:`\.\/`,revision:`)[0-9a-f]+|("?url"?:"\.\/","?revision"?:")[0-9a-f]+/, '$1$2new');
    expect(anew).not.toBe(worker);
    await writeFile(path.join(folder, 'sw.js'), anew);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(page.locator('.update-notice')).toContainText('A newer version of this site is there');
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('anew');
    await page.locator('.update-notice').getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('anew');
    await expect(cell(page, 'raw').locator('.cell-code')).toContainText('mandrill .+ 1');
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('the site can be installed', async ({ page, request }) => {
  await page.goto('/');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await request.get(address ?? '')).json()) as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.icons) {
    const icon = await (await request.get(src)).body();
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`).toBe(sizes);
  }
});
