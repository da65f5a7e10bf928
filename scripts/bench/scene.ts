/**
 * The product cube and the surface in Chromium, beside mm ("Inside the Matrix", Basil Hosmer, PyTorch 2023) as it was measured once, elsewhere,
 * on a machine of the same make: two processors, no graphics card, WebGL in software. mm is not part of this project, so the two never run side
 * by side, and a busy machine slows only us.
 */
import { softwareName } from '../../src/lib/software-renderer.ts';
import { chromium } from '@playwright/test';
import type { Measurement, Reading } from '../../tests/fixtures/scene/bench.ts';
import { serveScene } from '../../tests/fixtures/scene/serve.ts';
import { chromiumArguments, findChromium } from '../chromium.ts';
import { median } from './types.ts';
import type { Bench, Row } from './types.ts';

const MM = 'mm, recorded elsewhere';

/** mm's milliseconds. How far its hover reached, to pixels or to its own handlers, was not recorded. */
const RECORDED: Readonly<Record<number, Partial<Record<Reading, number>>>> = {
  128: { initialise: 56, firstFrame: 2000, step: 23, hover: 60 },
  256: { initialise: 109, firstFrame: 1700, step: 62, hover: 60 },
  512: { initialise: 430, firstFrame: 3300, step: 228, hover: 60 },
};

export const scene: Bench = {
  name: 'scene',
  baseline: MM,
  remark:
    'A canvas of 960 x 720. "To pixels" ends when a pixel can be read, a browser\'s frame included; "thread" is what of it our code held the page. ' +
    'The figures of mm were recorded elsewhere, on a like machine: no ratio within one run.',
  async run({ sizes, rounds, browser, note }) {
    if (!browser) return [];
    const served = await serveScene();
    const opened = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
    try {
      const page = await opened.newPage({ viewport: { width: 1024, height: 768 } });
      page.on('pageerror', (error) => note(error.message));
      await page.goto(`${served.url}bench.html`);
      await page.waitForFunction(() => 'measure' in window);
      // The first context of a browser also starts its graphics process: not what is compared.
      await page.evaluate(() => window.measure(64));
      note(`A busy program gets ${processorShare().toFixed(2)} of a processor now; 1 is a quiet machine, as mm had`);
      const rows: Row[] = [];
      for (const size of sizes) {
        note(`Chromium: cube and surface at ${size}`);
        const runs: Measurement[] = [];
        for (let run = 0; run < rounds; run += 1) runs.push(await page.evaluate((n) => window.measure(n), size));
        rows.push(...rowsOf(size, runs));
      }
      return rows;
    } finally {
      await opened.close();
      await served.close();
    }
  },
};

const TITLES: Readonly<Record<Reading, string>> = {
  initialise: 'initialise',
  firstPicture: 'first picture, A and B',
  firstFrame: 'first frame, A, B and C',
  step: 'outer-product step',
  hover: '20 hover moves',
  turn: 'a turn while dragged',
  surfaceFirst: 'surface, first picture',
  surfaceRest: 'surface, finest picture',
  surfaceTurn: 'surface, a turn while dragged',
};

function rowsOf(size: number, runs: readonly Measurement[]): Row[] {
  const text = runs[0]?.renderer ?? 'no WebGL';
  const where = `Chromium, ${softwareName(text) ?? text}`;
  return (Object.keys(TITLES) as Reading[]).flatMap((reading) => {
    const what = `${TITLES[reading]}, ${size}`;
    const row = (engine: string, values: readonly number[]): Row => ({
      what,
      where,
      engine,
      medianMs: median(values),
      runs: values.length,
    });
    const theirs = RECORDED[size]?.[reading];
    return [
      ...(theirs === undefined ? [] : [row(MM, [theirs])]),
      row(
        'to pixels',
        runs.map(({ times }) => times[reading].wall),
      ),
      row(
        'thread',
        runs.map(({ times }) => times[reading].thread),
      ),
    ];
  });
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
