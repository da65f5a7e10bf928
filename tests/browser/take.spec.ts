/** What a reader takes along, from the panel *More* of a cell: each button, what it says, and what is in the clipboard or the file. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { readNotebook } from '../../src/lib/julia/formats/index.ts';
import { encodePng } from '../../src/lib/image/png.ts';
import { WIDTHS, cell, painted, runWith, settled, wake } from './cells.ts';

const ID = 'symmetric';

async function openMore(page: Page, id: string): Promise<Locator> {
  await cell(page, id).getByRole('button', { name: 'More' }).click();
  const panel = cell(page, id).locator('[data-panel="more"]');
  await expect(panel.getByRole('button', { name: 'Copy as Julia', exact: true })).toBeVisible();
  return panel;
}

async function saved(page: Page, panel: Locator, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name, exact: true }).click(),
  ]);
  const file = { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  await expect(panel.getByRole('status').last()).toHaveText(`Saved as ${file.name}.`);
  return file;
}

async function copied(page: Page, panel: Locator, name: string): Promise<string> {
  await panel.getByRole('button', { name, exact: true }).click();
  await expect(panel.getByRole('status').last()).toHaveText('Copied.');
  return page.evaluate(() => navigator.clipboard.readText());
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const { width, tag } of WIDTHS) {
  test.describe(`at ${width}`, { tag: [...tag] }, () => {
    test.use({ viewport: { width, height: 900 } });

    test('a cell is copied as Julia and as NumPy, as its reader left it', async ({ page }) => {
      await page.goto('/');
      await wake(page, ID);
      await runWith(page, ID, "A = softmax(mandrill; dims=2)\nsymmetric = normalize_image(A * A')");
      const panel = await openMore(page, ID);
      const julia = await copied(page, panel, 'Copy as Julia');
      expect(julia).toContain('using NNlib: softmax\n');
      expect(julia).toContain('function normalize_image(x)\n');
      expect(julia).toContain('mandrill = Float64.(Gray.(testimage("mandrill")))\n');
      expect(julia.endsWith("\n\nA = softmax(mandrill; dims=2)\nsymmetric = normalize_image(A * A')\n")).toBe(true);
      const numpy = await copied(page, panel, 'Copy as NumPy');
      expect(numpy).toContain('\nA = softmax(mandrill, axis=1)\nsymmetric = normalize_image(A @ A.T)\n');
      expect(numpy).toMatch(/\nmandrill = picture\("http:\/\/127\.0\.0\.1[^"]+\.(png|webp)"\)\n/);
      const whole = await copied(page, panel, 'Copy the whole page as Julia');
      expect(whole).toContain("symmetric = normalize_image(A * A')\n");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });

    test('what NumPy cannot say is said in a sentence', async ({ page }) => {
      await page.goto('/');
      await wake(page, ID);
      await runWith(page, ID, 'symmetric = [x / 9 for x in 1:20, y in 1:20]');
      const panel = await openMore(page, ID);
      await panel.getByRole('button', { name: 'Copy as NumPy' }).click();
      await expect(panel.getByRole('status').last()).toContainText(
        'This cell has no NumPy form: it uses a comprehension',
      );
    });

    test('notebooks hold the cells, and the picture that is shown', async ({ page }) => {
      await page.goto('/');
      await wake(page, ID);
      const panel = await openMore(page, ID);
      const jupyter = await saved(page, panel, 'Jupyter notebook');
      expect(jupyter.name).toBe(`poster-${ID}.ipynb`);
      const text = jupyter.bytes.toString();
      const last = readNotebook(text, jupyter.name)
        .cells.filter(({ kind }) => kind === 'code')
        .at(-1);
      expect(last?.source).toBe(
        [
          'softmax_left = true',
          'softmax_right = true',
          'A = normalize_image(softmax(mandrill; dims=1))',
          "left = softmax_left ? A' : mandrill'",
          'right = softmax_right ? A : mandrill',
          'symmetric = normalize_image(left * right)',
        ].join('\n'),
      );
      const { cells } = JSON.parse(text) as { cells: { id: string; outputs?: { data: { 'image/png': string } }[] }[] };
      const png = cells.find(({ id }) => id === ID)?.outputs?.[0]?.data['image/png'] ?? '';
      const { data, info } = await sharp(Buffer.from(png, 'base64'))
        .extractChannel(0)
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([512, 512]);
      const { grey } = await painted(page, ID);
      // To 1/255.
      expect(grey.filter((level, k) => Math.abs(level - (data[k] ?? -9)) > 1)).toEqual([]);

      const pluto = await saved(page, panel, 'Pluto notebook');
      const sources = readNotebook(pluto.bytes.toString(), pluto.name).cells.map(({ source }) => source);
      expect(sources).toContain('@bind softmax_left CheckBox(default=true)');
      expect(sources.find((source) => source.startsWith('begin\nA = '))).toContain(
        '\nsymmetric = normalize_image(left * right)\nend',
      );

      const whole = await saved(page, panel, 'The whole page as a Jupyter notebook');
      const all = readNotebook(whole.bytes.toString(), whole.name).cells;
      const ids = await page.locator('julia-cell').evaluateAll((list) => list.map(({ id }) => id));
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      expect(
        all.some(({ kind, source }) => kind === 'markdown' && source.includes('## A grey picture is a matrix')),
      ).toBe(true);
      const plutoPage = await saved(page, panel, 'The whole page as a Pluto notebook');
      expect(readNotebook(plutoPage.bytes.toString(), plutoPage.name).cells.length).toBeGreaterThan(ids.length);
    });

    test('a figure has its caption beneath it, at twice the size', async ({ page }) => {
      await page.goto('/');
      await wake(page, ID);
      const panel = await openMore(page, ID);
      const figure = await saved(page, panel, 'Figure with caption (PNG)');
      const { width: wide, height: high } = await sharp(figure.bytes).metadata();
      expect(wide).toBe(2 * (512 + 48));
      expect(high).toBeGreaterThan(2 * (512 + 48 + 60));
      // The first pixel of the picture stands at the margin, enlarged.
      const at = await sharp(figure.bytes)
        .extract({ left: 48, top: 48, width: 2, height: 2 })
        .removeAlpha()
        .raw()
        .toBuffer();
      expect(new Set(at).size).toBe(1);
    });

    test('a chart is an SVG that needs no style sheet', async ({ page }) => {
      await page.goto('/');
      await wake(page, ID);
      await runWith(page, ID, 'symmetric = plot([1, 2, 3], [1, 4, 9]; title="Squares")');
      const panel = await openMore(page, ID);
      const chart = await saved(page, panel, 'Chart (SVG)');
      const text = chart.bytes.toString();
      expect(text).not.toContain('var(--');
      expect(text).not.toContain('class=');
      const { width: wide } = await sharp(chart.bytes).metadata();
      expect(wide).toBeGreaterThan(300);
    });

    test('a report is filled in, and opened in the repository', async ({ page, context }) => {
      await context.route('https://github.com/**', (route) => route.fulfill({ body: 'here' }));
      await page.goto('/');
      await wake(page, ID);
      await runWith(page, ID, 'symmetric = nobody + 1');
      const panel = await openMore(page, ID);
      const [opened] = await Promise.all([
        context.waitForEvent('page'),
        panel.getByRole('button', { name: 'Report this cell', exact: true }).click(),
      ]);
      await opened.waitForLoadState();
      const address = new URL(opened.url());
      expect(address.origin + address.pathname).toBe('https://github.com/anhinga/JuliaCon2021-poster/issues/new');
      const body = address.searchParams.get('body') ?? '';
      expect(body).toMatch(new RegExp(`/#state=1\\.[\\w-]+&cell=${ID}\\n`));
      expect(body).toMatch(/\*\*Engine:\*\* \S/);
      expect(body).toContain('**Browser:** Mozilla');
      expect(body).toContain('UndefVarError: `nobody` not defined');
      expect(body).toContain('symmetric = nobody + 1');
    });
  });
}

test('a picture of the reader’s own is inside the notebook', async ({ page }) => {
  await page.goto('/');
  await wake(page, 'mandrill');
  await cell(page, 'mandrill').getByRole('button', { name: 'Your picture' }).click();
  await cell(page, 'mandrill').getByLabel('crop and resize').uncheck();
  const grey = Uint8Array.from({ length: 48 * 64 }, (_, k) => (k * 37) % 256);
  const buffer = Buffer.from(encodePng(48, 64, 1, grey));
  await cell(page, 'mandrill')
    .getByLabel('Choose a picture for mandrill')
    .setInputFiles({ name: 'cat.png', mimeType: 'image/png', buffer });
  await expect(cell(page, 'mandrill').locator('.cell-source')).toContainText('cat.png, 48 × 64');
  await settled(page, 'mandrill');
  const panel = await openMore(page, 'mandrill');
  const { bytes, name } = await saved(page, panel, 'Jupyter notebook');
  const [, png = ''] =
    /base64decode\("([^"]+)"\)/.exec(
      readNotebook(bytes.toString(), name)
        .cells.map(({ source }) => source)
        .join('\n'),
    ) ?? [];
  const { data, info } = await sharp(Buffer.from(png, 'base64'))
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.height, info.width]).toEqual([48, 64]);
  expect([...data]).toEqual([...grey]);
});
