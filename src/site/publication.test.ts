import { expect, it, vi } from 'vitest';
import { plainMarkdown } from './plain.ts';

vi.mock('astro:content', () => ({ getCollection: () => Promise.resolve([]) }));
const { bibtexOf, cffOf, jsonLdOf, risOf, xmlText } = await import('./publication.ts');

const article = {
  id: 'scale',
  data: {
    title: 'A {curly} title & more',
    question: 'Why?',
    summary: 'Because "so".',
    authors: ['Images as Matrices contributors', { name: 'Ada King Lovelace', orcid: '0000-0002-1825-0097' }],
    date: new Date('2026-03-04'),
  },
} as never;
const address = 'https://example.org/scale/';

it('BibTeX keeps groups whole, names in order, and no brace of the title', () => {
  expect(bibtexOf(article, address)).toBe(`@misc{images-as-matrices-scale,
  author       = {{Images as Matrices contributors} and Lovelace, Ada King},
  title        = {{A curly title \\& more}},
  howpublished = {Images as Matrices},
  year         = {2026},
  month        = {3},
  url          = {https://example.org/scale/}
}
`);
});

it('RIS ends its record, and CFF has the ORCID', () => {
  const ris = risOf(article, address).split('\r\n');
  expect(ris[0]).toBe('TY  - ELEC');
  expect(ris).toContain('AU  - Lovelace, Ada King');
  expect(ris).toContain('DA  - 2026/03/04');
  expect(ris.at(-2)).toBe('ER  - ');
  expect(cffOf(article, address)).toContain(
    '    given-names: "Ada King"\n    orcid: https://orcid.org/0000-0002-1825-0097\n',
  );
});

it('a search engine gets people as people', () => {
  expect(jsonLdOf(article, address)).toMatchObject({
    '@type': 'ScholarlyArticle',
    author: [
      { '@type': 'Organization', name: 'Images as Matrices contributors' },
      { '@type': 'Person', name: 'Ada King Lovelace', '@id': 'https://orcid.org/0000-0002-1825-0097' },
    ],
    dateModified: '2026-03-04',
  });
  expect(xmlText('a < "b" & c')).toBe('a &lt; &quot;b&quot; &amp; c');
});

it('plain Markdown has the numbers that were computed, and no tag', () => {
  const body = `import x from './x.json';

<Found>

It is <Value of="norm(x)" digits="3" /> here.<Note>aside</Note> A set \\{1\\}.

</Found>

\`\`\`julia live id="a"
<Found> stays
\`\`\`

<Picture of="mandrill" alt="A face." caption="The left." />

<Try cell="a" change="b > c" to="d" holds="e">

Do it.

</Try>

<ProductFigure id="p" pairs={[{ a: 1 }]}>
  words
</ProductFigure>
{/* gone */}
`;
  expect(plainMarkdown(body, [{ of: 'norm(x)', text: '20.4' }])).toBe(`It is 20.4 here. (aside) A set {1}.

\`\`\`julia live id="a"
<Found> stays
\`\`\`

\`\`\`julia
mandrill
\`\`\`

A face. The left.

Do it.

[ProductFigure: a figure of the page]
`);
});
