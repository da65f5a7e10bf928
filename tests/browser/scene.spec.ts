import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { serveScene } from '../fixtures/scene/serve.ts';
import type { ServedScene } from '../fixtures/scene/serve.ts';
// Only the types: the page itself runs in the browser, and says what hangs on `window`.
import type {} from '../fixtures/scene/main.ts';

/** Kilobytes (1000 bytes) of gzip that three.js and the views may weigh. */
const SCENE_BUDGET = 170_000;

let served: ServedScene;

test.beforeAll(async () => {
  served = await serveScene();
});

test.afterAll(async () => {
  await served.close();
});

async function open(page: Page): Promise<void> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A shader that does not compile, a context that was lost for want of room: three and the browser say so here.
    if (message.type() === 'error' || /THREE|WebGL: |too many active/i.test(message.text()))
      problems.push(message.text());
  });
  await page.goto(served.url);
  await page.waitForFunction(() => 'fixture' in window);
  (page as Page & { problems?: string[] }).problems = problems;
}

test.afterEach(({ page }) => {
  expect((page as Page & { problems?: string[] }).problems ?? []).toEqual([]);
});

/** A surface seen straight from above and laid flat: a picture. */
async function surface(page: Page, kind: 'ramp' | 'spike' | 'checkerboard', relief: number): Promise<void> {
  await page.evaluate(
    ({ kind, relief }) => {
      const { matrixOf } = window.fixture;
      const element = document.createElement('matrix-surface');
      document.querySelector('#surface')?.replaceChildren(element);
      const entries = {
        ramp: (row: number, col: number) => row * 16 + col,
        spike: (row: number, col: number) => (row === 8 && col === 8 ? 3 : 1),
        checkerboard: (row: number, col: number) => (row + col) % 2,
      };
      const [rows, cols] = kind === 'spike' ? [17, 17] : [16, 16];
      element.matrix = matrixOf(rows, cols, entries[kind]);
      element.relief = relief;
    },
    { kind, relief },
  );
  await expect(page.locator('matrix-surface.is-open')).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('matrix-surface')?.locate({ row: 0, col: 0 }) ?? null))
    .not.toBeNull();
}

test('a ramp seen from above has the grey levels of its picture', async ({ page }) => {
  await open(page);
  await surface(page, 'ramp', 0);
  const levels = await page.evaluate(() => {
    const element = document.querySelector('matrix-surface');
    if (!element) throw new Error('no surface');
    element.orbit = { yaw: 0, pitch: 1.5, zoom: 1 };
    return Array.from({ length: 14 * 14 }, (_, n) => {
      const pixel = { row: 1 + Math.floor(n / 14), col: 1 + (n % 14) };
      const place = element.locate(pixel);
      const colour = place && element.read(place);
      return { entry: pixel.row * 16 + pixel.col, colour };
    });
  });
  for (const { entry, colour } of levels) expect(colour, `entry ${entry}`).toEqual([entry, entry, entry, 255]);
});

test('a ramp rises from dark to bright', async ({ page }) => {
  await open(page);
  await surface(page, 'ramp', 0.4);
  const corners = await page.evaluate(() => {
    const element = document.querySelector('matrix-surface');
    if (!element) throw new Error('no surface');
    element.orbit = { yaw: 0, pitch: 0.4, zoom: 1 };
    const height = (row: number, col: number) => element.locate({ row, col })?.y ?? 0;
    return { low: height(15, 0), high: height(15, 15), mid: height(15, 8) };
  });
  // Along the last row the entries grow only by 15 of 255: a gentle rise to the right, seen as a smaller y.
  expect(corners.low).toBeGreaterThan(corners.mid);
  expect(corners.mid).toBeGreaterThan(corners.high);
});

test('a spike stands up from its plain', async ({ page }) => {
  await open(page);
  await surface(page, 'spike', 0.5);
  const seen = await page.evaluate(() => {
    const element = document.querySelector('matrix-surface');
    if (!element) throw new Error('no surface');
    element.orbit = { yaw: 0, pitch: 0.05, zoom: 1 };
    const tip = element.locate({ row: 8, col: 8 });
    const foot = element.locate({ row: 8, col: 4 });
    const canvas = element.querySelector('canvas');
    if (!tip || !foot || !canvas) throw new Error('nothing is drawn');
    const opaque = (x: number, y: number) => (element.read({ x, y })?.[3] ?? 0) > 0;
    // The outline of what is drawn, down the column of the spike and down one beside it.
    const topAt = (x: number) => {
      for (let y = 0; y < canvas.clientHeight; y += 1) if (opaque(x, y)) return y;
      return -1;
    };
    return {
      tip,
      foot,
      spike: topAt(tip.x),
      beside: topAt(foot.x),
      nearTip: element.read({ x: tip.x, y: tip.y + 14 }),
    };
  });
  // The last few pixels of a tip are narrower than a pixel.
  expect(Math.abs(seen.spike - seen.tip.y)).toBeLessThanOrEqual(6);
  expect(seen.beside).toBeGreaterThan(seen.tip.y + 60);
  // Its top is the brightest entry, a little darkened by the light on a steep wall.
  expect(seen.nearTip?.[0]).toBeGreaterThan(90);
});

test('a checkerboard on the front of the cube is the product of the identity with it', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const { matrixOf } = window.fixture;
    const element = document.createElement('product-cube');
    document.querySelector('#cube')?.append(element);
    element.factors = {
      left: matrixOf(8, 8, (row, col) => Number(row === col)),
      right: matrixOf(8, 8, (row, col) => (row + col) % 2),
    };
  });
  await expect
    .poll(() => page.evaluate(() => document.querySelector('product-cube')?.product?.data.length ?? 0))
    .toBe(64);
  await expect(page.locator('product-cube.is-open')).toBeVisible();
  const wrong = await page.evaluate(() => {
    const element = document.querySelector('product-cube');
    if (!element) throw new Error('no cube');
    const wrong: unknown[] = [];
    for (const orbit of [
      { yaw: 0, pitch: 0, zoom: 1 },
      { yaw: -0.6, pitch: 0.4, zoom: 1 },
    ]) {
      element.orbit = orbit;
      for (let row = 0; row < 8; row += 1) {
        for (let col = 0; col < 8; col += 1) {
          const place = element.locate({ row, col });
          const colour = place && element.read(place);
          const level = 255 * ((row + col) % 2);
          if (colour?.join() !== [level, level, level, 255].join()) wrong.push({ orbit, row, col, colour });
        }
      }
    }
    return wrong;
  });
  expect(wrong).toEqual([]);
});

/** A small cube whose factors are C = sum of two layers that are easy to know. */
async function cube(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { matrixOf, multiply } = window.fixture;
    const left = matrixOf(4, 2, (row, k) => (k === 0 ? row : 1));
    const right = matrixOf(2, 4, (k, col) => (k === 0 ? 1 : col * 10));
    const element = document.createElement('product-cube');
    document.querySelector('#cube')?.replaceChildren(element);
    element.factors = { left, right, product: multiply({ left, right }) };
  });
  await expect(page.locator('product-cube.is-open')).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('product-cube')?.locate({ row: 0, col: 0 }) ?? null))
    .not.toBeNull();
}

/** Grey levels (or alpha, where transparent) of all pixels of C, from the front. */
async function levelsOfC(page: Page): Promise<(readonly [number, number])[]> {
  return page.evaluate(() => {
    const element = document.querySelector('product-cube');
    if (!element) throw new Error('no cube');
    element.orbit = { yaw: 0, pitch: 0, zoom: 1 };
    return Array.from({ length: 16 }, (_, n) => {
      const place = element.locate({ row: n >> 2, col: n & 3 });
      const colour = place && element.read(place);
      return [colour?.[0] ?? -1, colour?.[3] ?? -1] as const;
    });
  });
}

test('the product piles up as its layers, its columns and its pixels do', async ({ page }) => {
  await open(page);
  await cube(page);
  const show = (order: 'outer' | 'column' | 'dot', step: number | null) =>
    page.evaluate(([order, step]) => document.querySelector('product-cube')?.showStep(order, step), [
      order,
      step,
    ] as const);
  // All of it: C[row, col] = row + 10 col, from 0 to 33.
  expect((await levelsOfC(page)).map(([level]) => level)).toEqual(
    Array.from({ length: 16 }, (_, n) => Math.round(((n >> 2) + 10 * (n & 3)) * (255 / 33))),
  );
  // The first layer alone, at full contrast: rows only.
  await show('outer', 1);
  expect((await levelsOfC(page)).map(([level]) => level)).toEqual(Array.from({ length: 16 }, (_, n) => (n >> 2) * 85));
  await page.getByLabel('stretch every partial sum').uncheck();
  expect((await levelsOfC(page)).map(([level]) => level)).toEqual(
    Array.from({ length: 16 }, (_, n) => Math.round((n >> 2) * (255 / 33))),
  );
  // What is not there yet is nearly transparent.
  await show('column', 3);
  expect((await levelsOfC(page)).map(([, alpha]) => alpha === 255)).toEqual(
    Array.from({ length: 16 }, (_, n) => (n & 3) < 3),
  );
  await show('dot', 5);
  expect((await levelsOfC(page)).map(([, alpha]) => alpha === 255)).toEqual(
    Array.from({ length: 16 }, (_, n) => n < 5),
  );
  await show('dot', null);
  expect((await levelsOfC(page)).every(([, alpha]) => alpha === 255)).toBe(true);
});

test('pointing at a pixel selects it on the whole page, and keys move it', async ({ page }) => {
  await open(page);
  await cube(page);
  await page.evaluate(() => {
    const element = document.createElement('matrix-surface');
    element.matrix = document.querySelector('product-cube')?.product ?? null;
    document.querySelector('#surface')?.append(element);
    document.addEventListener(
      'pixel',
      (event) => (document.body.dataset['pixel'] = JSON.stringify((event as CustomEvent<unknown>).detail)),
    );
  });
  const canvas = page.locator('product-cube canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  const place = await page.evaluate(() => document.querySelector('product-cube')?.locate({ row: 2, col: 1 }) ?? null);
  if (!box || !place) throw new Error('nothing is drawn');
  await page.mouse.move(box.x + place.x, box.y + place.y);
  await expect(page.locator('body')).toHaveAttribute('data-pixel', '{"row":2,"col":1}');
  const readout = page.locator('product-cube [aria-live]');
  await expect(readout).toHaveText('C[3, 2] = row 3 of A · column 2 of B = 12');
  await expect(page.locator('product-cube product-trace')).toContainText('C[3, 2] = 12 = ');
  await expect(page.locator('matrix-surface [aria-live]')).toHaveText('A[3, 2] = 12');
  await expect(page.locator('product-cube')).toContainText('2 bars, one for every k');
  await canvas.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(readout).toHaveText('C[4, 3] = row 4 of A · column 3 of B = 23');
  await page.keyboard.press('ArrowDown');
  await expect(readout).toHaveText('C[4, 3] = row 4 of A · column 3 of B = 23');
  const before = await page.evaluate(() => document.querySelector('product-cube')?.orbit.yaw ?? 0);
  await page.keyboard.press('Shift+ArrowRight');
  expect(await page.evaluate(() => document.querySelector('product-cube')?.orbit.yaw ?? 0)).toBeCloseTo(before + 0.1);
  await page.mouse.down();
  await page.mouse.move(box.x + place.x - 100, box.y + place.y, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => document.querySelector('product-cube')?.orbit.yaw ?? 0)).toBeGreaterThan(
    before + 0.5,
  );
  await canvas.focus();
  await page.keyboard.press('Home');
  expect(await page.evaluate(() => document.querySelector('product-cube')?.orbit.yaw ?? 0)).toBeCloseTo(-0.62);
});

test('the row of A and the column of B light up in their hues', async ({ page }) => {
  await open(page);
  await cube(page);
  const [row, column] = await page.evaluate(() => {
    window.fixture.selectPixel({ row: 1, col: 2, rows: 4, cols: 4 });
    const element = document.querySelector('product-cube');
    if (!element) throw new Error('no cube');
    element.orbit = { yaw: 0, pitch: 0, zoom: 1 };
    return [
      { row: 1, col: 0 },
      { row: 3, col: 2 },
    ].map((pixel) => {
      const place = element.locate(pixel);
      return place && element.read(place);
    });
  });
  const [rowRed = 0, , rowBlue = 0] = row ?? [];
  const [colRed = 0, , colBlue = 0] = column ?? [];
  expect(rowBlue - rowRed).toBeGreaterThan(60);
  expect(colRed - colBlue).toBeGreaterThan(60);
});

test('no frame is drawn when nothing changed', async ({ page }) => {
  await page.addInitScript(() => {
    let draws = 0;
    for (const name of ['drawElements', 'drawElementsInstanced', 'drawArrays'] as const) {
      const original = Reflect.get(WebGL2RenderingContext.prototype, name) as (...rest: unknown[]) => void;
      Object.assign(WebGL2RenderingContext.prototype, {
        [name](this: WebGL2RenderingContext, ...rest: unknown[]) {
          draws += 1;
          original.apply(this, rest);
        },
      });
    }
    Object.assign(window, { countDraws: () => draws });
  });
  await open(page);
  await cube(page);
  await surface(page, 'checkerboard', 0.2);
  const count = () =>
    page.evaluate(() => ({
      draws: (window as unknown as { countDraws: () => number }).countDraws(),
      frames: [document.querySelector('product-cube')?.frames, document.querySelector('matrix-surface')?.frames],
    }));
  await page.waitForTimeout(1000);
  const before = await count();
  expect(before.draws).toBeGreaterThan(0);
  await page.waitForTimeout(2000);
  expect(await count()).toEqual(before);
  // And one change draws again.
  await page.evaluate(() => window.fixture.selectPixel({ row: 0, col: 0, rows: 4, cols: 4 }));
  await expect.poll(async () => (await count()).draws).toBeGreaterThan(before.draws);
});

test('everything is given back: 20 views in one canvas, 20 canvases', async ({ page }) => {
  await open(page);
  const cycles = await page.evaluate(async () => {
    const { loadScene, matrixOf, greyPalette } = window.fixture;
    const scene = await loadScene();
    const stage = new scene.Stage(document.createElement('canvas'));
    stage.resize(200, 200, 1);
    const start = stage.held;
    const matrix = matrixOf(8, 8, (row, col) => row * col);
    const colours = {
      left: [0, 0, 255],
      right: [255, 90, 0],
      product: [0, 0, 0],
      mean: [9, 9, 9],
      covariance: [0, 99, 0],
      rule: [99, 99, 99],
    } as const;
    let most = 0;
    for (let cycle = 0; cycle < 20; cycle += 1) {
      const surface = new scene.SurfaceView(matrix, greyPalette(), true);
      surface.setColours(colours);
      stage.show(surface);
      stage.render();
      stage.setMoving(true);
      stage.render();
      const cube = new scene.CubeView({ left: matrix, right: matrix });
      cube.setColours(colours);
      cube.setProduct(matrix);
      cube.select({ row: 1, col: 1 });
      stage.show(cube);
      stage.render();
      most = Math.max(most, stage.held.textures);
      stage.show(null);
      stage.render();
    }
    const end = stage.held;
    stage.dispose();
    return { start, most, end };
  });
  expect(cycles.most).toBeGreaterThan(3);
  expect(cycles.end).toEqual(cycles.start);

  await cube(page);
  const held = () => page.evaluate(() => document.querySelector('product-cube')?.held ?? null);
  await expect.poll(async () => (await held())?.textures ?? 0).toBeGreaterThan(3);
  const first = await held();
  for (let cycle = 0; cycle < 20; cycle += 1) {
    await page.evaluate(() => {
      const element = document.querySelector('product-cube');
      const parent = element?.parentElement;
      element?.remove();
      if (element?.held !== null || element.querySelector('canvas')) throw new Error('something is left');
      parent?.append(element);
    });
    await expect.poll(held).toEqual(first);
  }
});

test('three.js is a chunk of its own, within its budget, and comes with the first view only', async ({ page }) => {
  const scene = served.scripts.filter(({ code }) => code.includes('WebGLRenderer'));
  expect(scene.length).toBe(1);
  const [chunk] = scene;
  if (!chunk) throw new Error('no chunk');
  expect(gzipSync(chunk.code, { level: 9 }).length).toBeLessThan(SCENE_BUDGET);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname.slice(1)));
  await open(page);
  expect(loaded).not.toContain(chunk.name);
  await cube(page);
  expect(loaded).toContain(chunk.name);
});

test('without WebGL2 the product is a picture and the trace stays whole', async ({ page }) => {
  await page.addInitScript(() => {
    const original = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (...rest: unknown[]) => unknown;
    Object.assign(HTMLCanvasElement.prototype, {
      getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.startsWith('webgl') ? null : original.call(this, kind, ...rest);
      },
    });
  });
  await page.goto(served.url);
  await page.waitForFunction(() => 'fixture' in window);
  await page.evaluate(() => {
    const { matrixOf } = window.fixture;
    const element = document.createElement('product-cube');
    document.querySelector('#cube')?.append(element);
    element.factors = {
      left: matrixOf(4, 4, (row, col) => row + col),
      right: matrixOf(4, 4, (row, col) => Number(row === col)),
    };
  });
  await expect(page.locator('product-cube')).toContainText('cannot draw in 3D');
  const flat = page.locator('product-cube canvas.cube-flat');
  const box = await flat.boundingBox();
  if (!box) throw new Error('no picture');
  await page.mouse.move(box.x + box.width * 0.875, box.y + box.height * 0.375);
  await expect(page.locator('product-trace')).toContainText('C[2, 4] = 4 = ');
  await page.locator('product-trace input').first().fill('4');
  await expect(page.locator('product-cube [aria-live]')).toHaveText('C[4, 4] = row 4 of A · column 4 of B = 6');
});

test('less motion means steps instead of a film', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  await cube(page);
  await expect(page.getByRole('button', { name: 'Play' })).toBeHidden();
  await page.getByRole('button', { name: 'One step back' }).click();
  await expect(page.locator('product-cube output')).toHaveText('layer 1 of 2');
});

test('singular layers build a matrix up, rank by rank', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const element = document.createElement('singular-layers');
    document.querySelector('#layers')?.append(element);
    // 6 times a flat layer and 2 times a checkerboard of signs: the two singular values, known beforehand (each pattern has norm 4).
    element.matrix = window.fixture.matrixOf(4, 4, (row, col) => 6 + 2 * (-1) ** (row + col));
    element.scrollIntoView();
  });
  const readout = page.locator('singular-layers [aria-live]');
  await expect(readout).toHaveText('1 of 4 layers hold 90.0 % of the energy; singular value 1 is 24');
  const levels = () =>
    page.evaluate(() => {
      const canvas = document.querySelector('singular-layers canvas');
      const pen = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
      return [...(pen?.getImageData(0, 0, 2, 1).data ?? [])];
    });
  // The mean of 4 and 8 on their own scale: the middle grey, everywhere.
  expect(await levels()).toEqual([128, 128, 128, 255, 128, 128, 128, 255]);
  await page.getByRole('button', { name: 'One step on' }).last().click();
  await expect(readout).toHaveText(/^2 of 4 layers hold 100 % of the energy; singular value 2 is 8$/);
  expect(await levels()).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
});
