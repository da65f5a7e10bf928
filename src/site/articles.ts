/** The articles in reading order. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { underBase } from './links.ts';

export type Article = CollectionEntry<'articles'>;

/** By their places; articles of one place, or of none, by their days and then their names. What has no place stands before About. */
export async function articlesInOrder(): Promise<readonly Article[]> {
  const place = ({ id, data }: Article): number => data.order ?? (id === 'about' ? Infinity : LATER);
  const articles = await getCollection('articles');
  return articles.toSorted(
    (a, b) =>
      place(a) - place(b) || a.data.date.valueOf() - b.data.date.valueOf() || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/** After every place that an article names. */
const LATER = Number.MAX_SAFE_INTEGER;

/** Throws an error that names the article's file and line, where its front matter does not fit: the overlay of `npm run dev` shows it. */
export function assertSound({ data: { trouble } }: Article): void {
  if (trouble !== undefined) throw Object.assign(new Error(trouble.message), { loc: trouble });
}

/** The names of those who wrote it, whichever way the front matter gives them. */
export function authorNames({ data: { authors } }: Article): string[] {
  return authors.map((one) => (typeof one === 'string' ? one : one.name));
}

/** The poster is the front page; every other article has an address of its own. */
export function slugOf(article: Article): string | undefined {
  return article.id === 'poster' ? undefined : article.id;
}

export function addressOf(article: Article): string {
  const slug = slugOf(article);
  return underBase(import.meta.env.BASE_URL, slug === undefined ? '/' : `/${slug}/`);
}
