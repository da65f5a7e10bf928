/**
 * What the page really fetches: on arrival, for the first run on each engine, for the first edit. The server counts, because it
 * alone also sees what a worker asks for. Code and WASM are counted as gzip sends them.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test as base, type Page } from '@playwright/test';
import { budgets, kilobyte } from '../../scripts/budgets.ts';
import { serve } from '../../scripts/serve.ts';
import { pages } from './built.ts';

class Meter {
  readonly #files = new Set<string>();
  #counted = new Set<string>();

  readonly see = (file: string): void => {
    this.#files.add(file);
  };

  /** Bytes of the code first fetched since the last call, and a line a file for whoever reads a failure. */
  code(): { bytes: number; list: string } {
    const fresh = [...this.#files].filter((file) => /\.(m?js|wasm)$/.test(file) && !this.#counted.has(file));
    this.#counted = new Set([...this.#counted, ...fresh]);
    const sizes = fresh.map(
      (file) => [file.replace(/.*[\\/]/, ''), gzipSync(readFileSync(file), { level: 6 }).length] as const,
    );
    return {
      bytes: sizes.reduce((sum, [, size]) => sum + size, 0),
      list: sizes.map(([file, size]) => `${file} ${(size / kilobyte).toFixed(1)} KB`).join('\n'),
    };
  }

  pictures(): number {
    const pictures = [...this.#files].filter((file) => /\.(png|webp|jpe?g|avif)$/.test(file));
    return pictures.reduce((sum, file) => sum + readFileSync(file).length, 0);
  }
}

const test = base.extend<{ site: { url: string; meter: Meter } }>({
  // Playwright reads what the fixture needs, nothing, from this pattern.
  site: async ({}, use) => {
    const meter = new Meter();
    const { server, url } = await serve('dist', { onFile: meter.see });
    await use({ url, meter });
    server.closeAllConnections();
    server.close();
  },
});

/** Runs a cell and waits for its answer. */
async function run(page: Page, id: string): Promise<void> {
  const cell = page.locator(`julia-cell#${id}`);
  await cell.locator('[data-do=run]').click();
  await expect(cell.locator('.cell-status')).toContainText(/\b(WebGL|WASM|float64)\b.*\d/, { timeout: 90_000 });
}

for (const address of pages) {
  test(`${address} costs little before its reader touches it`, async ({ page, site }) => {
    await page.goto(new URL(address, site.url).href, { waitUntil: 'networkidle' });
    const inline = await page
      .locator('script:not([src]):not([type="application/json"])')
      .evaluateAll((scripts) => scripts.map(({ textContent }) => textContent).join('\n'));
    const { bytes, list } = site.meter.code();
    expect(bytes + gzipSync(inline).length, list).toBeLessThanOrEqual(budgets.beforeInteraction.script);
    expect(site.meter.pictures()).toBeLessThanOrEqual(budgets.beforeInteraction.pictures);
  });
}

for (const [engine, words, limit] of [
  ['tfjs-webgl', 'WebGL', budgets.firstRun.webgl],
  ['tfjs-wasm', 'WASM', budgets.firstRun.wasm],
] as const) {
  test(`the first run on ${words} and the first edit stay within their budgets`, async ({ page, site }, info) => {
    await page.goto(`${site.url}?engine=${engine}`, { waitUntil: 'networkidle' });
    site.meter.code();

    await run(page, 'symmetric');
    const cell = page.locator('julia-cell#symmetric');
    await expect(cell.locator('.cell-status')).toContainText(words);
    const first = site.meter.code();
    info.annotations.push({ type: `first run, ${words}`, description: `${(first.bytes / kilobyte).toFixed(1)} KB` });
    expect(first.bytes, first.list).toBeGreaterThan(0);
    expect(first.bytes, first.list).toBeLessThanOrEqual(limit);

    await cell.locator('[data-do=edit]').click();
    await expect(cell.locator('.cm-content')).toBeVisible();
    const edit = site.meter.code();
    info.annotations.push({ type: `first edit, ${words}`, description: `${(edit.bytes / kilobyte).toFixed(1)} KB` });
    expect(edit.bytes, edit.list).toBeGreaterThan(0);
    expect(edit.bytes, edit.list).toBeLessThanOrEqual(budgets.firstEdit);
  });
}
