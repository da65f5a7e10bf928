/** What an article must say of itself. A front matter that does not fit fails the build with its field's name. */
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';

const articles = defineCollection({
  loader: glob({
    base: './content',
    pattern: '*/index.mdx',
    generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
  }),
  schema: z.strictObject({
    title: z.string().min(1),
    /** What the article asks, as a question. It stands under the title and in the index. */
    question: z.string().endsWith('?'),
    /** One or two plain sentences, for search engines and shared links. */
    summary: z.string().min(40).max(240),
    /** Of the article's words. Who made an experiment is named in the text. */
    authors: z.array(z.string().min(1)).min(1),
    /** When the article was last brought up to date. */
    date: z.coerce.date(),
    /** Its place in the index: 0 is the poster. */
    order: z.int().min(0),
    /** What the article rests on. */
    sources: z.array(z.strictObject({ title: z.string().min(1), url: z.url() })).min(1),
  }),
});

export const collections = { articles };
