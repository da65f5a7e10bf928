/** Everybody may read everything; here is the list of it. */
import type { APIRoute } from 'astro';
import { underBase } from '../site/links.ts';

export const GET: APIRoute = ({ site }) => {
  const map = new URL(underBase(import.meta.env.BASE_URL, '/sitemap.xml'), site).href;
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${map}\n`);
};
