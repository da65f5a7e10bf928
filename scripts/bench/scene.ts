/**
 * Times the product cube and the surface in Chromium on software WebGL, next to mm ("Inside the Matrix", Basil Hosmer, PyTorch 2023) as it was
 * measured once on a machine like the reference machine: 2 cores, no graphics card, SwiftShader. Run: node scripts/bench/scene.ts [sizes...]
 */
import { chromium } from '@playwright/test';
import type { Measurement, Times } from '../../tests/fixtures/scene/bench.ts';
import { serveScene } from '../../tests/fixtures/scene/serve.ts';
import { chromiumArguments, findChromium } from '../chromium.ts';

/** mm's milliseconds: initialise, first frame, one outer-product step, 20 hover moves. */
const MM: Readonly<Record<number, { initialise: number; firstFrame: number; step: number; hover: number }>> = {
  128: { initialise: 56, firstFrame: 2000, step: 23, hover: 60 },
  256: { initialise: 109, firstFrame: 1700, step: 62, hover: 60 },
  512: { initialise: 430, firstFrame: 3300, step: 228, hover: 60 },
};

const RUNS = 3;

function line(name: string, { wall, thread }: Times, theirs?: number): string {
  const ratio =
    theirs === undefined
      ? ''
      : `   mm ${String(theirs).padStart(5)}   ${(theirs / wall).toFixed(1)} times less, thread ${(theirs / thread).toFixed(1)} times less`;
  return `  ${name.padEnd(28)} ${wall.toFixed(1).padStart(8)} ms   thread ${thread.toFixed(1).padStart(7)} ms${ratio}`;
}

function report(measured: Measurement): void {
  const mm = MM[measured.size];
  console.log(`\n${measured.size} x ${measured.size}${measured.software ? ' (software WebGL)' : ''}`);
  console.log(line('initialise', measured.initialise, mm?.initialise));
  console.log(line('first picture (A and B)', measured.firstPicture));
  console.log(line('first frame (A, B and C)', measured.firstFrame, mm?.firstFrame));
  console.log(line('outer-product step', measured.step, mm?.step));
  console.log(line('20 hover moves', measured.hover, mm?.hover));
  console.log(line('surface, first frame', measured.surfaceFirst));
  console.log(line('surface, a turn while dragged', measured.surfaceTurn));
}

/** Of several runs the middle one, by the first frame's time. */
function middle(runs: Measurement[]): Measurement | undefined {
  return runs.toSorted((a, b) => a.firstFrame.wall - b.firstFrame.wall)[runs.length >> 1];
}

/** Share of a processor that a busy program gets here now: 1 on a quiet machine. Below that, our times are stretched and mm's were not. */
function processorShare(): number {
  const start = performance.now();
  const before = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  while (used() < 300);
  return used() / (performance.now() - start);
}

const sizes = process.argv.slice(2).map(Number);
const served = await serveScene();
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
try {
  const page = await browser.newPage({ viewport: { width: 1024, height: 768 } });
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`${served.url}bench.html`);
  await page.waitForFunction(() => 'measure' in window);
  // The first context of a browser also starts its graphics process: not what is compared.
  await page.evaluate(() => window.measure(64));
  console.log(
    `Canvas 960 x 720, median of ${RUNS} runs; milliseconds to readable pixels, and of those on the page's thread`,
  );
  console.log(
    `Processor share of a busy program now: ${processorShare().toFixed(2)} (1 is a quiet machine, as for mm)`,
  );
  for (const size of sizes.length > 0 ? sizes : [128, 256, 512, 1024]) {
    const runs: Measurement[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await page.evaluate((n) => window.measure(n), size));
    const chosen = middle(runs);
    if (chosen) report(chosen);
  }
} finally {
  await browser.close();
  await served.close();
}
