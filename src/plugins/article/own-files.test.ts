import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeNpy } from '../../lib/image/npy.ts';
import { allPacks } from '../../lib/julia/library/all.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import type { Picture } from '../../lib/julia/view.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import { katexOptions } from '../../site/math.ts';
import type { BuildEngine } from '../build-engine.ts';
import { checkArticle } from './check.ts';

let root: string;
let folder: string;
const engineOf = (pictures: ReadonlyMap<string, Picture>): BuildEngine => ({
  version: '1',
  pictures: new Map([...pictures.keys()].map((name) => [name, name])),
  run: (cells, wanted) => {
    const notebook = new Notebook(new ReferenceEngine(), pictures, { packs: allPacks });
    notebook.setCells(cells);
    return Promise.resolve(notebook.run(wanted));
  },
  picture: (name) => Promise.resolve(`${name}.png`),
  with: (more) => engineOf(new Map([...pictures, ...more])),
});

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'own-'));
  folder = join(root, 'content', 'fern');
  await mkdir(folder, { recursive: true });
  const levels = Uint8Array.from({ length: 12 }, (_, k) => 20 * k);
  await sharp(levels, { raw: { width: 4, height: 3, channels: 1 } })
    .png()
    .toFile(join(folder, 'fern.png'));
  await writeFile(join(folder, 'leaf.csv'), '1.5,-2\n3,4.25\n');
  await writeFile(join(folder, 'stem.npy'), encodeNpy({ rows: 1, cols: 2, data: [0.1, 1e9] }));
  await writeFile(join(folder, 'broken.png'), 'no picture');
});
afterAll(() => rm(root, { recursive: true }));

async function complaints(files: string, text: string): Promise<string[]> {
  const article = `---
title: A fern
question: What is a fern times itself?
summary: A fern is a matrix, and a matrix can be multiplied by itself.
authors: [Jane Doe]
date: 2026-11-24
sources:
  - title: The book of ferns
    url: https://example.org/ferns
files:
${files}
---

${text}
`;
  const checked = await checkArticle(article, join(folder, 'index.mdx'), {
    root,
    engine: engineOf(new Map()),
    tex: katexOptions,
  });
  return checked.complaints.map(({ line, message }) => `${line} ${message}`);
}
const file = (name: string, at: string): string =>
  `  - { name: ${name}, file: ${at}, title: A fern, by: Jane Doe, licence: CC0-1.0, source: 'https://example.org/' }`;

it('a picture, a CSV and an NPY file are names in cells, with their own numbers', async () => {
  const files = [file('fern', 'fern.png'), file('leaf', 'leaf.csv'), file('stem', 'stem.npy')].join('\n');
  const truths = 'size(fern) == (3, 4) && fern[3, 4] == 220 / 255 && leaf == [1.5 -2; 3 4.25] && stem[1, 2] == 1e9';
  // A cell that says so fails where it is not true.
  expect(await complaints(files, `\`\`\`julia live\n${truths} || error("other numbers")\n\`\`\``)).toEqual([]);
});

it.each([
  [
    'without a licence',
    "  - { name: fern, file: fern.png, title: A fern, by: Jane Doe, source: 'https://example.org/' }",
    /^11 the front matter lacks `files\.0\.licence`: one of CC0-1\.0/,
  ],
  [
    'of a licence that forbids it',
    file('fern', 'fern.png').replace('CC0-1.0', 'CC-BY-NC-4.0'),
    /^11 `files\.0\.licence: CC-BY-NC-4\.0`: one of CC0-1\.0/,
  ],
  ['that is not there', file('fern', 'none.png'), /^10 files: none\.png: There is no file/],
  ['that is none', file('fern', 'broken.png'), /^10 files: broken\.png: /],
  ['with a name that every page has', file('norm', 'fern.png'), /^10 files: norm is a name that every page has/],
  [
    'with a name of another',
    `${file('fern', 'fern.png')}\n${file('fern', 'leaf.csv')}`,
    /^10 files: two have the name fern/,
  ],
])('a file %s is a complaint at its line', async (_what, files, words) => {
  const found = await complaints(files, '```julia live\n1\n```');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(words);
});
