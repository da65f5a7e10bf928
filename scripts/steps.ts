/** What `npm test` and `npm run test:long` share: the programs of packages, run with their output here, and the counts that they leave behind. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
}

const require = createRequire(import.meta.url);

/** Where the steps leave their reports. */
export const reports = path.resolve('.cache', 'test');

/** The script behind a package's command: no shell, no PATH, the same Node. */
export async function bin(packageName: string, name = packageName): Promise<string> {
  // Some packages do not export their package.json: look for it beside what they do export.
  const folder = require.resolve.paths(packageName)?.map((root) => path.join(root, packageName)) ?? [];
  for (const one of folder) {
    const text = await readFile(path.join(one, 'package.json'), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const declared = (JSON.parse(text) as { bin?: string | Record<string, string> }).bin;
    const file = typeof declared === 'string' ? declared : declared?.[name];
    if (file !== undefined) return path.join(one, file);
  }
  throw new Error(`${packageName} is not installed: run \`npm ci\``);
}

/** Commands that run tests, with the report in which they count them. */
export interface Tests {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly count: () => Promise<Count | undefined>;
}

/** Unit tests, those whose tags fit the expression. */
export async function unitTests(tags: string, report: string): Promise<Tests> {
  const file = path.join(reports, report);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const coverage = process.env['COVERAGE'] === undefined ? [] : ['--coverage.enabled'];
  return {
    command: [await bin('vitest'), 'run', `--tagsFilter=${tags}`, ...reporters, ...coverage],
    count: async () => {
      const read = await readReport<{
        numPassedTests: number;
        numFailedTests: number;
        numPendingTests: number;
        numFailedTestSuites: number;
      }>(file);
      // A file that cannot even be loaded has no failed test, and has failed.
      const failed = read && Math.max(read.numFailedTests, read.numFailedTestSuites > 0 ? 1 : 0);
      return read && { passed: read.numPassedTests, failed: failed ?? 0, skipped: read.numPendingTests };
    },
  };
}

/** Browser tests; `words` says which. */
export async function browserTests(words: readonly string[], report: string): Promise<Tests> {
  const file = path.join(reports, report);
  return {
    command: [await bin('@playwright/test', 'playwright'), 'test', '--reporter=list,json', ...words],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    count: async () => {
      const read = await readReport<{
        stats: { expected: number; unexpected: number; flaky: number; skipped: number };
      }>(file);
      if (read === undefined) return undefined;
      const { expected, flaky, unexpected, skipped } = read.stats;
      return { passed: expected + flaky, failed: unexpected, skipped };
    },
  };
}

async function readReport<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/**
 * Runs a command on this Node and gives its output, bit by bit, to `say`.
 *
 * @returns the exit status
 */
export async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  say: (bytes: Buffer) => void,
): Promise<number | null> {
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', say);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
}
