/**
 * Browser tests run against the built site, served as its host would. `npm run build` first. `npm test` leaves out what is tagged `@slow`, and
 * `npm run test:long` runs it.
 */
import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './scripts/chromium.ts';

// Chosen once and handed down to the workers, which read this file again.
process.env['TEST_PORT'] ??= String(20_000 + Math.floor(Math.random() * 20_000));
process.env['CHROMIUM_PATH'] ??= findChromium();
const port = process.env['TEST_PORT'];

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    browserName: 'chromium',
    // A service worker would answer in the place of the server that a test makes fail; its own test lets it in.
    serviceWorkers: 'block',
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'], args: [...chromiumArguments] },
    // A trace takes a copy of the document at every step, several times what the step itself takes: `--trace on` where one is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: `node scripts/serve.ts --port ${port} --folder dist --base /`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
