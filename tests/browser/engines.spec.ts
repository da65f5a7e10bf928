import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { companion, mandrill } from '../../src/lib/matrix/parity-pictures.ts';
import { serveTestPage } from './engines/serve.ts';
import type { Findings } from '../differential/search.ts';
import type { TestPage } from './engines/serve.ts';
import type { LostReport, PictureDifference, Pictures, Request } from './engines/protocol.ts';

const engines = ['tfjs-wasm', 'tfjs-webgl'] as const;

let served: TestPage;
test.beforeAll(async () => {
  served = await serveTestPage();
});
test.afterAll(() => served.close());

async function ask<T>(page: Page, request: Request, url = served.url): Promise<T> {
  await page.goto(url);
  return (await page.evaluate((question) => window.ask(question), request)) as T;
}

function pictures(size: number): Pictures {
  const m = mandrill(size);
  return [[...m], [...companion(m)]];
}

for (const engine of engines) {
  test.describe(engine, () => {
    // A software renderer compiles some hundred shaders.
    test.setTimeout(240_000);

    test('agrees with the reference engine on every primitive, and leaks nothing', async ({ page }) => {
      const { count, wrong } = await ask<{ count: number; wrong: string[] }>(page, { ask: 'primitives', engine });
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(300);
    });

    for (const [runs, tag] of [
      [30, []],
      [100, ['@slow']],
    ] as const) {
      test(
        `gives what the reference engine gives for ${runs} random programs, and leaves nothing behind`,
        {
          tag: [...tag],
        },
        async ({ page }) => {
          const found = await ask<Findings>(page, { ask: 'programs', engine, seed: 2021, runs });
          expect(found).toEqual({ tried: runs, found: null });
        },
      );
    }

    test("makes the studies' pictures", async ({ page }) => {
      const found = await ask<PictureDifference[]>(page, {
        ask: 'pictures',
        engine,
        size: 128,
        pictures: pictures(128),
      });
      expect(found.length).toBeGreaterThan(15);
      for (const { name, relative, levels } of found) {
        expect(relative, name).toBeLessThan(1e-4);
        expect(levels, name).toBeLessThanOrEqual(1);
      }
    });

    // The second loses most digits: it is the one that every change must pass.
    for (const [only, tag] of [
      ['symmetric (transposed mandrill times mandrill)', ['@slow']],
      ['V prime (x + 1, no middle N)', []],
    ] as const) {
      test(`makes the picture "${only}" at full size`, { tag: [...tag] }, async ({ page }) => {
        const request: Request = { ask: 'pictures', engine, size: 512, pictures: pictures(512), only };
        const [found] = await ask<PictureDifference[]>(page, request);
        expect(found?.relative).toBeLessThan(1e-4);
        expect(found?.levels).toBeLessThanOrEqual(1);
        expect(found?.pixels).toBeLessThan(0.005);
      });
    }

    test('descends as the reference engine does, and frees every step', async ({ page }) => {
      const request: Request = { ask: 'descent', engine, size: 64, steps: 20, pictures: pictures(64) };
      const { right, other, memory } = await ask<{ right: number[]; other: number[]; memory: { buffers: number } }>(
        page,
        request,
      );
      expect(other).toHaveLength(21);
      other.forEach((loss, k) => expect(Math.abs(loss / (right[k] ?? NaN) - 1)).toBeLessThan(1e-3));
      expect(memory.buffers).toBe(0);
    });
  });
}

test('a lost graphics context is noticed, told, and left for WebAssembly', async ({ page }) => {
  const report = await ask<LostReport>(page, { ask: 'loss of context' });
  expect(report).toMatchObject({ thrown: 'EngineLost', told: 'EngineLost', next: 'tfjs-wasm', sum: 128 });
});

test('software WebGL is not chosen, and the reason is told', async ({ page }) => {
  const { name, reason } = await ask<{ name: string; reason: string }>(page, { ask: 'choice' });
  expect(name).toBe('tfjs-wasm');
  expect(reason).toMatch(/WebGL|graphics/);
});

test('software WebGL can be forced', async ({ page }) => {
  expect(await ask(page, { ask: 'choice', wanted: 'tfjs-webgl' })).toMatchObject({ name: 'tfjs-webgl' });
});

test('a policy that forbids WebAssembly ends in the reference engine, not in waiting', async ({ page }) => {
  const strict = await serveTestPage({ wasm: false });
  try {
    const choice = await ask<{ name: string; reason: string }>(
      page,
      { ask: 'choice', wanted: 'tfjs-wasm' },
      strict.url,
    );
    expect(choice.name).toBe('reference');
    expect(choice.reason).toContain('WebAssembly did not start');
  } finally {
    await strict.close();
  }
});

test('nothing is asked of another host', async ({ page }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await ask(page, { ask: 'choice' });
  expect([...hosts].filter((host) => host !== '')).toEqual([new URL(served.url).host]);
});
