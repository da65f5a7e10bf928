import { expect } from '@playwright/test';
import { cube, levelsOfC, surface, test } from '../fixtures/scene/steps.ts';

test('a ramp seen from above has the grey levels of its picture', async ({ page, open }) => {
  await open();
  await surface(page, 'ramp', 0);
  const levels = await page.evaluate(() => {
    const element = document.querySelector('matrix-surface');
    if (!element) throw new Error('no surface');
    element.orbit = { yaw: 0, pitch: 1.5, zoom: 1 };
    const pixels = Array.from({ length: 14 * 14 }, (_, n) => ({ row: 1 + Math.floor(n / 14), col: 1 + (n % 14) }));
    const colours = element.read(...pixels.flatMap((pixel) => element.locate(pixel) ?? []));
    return pixels.map(({ row, col }, n) => ({ entry: row * 16 + col, colour: colours[n] }));
  });
  for (const { entry, colour } of levels) expect(colour, `entry ${entry}`).toEqual([entry, entry, entry, 255]);
});

test('a ramp rises from dark to bright', async ({ page, open }) => {
  await open();
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

test('a spike stands up from its plain', async ({ page, open }) => {
  await open();
  await surface(page, 'spike', 0.5);
  const seen = await page.evaluate(() => {
    const element = document.querySelector('matrix-surface');
    if (!element) throw new Error('no surface');
    element.orbit = { yaw: 0, pitch: 0.05, zoom: 1 };
    const tip = element.locate({ row: 8, col: 8 });
    const foot = element.locate({ row: 8, col: 4 });
    const canvas = element.querySelector('canvas');
    if (!tip || !foot || !canvas) throw new Error('nothing is drawn');
    // The outline of what is drawn, down the column of the spike and down one beside it.
    const topAt = (x: number) =>
      element
        .read(...Array.from({ length: canvas.clientHeight }, (_, y) => ({ x, y })))
        .findIndex(([, , , alpha]) => alpha > 0);
    return {
      tip,
      foot,
      spike: topAt(tip.x),
      beside: topAt(foot.x),
      nearTip: element.read({ x: tip.x, y: tip.y + 14 })[0],
    };
  });
  // The last few pixels of a tip are narrower than a pixel.
  expect(Math.abs(seen.spike - seen.tip.y)).toBeLessThanOrEqual(6);
  expect(seen.beside).toBeGreaterThan(seen.tip.y + 60);
  // Its top is the brightest entry, a little darkened by the light on a steep wall.
  expect(seen.nearTip?.[0]).toBeGreaterThan(90);
});

test('a checkerboard on the front of the cube is the product of the identity with it', async ({ page, open }) => {
  await open();
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
      const pixels = Array.from({ length: 64 }, (_, n) => ({ row: n >> 3, col: n & 7 }));
      const colours = element.read(...pixels.flatMap((pixel) => element.locate(pixel) ?? []));
      for (const [n, { row, col }] of pixels.entries()) {
        const level = 255 * ((row + col) % 2);
        if (colours[n]?.join() !== [level, level, level, 255].join())
          wrong.push({ orbit, row, col, colour: colours[n] });
      }
    }
    return wrong;
  });
  expect(wrong).toEqual([]);
});

test('the product piles up as its layers, its columns and its pixels do', async ({ page, open }) => {
  await open();
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

test('pointing at a pixel selects it on the whole page, and keys move it', async ({ page, open }) => {
  await open();
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

test('the row of A and the column of B light up in their hues', async ({ page, open }) => {
  await open();
  await cube(page);
  const [row, column] = await page.evaluate(() => {
    window.fixture.selectPixel({ row: 1, col: 2, rows: 4, cols: 4 });
    const element = document.querySelector('product-cube');
    if (!element) throw new Error('no cube');
    element.orbit = { yaw: 0, pitch: 0, zoom: 1 };
    const pixels = [
      { row: 1, col: 0 },
      { row: 3, col: 2 },
    ];
    return element.read(...pixels.flatMap((pixel) => element.locate(pixel) ?? []));
  });
  const [rowRed = 0, , rowBlue = 0] = row ?? [];
  const [colRed = 0, , colBlue = 0] = column ?? [];
  expect(rowBlue - rowRed).toBeGreaterThan(60);
  expect(colRed - colBlue).toBeGreaterThan(60);
});

test('a reduced picture shows means, and what is no number is hatched', async ({ page, open }) => {
  await open();
  const seen = await page.evaluate(async () => {
    const { loadScene, matrixOf } = window.fixture;
    const scene = await loadScene();
    const stage = new scene.Stage(document.createElement('canvas'));
    stage.resize(100, 100, 1);
    const levelsOf = (size: number, entry: (row: number, col: number) => number) => {
      // As on a graphics card: with mipmaps. The product with the identity is the picture itself.
      const picture = matrixOf(size, size, entry);
      const identity = matrixOf(size, size, (row, col) => Number(row === col));
      const cube = new scene.CubeView({ left: identity, right: picture }, false);
      cube.setProduct(picture);
      stage.show(cube);
      stage.render();
      const places = Array.from({ length: 25 }, (_, n) => ({ x: 40 + 5 * (n % 5), y: 40 + 5 * Math.floor(n / 5) }));
      return places.map((place) => stage.readDrawn(place));
    };
    const fine = levelsOf(512, (row, col) => (row + col) % 2);
    const hatched = levelsOf(4, () => Number.NaN);
    stage.dispose();
    return { fine, hatched };
  });
  for (const [level] of seen.fine) expect(Math.abs(level - 127.5)).toBeLessThan(3);
  expect(new Set(seen.hatched.map(([red, green, blue]) => [red, green, blue].join()))).toEqual(
    new Set(['191,26,140', '242,242,242']),
  );
});
