/**
 * `npm run test:long`: checks too slow for `npm test`. The last line counts.
 *
 *     npm run test:long                               everything
 *     npm run test:long -- wasm                       only the steps whose names are given
 *     npm run test:long -- --programs 2000 --seed 7   fewer programs, others
 *     npm run test:long -- fuzz --seed 41             100,000 programs that may be anything, from the seed on that was told last
 *
 * To add a check: a test with the tag `slow` (`@slow` in the browser), or one more entry of `steps`. A step says what it tried and what was
 * wrong; nothing wrong is a pass.
 */
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ReferenceEngine } from '../src/lib/matrix/reference.ts';
import { createWasm } from '../src/lib/matrix/wasm.ts';
import { serveTestPage } from '../tests/browser/engines/serve.ts';
import { fetchLibrary } from '../tests/differential/compare.ts';
import { search } from '../tests/differential/search.ts';
import { chromiumArguments, findChromium } from './chromium.ts';
import { bin, browserTests, reports, run, unitTests, type Tests } from './steps.ts';
import type { Findings } from '../tests/differential/search.ts';

interface Outcome {
  readonly tried: number;
  /** One text for each thing that was wrong. */
  readonly wrong: readonly string[];
}

interface Step {
  readonly name: string;
  readonly title: string;
  readonly run: () => Promise<Outcome>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    programs: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const firstSeed = Number(values.seed);

/** Programs tried under one seed: a batch that finds nothing is a pass. */
const BATCH = 500;

/** Every batch has a seed of its own, so that one finding does not hide the next. */
async function batches(
  title: string,
  most: number,
  work: (seed: number, runs: number) => Promise<Findings>,
): Promise<Outcome> {
  const programs = Number(values.programs ?? most);
  const wrong: string[] = [];
  let tried = 0;
  for (let seed = firstSeed; tried < programs; seed++) {
    const runs = Math.min(BATCH, programs - tried);
    const { found } = await work(seed, runs);
    tried += runs;
    if (found) {
      const text = `${title}, seed ${seed}: ${found.difference}\n${found.program}`;
      wrong.push(text);
      // Said at once too: such a search may be ended before its end.
      console.log(text);
    }
    console.log(`${title}: ${tried} of ${programs}, ${wrong.length} wrong (seed ${seed})`);
  }
  return { tried, wrong };
}

async function onWebgl(): Promise<Outcome> {
  const page = await serveTestPage();
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
  try {
    const tab = await browser.newPage();
    await tab.goto(page.url);
    return await batches('WebGL', 20_000, async (seed, runs) => {
      const request = { ask: 'programs', engine: 'tfjs-webgl', seed, runs, shrink: false };
      return (await tab.evaluate((question) => window.ask(question as never), request)) as Findings;
    });
  } finally {
    await browser.close();
    await page.close();
  }
}

/** Without a pause the console would show nothing until the end. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function onWasm(): Promise<Outcome> {
  const engine = await createWasm();
  await fetchLibrary();
  return batches('WASM', 20_000, async (seed, runs) => {
    await pause();
    return search(engine, seed, runs, false);
  });
}

/** Programs that may be anything, half of them on the reference engine. */
async function anything(): Promise<Outcome> {
  // Here, since the grammar and the library take a while to load.
  const { fuzz } = await import('../tests/fuzz/fuzz.ts');
  const engines = [new ReferenceEngine(), await createWasm()];
  let [failed, slowest] = [0, 0];
  const outcome = await batches('Fuzz', 100_000, async (seed, runs) => {
    await pause();
    const findings = fuzz(engines, seed, runs, false);
    failed += findings.failed;
    slowest = Math.max(slowest, findings.slowest);
    return findings;
  });
  console.log(`${failed} of ${outcome.tried} ended in an error of Julia's; the slowest took ${slowest.toFixed(0)} ms`);
  return outcome;
}

const show = (bytes: Buffer): boolean => process.stdout.write(bytes);

/** Tests that have the tag of the slow ones. What failed is told where it runs. */
async function slow({ command, env, count }: Tests): Promise<Outcome> {
  const status = await run(command, env ?? {}, show);
  const { passed = 0, failed = 0 } = (await count()) ?? {};
  const wrong = Math.max(failed, status === 0 ? 0 : 1);
  return { tried: passed + wrong, wrong: Array.from({ length: wrong }, () => 'a slow test, as told above') };
}

/** Every stored cell, computed again. */
async function stored(): Promise<Outcome> {
  const status = await run(['scripts/stored.ts'], {}, show);
  return { tried: 1, wrong: status === 0 ? [] : ['a stored cell is not what its program gives, as told above'] };
}

async function slowInBrowser(): Promise<Outcome> {
  process.env['CHROMIUM_PATH'] ??= findChromium();
  const built = await run([await bin('astro'), 'build'], { SITE_BASE: '/' }, show);
  if (built !== 0) return { tried: 1, wrong: ['the site that is to be tested could not be built'] };
  return slow(await browserTests(['--grep', '@slow'], 'browser-slow.json'));
}

const steps: readonly Step[] = [
  { name: 'unit', title: 'slow unit tests', run: async () => slow(await unitTests('slow', 'unit-slow.json')) },
  { name: 'stored', title: 'stored cells, computed again', run: stored },
  { name: 'browser', title: 'slow browser tests', run: slowInBrowser },
  { name: 'fuzz', title: 'programs that may be anything', run: anything },
  { name: 'wasm', title: 'random programs on WASM in Node', run: onWasm },
  { name: 'webgl', title: 'random programs on WebGL in Chromium', run: onWebgl },
];

const chosen = steps.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0) throw new Error(`no such step; there are: ${steps.map(({ name }) => name).join(', ')}`);

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });

let passed = 0;
let failed = 0;
for (const { title, run } of chosen) {
  const began = performance.now();
  const { tried, wrong } = await run();
  wrong.forEach((text) => console.log(`\n✗ ${text}`));
  failed += wrong.length;
  passed += tried - wrong.length;
  console.log(
    `\n${wrong.length === 0 ? '✓' : '✗'} ${title}: ${tried} tried (${((performance.now() - began) / 1000).toFixed(0)} s)\n`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
