/** What is here, for programs that read text: llmstxt.org. */
import type { APIRoute } from 'astro';
import { articlesInOrder } from '../site/articles.ts';
import { underBase } from '../site/links.ts';
import { SITE_TITLE } from '../site/publication.ts';

export const GET: APIRoute = async ({ site }) => {
  const articles = await articlesInOrder();
  const home = new URL(underBase(import.meta.env.BASE_URL, '/'), site).href;
  const rows = articles.map(
    ({ id, data }) => `- [${data.title}](${home}md/${id}.md): ${data.question} ${data.summary}`,
  );
  const text = `# ${SITE_TITLE}

> What happens when two grey pictures are multiplied as matrices, with and without softmax before the product: the experiment of Mishka's JuliaCon 2021 poster, live.

Every article is plain Markdown at the addresses below; its pages run the Julia in it.

## Articles

${rows.join('\n')}

## More

- [The Julia of the cells](${home}julia/): what a live cell can compute
- [How an article is written](${home}contribute/)
`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
