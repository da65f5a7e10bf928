/** The articles' social cards, under addresses that stay. */
import { readFile } from 'node:fs/promises';
import type { APIRoute, GetStaticPaths } from 'astro';
import { render } from 'astro:content';
import { articlesInOrder } from '../../site/articles.ts';
import { cardOf } from '../../site/card.ts';

export const getStaticPaths = (async () => {
  const articles = await articlesInOrder();
  const cards = articles.map(async (article) => ({
    params: { card: article.id },
    props: { file: cardOf((await render(article)).remarkPluginFrontmatter)?.file },
  }));
  return (await Promise.all(cards)).filter(({ props: { file } }) => file !== undefined);
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ file: string }> = async ({ props }) =>
  new Response(new Uint8Array(await readFile(props.file)), { headers: { 'content-type': 'image/png' } });
