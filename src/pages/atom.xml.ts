/** The articles as a feed, the newest first. */
import type { APIRoute } from 'astro';
import { addressOf, articlesInOrder, authorNames } from '../site/articles.ts';
import { underBase } from '../site/links.ts';
import { dayOf, SITE_TITLE, xmlText } from '../site/publication.ts';

export const GET: APIRoute = async ({ site }) => {
  const articles = (await articlesInOrder()).toSorted((a, b) => b.data.date.valueOf() - a.data.date.valueOf());
  const home = new URL(underBase(import.meta.env.BASE_URL, '/'), site).href;
  const entries = articles.map((article) => {
    const address = new URL(addressOf(article), site).href;
    const authors = authorNames(article).map((name) => `<author><name>${xmlText(name)}</name></author>`);
    return `<entry>
<title>${xmlText(article.data.title)}</title>
<id>${xmlText(address)}</id>
<link rel="alternate" type="text/html" href="${xmlText(address)}"/>
<link rel="alternate" type="text/markdown" href="${xmlText(`${home}md/${article.id}.md`)}"/>
<updated>${dayOf(article)}T00:00:00Z</updated>
${authors.join('')}
<summary>${xmlText(`${article.data.question} ${article.data.summary}`)}</summary>
</entry>`;
  });
  const newest = articles[0];
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${SITE_TITLE}</title>
<id>${xmlText(home)}</id>
<link rel="self" type="application/atom+xml" href="${xmlText(`${home}atom.xml`)}"/>
<link rel="alternate" type="text/html" href="${xmlText(home)}"/>
<updated>${newest === undefined ? '2021-07-30' : dayOf(newest)}T00:00:00Z</updated>
${entries.join('\n')}
</feed>
`;
  return new Response(text, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
};
