/** Each article as plain Markdown, under an address that stays. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { render } from 'astro:content';
import { z } from 'astro/zod';
import { addressOf, articlesInOrder, authorNames, type Article } from '../../site/articles.ts';
import { plainMarkdown } from '../../site/plain.ts';
import { dayOf } from '../../site/publication.ts';

const schema = z.object({ values: z.array(z.object({ of: z.string(), text: z.string() })).default([]) });

export const getStaticPaths = (async () =>
  (await articlesInOrder()).map((article) => ({
    params: { article: article.id },
    props: { article },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ article: Article }> = async ({ props: { article }, site }) => {
  const { title, question, summary } = article.data;
  const { values } = schema.parse((await render(article)).remarkPluginFrontmatter);
  const head = [
    `# ${title}`,
    `*${question}*`,
    summary,
    `${authorNames(article).join(', ')}, ${dayOf(article)}. ${new URL(addressOf(article), site).href}`,
  ];
  const text = `${head.join('\n\n')}\n\n${plainMarkdown(article.body ?? '', values)}`;
  return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
};
