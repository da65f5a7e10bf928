/**
 * Every slider of a built site on WebAssembly, in Chromium: from an input event until the slider's own cell shows something new, and until no cell of the
 * page computes any more. `npm run build` first. A slider goes through its range in steps, as under a hand that waits for each picture.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArguments, findChromium } from '../chromium.ts';
import { serve } from '../serve.ts';
import { median } from './types.ts';
import type { Page } from '@playwright/test';
import type { Bench, Row } from './types.ts';

const FOLDER = 'dist';
/** Events to each slider. */
const EVENTS = 30;
/** The first ones also load the engine and warm it. */
const WARM_UP = 3;
const PATIENCE_MS = 30_000;

interface Step {
  readonly pixels: number;
  readonly idle: number;
}

declare global {
  interface Window {
    /** Moves a slider, and says in ms when its cell showed something new and when all cells were done. */
    dragStep(id: string, share: number): Promise<Step>;
  }
}

export const drag: Bench = {
  name: 'drag',
  baseline: 'tfjs-wasm',
  remark: `Medians of ${EVENTS} events, and the slowest; the site's pictures have 512 x 512 numbers.`,
  async run({ browser, note }) {
    if (!browser) return [];
    const site = await serve(FOLDER);
    const opened = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
    try {
      const rows: Row[] = [];
      for (const address of await pagesWithSliders()) {
        const page = await opened.newPage({ viewport: { width: 1280, height: 900 } });
        page.on('pageerror', (error) => note(`${address}: ${error.message}`));
        await page.goto(`${site.url}${address}?engine=tfjs-wasm`);
        await page.evaluate(install, PATIENCE_MS);
        const sliders = page.locator('julia-cell input[type=range]');
        const ids = await sliders.evaluateAll((inputs) => inputs.map(({ id }) => id));
        for (const id of ids) {
          note(`Chromium: /${address}, ${id}`);
          rows.push(...(await rowsOf(page, address, id)));
        }
        await page.close();
      }
      return rows;
    } finally {
      await opened.close();
      site.server.close();
    }
  },
};

async function pagesWithSliders(): Promise<string[]> {
  const files = (await readdir(FOLDER, { recursive: true })).map((file) => file.split(path.sep).join('/'));
  const found: string[] = [];
  for (const file of files.filter(
    (one) => /(^|\/)index\.html$/.test(one) && !/^(gallery|lab|embed|portable)\//.test(one),
  ))
    if (/<julia-cell[^]*type="range"/.test(await readFile(path.join(FOLDER, file), 'utf8')))
      found.push(file.replace(/index\.html$/, ''));
  return found.toSorted();
}

async function rowsOf(page: Page, address: string, id: string): Promise<Row[]> {
  const steps: Step[] = [];
  for (let k = -WARM_UP; k < EVENTS; k++) {
    // Up and down again, in uneven steps, and never the same value twice in a row.
    const share = Math.abs((((k + WARM_UP) * 7) % (2 * EVENTS)) - EVENTS) / EVENTS;
    const step = await page.evaluate(([one, to]) => window.dragStep(one, to), [id, share] as const);
    if (k >= 0) steps.push(step);
  }
  const row = (what: string, medianMs: number): Row => ({
    what: `/${address} ${id.replace(/-bind-/, ': ')}, ${what}`,
    engine: 'tfjs-wasm',
    where: 'Chromium',
    medianMs,
    runs: steps.length,
  });
  const [pixels, idle] = [steps.map((one) => one.pixels), steps.map((one) => one.idle)];
  return [
    row('to new pixels', median(pixels)),
    row('to new pixels, slowest', Math.max(...pixels)),
    row('until all is done', median(idle)),
  ];
}

/** Runs in the page. */
function install(patience: number): void {
  let painted: (at: Node) => void = () => undefined;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
  const put = CanvasRenderingContext2D.prototype.putImageData as (
    this: CanvasRenderingContext2D,
    ...rest: unknown[]
  ) => void;
  CanvasRenderingContext2D.prototype.putImageData = function (this: CanvasRenderingContext2D, ...rest: unknown[]) {
    put.apply(this, rest);
    painted(this.canvas);
  };
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  window.dragStep = async (id, share) => {
    const input = document.getElementById(id) as HTMLInputElement;
    const cell = input.closest('julia-cell');
    if (!cell) throw new Error(`${id} stands in no cell`);
    const [low, high] = [Number(input.min), Number(input.max)];
    let value = Math.round(low + share * (high - low));
    if (String(value) === input.value) value = value === high ? value - 1 : value + 1;
    const began = performance.now();
    const shown = new Promise<number>((done) => {
      const watcher = new MutationObserver(() => end());
      const end = (): void => {
        watcher.disconnect();
        clearTimeout(timer);
        painted = () => undefined;
        done(performance.now());
      };
      const timer = setTimeout(end, patience);
      painted = (at) => {
        if (cell.contains(at)) end();
      };
      watcher.observe(cell.querySelector('.cell-result') ?? cell, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    input.value = String(value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const pixels = (await shown) - began;
    while (document.querySelector('julia-cell[data-busy]') && performance.now() - began < patience) await frame();
    return { pixels, idle: performance.now() - began };
  };
}
