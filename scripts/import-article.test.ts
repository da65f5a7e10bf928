import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Picture } from '../src/lib/julia/view.ts';
import type { BuildEngine } from '../src/plugins/build-engine.ts';
import { checkArticle } from '../src/plugins/article/check.ts';
import { importedProse } from '../src/plugins/article/imported-prose.ts';
import { katexOptions } from '../src/site/math.ts';
import { importArticle } from './import-article.ts';

const facts = { day: '2026-11-24', order: 11, author: 'Jane Doe' };
const grey = Float64Array.from({ length: 400 }, (_, k) => k / 399);
const mandrill: Picture = { rows: 20, cols: 20, grey };
const pictures = new Map([['mandrill', mandrill]]);

const jupyter = (...cells: (readonly ['code' | 'markdown', string])[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { language: 'julia', name: 'julia-1.10', display_name: 'Julia' } },
    cells: cells.map(([type, source]) => ({
      cell_type: type,
      metadata: {},
      source,
      ...(type === 'code' ? { outputs: [], execution_count: null } : {}),
    })),
  });

it('a notebook becomes a draft: its text fit for MDX, what runs live, the rest listings, and one report of everything', async () => {
  const notebook = jupyter(
    [
      'markdown',
      '# A fern\n\nThe set {1,2} and a < b, <!-- hidden --> $\\{x\\}$, <b>bold</b>, <https://example.org/>.',
    ],
    ['code', 'using Images'],
    ['code', 'A = mandrill\nA * A'],
    ['code', 'A = 2'],
    ['code', 'f(x) = nobody(x)'],
    ['code', 'img = load("fern.png")'],
    ['code', 'img .+ 1'],
    ['markdown', '# Another part\n\n![a picture](attachment:fern.png)'],
  );
  const { title, text, report, live, listings } = importArticle(notebook, 'fern.ipynb', facts, pictures);
  expect(title).toBe('A fern');
  expect(text).toContain('title: "A fern"\n');
  expect(text).toContain('The set \\{1,2} and a \\< b,');
  expect(text).toContain('$\\{x\\}$, bold, [https://example.org/](https://example.org/).');
  expect(text).toContain('```julia live id="cell-3"\nA = mandrill\nA * A\n```');
  expect(text).toContain('A_2 = 2');
  expect(text).toContain('## Another part');
  expect(text).not.toContain('hidden');
  expect([live, listings]).toEqual([3, 3]);
  expect(report).toEqual([
    expect.stringMatching(/^fern\.ipynb: 6 cells of Julia; one is only shown.*1 name had several cells/),
    expect.stringMatching(/^cell 1: the HTML <b> was taken out/),
    expect.stringMatching(/^cell 1: the HTML <\/b> was taken out/),
    'cell 4: Another cell defines `A` too: here it is `A_2`.',
    expect.stringMatching(/^cell 5: Not run: `nobody` is not in the library here/),
    expect.stringMatching(/^cell 6: Not run: unsupported: load is not in this subset of Julia/),
    expect.stringMatching(/^cell 8: the picture attachment:fern\.png must lie beside the article/),
    'cell 7: not run, since they need one that is not; mend that one first.',
  ]);

  // What was written is read by the checks of an article, and lacks nothing but words for its pictures.
  const root = await mkdtemp(path.join(tmpdir(), 'import-'));
  const engine: BuildEngine = {
    version: '1',
    pictures: new Map<string, string>(),
    run: () => Promise.resolve([]),
    picture: () => Promise.resolve(''),
    with: () => engine,
  };
  const { complaints } = await checkArticle(text, path.join(root, 'content', 'fern', 'index.mdx'), {
    root,
    engine,
    tex: katexOptions,
  });
  expect(complaints).toEqual([]);
  await rm(root, { recursive: true });
});

it('tables, lists and formulas stay, and a bare environment of TeX gets its dollars', () => {
  const { mdx, title } = importedProse(
    '| a | b |\n| - | - |\n| {1} | 2 |\n\n\\begin{align}\na &= b\n\\end{align}\n\n* one<br>\n  two',
    true,
  );
  expect(title).toBeNull();
  expect(mdx).toContain('| \\{1} | 2 |');
  expect(mdx).toContain('$$\n\\begin{align}\na &= b\n\\end{align}\n$$');
  expect(mdx).toContain('* one');
  expect(mdx).not.toContain('<br>');
});
