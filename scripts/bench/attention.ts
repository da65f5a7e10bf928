/** Training a small Transformer: one step on our kernels beside tfjs' WebAssembly backend, and the quick demo, whole. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { runConfig } from '../../src/lib/attention/presets.ts';
import { Trainer } from '../../src/lib/attention/trainer.ts';
import { serveTestPage } from '../../tests/browser/engines/serve.ts';
import type { Demo } from '../../tests/browser/training/page.ts';
import { chromiumArguments, findChromium } from '../chromium.ts';
import type { StepTimes } from './attention-steps.ts';
import { median } from './types.ts';
import type { Bench, BenchOptions, Row } from './types.ts';

const KERNELS = 'kernels';
const TFJS = 'tfjs-wasm, tuned';
const STEP = 'training step, N 16 D 32 H 2 L 2 B 64';

export const attention: Bench = {
  name: 'attention',
  baseline: TFJS,
  remark:
    'Forward, backward and AdamW; the two take turns in one process. The demo is everything from the start of a worker to its test.',
  async run(options) {
    return [...(await steps(options)), demoInNode(options), ...(options.browser ? [await demoInPage(options)] : [])];
  },
};

async function steps({ rounds, note }: BenchOptions): Promise<Row[]> {
  note(`Node: ${STEP}`);
  const program = path.join(import.meta.dirname, 'attention-steps.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(rounds)]);
  const { kernels, tfjs, losses } = JSON.parse(stdout) as StepTimes;
  if (Math.abs(losses[0] - losses[1]) > 1e-3) throw new Error(`the two train differently: ${losses.join(' and ')}`);
  note(`  median of the rounds' ratios: ${median(tfjs.map((ms, i) => ms / (kernels[i] ?? NaN))).toFixed(1)}`);
  const row = (engine: string, ms: readonly number[]): Row => ({
    what: STEP,
    engine,
    where: 'Node',
    medianMs: median(ms),
    runs: ms.length,
  });
  return [row(KERNELS, kernels), row(TFJS, tfjs)];
}

const titled = (right: number): string => `quick recall demo, ${(100 * right).toFixed(1)} % right`;

function demoInNode({ rounds, note }: BenchOptions): Row {
  note('Node: the quick recall demo');
  let right = NaN;
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    const trainer = new Trainer(runConfig('recall-demo'));
    while (!trainer.done) trainer.step(10);
    const test = trainer.evaluate('test');
    right = (test?.right ?? NaN) / (test?.asked ?? NaN);
    return performance.now() - began;
  });
  return { what: titled(right), engine: KERNELS, where: 'Node', medianMs: median(times), runs: rounds };
}

async function demoInPage({ rounds, note }: BenchOptions): Promise<Row> {
  const served = await serveTestPage({ folder: path.join(import.meta.dirname, '../../tests/browser/training') });
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'demo' in window);
    note('Chromium: the quick recall demo');
    const runs: Demo[] = [];
    while (runs.length < rounds) runs.push(await page.evaluate(() => window.demo()));
    const long = runs.flatMap(({ longTasks }) => longTasks);
    note(`  tasks of more than 50 ms on the page's thread in ${rounds} runs: ${long.length}`);
    return {
      what: titled(Math.min(...runs.map(({ right }) => right))),
      engine: KERNELS,
      where: 'Chromium, in a worker',
      medianMs: median(runs.map(({ milliseconds }) => milliseconds)),
      runs: rounds,
    };
  } finally {
    await browser.close();
    await served.close();
  }
}
