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
  await cell.hover();
  await expect(cell.locator('.cell-status')).toContainText(/\b(WebGL|WASM|float64)\b.*\d/, { timeout: 90_000 });
}

/** The pictures that a reader sees on arrival. How far ahead of the reader a lazy one is fetched is the browser's affair. */
async function picturesOnScreen(page: Page, site: string): Promise<{ bytes: number; list: string }> {
  const addresses = await page
    .locator('img')
    .evaluateAll((images: HTMLImageElement[]) =>
      images
        .filter((image) => image.loading !== 'lazy' || image.getBoundingClientRect().top < innerHeight)
        .map(({ currentSrc }) => currentSrc),
    );
  const files = [...new Set(addresses)]
    .filter((one) => one.startsWith(site))
    .map((one) => `dist/${one.slice(site.length)}`);
  const sizes = files.map((file) => [file, readFileSync(file).length] as const);
  return {
    bytes: sizes.reduce((sum, [, size]) => sum + size, 0),
    list: sizes.map(([file, size]) => `${file} ${(size / kilobyte).toFixed(1)} KB`).join('\n'),
  };
}

for (const address of pages) {
  test(`${address} costs little before its reader touches it`, async ({ page, site }) => {
    await page.goto(new URL(address, site.url).href, { waitUntil: 'networkidle' });
    const inline = await page
      .locator('script:not([src]):not([type="application/json"], [type="application/ld+json"])')
      .evaluateAll((scripts) => scripts.map(({ textContent }) => textContent).join('\n'));
    const { bytes, list } = site.meter.code();
    expect(bytes + gzipSync(inline).length, list).toBeLessThanOrEqual(budgets.beforeInteraction.script);
    const shown = await picturesOnScreen(page, site.url);
    expect(shown.bytes, shown.list).toBeLessThanOrEqual(budgets.beforeInteraction.pictures);
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
