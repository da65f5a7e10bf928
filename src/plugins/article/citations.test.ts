import { fileURLToPath } from 'node:url';
import remarkParse from 'remark-parse';
import { toString } from 'mdast-util-to-string';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { expect, it } from 'vitest';
import { bibliography, worksOf } from './bibliography.ts';
import citations from './citations.ts';
import type { Complaint } from './complaint.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function cite(text: string, frontmatter: Record<string, unknown> = {}, complaints?: Complaint[]) {
  const processor = unified().use(remarkParse).use(citations, { root });
  const data: Record<string, unknown> = { astro: { frontmatter }, ...(complaints === undefined ? {} : { complaints }) };
  const file = new VFile({ value: text, path: 'content/fern/index.mdx', data });
  const tree = await processor.run(processor.parse(file), file);
  const links: unknown[] = [];
  visit(tree, 'link', ({ url, title }) => {
    links.push([url, title]);
  });
  return { words: toString(tree), links, references: frontmatter['references'] };
}

it('a citation is author and year, with the whole reference at hand and in the list', async () => {
  const { words, links, references } = await cite(
    'As shown [@vaswani2017attention, p. 3], and again [@hassani2021escaping; @vaswani2017attention].',
  );
  expect(words).toBe('As shown (Vaswani et al., 2017, p. 3), and again (Hassani et al., 2021; Vaswani et al., 2017).');
  expect(links).toHaveLength(3);
  expect(links[0]).toEqual([
    '#ref-vaswani2017attention',
    expect.stringMatching(/^Vaswani, A\., .*\(2017\)\. Attention Is All You Need\.$/),
  ]);
  expect(references).toMatchObject([
    { key: 'vaswani2017attention', url: 'https://arxiv.org/abs/1706.03762' },
    { key: 'hassani2021escaping' },
  ]);
});

it('a source of the front matter is in the list, cited or not', async () => {
  const { references } = await cite('Text.', {
    sources: [{ cite: 'vaswani2017attention' }, { title: 'x', url: 'https://example.org' }],
  });
  expect(references).toMatchObject([{ key: 'vaswani2017attention' }]);
});

it('what nobody knows stops the build at its place, or is gathered with the rest', async () => {
  await expect(cite('One\n\nthat [@vaswani2017atention].')).rejects.toThrow(
    'nobody knows [@vaswani2017atention]. Did you mean vaswani2017attention?',
  );
  const complaints: Complaint[] = [];
  await cite('One [@a].\n\nAnd [@b].', {}, complaints);
  expect(complaints.map(({ line }) => line)).toEqual([1, 3]);
});

it('mail addresses, links and code are left alone', async () => {
  expect((await cite('a@b.org, [@a](https://example.org), `[@a]`, [1]')).links).toEqual([
    ['https://example.org', null],
  ]);
});

it('the bibliography is sound: each work has an address, and one key', () => {
  for (const { key, url, label } of bibliography(root).values()) {
    expect(url, key).toMatch(/^https:/);
    expect(label, key).toMatch(/\d{4}/);
  }
  expect(() => worksOf('@misc{a, title={x}')).toThrow(/bibliography\.bib: expected/);
  const twice = '@misc{a, title={x}, year={2020}}\n@misc{a, title={y}, year={2021}}';
  expect(() => worksOf(twice)).toThrow('two works have the key a');
});
