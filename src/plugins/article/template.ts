/** How an article begins: what `npm run new-article` writes, and what must be replaced before it is published. */

import type { Complaint } from './complaint.ts';

/** The template's own words, each with what belongs in its place. An article that is published has none of them. */
const PLACEHOLDERS = {
  question: ['What do you want to know?', 'the question that the article asks'],
  summary: [
    'One or two plain sentences of 40 to 240 characters, for search engines and shared links.',
    'a summary of the article',
  ],
  author: ['Your Name', 'your name'],
  source: ['Where the idea, or the data, comes from', 'the title of what the article rests on'],
  address: ['https://example.org/', 'the address of that source'],
  caption: ['What the reader sees first.', 'a caption of the picture'],
  alt: ['What the picture shows, in words.', 'what the picture shows, for a reader who cannot see it'],
  prose: ['Say what was just seen.', 'the article’s first words'],
} as const;

export interface NewArticle {
  readonly title: string;
  readonly question?: string;
  readonly author?: string;
  /** Year, month and day. */
  readonly day: string;
  readonly order: number;
  /** MDX in the place of the template's own. */
  readonly body?: string;
  /** The id of the cell on the card; null for none. */
  readonly card?: string | null;
}

/** The text of a new article: a draft with a live cell that works. */
export function newArticle({ title, question, author, day, order, body, card = 'first' }: NewArticle): string {
  const { summary, source, address, caption, alt, prose } = PLACEHOLDERS;
  const first = `\`\`\`julia live hero size="wide" id="first" caption="${caption[0]}" alt="${alt[0]}"
normalize_image(mandrill' * mandrill)
\`\`\`

${prose[0]}`;
  return `---
title: ${JSON.stringify(title)}
question: ${JSON.stringify(question ?? PLACEHOLDERS.question[0])}
summary: ${summary[0]}
authors:
  - name: ${JSON.stringify(author ?? PLACEHOLDERS.author[0])}
    # orcid: 0000-0002-1825-0097
date: ${day}
# A draft is shown by \`npm run dev\` alone. \`published\` once \`npm run check-article\` has nothing left to say.
status: draft
order: ${String(order)}
${card === null ? '' : `# The id of the cell whose picture is on the card of a shared link.\ncard: ${card}\n`}sources:
  - title: ${source[0]}
    url: ${address[0]}
---

${body ?? first}

{/*
Before it is published:
* The picture comes first, and the text explains what the reader has just seen.
* Every number is computed with <Value of="…" /> or cited; every picture is computed, or lies beside the article with its licence.
* Each cell has a caption and an alt.
* status: published, and \`npm run check-article\` has nothing to say.
Then take this list away.
*/}
`;
}

/** The template's words that are still in an article. */
export function placeholderComplaints(lines: readonly string[]): Complaint[] {
  return Object.values(PLACEHOLDERS).flatMap(([words, instead]) =>
    lines.flatMap((line, k) => {
      const column = line.indexOf(words);
      // An address that goes on is one of its own.
      if (column < 0 || (words.startsWith('https:') && /\S/.test(line.slice(column + words.length)))) return [];
      return [{ line: k + 1, column: column + 1, message: `“${words}” is the template’s: write ${instead}.` }];
    }),
  );
}

/** The folder of an article, and its address, from its title; empty where the title has no letter for one. */
export function slugFor(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
}
