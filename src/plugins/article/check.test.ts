import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { katexOptions } from '../../site/math.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import { allPacks } from '../../lib/julia/library/all.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import type { BuildEngine } from '../build-engine.ts';
import { checkArticle } from './check.ts';
import { newArticle } from './template.ts';

let root: string;
let engine: BuildEngine;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'article-'));
  await mkdir(join(root, 'content', 'fern'), { recursive: true });
  const grey = Float64Array.from({ length: 900 }, (_, k) => ((k * k) % 251) / 251);
  const mandrill = { rows: 30, cols: 30, grey, rgb: { red: grey, green: grey, blue: grey } };
  engine = {
    version: '1',
    pictures: new Map([['mandrill', 'aa']]),
    run: (cells, wanted) => {
      const notebook = new Notebook(new ReferenceEngine(), new Map([['mandrill', mandrill]]), { packs: allPacks });
      notebook.setCells(cells);
      return Promise.resolve(notebook.run(wanted));
    },
    picture: (name) => Promise.resolve(`${name}.png`),
    with: () => engine,
  };
});
afterAll(() => rm(root, { recursive: true }));

/** An article that has no fault. Its text begins on line 12. */
const FRONT = `---
title: A fern
question: What is a fern times itself?
summary: A fern is a matrix, and a matrix can be multiplied by itself.
authors: [Jane Doe]
date: 2026-11-24
order: 11
sources:
  - title: The book of ferns
    url: https://example.org/ferns
---
`;

async function complaints(text: string): Promise<string[]> {
  const path = join(root, 'content', 'fern', 'index.mdx');
  const { complaints } = await checkArticle(text, path, { root, engine, tex: katexOptions });
  return complaints.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const ok = 'A number: <Value of="1 + 1" />, and $\\rowhue{A}$.\n';

describe('an article without a fault', () => {
  it('has no complaint', async () => {
    expect(await complaints(FRONT + ok)).toEqual([]);
  });

  it('nor has the template while it is a draft; once published, its words are', async () => {
    const template = newArticle({ title: 'A fern', day: '2026-11-24', order: 11 });
    expect(await complaints(template)).toEqual([]);
    const published = await complaints(template.replace('status: draft', 'status: published'));
    expect(published.map((one) => one.split(' ')[0])).toEqual([
      '3:12',
      '4:10',
      '6:12',
      '15:12',
      '16:10',
      '19:52',
      '19:86',
      '23:1',
    ]);
    expect(published[0]).toContain('is the template’s: write the question that the article asks.');
  });
});

describe('each fault has its line and its remedy', () => {
  const inFront = (from: string | RegExp, to: string): string => FRONT.replace(from, to) + ok;
  const inText = (text: string): string => FRONT + text;
  it.each<readonly [string, string, string | RegExp]>([
    [
      'a day that is a number',
      inFront('2026-11-24', '20261124'),
      '6:1 `date: 20261124`: a day is written year-month-day, as in 2026-11-24.',
    ],
    [
      'a day that is none',
      inFront('2026-11-24', '2026-02-30'),
      '6:1 `date: 2026-02-30`: a day is written year-month-day, as in 2026-11-24.',
    ],
    ['a field that is missing', inFront(/^title:.*\n/m, ''), '2:1 the front matter lacks `title`: a text is wanted.'],
    [
      'a field that is misspelt',
      inFront('authors:', 'autors:'),
      /^5:1 the front matter has a field `autors` that nobody reads\. Did you mean authors\?/m,
    ],
    [
      'a question that asks nothing',
      inFront('itself?', 'itself.'),
      '3:1 `question: What is a fern times itself.`: it stands under the title and ends with a question mark.',
    ],
    [
      'an address that is none',
      inFront('https://example.org/ferns', 'ferns'),
      '10:5 `sources.0.url: ferns`: an address is wanted, as in https://example.org/paper.',
    ],
    [
      'an ORCID with a slip',
      inFront('[Jane Doe]', '[{ name: Jane Doe, orcid: 0000-0002-1825-0098 }]'),
      /^5:29 `authors.0.orcid: 0000-0002-1825-0098`: an ORCID is written/,
    ],
    [
      'a front matter that is no YAML',
      inFront('A fern\n', 'A fern: and more\n'),
      /^2:\d+ the front matter is no YAML: Nested mappings.* A text with a colon or a # in it stands in quotes\.$/,
    ],
    [
      'TeX that is unknown',
      inText('One formula, $\\foo{x}$.\n'),
      '12:15 TeX: undefined control sequence: \\foo. katex.org/docs/supported lists what can be written; a brace in TeX is \\{.',
    ],
    [
      'TeX on lines of its own',
      inText('$$\na\n+ \\bar b \\foo\n$$\n'),
      /^14:10 TeX: undefined control sequence: \\foo\./,
    ],
    [
      'a set in prose',
      inText('The set {1,2} has two.\n'),
      '12:9 {1,2} in prose is JavaScript, and not what it says would be published. For the braces themselves write \\{1,2\\}, or TeX: $\\{1,2\\}$; for a number <Value of="…" />.',
    ],
    [
      'a name in braces',
      inText('The set {x} has one.\n'),
      /^12:9 \{x\} in prose is JavaScript, and this article has no `x`/,
    ],
    [
      'braces that are no JavaScript',
      inText('The set {x ∈ A}.\n'),
      /^12:\d+ Could not parse expression with acorn\. A brace in prose begins JavaScript: for the brace itself write \\\{/,
    ],
    [
      'a component that is unknown',
      inText('<Pictur of="mandrill" alt="A face." />\n'),
      /^12:1 there is no component <Pictur>\. Did you mean Picture\?/,
    ],
    [
      'a component that is misspelt',
      inText('<Found>\n\nx\n\n<Fuond />\n\n</Found>\n'),
      /^16:1 there is no component <Fuond>\. Did you mean Found\?/,
    ],
    [
      'an element that is none',
      inText('<centre>x</centre>\n'),
      /^12:1 <centre> is no element of HTML\. Did you mean center\?/,
    ],
    [
      'a tag that is never closed',
      inText('<Found>\n\nx\n'),
      /^12:1 Expected a closing tag for `<Found>`.* Every tag is closed/,
    ],
    [
      'a size that is none',
      inText('<Picture of="mandrill" alt="A face." size="huge" />\n'),
      '12:1 <Picture size="huge">: `size` is one of column, wide.',
    ],
    [
      'a word that a component has not',
      inText('<Value of="1" digit="2" />\n'),
      '12:1 <Value> has no `digit`. Did you mean digits? (it takes of, digits)',
    ],
    [
      'digits that are no number',
      inText('<Value of="1" digits="many" />\n'),
      '12:1 <Value digits="many">: `digits` takes a whole number, as in digits="4".',
    ],
    [
      'a component without what it needs',
      inText('<Surface alt="A hill." />\n'),
      /^12:1 <Surface> needs `of`: Julia over the page’s names; its value is a matrix\. As in <Surface of=/,
    ],
    [
      'a word of a fence',
      inText('```julia live captoin="x"\n1\n```\n'),
      /^12:15 in the words of this fence: unknown word `captoin`\. Did you mean caption\?/,
    ],
    [
      'a quote that is not closed',
      inText('```julia live caption="x\n1\n```\n'),
      '12:23 in the words of this fence: the value of `caption` has no closing quote',
    ],
    [
      'a backtick in a fence',
      inText('```julia live caption="the `x`"\n1\n```\n'),
      /^12:28 a backtick among the words of a fence ends the fence/,
    ],
    [
      'TeX in a caption',
      inText('```julia live alt="x" caption="Of $\\foo$."\nmandrill\n```\n'),
      /^12:1 in the caption: TeX: undefined control sequence: \\foo/,
    ],
    ['Julia that is none', inText('```julia live\nx = (1\n```\n'), /^13:\d+ ParseError/],
    [
      'Julia that fails',
      inText('```julia live\nx = 1\n\nx + nobody\n```\n'),
      /^15:5 UndefVarError: `nobody` not defined in `Main`/,
    ],
    [
      'Julia in the prose',
      inText('A <Value of="nobody" />.\n'),
      '12:3 UndefVarError: `nobody` not defined in `Main` (in <Value of="…">)',
    ],
    [
      'two cells of one name',
      inText('```julia live id="a"\n1\n```\n\n```julia live id="a"\n2\n```\n'),
      /^16:1 two cells of this page have the id "a"/,
    ],
    [
      'a stored cell that was never computed',
      inText('```julia live stored id="slow"\n1\n```\n'),
      /^12:1 cell slow: no result is stored for this cell: run `npm run learn -- cells`/,
    ],
    [
      'a picture without words',
      inText('```julia live\nmandrill\n```\n'),
      /^12:1 this cell shows a picture, and says nothing to who cannot see it: alt="…"/,
    ],
    [
      'a picture that is not there',
      inText('![A fern](./fern.png)\n'),
      '12:1 the picture ./fern.png does not lie beside the article.',
    ],
    [
      'an import that leads nowhere',
      inText("import fern from './fern.png';\n\n<img src={fern.src} />\n"),
      '12:19 the file ./fern.png does not lie beside the article.',
    ],
    [
      'a landscape of no matrix',
      inText('```julia live\n1\n```\n\n<Surface of="1" alt="A point." />\n'),
      /^16:1 <Surface of="1"> is no matrix of grey levels/,
    ],
    [
      'a landscape on a page without cells',
      inText('<Surface of="mandrill" alt="A face." />\n'),
      /^12:1 <Surface> asks the engine of a cell, and this page shows none/,
    ],
  ])('%s', async (_name, text, words) => {
    const found = await complaints(text);
    expect(found.join('\n')).toMatch(words instanceof RegExp ? words : (found[0] ?? ''));
    if (typeof words === 'string') expect(found).toEqual([words]);
  });

  it('all of them at once, those of every cell among them', async () => {
    const text = `${FRONT.replace('2026-11-24', '20261124')}$\\foo$ {1,2}\n\n\`\`\`julia live\nnobody\n\`\`\`\n\n\`\`\`julia live\nx = (1\n\`\`\`\n\nA < b <Value of="nope" digit="3" />\n`;
    const found = await complaints(text);
    expect(found.map((one) => one.split(' ')[0])).toEqual(['6:1', '12:2', '12:8', '15:1', '19:5', '22:7', '22:7']);
  });
});
