import { expect, it } from 'vitest';
import { readArticle } from './check.ts';
import { anchorsOf, linkComplaints } from './links.ts';
import { proseText, wordCount } from './prose-text.ts';
import { slugFor } from './template.ts';

const read = (text: string) => readArticle(text, 'content/fern/index.mdx', {}).tree;

it('a link leads to a page and a place on it, or to another site by https', () => {
  const text = `## Rank by rank

\`\`\`julia live id="weave"
mandrill
\`\`\`

[a](#weave) [b](#rank-by-rank) [c](/scale/#slider) [d](../scale/) [e](/scale/#N=8) [f](https://example.org) [g](/data/x.csv)

[h](#wave) [i](/scal/) [j](/scale/#none) [k](http://example.org) <a href="/none/">l</a>
`;
  const tree = read(text);
  const places = new Map<string, ReadonlySet<string> | null>([
    ['/fern/', anchorsOf(tree)],
    ['/scale/', new Set(['slider'])],
    ['/julia/', null],
  ]);
  const found = linkComplaints(tree, '/fern/', places);
  expect(found.map(({ line }) => line)).toEqual([9, 9, 9, 9, 9]);
  expect(found.map(({ message }) => message)).toEqual([
    'the link #wave names no place of /fern/. Did you mean weave?',
    'the link /scal/ leads to no page. Did you mean /scale/? (an address ends with a slash)',
    'the link /scale/#none names no place of /scale/.',
    'the link http://example.org does not say https.',
    'the link /none/ leads to no page. (an address ends with a slash)',
  ]);
});

it('only prose is left for the spelling, each word in its place', () => {
  const text = `---
title: A fern
date: 2026-11-24
---

Softmax of $\\alpha$ is <Value of="norm(x)" />, *bold* [@ask2020].<Note>aside</Note>

\`\`\`julia live caption="Of the $x$ leaf." alt="A face."
mandril
\`\`\`
`;
  const prose = proseText(text, read(text));
  expect(prose.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))).toEqual([
    '',
    'A fern',
    '',
    '',
    '',
    'Softmax of is , bold . aside',
    '',
    'Of the leaf. A face.',
    '',
    '',
    '',
  ]);
  expect(prose.indexOf('bold')).toBe(text.indexOf('bold'));
  expect(prose.indexOf('leaf')).toBe(text.indexOf('leaf'));
  expect(wordCount(text, read(text))).toBe(12);
});

it.each([
  ['A picture times white', 'a-picture-times-white'],
  ['Über: das Moiré!', 'uber-das-moire'],
  ['2 × 2', ''],
])('the address of “%s” is “%s”', (title, slug) => expect(slugFor(title)).toBe(slug));
