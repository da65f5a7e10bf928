/** Every page that a reader is sent to, for search engines. */
import type { APIRoute } from 'astro';
import { addressOf, articlesInOrder } from '../site/articles.ts';
import { underBase } from '../site/links.ts';
import { dayOf, xmlText } from '../site/publication.ts';

const others = ['/contents/', '/julia/', '/lab/', '/contribute/'];

export const GET: APIRoute = async ({ site }) => {
  const pages = [
    ...(await articlesInOrder()).map((article) => ({ address: addressOf(article), day: dayOf(article) })),
    ...others.map((path) => ({ address: underBase(import.meta.env.BASE_URL, path), day: null })),
  ];
  const rows = pages.map(({ address, day }) => {
    const changed = day === null ? '' : `<lastmod>${day}</lastmod>`;
    return `<url><loc>${xmlText(new URL(address, site).href)}</loc>${changed}</url>`;
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${rows.join('\n')}
</urlset>
`;
  return new Response(text, { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
