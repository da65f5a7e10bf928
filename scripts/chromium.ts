/**
 * Finds a Chromium for the browser tests and the screenshot, or gets one.
 *
 * In this order: `CHROMIUM_PATH`; a browser on PATH; Playwright's own, if it has been downloaded; Debian's package when root on
 * Debian; Playwright's download. Prints the path when run by itself: `node scripts/chromium.ts`.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { executable, fromDebian, named, onPath, printFound, run } from './find-program.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function fromPlaywright(): string | undefined {
  console.error('No Chromium found: asking Playwright to download one.');
  const cli = path.join(path.dirname(fileURLToPath(import.meta.resolve('@playwright/test'))), 'cli.js');
  if (!run(process.execPath, [cli, 'install', 'chromium'])) return undefined;
  return executable(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** @throws Error with one sentence that says what to do, where there is no browser and none could be had. */
export function findChromium(): string {
  const here =
    named('CHROMIUM_PATH') ?? onPath(names) ?? usual.find(executable) ?? [chromium.executablePath()].find(executable);
  const found = here ?? (fromDebian('chromium') ? onPath(names) : undefined) ?? fromPlaywright();
  if (found !== undefined) return found;
  throw new Error('No Chromium could be found or downloaded: install Chromium or Chrome, or set CHROMIUM_PATH to one.');
}

/**
 * How tests start it: no sandbox (containers have none), nothing in the background, and a WebGL2 with float targets in software
 * where there is no graphics card.
 */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--ignore-gpu-blocklist',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

if (import.meta.main) printFound(findChromium);
