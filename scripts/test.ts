/**
 * `npm test`: everything that must hold. Checks of one thread run beside the unit tests; the browser tests have the machine to themselves.
 * Every step runs even if one before it failed (unless it needs what that one makes); the last line counts.
 *
 *     npm test                    everything
 *     npm test -- lint unit       only the steps whose names are given
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { findChromium } from './chromium.ts';
import { bin, browserTests, reports, run, unitTests, type Count } from './steps.ts';

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

const subfolder = '/JuliaCon2021-poster/';
const underBase = path.join('.cache', 'dist-under-base');

/** Rows are run one after the other, what stands in a row at the same time: a line of steps each, in order. */
async function rows(): Promise<readonly (readonly (readonly Step[])[])[]> {
  const astro = await bin('astro');
  const dangling = /Invalid content reference|katex-error/;
  const checks: readonly Step[] = [
    { name: 'types', title: 'Types', command: [astro, 'check', '--minimumFailingSeverity', 'warning'] },
    { name: 'lint', title: 'Lint', command: [await bin('eslint'), '.', '--max-warnings=0'] },
    { name: 'rooms', title: 'Rooms', command: ['scripts/rooms.ts', '--check'] },
    { name: 'unused', title: 'Unused code', command: [await bin('knip')] },
    { name: 'format', title: 'Format', command: [await bin('prettier'), '--check', '--log-level=warn', '.'] },
    { name: 'articles', title: 'Articles', command: ['scripts/check-article.ts', '--seconds', '60'] },
    { name: 'build', title: 'Build', command: [astro, 'build'], env: { SITE_BASE: '/' }, never: dangling },
    { name: 'links', title: 'Links', command: ['scripts/links.ts', '--base', '/'], needs: 'build' },
    { name: 'html', title: 'HTML', command: ['scripts/html.ts'], needs: 'build' },
    { name: 'size', title: 'Sizes', command: ['scripts/size.ts', '--base', '/'], needs: 'build' },
    {
      name: 'base',
      title: `Build under ${subfolder}, of what the first one kept`,
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
  ];
  // One of several machines takes its share: SHARD=1/3.
  const share = process.env['SHARD'];
  const shard = share === undefined ? [] : ['--shard', share];
  const unit = { name: 'unit', title: 'Unit and fidelity tests', ...(await unitTests('!slow', 'unit.json')) };
  const browser = {
    name: 'browser',
    title: 'Browser tests',
    ...(await browserTests(['--grep-invert', '@slow', ...shard], 'browser.json')),
    needs: 'build',
  };
  return [[checks, [unit]], [[browser]]];
}

const results = new Map<string, boolean>();
const lines: string[] = [];
let passed = 0;
let failed = 0;

/** Runs a step, if what it needs is there, and notes what came of it. `live` lets its output through at once; otherwise it comes whole, at the end. */
async function take(step: Step, live: boolean): Promise<void> {
  const { name, title, command, env, needs, never, count } = step;
  if (needs !== undefined && results.get(needs) === false) {
    results.set(name, false);
    failed += 1;
    lines.push(`✗ ${title}: not run, for want of the step before`);
    return;
  }
  const heading = `\n── ${title} ${'─'.repeat(Math.max(4, 72 - title.length))}`;
  if (live) console.log(heading);
  const began = performance.now();
  const said: Buffer[] = [];
  const status = await run(command, env ?? {}, (bytes) => {
    said.push(bytes);
    if (live) process.stdout.write(bytes);
  });
  const text = Buffer.concat(said).toString();
  if (!live) console.log(`${heading}\n${text.trimEnd()}`);
  const forbidden = never?.exec(text)?.[0];
  if (forbidden !== undefined) console.error(`The output says "${forbidden}".`);
  const fine = status === 0 && forbidden === undefined;
  const counted = (await count?.()) ?? { passed: fine ? 1 : 0, failed: fine ? 0 : 1 };
  // A step may fail without a failed test: a crash, or a leak found at the end.
  const failures = fine ? counted.failed : Math.max(counted.failed, 1);
  results.set(name, failures === 0);
  passed += counted.passed;
  failed += failures;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const numbers =
    count === undefined ? '' : `: ${counted.passed} passed, ${failures} failed, ${counted.skipped ?? 0} skipped`;
  lines.push(`${failures === 0 ? '✓' : '✗'} ${title}${numbers} (${seconds} s)`);
}

const wanted = new Set(process.argv.slice(2));
const all = await rows();
const chosen = all
  .map((row) =>
    row
      .map((line) => line.filter(({ name }) => wanted.size === 0 || wanted.has(name)))
      .filter(({ length }) => length > 0),
  )
  .filter(({ length }) => length > 0);
if (chosen.length === 0) {
  const names = all.flat(2).map(({ name }) => name);
  throw new Error(`no such step; there are: ${names.join(', ')}`);
}

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
if (chosen.flat(2).some(({ name }) => name === 'browser')) process.env['CHROMIUM_PATH'] = findChromium();

for (const row of chosen) {
  await Promise.all(
    row.map(async (line) => {
      for (const step of line) await take(step, row.length === 1);
    }),
  );
}

console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
