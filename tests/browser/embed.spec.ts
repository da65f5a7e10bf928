/** Cells inside other pages: what stands in an embed, its flags, and what it and the page around it say to each other. */
import { expect, test, type Frame, type Page } from '@playwright/test';
import { embeds } from './built.ts';
import { WIDTHS, cell, runWith, settled, wake } from './cells.ts';

const SLIDER = 'embed/scale/slider/';

/** A page of another origin with the given HTML. A text of the site's own server has no policy, and a browser lets it show frames of this machine. */
async function host(page: Page, baseURL: string | undefined, html: string): Promise<Frame> {
  await page.goto(new URL('licences.txt', baseURL?.replace('127.0.0.1', 'localhost')).href);
  await page.setContent(html);
  const inside = (): Frame | undefined => page.frames().find((one) => one.url().includes('/embed/'));
  await expect.poll(inside).toBeDefined();
  const frame = inside();
  if (frame === undefined) throw new Error('the frame did not come');
  return frame;
}

test('every cell of every article has an embed, with what a page that shows it asks for', async ({ request }) => {
  expect(embeds.length).toBeGreaterThan(100);
  // One of each article: the rest is made alike.
  const some = embeds.filter(
    (address, k) => embeds.findIndex((one) => one.split('/')[2] === address.split('/')[2]) === k,
  );
  expect(some.length).toBeGreaterThan(8);
  for (const address of some) {
    const html = await (await request.get(address)).text();
    expect(html, address).toContain('<meta name="robots" content="noindex">');
    expect(html, address).not.toMatch(/%[a-z]+%/);
    expect(html.match(/<julia-cell /g), address).toHaveLength(1);
    const oembed = /type="application\/json\+oembed" href="([^"]+)"/.exec(html)?.[1] ?? '';
    const told = (await (await request.get(oembed)).json()) as { html: string; thumbnail_url: string };
    expect(told.html).toContain(address.slice(2));
    const picture = new URL(told.thumbnail_url).pathname;
    expect((await request.get(picture)).ok(), picture).toBe(true);
  }
  expect((await request.get('embed/scale/no-such-cell/')).status()).toBe(404);
  expect((await request.get('embed/')).status()).toBe(404);
});

for (const { width, tag } of WIDTHS) {
  test(`an embed at ${width} shows its picture, computes, and fits`, { tag: [...tag] }, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(SLIDER);
    await expect(cell(page, 'slider').locator('.cell-picture img')).toBeVisible();
    await wake(page, 'slider');
    await runWith(page, 'slider', 'normalize_image(mandrill * ones(512, 512))');
    await expect(cell(page, 'slider').locator('.cell-trouble')).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
}

test('an embed is light: nothing but its own files before a touch', async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(SLIDER, { waitUntil: 'networkidle' });
  expect(asked.filter((address) => !address.startsWith(baseURL ?? ''))).toEqual([]);
  expect(asked.filter((address) => /(editor|scene|worker|live|PageState|Search).*\.js$/.test(address))).toEqual([]);
  expect(asked.filter((address) => address.endsWith('.js')).length).toBeLessThanOrEqual(8);
});

test('flags hide parts, open the code and set the theme', async ({ page }) => {
  const parts = (id: string) => ({
    code: cell(page, id).locator('.cell-code'),
    controls: cell(page, id).locator('.cell-controls'),
    bar: cell(page, id).locator('.cell-bar'),
    caption: cell(page, id).locator('.cell-caption'),
  });
  await page.goto(`${SLIDER}?code=0&controls=0&caption=0&theme=dark`);
  const { code, controls, bar, caption } = parts('slider');
  await expect(cell(page, 'slider').locator('.cell-picture')).toBeVisible();
  for (const part of [code, controls, bar, caption]) await expect(part).toBeHidden();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  await page.goto(`${SLIDER}?theme=light`);
  for (const part of [code, controls, bar, caption]) await expect(part).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
  await page.goto(`${SLIDER}?code=0`);
  await expect(cell(page, 'slider').getByRole('button', { name: 'Edit' })).toBeHidden();
});

test('the copied code shows the cell as its reader left it, in a page of another origin', async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/scale/');
  await wake(page, 'slider');
  await runWith(page, 'slider', 'normalize_image(2 .* mandrill .- 1)');
  await cell(page, 'slider').getByRole('button', { name: 'More', exact: true }).click();
  const panel = cell(page, 'slider').locator('[data-panel="more"]');
  await panel.getByRole('button', { name: 'Copy embed code', exact: true }).click();
  await expect(panel.getByRole('status').last()).toHaveText('Copied.');
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toContain(`${baseURL ?? ''}${SLIDER}?state=1.`);
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(15);

  const frame = await host(page, baseURL, `<!doctype html><meta charset="utf-8"><p>Before</p>${code}`);
  const inside = page.frameLocator('iframe');
  await expect(inside.locator('.cell-code, .cm-content').first()).toContainText('2 .* mandrill', { timeout: 90_000 });
  await expect(inside.locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
  // The frame is as high as what is in it, also once that grows.
  const fits = (): Promise<number> =>
    frame.evaluate(() => Math.abs(innerHeight - document.documentElement.getBoundingClientRect().height));
  await expect.poll(fits).toBeLessThan(1.5);
  const before = Number(await page.locator('iframe').getAttribute('height'));
  await inside.getByRole('button', { name: 'More', exact: true }).click();
  await expect(inside.getByRole('button', { name: 'Copy as Julia', exact: true })).toBeVisible();
  await expect
    .poll(async () => Number(await page.locator('iframe').getAttribute('height')))
    .toBeGreaterThan(before + 100);
  await expect.poll(fits).toBeLessThan(1.5);
});

test('an embed hears the page around it, and nobody else', async ({ page, baseURL }) => {
  const frame = await host(
    page,
    baseURL,
    `<iframe src="${baseURL ?? ''}${SLIDER}" width="100%" height="150"></iframe><iframe src="about:blank" height="7"></iframe>`,
  );
  const theme = (): Promise<string | undefined> => frame.evaluate(() => document.documentElement.dataset['theme']);
  const say = (data: unknown): Promise<void> => page.evaluate((message) => frames[0]?.postMessage(message, '*'), data);
  await expect.poll(theme).toBe('system');
  await say({ type: 'images-as-matrices/theme', theme: 'dark' });
  await expect.poll(theme).toBe('dark');
  for (const data of [
    null,
    'dark',
    { type: 'theme', theme: 'light' },
    { type: 'images-as-matrices/theme', theme: 'red' },
  ])
    await say(data);
  // From a frame beside it, which is of the same origin as the host.
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = `parent.frames[0].postMessage({ type: 'images-as-matrices/theme', theme: 'light' }, '*')`;
    frames[1]?.document.body.append(script);
  });
  const heard = page.evaluate(
    () =>
      new Promise<unknown>((done) =>
        addEventListener('message', ({ data, origin }) => done({ data: data as unknown, origin }), { once: true }),
      ),
  );
  await say({ type: 'images-as-matrices/ask' });
  expect(await heard).toEqual({
    data: { type: 'images-as-matrices/height', height: expect.any(Number) as unknown },
    origin: new URL(baseURL ?? '').origin,
  });
  expect(await theme()).toBe('dark');
});

test('a broken state is said in a sentence, and the cell stays', async ({ page }) => {
  await page.goto(`${SLIDER}?state=1.broken`);
  await expect(cell(page, 'slider').locator('.cell-notice')).toContainText('This link is damaged', { timeout: 60_000 });
  await expect(cell(page, 'slider').locator('.cell-picture img')).toBeVisible();
});

test('a state that needs other cells of the page finds them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await wake(page, 'symmetric');
  // `raw` is defined in another cell, which this one did not need.
  await runWith(page, 'symmetric', 'symmetric = raw .* 1');
  await cell(page, 'symmetric').getByRole('button', { name: 'More', exact: true }).click();
  const panel = cell(page, 'symmetric').locator('[data-panel="more"]');
  await panel.getByRole('button', { name: 'Copy embed code', exact: true }).click();
  await expect(panel.getByRole('status').last()).toHaveText('Copied.');
  const address = /src="([^"]+)"/.exec(await page.evaluate(() => navigator.clipboard.readText()))?.[1] ?? '';
  await page.goto(address);
  await expect(cell(page, 'symmetric').locator('.cell-picture canvas')).toBeVisible({ timeout: 90_000 });
  await settled(page, 'symmetric');
  await expect(cell(page, 'symmetric').locator('.cell-trouble')).toBeHidden();
});
