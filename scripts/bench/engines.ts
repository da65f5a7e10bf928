/** The poster pipeline, and a gradient step of the warp inside the loss, on every engine in Node and in Chromium. */
import { softwareName } from '../../src/lib/software-renderer.ts';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createEngine } from '../../src/lib/matrix/choose.ts';
import { companion, mandrill } from '../../src/lib/matrix/parity-pictures.ts';
import { milliseconds } from '../../src/lib/matrix/parity-times.ts';
import { chromiumArguments, findChromium } from '../chromium.ts';
import { serveTestPage } from '../../tests/browser/engines/serve.ts';
import { median } from './types.ts';
import type { Bench, BenchOptions, Row } from './types.ts';
import type { EngineName } from '../../src/lib/matrix/engine.ts';
import type { Timing } from '../../src/lib/matrix/parity-times.ts';

type Measure = (engine: EngineName, timing: Timing) => Promise<number[]>;

/** Differentiating at 1024 takes a software renderer minutes, and says nothing new. */
const LARGEST_GRADIENT = 512;

export const engines: Bench = {
  name: 'engines',
  baseline: 'reference',
  async run(options) {
    const inNode: Measure = async (name, timing) => milliseconds(await createEngine(name), timing);
    const rows = await all(options, 'Node', ['reference', 'tfjs-wasm'], inNode);
    if (!options.browser) return rows;
    const page = await serveTestPage();
    const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
    try {
      const tab = await browser.newPage();
      await tab.goto(page.url);
      const inTab: Measure = async (engine, { pictures: [m, other], ...timing }) => {
        const request = { ask: 'times' as const, engine, ...timing, pictures: [[...arrayOf(m)], [...arrayOf(other)]] };
        return (await tab.evaluate((question) => window.ask(question as never), request)) as number[];
      };
      const where = `Chromium, ${await renderer(tab)}`;
      return [...rows, ...(await all(options, where, ['reference', 'tfjs-wasm', 'tfjs-webgl'], inTab))];
    } finally {
      await browser.close();
      await page.close();
    }
  },
};

async function all(
  { sizes, rounds, note }: BenchOptions,
  where: string,
  names: readonly EngineName[],
  measure: Measure,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const m = mandrill(size);
    for (const work of ['poster', 'forward', 'gradient'] as const) {
      if (work !== 'poster' && size > LARGEST_GRADIENT) continue;
      for (const engine of names) {
        note(`${where}: ${work} at ${size} on ${engine}`);
        const times = await measure(engine, { work, size, rounds, pictures: [m, companion(m)] });
        rows.push({ what: `${titles[work]}, ${size}`, engine, where, medianMs: median(times), runs: times.length });
      }
    }
  }
  return rows;
}

const titles: Readonly<Record<Timing['work'], string>> = {
  poster: 'poster pipeline',
  forward: 'warp inside the loss, value',
  gradient: 'warp inside the loss, value and gradient',
};

function arrayOf(data: ArrayLike<number>): number[] {
  return Array.from(data);
}

/** The WebGL renderer, in short: SwiftShader, llvmpipe, or the name of the hardware. */
async function renderer(tab: Page): Promise<string> {
  const text = await tab.evaluate(() => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return String(gl?.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) ?? 'no WebGL');
  });
  return softwareName(text) ?? text;
}
