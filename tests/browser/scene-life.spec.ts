import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { cube, surface, test } from '../fixtures/scene/steps.ts';

/** Bytes of gzip that three.js and the views may weigh. */
const SCENE_BUDGET = 170_000;

test('no frame is drawn when nothing changed', async ({ page, open }) => {
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
  await open();
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

test('everything is given back: 20 views in one canvas, 20 canvases', { tag: '@slow' }, async ({ page, open }) => {
  await open();
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
      stage.settle();
      stage.render();
      const cube = new scene.CubeView({ left: matrix, right: matrix }, true);
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
  expect(cycles.most).toBeGreaterThanOrEqual(3);
  expect(cycles.end).toEqual(cycles.start);

  await cube(page);
  const held = () => page.evaluate(() => document.querySelector('product-cube')?.held ?? null);
  await expect.poll(async () => (await held())?.textures ?? 0).toBeGreaterThanOrEqual(3);
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

test('three.js is a chunk of its own, within its budget, and comes with the first view only', async ({
  page,
  open,
  served,
}) => {
  const scene = served.scripts.filter(({ code }) => code.includes('WebGLRenderer'));
  expect(scene.length).toBe(1);
  const [chunk] = scene;
  if (!chunk) throw new Error('no chunk');
  expect(gzipSync(chunk.code, { level: 9 }).length).toBeLessThan(SCENE_BUDGET);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname.slice(1)));
  await open();
  expect(loaded).not.toContain(chunk.name);
  await cube(page);
  expect(loaded).toContain(chunk.name);
});

test('a context that is taken comes back, turned as it was; taken again and again, the view says so', async ({
  page,
  served,
}) => {
  await page.goto(served.url);
  await page.waitForFunction(() => 'fixture' in window);
  await cube(page);
  const turned = { yaw: 0.3, pitch: 0.2 };
  await page.evaluate((turned) => {
    const element = document.querySelector('product-cube');
    if (element) element.orbit = { ...element.orbit, ...turned };
  }, turned);
  const take = (): Promise<void> =>
    page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('product-cube canvas:not(.cube-flat)');
      const lost = new Promise((resolve) => canvas?.addEventListener('webglcontextlost', resolve, { once: true }));
      canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
      await lost;
    });
  for (let time = 0; time < 3; time += 1) {
    await take();
    await expect(page.locator('product-cube.is-open canvas')).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.querySelector('product-cube')?.orbit)).toMatchObject(turned);
  }
  await take();
  await expect(page.locator('product-cube')).toContainText('taken the graphics away from this view');
  await expect(page.locator('product-cube canvas.cube-flat')).toBeVisible();
});

test('without WebGL2 the product is a picture and the trace stays whole', async ({ page, served }) => {
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

test('less motion means steps instead of a film', async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open();
  await cube(page);
  await expect(page.getByRole('button', { name: 'Play' })).toBeHidden();
  await page.getByRole('button', { name: 'One step back' }).click();
  await expect(page.locator('product-cube output')).toHaveText('layer 1 of 2');
});

test('singular layers build a matrix up, rank by rank', async ({ page, open }) => {
  await open();
  await page.evaluate(() => {
    const element = document.createElement('singular-layers');
    document.querySelector('#layers')?.append(element);
    // 6 times a flat layer and 2 times a checkerboard of signs: the two singular values, known beforehand (each pattern has norm 4).
    element.matrix = window.fixture.matrixOf(4, 4, (row, col) => 6 + 2 * (-1) ** (row + col));
    element.scrollIntoView();
  });
  const readout = page.locator('singular-layers [aria-live]');
  await expect(readout).toHaveText('Rank 1 of 4 holds 90.0 % of the energy; singular value 1 is 24');
  const levels = () =>
    page.evaluate(() => {
      const canvas = document.querySelector('singular-layers canvas');
      const pen = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
      return [...(pen?.getImageData(0, 0, 2, 1).data ?? [])];
    });
  // The mean of 4 and 8 on their own scale: the middle grey, everywhere.
  expect(await levels()).toEqual([128, 128, 128, 255, 128, 128, 128, 255]);
  await page.getByRole('button', { name: 'One step on' }).last().click();
  await expect(readout).toHaveText(/^Rank 2 of 4 holds 100 % of the energy; singular value 2 is 8$/);
  expect(await levels()).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
});
