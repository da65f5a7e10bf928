/** The articles in reading order. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { underBase } from './links.ts';

export type Article = CollectionEntry<'articles'>;

/** @throws Error where two articles claim one place in the order. */
export async function articlesInOrder(): Promise<readonly Article[]> {
  const articles = (await getCollection('articles')).toSorted((a, b) => a.data.order - b.data.order);
  for (const [k, article] of articles.entries()) {
    const next = articles[k + 1];
    if (next?.data.order === article.data.order) {
      throw new Error(`content/${article.id} and content/${next.id} have the same order, ${String(next.data.order)}`);
    }
  }
  return articles;
}

/** The poster is the front page; every other article has an address of its own. */
export function slugOf(article: Article): string | undefined {
  return article.id === 'poster' ? undefined : article.id;
}

export function addressOf(article: Article): string {
  const slug = slugOf(article);
  return underBase(import.meta.env.BASE_URL, slug === undefined ? '/' : `/${slug}/`);
}
