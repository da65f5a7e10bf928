/** Which articles a build leaves out. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { splitFrontMatter } from './front-matter.ts';

/** Whether an article's text says that it is a draft. */
export function isDraft(article: string): boolean {
  return /^status:\s*["']?draft\b/m.test(splitFrontMatter(article)?.yaml ?? '');
}

/** An article's folder, and whether it is a draft. */
export interface ArticleFolder {
  readonly name: string;
  readonly draft: boolean;
}

/** The folders of `content` that hold an article, in the order of their names. */
export async function articleFolders(content: string): Promise<ArticleFolder[]> {
  const names = (await readdir(content, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const found = await Promise.all(
    names.map(async ({ name }) => {
      const text = await readFile(join(content, name, 'index.mdx'), 'utf8').catch(() => null);
      return text === null ? [] : [{ name, draft: isDraft(text) }];
    }),
  );
  return found.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether drafts are shown: to who writes them (`npm run dev`), or by `DRAFTS=1 npm run build`. */
export function showsDrafts(dev: boolean): boolean {
  return dev || process.env['DRAFTS'] === '1';
}
