/** Two models trained beside each other in the page, and what can go wrong with that. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { runConfig } from '../../src/lib/attention/presets.ts';
import { hashAfter } from '../../src/lib/attention/trainer.ts';
import { FELT, longestTaskOf } from './longest-task.ts';

type Side = 'left' | 'right';

const trainer = (page: Page) => page.locator('attention-trainer');
const button = (page: Page, name: string) => trainer(page).locator(`[data-do="${name}"]`);
const field = (page: Page, name: string) => trainer(page).locator(`[data-set="${name}"]`);
const result = (page: Page, side: Side) => trainer(page).locator(`.trainer-result[data-side="${side}"]`);
const notice = (page: Page) => trainer(page).locator('.instrument-notice');
const stepOf = async (page: Page, side: Side): Promise<number> =>
  Number((await result(page, side).getAttribute('data-step')) ?? NaN);

async function open(page: Page, steps?: number): Promise<void> {
  await page.goto('./attention/');
  if (steps === undefined) return;
  await page.getByText('Change task, size, rate and seed').click();
  await field(page, 'left-steps').fill(String(steps));
}

/** Presses Start and sees it begin; asked at every frame, for a quick run may be over in half a second. */
async function begin(page: Page): Promise<void> {
  await button(page, 'start').click();
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('attention-trainer')?.dataset['state'] === 'running',
  );
}

async function done(page: Page): Promise<void> {
  await expect(trainer(page)).toHaveAttribute('data-state', 'done', { timeout: 90_000 });
}

async function running(page: Page, past = 5): Promise<void> {
  for (const side of ['left', 'right'] as const)
    await expect.poll(() => stepOf(page, side), { timeout: 60_000 }).toBeGreaterThan(past);
}

/** The numbers of a safetensors file by name, read as the format's description says. */
function tensors(file: Buffer) {
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + length)) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  > & { __metadata__: Record<string, string> };
  const { __metadata__: metadata, ...entries } = header;
  const count = Object.values(entries).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return { metadata, names: Object.keys(entries), count, numbers: (file.length - 8 - length) / 4 };
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('both models are there as they were trained with the site, and no control that cannot work', async ({
    page,
  }) => {
    await page.goto('./attention/');
    await expect(trainer(page).locator('svg.trainer-chart')).toHaveCount(2);
    await expect(trainer(page).locator('svg.trainer-chart').first()).toBeVisible();
    for (const side of ['left', 'right'] as const) {
      await expect(result(page, side).locator('[data-name=number]')).toHaveText(/^(9[5-9]\.\d|100\.0) %$/);
      await expect(result(page, side).locator('img')).toHaveCount(4);
    }
    for (const control of await trainer(page).locator('button, input, select, progress').all())
      await expect(control).toBeHidden();
  });
});

test('the first pair trains, to the bits that Node comes to, and the page stays free', async ({ page, browser }) => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await open(page);
  await trainer(page).hover();
  expect(workers).toEqual([]);
  // The live part is there before the measurement: what is measured is training.
  await button(page, 'reset').click();
  await expect(result(page, 'right')).toHaveAttribute('data-step', '0');
  await expect(result(page, 'left').locator('canvas')).toHaveCount(4);
  const longest = await longestTaskOf(browser, page, async () => {
    await begin(page);
    await done(page);
  });
  expect(longest).toBeLessThan(FELT);

  const text = (await result(page, 'left').locator('[data-name=number]').textContent()) ?? '';
  expect(Number(text.replace(' %', ''))).toBeGreaterThan(95);
  await expect(result(page, 'left').locator('[data-name=of]')).toHaveText('of 2,048 test answers right');
  await expect(result(page, 'left').locator('[data-name=status]')).toHaveText(/^step 200 of 200 · \d+(\.\d)? steps\/s/);
  // Attention was read all the while; Node trains without looking.
  const plain = { left: runConfig('recall-demo'), right: runConfig('recall-demo', { arm: 'add-NS', alpha: 0.5 }) };
  for (const side of ['left', 'right'] as const)
    await expect(result(page, side)).toHaveAttribute('data-hash', hashAfter(plain[side], 200));
  await expect(trainer(page).locator('[data-name=comparison]')).toContainText('one pair of runs');
  await expect(trainer(page).locator('.instrument-said')).toContainText('has done its 200 steps');
  // Again, from the start, for whoever measures how long it takes.
  await begin(page);
  await done(page);
  expect(Number(await trainer(page).getAttribute('data-seconds'))).toBeGreaterThan(0);
});

test('pause, step, resume, look back, reset', async ({ page }) => {
  await open(page, 3000);
  await button(page, 'start').click();
  await running(page);
  await button(page, 'start').click();
  await expect(button(page, 'start')).toHaveText('Resume');
  // Between two slices a worker listens; then it stands still, however long a slice takes here.
  let at: number[] = [];
  await expect(async () => {
    at = [await stepOf(page, 'left'), await stepOf(page, 'right')];
    await page.waitForTimeout(1000);
    expect([await stepOf(page, 'left'), await stepOf(page, 'right')]).toEqual(at);
  }).toPass({ timeout: 15_000 });

  await field(page, 'count').fill('7');
  await button(page, 'step').click();
  const next = String(Math.max(...at) + 7);
  for (const side of ['left', 'right'] as const) await expect(result(page, side)).toHaveAttribute('data-step', next);
  await expect(button(page, 'start')).toHaveText('Resume');
  await button(page, 'start').click();
  await running(page, Number(next));
  await button(page, 'start').click();
  await expect(button(page, 'start')).toHaveText('Resume');

  await page.getByLabel('Look back').focus();
  await page.keyboard.press('Home');
  await expect(trainer(page).locator('[data-name=look]')).toHaveText('step 0');
  await expect(result(page, 'left').locator('canvas').first()).toHaveAttribute(
    'aria-label',
    /^Left model after 0 steps/,
  );

  await button(page, 'reset').click();
  for (const side of ['left', 'right'] as const) await expect(result(page, side)).toHaveAttribute('data-step', '0');
  await expect(button(page, 'start')).toHaveText('Start');
});

test('what was trained can be taken home', async ({ page }) => {
  await open(page, 30);
  await expect(button(page, 'json')).toBeDisabled();
  await button(page, 'start').click();
  await done(page);
  const coming = page.waitForEvent('download');
  await button(page, 'json').click();
  const saved = JSON.parse(await readFile(await (await coming).path(), 'utf8')) as Record<
    Side,
    {
      record: { hash: string; steps: number; config: unknown };
      losses: number[];
      validation: unknown[];
      parameters: number;
    }
  >;
  for (const [side, config] of [
    ['left', runConfig('recall-demo', { steps: 30 })],
    ['right', runConfig('recall-demo', { arm: 'add-NS', alpha: 0.5, steps: 30 })],
  ] as const) {
    expect(saved[side].record).toMatchObject({ config, steps: 30, hash: hashAfter(config, 30) });
    expect(saved[side].losses).toHaveLength(30);
    expect(saved[side].validation.length).toBeGreaterThan(5);
    const file = page.waitForEvent('download');
    await button(page, `weights-${side}`).click();
    const download = await file;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${side}-recall-demo-.*-30-steps\\.safetensors$`));
    const { metadata, names, count, numbers } = tensors(await readFile(await download.path()));
    expect(names).toContain('layer0.qkv.weight');
    expect(count).toBe(numbers);
    expect(count).toBe(saved[side].parameters);
    expect(JSON.parse(metadata['run'] ?? '')).toMatchObject({ hash: saved[side].record.hash });
  }
});

test('settings that make no sense are one sentence, and cost nothing', async ({ page }) => {
  await open(page, 4000);
  await button(page, 'start').click();
  await running(page);
  for (const [name, value, sentence] of [
    ['left-seed', '', 'The seed must be a whole number from 0 to 4294967295.'],
    ['left-rate', '1e300', 'The learning rate must be a number from 0.000001 to 1.'],
    ['left-width', '30', 'The width must be a multiple of 4 × the number of heads: of 4, which 30 is not.'],
    ['right-alpha', '1e9', 'Right: α must be a number from −100 to 100.'],
  ] as const) {
    const before = await field(page, name).inputValue();
    await field(page, name).fill(value);
    await expect(notice(page)).toHaveText(sentence);
    await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true');
    await field(page, name).fill(before);
    await expect(notice(page)).toBeHidden();
  }
  // Nothing was stopped by it.
  await expect(button(page, 'start')).toHaveText('Pause');
  const at = await stepOf(page, 'left');
  await expect.poll(() => stepOf(page, 'left')).toBeGreaterThan(at);
  // A sensible change pauses, and says so.
  await field(page, 'right-arm').selectOption('linear');
  await expect(notice(page)).toContainText('the settings have changed');
  await expect(trainer(page).locator('[data-name=right-meaning]')).toContainText('first-order');
});

test('a task and a size of its own for each side; heads and layers as pictures', async ({ page }) => {
  await open(page);
  await page.getByText('Change task, size, rate and seed').click();
  await page.getByLabel('the same for both').uncheck();
  await field(page, 'right-task').selectOption('echo');
  await expect(field(page, 'right-rate')).toHaveValue('0.004');
  await field(page, 'right-steps').fill('4');
  await field(page, 'right-arm').selectOption('add-prefix');
  await field(page, 'left-steps').fill('5');
  await button(page, 'start').click();
  await done(page);
  // Two layers of two heads, V and V as used; this task has no pooling.
  await expect(result(page, 'right').locator('canvas')).toHaveCount(8);
  await expect(result(page, 'left').locator('canvas')).toHaveCount(4);
  await expect(trainer(page).locator('[data-name=sample]')).toContainText('Right: The tokens are');
  await expect(trainer(page).locator('[data-name=comparison]')).toBeHidden();
});

test('pictures that do not come are a sentence; when they come, the clothes are trained on', async ({ page }) => {
  await open(page, 10);
  await button(page, 'start').click();
  await done(page);
  const hash = (await result(page, 'left').getAttribute('data-hash')) ?? '';
  await page.route('**/fashion-mnist-14.bin', (route) => route.fulfill({ status: 503 }));
  await field(page, 'left-task').selectOption('fashion-10k');
  await field(page, 'left-steps').fill('6');
  await button(page, 'start').click();
  await expect(notice(page)).toContainText('The pictures could not be fetched: the site answers 503.');
  await expect(result(page, 'left')).toHaveAttribute('data-hash', hash);
  await page.unroute('**/fashion-mnist-14.bin');
  await page.route('**/fashion-mnist-14.bin', (route) => route.fulfill({ body: Buffer.from('no pictures') }));
  await button(page, 'start').click();
  await expect(notice(page)).toContainText('The pictures that came are damaged');
  await expect(result(page, 'left')).toHaveAttribute('data-hash', hash);
  await page.unroute('**/fashion-mnist-14.bin');
  await button(page, 'start').click();
  await expect(result(page, 'left').locator('[data-name=words]')).toHaveText('V');
  await expect(result(page, 'left')).not.toHaveAttribute('data-hash', hash);
  await done(page);
  await expect(result(page, 'left').locator('[data-name=of]')).toHaveText('of 1,500 test answers right');
  await expect(trainer(page).locator('[data-name=sample]')).toContainText('cut into 16 patches');
});

test('a worker that dies costs its own model only', async ({ page }) => {
  await open(page, 4000);
  await button(page, 'start').click();
  await running(page);
  const [first] = page.workers();
  await first?.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of luck');
    });
  });
  await expect(notice(page)).toContainText('worker has died');
  await expect(notice(page)).toContainText('out of luck');
  const states = await Promise.all(
    (['left', 'right'] as const).map((side) => result(page, side).getAttribute('data-state')),
  );
  expect(states.toSorted()).toEqual(['over', 'running']);
  const dead: Side = states[0] === 'over' ? 'left' : 'right';
  await expect(result(page, dead).locator('[data-name=status]')).toContainText('given up');
  await expect(trainer(page).locator(`svg.trainer-chart [data-side=${dead}] .line`).first()).toHaveAttribute('d', /^M/);
  await expect.poll(() => page.workers().length).toBe(1);
});

test('without WebAssembly it says so', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await open(page);
  await button(page, 'start').click();
  await expect(notice(page)).toContainText('This browser has no WebAssembly');
  await expect(result(page, 'left').locator('[data-name=number]')).toHaveText(/%/);
  await expect(button(page, 'start')).toHaveText('Start');
});

test('a hidden page pauses, a page that is left ends its workers, and so does an island that is taken away', async ({
  page,
}) => {
  await open(page, 4000);
  await button(page, 'start').click();
  await running(page);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(notice(page)).toHaveText('Paused while the page was hidden.');
  expect(page.workers()).toHaveLength(2);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await expect.poll(() => page.workers().length).toBe(0);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(notice(page)).toContainText('given up when you left the page');
  await button(page, 'start').click();
  await expect.poll(() => page.workers().length).toBe(2);
  await running(page);
  await trainer(page).evaluate((element) => element.remove());
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a head in the product cube: three.js comes with the press', async ({ page }) => {
  await open(page, 20);
  await button(page, 'start').click();
  await done(page);
  await expect(trainer(page).locator('product-cube')).toHaveCount(0);
  await field(page, 'cube').selectOption({ label: 'right, layer 1, head 1' });
  await button(page, 'cube').click();
  await expect(trainer(page).locator('product-cube canvas').first()).toBeVisible({ timeout: 60_000 });
  await expect(trainer(page).locator('[data-name=cube]')).toContainText('The right model after 20 steps');
  const sizes = await trainer(page)
    .locator('product-cube')
    .evaluate((cube) => {
      const { factors, product } = cube as unknown as {
        factors: { left: { cols: number }; right: { rows: number; cols: number } };
        product: { rows: number; cols: number };
      };
      return [factors.left.cols, factors.right.rows, factors.right.cols, product.rows, product.cols];
    });
  expect(sizes).toEqual([9, 9, 32, 9, 32]);
});

test('a step of the ladder sets both models and starts them', async ({ page }) => {
  await open(page);
  await button(page, 'ladder-3').click();
  await expect(field(page, 'left-arm')).toHaveValue('scaled-exp-1');
  await expect(field(page, 'right-arm')).toHaveValue('scaled-NS-1');
  await expect(field(page, 'right-alpha')).toHaveValue('0.25');
  await expect(field(page, 'left-task')).toHaveValue('fashion-10k');
  await running(page, 2);
  await button(page, 'ladder-0').click();
  await expect(field(page, 'left-arm')).toHaveValue('V');
  await expect(field(page, 'right-arm')).toHaveValue('scaled-V');
  await running(page, 2);
});
