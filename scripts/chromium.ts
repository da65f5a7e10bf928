/**
 * Finds a Chromium for the browser tests and the screenshot, or gets one.
 *
 * In this order: `CHROMIUM_PATH`; a browser on PATH; Playwright's own, if it has been downloaded; Debian's package when root on
 * Debian; Playwright's download. Prints the path when run by itself: `node scripts/chromium.ts`.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(executable);
}

function run(command: string, args: readonly string[]): boolean {
  // What the installers say goes to standard error: standard output is the path alone.
  return spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  console.error('No Chromium found: installing Debian’s.');
  if (!run('apt-get', ['update', '-qq'])) return undefined;
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  return run('apt-get', install) ? onPath() : undefined;
}

function fromPlaywright(): string | undefined {
  console.error('No Chromium found: asking Playwright to download one.');
  const cli = path.join(path.dirname(fileURLToPath(import.meta.resolve('@playwright/test'))), 'cli.js');
  if (!run(process.execPath, [cli, 'install', 'chromium'])) return undefined;
  return executable(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** @throws Error with one sentence that says what to do, where there is no browser and none could be had. */
export function findChromium(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!executable(named)) throw new Error(`CHROMIUM_PATH is ${named}, and that is no program.`);
    return named;
  }
  const here = onPath() ?? usual.find(executable) ?? [chromium.executablePath()].find(executable);
  const found = here ?? fromDebian() ?? fromPlaywright();
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

if (import.meta.main) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
