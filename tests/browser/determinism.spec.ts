/**
 * The same weights, bit for bit, in every browser: those of `determinism.fixture.json`, which Node is held to by a unit test.
 *
 * Playwright cannot drive a Firefox that is not its own build. None need be driven: the page starts by itself and posts what it
 * found to the server it came from, so that a browser has only to be opened at an address.
 */
import { expect, test } from '@playwright/test';
import { installedFirefox, openFirefox } from '../../scripts/firefox.ts';
import fixture from '../../src/lib/attention/determinism.fixture.json' with { type: 'json' };
import type { Answer } from './determinism/worker.ts';
import type { TestPage } from './engines/serve.ts';
import { serveTestPage } from './engines/serve.ts';

const wanted = Object.fromEntries(fixture.runs.map(({ name, hash }) => [name, hash]));
const folder = `${import.meta.dirname}/determinism`;

let served: TestPage;
test.beforeAll(async () => {
  served = await serveTestPage({ folder });
});
test.afterAll(() => served.close());

test('the fixture has an encoder, a deep one, a causal one and pictures', () => {
  expect(fixture.runs.length).toBeGreaterThanOrEqual(4);
  expect(fixture.runs.every(({ steps }) => steps >= 100)).toBe(true);
});

test('Chromium trains to the same bits', async ({ page }) => {
  const answer = served.posted() as Promise<Answer>;
  await page.goto(served.url);
  expect(await answer).toEqual({ hashes: wanted });
});

test('Firefox trains to the same bits', async () => {
  const firefox = installedFirefox();
  if (firefox === undefined && process.env['CI'] !== undefined) throw new Error('Firefox must be there in CI');
  test.skip(firefox === undefined, 'No Firefox here: install Debian’s firefox-esr, or set FIREFOX_PATH.');
  if (firefox === undefined) return;
  const answer = served.posted() as Promise<Answer>;
  const opened = await openFirefox(firefox, served.url);
  try {
    expect(await Promise.race([answer, opened.died])).toEqual({ hashes: wanted });
  } finally {
    await opened.close();
  }
});
