/** Small pictures of the lab's starting points. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { render } from 'astro:content';
import sharp from 'sharp';
import { articlesInOrder } from '../../../site/articles.ts';
import { KEY_CELLS, startOf } from '../../../site/lab-starts.ts';

/** Twice what they are shown at. */
const SIZE = 480;

export const getStaticPaths = (async () => {
  const articles = (await articlesInOrder()).filter(({ id }) => id in KEY_CELLS);
  return Promise.all(
    articles.map(async (article) => ({
      params: { start: article.id },
      props: { file: startOf(article, (await render(article)).remarkPluginFrontmatter).picture },
    })),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ file: string }> = async ({ props }) => {
  const bytes = await sharp(props.file).resize(SIZE, SIZE, { fit: 'cover' }).webp({ quality: 80 }).toBuffer();
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/webp' } });
};
