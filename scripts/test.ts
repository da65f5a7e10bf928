/**
 * `npm test`: everything that must hold, in the order in which a mistake is cheapest to find. Every step runs even if one before
 * it failed (unless it needs what that one makes); the last line counts.
 *
 *     npm test                    everything
 *     npm test -- lint unit       only the steps whose names are given
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findChromium } from './chromium.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
}

interface Step {
  readonly name: string;
  readonly title: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A step whose result this one reads. */
  readonly needs?: string;
  /** Text that must not appear in the output, whatever the exit status says. */
  readonly never?: RegExp;
  /** Counts the tests it ran, where it is more than one check. */
  readonly count?: () => Promise<Count | undefined>;
}

const require = createRequire(import.meta.url);
const cache = path.resolve('.cache', 'test');
const unitReport = path.join(cache, 'unit.json');
const browserReport = path.join(cache, 'browser.json');
const subfolder = '/JuliaCon2021-poster/';
const underBase = path.join('.cache', 'dist-under-base');

/** The script behind a package's command: no shell, no PATH, the same Node. */
async function bin(packageName: string, name: string): Promise<string> {
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

async function unitCount(): Promise<Count | undefined> {
  const text = await readFile(unitReport, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const report = JSON.parse(text) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  };
  // A file that cannot even be loaded has no failed test, and has failed.
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

async function browserCount(): Promise<Count | undefined> {
  const text = await readFile(browserReport, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { stats } = JSON.parse(text) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

async function steps(): Promise<readonly Step[]> {
  const astro = await bin('astro', 'astro');
  const dangling = /Invalid content reference|katex-error/;
  return [
    { name: 'types', title: 'Types', command: [astro, 'check', '--minimumFailingSeverity', 'warning'] },
    { name: 'lint', title: 'Lint', command: [await bin('eslint', 'eslint'), '.', '--max-warnings=0'] },
    {
      name: 'rooms',
      title: 'Rooms',
      command: [
        await bin('dependency-cruiser', 'depcruise'),
        'src',
        'scripts',
        'tests',
        '--config',
        '.dependency-cruiser.cjs',
      ],
    },
    { name: 'unused', title: 'Unused code', command: [await bin('knip', 'knip')] },
    {
      name: 'format',
      title: 'Format',
      command: [await bin('prettier', 'prettier'), '--check', '--log-level=warn', '.'],
    },
    {
      name: 'unit',
      title: 'Unit and fidelity tests',
      command: [
        await bin('vitest', 'vitest'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${unitReport}`,
      ],
      count: unitCount,
    },
    { name: 'build', title: 'Build', command: [astro, 'build'], env: { SITE_BASE: '/' }, never: dangling },
    { name: 'links', title: 'Links', command: ['scripts/links.ts', '--base', '/'], needs: 'build' },
    { name: 'size', title: 'Sizes', command: ['scripts/size.ts', '--base', '/'], needs: 'build' },
    {
      name: 'base',
      title: `Build under ${subfolder}`,
      command: [astro, 'build', '--outDir', underBase],
      env: { SITE_BASE: subfolder },
      needs: 'build',
      never: dangling,
    },
    {
      name: 'base-links',
      title: `Links under ${subfolder}`,
      command: ['scripts/links.ts', '--folder', underBase, '--base', subfolder],
      needs: 'base',
    },
    {
      name: 'browser',
      title: 'Browser tests',
      command: [await bin('@playwright/test', 'playwright'), 'test', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
      needs: 'build',
      count: browserCount,
    },
  ];
}

/** Runs a step with its output on this terminal. True where it exits with 0 and says nothing it must not. */
async function run({ command, env, never }: Step): Promise<boolean> {
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const [stream, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.on('data', (chunk: Buffer) => {
      to.write(chunk);
      if (never !== undefined) said += chunk.toString();
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const forbidden = never?.exec(said)?.[0];
  if (forbidden !== undefined) console.error(`The output says "${forbidden}".`);
  return status === 0 && forbidden === undefined;
}

const wanted = new Set(process.argv.slice(2));
const all = await steps();
const chosen = wanted.size === 0 ? all : all.filter(({ name }) => wanted.has(name));
if (chosen.length === 0) throw new Error(`no such step; there are: ${all.map(({ name }) => name).join(', ')}`);

await rm(cache, { recursive: true, force: true });
await mkdir(cache, { recursive: true });
if (chosen.some(({ name }) => name === 'browser')) process.env['CHROMIUM_PATH'] = findChromium();

const results = new Map<string, boolean>();
const lines: string[] = [];
let passed = 0;
let failed = 0;
for (const step of chosen) {
  if (step.needs !== undefined && results.get(step.needs) === false) {
    results.set(step.name, false);
    failed += 1;
    lines.push(`✗ ${step.title}: not run, for want of the step before`);
    continue;
  }
  console.log(`\n── ${step.title} ${'─'.repeat(Math.max(4, 72 - step.title.length))}`);
  const began = performance.now();
  const fine = await run(step);
  const counted = (await step.count?.()) ?? { passed: fine ? 1 : 0, failed: fine ? 0 : 1 };
  // A step may fail without a failed test: a crash, or a leak found at the end.
  const failures = fine ? counted.failed : Math.max(counted.failed, 1);
  results.set(step.name, failures === 0);
  passed += counted.passed;
  failed += failures;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const numbers =
    step.count === undefined ? '' : `: ${counted.passed} passed, ${failures} failed, ${counted.skipped ?? 0} skipped`;
  lines.push(`${failures === 0 ? '✓' : '✗'} ${step.title}${numbers} (${seconds} s)`);
}

console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
