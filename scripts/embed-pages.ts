/** The embeds of an article, as text: each of its cells, taken from its built HTML, in the frame that `layouts/Embed.astro` gave. Pure. */

import { escapeHtml } from '../src/lib/display/html.ts';
import { upstream } from '../src/lib/julia/graph.ts';
import type { PagePayload, PageProgram } from '../src/notebook/programs.ts';
import { scriptJson } from '../src/notebook/static-cell.ts';
import { frameHtml } from '../src/site/embed-code.ts';
import { underBase } from '../src/site/links.ts';

export interface EmbedSite {
  /** Where the site is served: `https://example.org`, and under which folder. */
  readonly origin: string;
  readonly base: string;
}

export interface EmbedSource {
  /** The article's name in addresses of embeds. */
  readonly article: string;
  /** Its path inside the site, `/scale/`. */
  readonly path: string;
  readonly html: string;
}

export interface EmbedPage {
  readonly cell: string;
  readonly html: string;
  /** What oEmbed tells of it, https://oembed.com/ */
  readonly oembed: Readonly<Record<string, string | number>>;
}

const SITE = 'Images as Matrices';
/** How wide a column is that embeds are likely to stand in. */
const COLUMN = 640;

/** @param frame the built frame, with words between percent signs. @throws Error where the article's HTML is not as the cells' component writes it */
export function embedsOf(frame: string, source: EmbedSource, site: EmbedSite): EmbedPage[] {
  const payload = programsOf(source.html);
  if (payload === null) return [];
  const pictures = /<script type="application\/json" data-julia-pictures="[^"]*">.*?<\/script>/s.exec(source.html)?.[0];
  const { meta, title } = headOf(source.html);
  const card = meta('og:image');
  return [...source.html.matchAll(/<julia-cell\b.*?<\/julia-cell>/gs)].map(([whole]) => {
    const cell = /\bid="([^"]+)"/.exec(whole)?.[1];
    const name = /<div class="cell-actions"[^>]* aria-label="([^"]*)"/.exec(whole)?.[1];
    if (cell === undefined || name === undefined) throw new Error(`${source.article}: a cell without id or name`);
    const address = new URL(underBase(site.base, `/embed/${source.article}/${encodeURIComponent(cell)}/`), site.origin);
    const article = `${new URL(underBase(site.base, source.path), site.origin).href}#${cell}`;
    const image = /<img src="([^"]+)" width="(\d+)" height="(\d+)" alt="([^"]*)"/.exec(whole);
    const [, src, width = '1200', height = '630', alt] = image ?? [];
    const picture = src === undefined ? card : new URL(src, site.origin).href;
    const words: Record<string, string> = {
      title: name.replace(/[.\s]+$/, ''),
      description: alt ?? name,
      article,
      embed: address.href,
      oembed: new URL('oembed.json', address).pathname,
      picture,
      source: title === SITE ? title : `${title} · ${SITE}`,
    };
    const programs = `<script type="application/json" data-julia-programs="${payload.page}">${scriptJson(needed(payload, cell))}</script>`;
    const html = frame
      .replace(/<julia-cell\b.*?<\/julia-cell>/s, () => aloneHtml(whole, article) + programs + (pictures ?? ''))
      .replaceAll(/%([a-z]+)%/g, (written, word: string) => words[word] ?? written);
    const plain = (text = ''): string =>
      text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    const oembed = {
      version: '1.0',
      type: 'rich',
      provider_name: SITE,
      provider_url: new URL(site.base, site.origin).href,
      title: plain(words['title']),
      html: frameHtml({ address: address.href, title: plain(words['title']), height: likelyHeight(whole) }),
      width: COLUMN,
      height: likelyHeight(whole),
      thumbnail_url: picture,
      thumbnail_width: Number(width),
      thumbnail_height: Number(height),
    };
    return { cell, html, oembed };
  });
}

/** The page's programs, as the build wrote them; null for a page without cells. */
export function programsOf(html: string): PagePayload | null {
  const text = /<script type="application\/json" data-julia-programs="[^"]*">(.*?)<\/script>/s.exec(html)?.[1];
  return text === undefined ? null : (JSON.parse(text) as PagePayload);
}

/**
 * The programs that a cell needs. The others keep their places, empty, and trailing ones go: a cell's place among the programs decides its
 * random numbers.
 */
function needed({ page, programs }: PagePayload, cell: string): PagePayload {
  const wanted = new Set(upstream(programs, [cell]));
  const last = programs.findLastIndex(({ id }) => wanted.has(id));
  return { page, programs: programs.slice(0, last + 1).map((one) => (wanted.has(one.id) ? one : emptied(one))) };
}

function emptied({ id }: PageProgram): PageProgram {
  const body = { kind: 'block', body: [], from: 0, to: 0 } as const;
  return { id, program: { source: '', body: { ...body, body: [] }, defines: [], reads: [], silent: true } };
}

/** The cell without what leads to others of its page; links within the article lead there. */
function aloneHtml(cell: string, article: string): string {
  const page = article.replace(/#.*$/s, '');
  return cell
    .replaceAll(/<a class="cell-skip".*?<\/a>/gs, '')
    .replaceAll(/<julia-animate\b.*?<\/julia-animate>/gs, '')
    .replaceAll(/<script type="module"[^>]*><\/script>/g, '')
    .replaceAll('href="#', `href="${escapeHtml(page)}#`);
}

function headOf(html: string): { readonly meta: (property: string) => string; readonly title: string } {
  const meta = (property: string): string => {
    const found = new RegExp(`<meta property="${property}" content="([^"]*)"`).exec(html)?.[1];
    if (found === undefined) throw new Error(`an article without ${property}`);
    return found;
  };
  return { meta, title: meta('og:title') };
}

/** Pixels that the cell takes in a column, from what stands in it. */
function likelyHeight(cell: string): number {
  const [, rows = 0, cols = 1] = /--rows: (\d+); --cols: (\d+)/.exec(cell)?.map(Number) ?? [];
  const picture = rows === 0 ? 120 : (rows / cols) * Math.min(COLUMN - 24, rows * cols < 4096 ? 384 : cols);
  const code = /<code class="language-julia">(.*?)<\/code>/s.exec(cell)?.[1] ?? '';
  const folded = !/<details class="cell-program" open/.test(cell);
  const program = folded ? 40 : 32 + 22 * code.split('\n').length;
  const controls = 48 * [...cell.matchAll(/class="cell-control /g)].length;
  return Math.round(picture + program + controls + 220);
}
