/** What the commands that begin an article find out by themselves. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { articleFolders } from '../src/plugins/article/drafts.ts';
import { splitFrontMatter } from '../src/plugins/article/front-matter.ts';

/** Ends with a sentence for the terminal. */
export function refuse(words: string): never {
  console.error(words);
  process.exit(1);
}

/** One more than the highest `order` that an article claims. */
export async function nextOrder(): Promise<number> {
  const orders = (await articleFolders('content')).map(async ({ name }) => {
    const text = await readFile(path.join('content', name, 'index.mdx'), 'utf8');
    return Number(/^order: *(\d+)/m.exec(splitFrontMatter(text)?.yaml ?? '')?.[1] ?? -1);
  });
  return Math.max(-1, ...(await Promise.all(orders))) + 1;
}

/** Whom git takes the author for. */
export async function gitAuthor(): Promise<string | undefined> {
  const { stdout } = await promisify(execFile)('git', ['config', 'user.name']).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : stdout.trim();
}

/** The day, as a front matter writes it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
