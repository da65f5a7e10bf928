/** The pages of a built site, for the programs that check it. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { JSDOM } from 'jsdom';

export interface BuiltPage {
  /** Relative to the built folder: `scale/index.html`. */
  readonly file: string;
  readonly html: string;
  readonly document: Document;
}

/** @throws Error where the folder holds no page: a check of nothing must not pass. */
export async function builtPages(folder: string): Promise<readonly BuiltPage[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.html')).toSorted();
  if (files.length === 0) throw new Error(`${folder} holds no page: run \`npm run build\` first`);
  return Promise.all(
    files.map(async (file) => {
      const html = await readFile(path.join(folder, file), 'utf8');
      return { file: file.split(path.sep).join('/'), html, document: new JSDOM(html).window.document };
    }),
  );
}
