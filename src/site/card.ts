/** A page's social card: drawn while its article is read, which leaves word of it in the front matter. */
import { render } from 'astro:content';
import { z } from 'astro/zod';
import { articlesInOrder, type Article } from './articles.ts';
import { underBase } from './links.ts';

// A page without a picture has at most what its author wrote there: the id of a cell.
const schema = z.object({ card: z.object({ file: z.string(), alt: z.string() }).optional().catch(undefined) });

/** Where the card lies while the site is built, and what its picture shows; undefined for a page without. */
export function cardOf(frontmatter: unknown): { readonly file: string; readonly alt: string } | undefined {
  return schema.parse(frontmatter).card;
}

/** Where the card is served. */
export function cardAddress(article: Article): string {
  return underBase(import.meta.env.BASE_URL, `/cards/${article.id}.png`);
}

/** The first page's card: what a shared link of a page without a picture of its own shows. */
export async function firstCard(): Promise<{ readonly src: string; readonly alt: string } | undefined> {
  const [first] = await articlesInOrder();
  const drawn = first && cardOf((await render(first)).remarkPluginFrontmatter);
  return first && drawn && { src: cardAddress(first), alt: drawn.alt };
}
