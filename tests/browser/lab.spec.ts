/** The lab: a notebook of the reader's own, by mouse, keyboard and finger, on a desk and in a hand. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { encodePng } from '../../src/lib/image/png.ts';
import { WIDTHS, phone } from './cells.ts';

const LAB = './lab/';

const cells = (page: Page): Locator => page.locator('.lab-cell');
const button = (page: Page, name: string): Locator =>
  page.locator('.lab-bar').getByRole('button', { name, exact: true });
const say = (page: Page): Locator => page.locator('.lab-say');
/** A tool of the cell at a place, from 0. */
const tool = (page: Page, at: number, name: string): Locator =>
  cells(page).nth(at).locator('.lab-tools').getByRole('button', { name, exact: true });

/** Writes into the cell that has the focus of the keyboard, and runs it. */
async function type(page: Page, at: number, source: string): Promise<void> {
  const cell = cells(page).nth(at);
  if ((await cell.getAttribute('data-kind')) === 'text') {
    await expect(cell.locator('textarea')).toBeFocused();
  } else await expect(cell.locator('.cm-content')).toBeFocused({ timeout: 60_000 });
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(source);
  await page.keyboard.press('Shift+Enter');
}

async function result(page: Page, at: number, text: string | RegExp): Promise<void> {
  // A cell of a notebook that was opened is computed when it comes near the screen.
  await expect(async () => cells(page).nth(at).scrollIntoViewIfNeeded({ timeout: 2000 })).toPass();
  await expect(cells(page).nth(at).locator('.cell-value')).toContainText(text, { timeout: 90_000 });
}

const kinds = (page: Page): Promise<(string | null)[]> =>
  cells(page).evaluateAll((list) => list.map((one) => one.getAttribute('data-kind')));

/** What is written in the cells, whatever shows it. */
const sources = (page: Page): Promise<string[]> =>
  cells(page).evaluateAll((list) =>
    list.map((one) => {
      const text = one.querySelector<HTMLElement>('.lab-text')?.dataset['markdown'];
      const lines = [...one.querySelectorAll('.cm-line')].map((line) => line.textContent);
      return text ?? (lines.length > 0 ? lines.join('\n') : (one.querySelector('.cell-code code')?.textContent ?? ''));
    }),
  );

async function give(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page
    .locator('.lab-file')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
}

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.locator('.lab-starts').evaluate(
    (element, [label, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text ?? ''], label ?? ''));
      for (const kind of ['dragover', 'drop'])
        element.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, content],
  );
}

const jupyter = (...sources: string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'julia-1.10', language: 'julia', display_name: 'Julia' } },
    cells: [
      { cell_type: 'markdown', metadata: {}, source: '# Given' },
      ...sources.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source })),
    ],
  });

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

for (const { width, tag } of WIDTHS) {
  test.describe(`at ${width}`, { tag: [...tag] }, () => {
    test.use({ viewport: { width, height: 900 } });

    test('an empty cell invites; what is written in it runs, and a cell after it uses it', async ({ page }) => {
      await page.goto(LAB);
      const code = cells(page).first().locator('.cell-code');
      expect(await code.evaluate((one) => getComputedStyle(one, '::before').content)).toContain('Write Julia here');
      await code.click();
      await type(page, 0, 'a = 20 + 1');
      await result(page, 0, '21');
      await page.locator('.lab-end').getByRole('button', { name: '+ Julia' }).click();
      await type(page, 1, '2a');
      await result(page, 1, '42');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });

    test('cells are added, moved, folded and deleted; each step is taken back and made again', async ({ page }) => {
      await page.goto(LAB);
      await cells(page).first().locator('.cell-code').click();
      await type(page, 0, 'x = 3');
      await result(page, 0, '3');
      await cells(page).first().hover();
      await tool(page, 0, '+ Text').click();
      await type(page, 1, 'Between $x^2$ and <b>nothing</b>');
      await expect(cells(page).nth(1).locator('.lab-text math')).toBeVisible();
      await tool(page, 1, '+ Julia').click();
      await type(page, 2, 'x + 1');
      await result(page, 2, '4');
      expect(await kinds(page)).toEqual(['code', 'text', 'code']);

      await tool(page, 2, 'Move up').click();
      expect(await sources(page)).toEqual(['x = 3', 'x + 1', 'Between $x^2$ and <b>nothing</b>']);
      await tool(page, 0, 'Move down').click();
      expect(await sources(page)).toEqual(['x + 1', 'x = 3', 'Between $x^2$ and <b>nothing</b>']);
      await expect(tool(page, 1, 'Move down')).toBeFocused();

      await tool(page, 0, 'Fold').click();
      await expect(cells(page).first().locator('.cell-editor')).toBeHidden();
      await expect(tool(page, 0, 'Fold')).toHaveAttribute('aria-pressed', 'true');
      await result(page, 0, '4');

      await tool(page, 1, 'Delete').click();
      await expect(cells(page)).toHaveCount(2);
      await expect(cells(page).first().locator('.cell-trouble')).toContainText('UndefVarError', { timeout: 60_000 });
      await button(page, 'Undo').click();
      await expect(cells(page)).toHaveCount(3);
      await result(page, 1, '3');
      await expect(cells(page).first().locator('.cell-trouble')).toBeHidden({ timeout: 60_000 });
      for (let k = 0; k < 4; k += 1) await button(page, 'Undo').click();
      expect(await kinds(page)).toEqual(['code', 'text', 'code']);
      await button(page, 'Redo').click();
      await button(page, 'Redo').click();
      await expect.poll(() => sources(page)).toEqual(['x = 3', 'x + 1', 'Between $x^2$ and <b>nothing</b>']);
    });

    test('texts are Markdown with formulas, tables and no HTML; nothing in them runs or asks another host', async ({
      page,
    }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).hostname));
      await page.goto(LAB);
      await page.locator('.lab-end').getByRole('button', { name: '+ Text' }).click();
      const hostile = '<img src=x onerror="globalThis.ran = 1"><script>globalThis.ran = 1</script>';
      await type(
        page,
        1,
        `# Title\n\n$\\rowhue{A}$ $$\\href{javascript:alert(1)}{x}$$ $\\frac{1}{$ [bad](javascript:alert) ![cat](https://example.org/cat.png)\n\n${hostile}\n\n| a |\n| --- |\n| 1 |`,
      );
      const text = cells(page).nth(1).locator('.lab-text');
      await expect(text.getByRole('heading', { name: 'Title', level: 2 })).toBeVisible();
      await expect(text.locator('math .hue-left')).toHaveCount(1);
      await expect(text.locator('td')).toHaveText('1');
      await expect(text.locator('.katex-error')).toHaveCount(1);
      await expect(text).toContainText('<script>globalThis.ran = 1</script>');
      await expect(text.locator('img, script, [onerror], a[href^="javascript"]')).toHaveCount(0);
      await expect(text.getByRole('link', { name: 'cat' })).toBeVisible();
      expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
      expect([...new Set(asked)]).toEqual(['127.0.0.1']);
    });

    test('a notebook has a name, survives a reload, and is found again among the others', async ({ page }) => {
      await page.goto(LAB);
      await page.getByLabel('Name of this notebook').fill('My first');
      await cells(page).first().locator('.cell-code').click();
      await type(page, 0, '@bind k Slider(0:10)\n100k');
      await result(page, 0, /^0$/);
      await cells(page).first().getByRole('slider').fill('7');
      await result(page, 0, '700');
      await page.waitForTimeout(400);
      await page.reload();
      await expect(page.getByLabel('Name of this notebook')).toHaveValue('My first');
      await result(page, 0, '700');
      expect(await cells(page).first().getByRole('slider').inputValue()).toBe('7');

      await button(page, 'New').click();
      await expect(page.getByLabel('Name of this notebook')).toHaveValue('');
      expect(await sources(page)).toEqual(['']);
      await cells(page).first().locator('.cell-code').click();
      await type(page, 0, '@bind k Slider(0:10)\nk');
      await result(page, 0, /^0$/);
      await button(page, 'Your notebooks').click();
      await page.getByRole('button', { name: 'My first', exact: true }).click();
      await expect(page.getByLabel('Name of this notebook')).toHaveValue('My first');
      await result(page, 0, '700');
      await button(page, 'Your notebooks').click();
      await page.getByRole('button', { name: 'Throw away A notebook without a name' }).click();
      await expect(page.getByRole('button', { name: 'A notebook without a name', exact: true })).toHaveCount(0);
    });

    test('a link leads to the notebook as it is, and a broken one says so', async ({ page, context }) => {
      await page.goto(LAB);
      await cells(page).first().locator('.cell-code').click();
      await type(page, 0, 'b = 6 * 7');
      await result(page, 0, '42');
      await button(page, 'Copy link').click();
      await expect(say(page)).toHaveText('Link copied.');
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toMatch(/\/lab\/#lab=1\./);
      expect(link.length).toBeLessThan(300);
      const other = await context.newPage();
      await other.goto(link);
      await result(other, 0, '42');
      await expect(say(other)).toContainText('somebody has sent you');
      await other.goto('about:blank');
      await other.goto(`${link.slice(0, -12)}!`);
      await expect(say(other)).toContainText('This link is damaged');
      await other.goto('about:blank');
      await other.goto(link.replace('#lab=1.', '#lab=7.'));
      await expect(say(other)).toContainText('later version');
    });

    test('a notebook that is too long for a link is offered as a file, which opens as it was', async ({ page }) => {
      await page.goto(LAB);
      const noise = Array.from({ length: 60_000 }, (_, k) => ((k * 7919 + k * k * 31) % 94) + 33);
      const random = noise.map((code) => String.fromCharCode(code === 96 || code === 36 ? 65 : code)).join('');
      await page.getByLabel('Name of this notebook').fill('Long one');
      await page.locator('.lab-end').getByRole('button', { name: '+ Text' }).click();
      const bytes = await page.evaluate(() =>
        Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (byte) => byte.toString(36)).join(' '),
      );
      await page
        .locator('.lab-source')
        .last()
        .fill(`${bytes} ${random.slice(0, 10)}`);
      await page.keyboard.press('Escape');
      await cells(page).first().locator('.cell-code').click();
      await type(page, 0, '@bind c CheckBox()\nc ? 1 : 2');
      await result(page, 0, '2');
      await button(page, 'Copy link').click();
      await expect(say(page)).toContainText('too long for a link. Save as a file');
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as a file').click()]);
      expect(download.suggestedFilename()).toBe('long-one.ipynb');
      const text = await readFile(await download.path(), 'utf8');
      const before = await sources(page);
      await button(page, 'New').click();
      await expect(cells(page)).toHaveCount(1);
      await give(page, 'long-one.ipynb', text);
      await expect(page.getByLabel('Name of this notebook')).toHaveValue('Long one');
      expect(await sources(page)).toEqual(before);
      await result(page, 0, '2');
    });

    test('notebooks are dropped: what lies outside is shown with the reason, names with two values are told', async ({
      page,
    }) => {
      await page.goto(LAB);
      await drop(page, 'given.ipynb', jupyter('n = 4', 'n = n + 1', 'n * 10', 'macro m() end', 'strange(n)'));
      await expect(say(page)).toContainText('given.ipynb: 5 cells of Julia; 2 are only shown');
      expect(await kinds(page)).toEqual(['text', 'code', 'code', 'code', 'listing', 'listing']);
      await result(page, 3, '50');
      await expect(cells(page).nth(2).locator('.lab-note')).toHaveText('Another cell defines n too: here it is n_2.');
      await expect(cells(page).nth(4).locator('.lab-note')).toContainText('Not run:');
      await expect(cells(page).nth(5).locator('.lab-note')).toContainText('strange is not in the library here');
      // A listing can be made a cell, and mended.
      await tool(page, 5, 'Make live').click();
      await type(page, 5, 'n_2 + 100');
      await result(page, 5, '105');

      await give(page, 'pluto.jl', await readFile('tests/fixtures/notebooks/reactive.jl'));
      await expect(say(page)).toContainText('pluto.jl:');
      await give(page, 'script.jl', 'p = 1\n\nq = p + 1\n');
      await expect(say(page)).toHaveText('script.jl: 2 cells of Julia.');
      await result(page, 1, '2');
      await give(page, 'python.ipynb', await readFile('tests/fixtures/notebooks/python.ipynb'));
      await expect(say(page)).toContainText('the language python');
      expect(await sources(page)).toEqual(['p = 1', 'q = p + 1']);
    });

    test('pictures and matrices get a name, are there after a reload, and a link asks for them', async ({
      page,
      context,
    }) => {
      await page.goto(LAB);
      await give(page, 'table.csv', '1,2\n3,4\n');
      await expect(say(page)).toContainText('Your picture is called table here.');
      // The cell that was empty is still there, to go on in.
      await cells(page).nth(1).locator('.cell-code').click();
      await type(page, 1, 'sum(table)');
      await result(page, 1, '10');
      const png = encodePng(2, 3, 1, new Uint8Array([0, 51, 102, 153, 204, 255]));
      await give(page, 'My Cat 1.png', Buffer.from(png));
      await expect(say(page)).toContainText('Your picture is called my_cat_1 here.');
      await page.locator('.lab-end').getByRole('button', { name: '+ Julia' }).click();
      await type(page, 3, 'size(my_cat_1), my_cat_1[2, 3]');
      await result(page, 3, '((2, 3), 1.0)');
      await page.waitForTimeout(600);
      await page.reload();
      await result(page, 1, '10');
      await result(page, 3, '((2, 3), 1.0)');
      await button(page, 'Copy link').click();
      await expect(say(page)).toContainText('Your own pictures stay here');
      const link = await page.evaluate(() => navigator.clipboard.readText());
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as a file').click()]);
      const file = await readFile(await download.path());
      const other = await (await context.browser()?.newContext({ serviceWorkers: 'block' }))?.newPage();
      if (other === undefined) throw new Error('no browser');
      // A file brings the pictures with it, numbers that no grey level holds too.
      await other.goto(LAB);
      await give(other, 'mine.ipynb', file);
      await result(other, 1, '10');
      await result(other, 3, '((2, 3), 1.0)');
      await expect(other.locator('.lab-asked')).toBeEmpty();
      await button(other, 'New').click();
      await other.waitForTimeout(600);
      await other.goto('about:blank');
      await other.goto(link);
      await expect(other.locator('.lab-asked')).toContainText('The picture table (table.csv) is not kept here');
      await other
        .getByLabel('Choose a picture for table')
        .setInputFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('5,5\n5,5\n') });
      await result(other, 1, '20');
      await other.context().close();
    });

    test('a starting point is a copy of its study’s cells, and one step back is what was there', async ({ page }) => {
      await page.goto(LAB);
      const names = await page.locator('.lab-starts').getByRole('button').allTextContents();
      expect(names).toHaveLength(7);
      await page.locator('[data-start="poster"]').click();
      await expect(page.getByLabel('Name of this notebook')).toHaveValue('Images as Matrices');
      await expect(page.locator('.lab-cell canvas')).toBeVisible({ timeout: 90_000 });
      expect(
        (await sources(page)).some((source) => source.endsWith('\nsymmetric = normalize_image(left * right)')),
      ).toBe(true);
    });

    test('the whole notebook and a cell are taken along', async ({ page }) => {
      await page.goto(LAB);
      await cells(page).first().locator('.cell-code').click();
      await type(page, 0, 'M = softmax(mandrill; dims=1)');
      await expect(cells(page).first().locator('canvas')).toBeVisible({ timeout: 90_000 });
      await page.locator('.lab-end').getByRole('button', { name: '+ Text' }).click();
      await type(page, 1, 'The *end*.');
      await page.getByLabel('Name of this notebook').fill('Zum Mitnehmen');
      await button(page, 'Take along').click();
      const panel = page.locator('#lab-take');
      await panel.getByRole('button', { name: 'Copy as Julia' }).click();
      await expect(panel.getByRole('status')).toHaveText('Copied.');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('M = softmax(mandrill; dims=1)');
      await panel.getByRole('button', { name: 'Copy as NumPy' }).click();
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toContain('M = softmax(mandrill, axis=0)');
      for (const [name, file] of [
        ['Jupyter notebook', 'zum-mitnehmen.ipynb'],
        ['Pluto notebook', 'zum-mitnehmen.jl'],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          panel.getByRole('button', { name }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(file);
        const text = await readFile(await download.path(), 'utf8');
        expect(text).toContain('Zum Mitnehmen');
        expect(text).toContain('The *end*.');
        expect(text).toContain('M = softmax(mandrill; dims=1)');
      }
      await cells(page).first().getByRole('button', { name: 'More' }).click();
      const more = cells(page).first().locator('[data-panel="more"]');
      await more.getByRole('button', { name: 'Copy as Julia', exact: true }).click();
      await expect(more.getByRole('status').last()).toHaveText('Copied.');
    });

    test('an article opens in the lab, as it is and as its reader left it', async ({ page }) => {
      await page.goto('./signed/');
      await page.getByRole('button', { name: 'Open in the lab', exact: true }).click();
      await expect(page).toHaveURL(/\/lab\/$/);
      await expect(page.getByLabel('Name of this notebook')).toHaveValue('Signed normalization');
      await expect(say(page)).toContainText('copy of your own');
      const opened = await sources(page);
      expect(opened).toContain("S = normalize_image_signed(mandrill)\nsigned = normalize_image(S' * S)");
      expect(opened.some((source) => source.includes('## One constant against'))).toBe(true);
      await expect(page.locator('.lab-cell canvas').first()).toBeVisible({ timeout: 90_000 });

      await page.goto('./signed/');
      const cell = page.locator('julia-cell#definition');
      await cell.getByRole('button', { name: 'Edit' }).click();
      await cell.locator('.cm-content').click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText('twice = 2S');
      await page.keyboard.press('Shift+Enter');
      await expect(cell.locator('.cell-status')).toContainText('ms', { timeout: 90_000 });
      await cell.getByRole('button', { name: 'More' }).click();
      await cell.getByRole('button', { name: 'Open in the lab', exact: true }).click();
      await expect(page).toHaveURL(/\/lab\/$/);
      await expect.poll(() => sources(page)).toContain('twice = 2S');
      expect((await kinds(page)).filter((kind) => kind === 'code')).toHaveLength(2);
      await page.goBack();
      await page.locator('form[data-open-lab]').getByRole('button', { name: 'Open in the lab', exact: true }).click();
      await expect(page).toHaveURL(/\/lab\/$/);
      await expect.poll(() => sources(page)).toContain('twice = 2S');
      expect((await kinds(page)).filter((kind) => kind === 'code').length).toBeGreaterThan(4);
    });

    test('everything is done by keyboard alone', async ({ page }) => {
      await page.goto(LAB);
      await page.locator('.lab-cell [data-do="edit"]').first().focus();
      await page.keyboard.press('Enter');
      await type(page, 0, 'one = 1');
      await result(page, 0, '1');
      await page.keyboard.press('Escape');
      await tool(page, 0, 'Move up').focus();
      for (let k = 0; k < 4; k += 1) await page.keyboard.press('ArrowRight');
      await expect(tool(page, 0, '+ Julia')).toBeFocused();
      await page.keyboard.press('Enter');
      await type(page, 1, 'one + 1');
      await result(page, 1, '2');
      await page.keyboard.press('Alt+ArrowUp');
      await expect.poll(() => sources(page)).toEqual(['one + 1', 'one = 1']);
      await expect(cells(page).first().locator('.cm-content')).toBeFocused();
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+z');
      await expect.poll(() => sources(page)).toEqual(['one = 1', 'one + 1']);
      await page.keyboard.press('ControlOrMeta+Shift+z');
      await expect.poll(() => sources(page)).toEqual(['one + 1', 'one = 1']);
      await tool(page, 0, 'Delete').focus();
      await page.keyboard.press('Space');
      await expect(cells(page)).toHaveCount(1);
      await expect(tool(page, 0, 'Delete')).toBeFocused();
    });
  });
}

test('a finger writes, moves and folds', async ({ browser, baseURL }) => {
  const page = await phone(browser, baseURL);
  await page.goto(LAB);
  await cells(page).first().locator('.cell-code').tap();
  await type(page, 0, 'a = 5');
  await result(page, 0, '5');
  await tool(page, 0, '+ Text').tap();
  await type(page, 1, 'A text');
  await expect(cells(page).nth(1).locator('.lab-text')).toHaveText('A text');
  await tool(page, 1, 'Move up').tap();
  await expect.poll(() => kinds(page)).toEqual(['text', 'code']);
  await tool(page, 1, 'Fold').tap();
  await expect(cells(page).nth(1).locator('.cell-editor')).toBeHidden();
  await tool(page, 0, 'Edit').tap();
  await expect(cells(page).first().locator('textarea')).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.context().close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the lab says what it needs, and offers nothing that does not work', async ({ page }) => {
    await page.goto(LAB);
    await expect(
      page.getByText('The lab runs in your browser, by a script, and this browser runs none.'),
    ).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await page.goto('./signed/');
    await page.getByRole('button', { name: 'Open in the lab', exact: true }).click();
    await expect(page.getByText('The lab runs in your browser')).toBeVisible();
  });
});
