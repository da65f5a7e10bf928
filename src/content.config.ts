/** The articles. What one must say of itself is in `plugins/article/front-matter.ts`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { glob, type Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';
import { articleFolders, showsDrafts } from './plugins/article/drafts.ts';
import { articleSchema, frontMatterComplaints } from './plugins/article/front-matter.ts';

const hidden = showsDrafts(import.meta.env.DEV) ? [] : (await articleFolders('content')).filter(({ draft }) => draft);

const files = glob({
  base: './content',
  pattern: ['*/index.mdx', ...hidden.map(({ name }) => `!${name}/index.mdx`)],
  generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
});

/** What the pages of a front matter with a trouble are made of, until it is mended. */
const standIn = (id: string) => ({
  title: id,
  question: 'What is wrong with its front matter?',
  summary: 'The front matter of this article does not fit. Its own page says where.',
  authors: ['—'],
  date: new Date(0),
  sources: [{ title: '—', url: 'https://example.org/' }],
});

/**
 * The articles' files, their front matter looked at before the schema is, so that an error has its line. While they are written, an
 * article that does not fit is an entry with its trouble: its own page says so, and the others stand.
 */
const articles: Loader = {
  name: 'articles',
  load: async (context) => {
    // Astro keeps what it has read until an article changes, or this file; the schema is in another.
    const schema = context.generateDigest(await readFile('src/plugins/article/front-matter.ts', 'utf8'));
    if (context.meta.get('schema') !== schema) context.store.clear();
    context.meta.set('schema', schema);
    await files.load({
      ...context,
      parseData: async (entry) => {
        const file = entry.filePath ?? '';
        const [complaint] = frontMatterComplaints(await readFile(file, 'utf8'));
        if (complaint === undefined) return context.parseData(entry);
        const { line, column, message } = complaint;
        const shown = path.relative(process.cwd(), file);
        const trouble = { message: `${shown}:${line}:${column}: ${message}`, file, line, column };
        if (context.watcher === undefined) throw Object.assign(new Error(trouble.message), { loc: trouble });
        const data: Record<string, unknown> = { ...standIn(entry.id), trouble };
        return context.parseData({ ...entry, data: data as typeof entry.data });
      },
    });
  },
};

const trouble = z.strictObject({ message: z.string(), file: z.string(), line: z.int(), column: z.int() });

export const collections = {
  articles: defineCollection({ loader: articles, schema: articleSchema.extend({ trouble: trouble.optional() }) }),
};
