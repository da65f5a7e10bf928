/**
 * Begins an article, and asks nothing:
 *
 *     npm run new-article -- "Title" ["Question?"] [--folder NAME]
 *
 * writes `content/NAME/index.mdx`, a draft with a live cell, last in the order. NAME is the address; it is made of the title.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { newArticle, slugFor } from '../src/plugins/article/template.ts';
import { gitAuthor, nextOrder, refuse, today } from './article-facts.ts';

const usage = 'usage: npm run new-article -- "Title" ["Question?"] [--folder NAME]';

const { values, positionals } = parseArgs({ options: { folder: { type: 'string' } }, allowPositionals: true });
const [title, question] = positionals;
if (title === undefined || positionals.length > 2) refuse(usage);
if (question !== undefined && !question.endsWith('?'))
  refuse('The question must end with a question mark: it stands under the title.');
const folder = values.folder ?? slugFor(title);
if (!/^[a-z][a-z0-9-]*$/.test(folder))
  refuse(`An address has small letters, digits and hyphens, and begins with a letter: add --folder NAME.\n${usage}`);

const file = path.join('content', folder, 'index.mdx');
const by = await gitAuthor();
const text = newArticle({
  title,
  ...(question === undefined ? {} : { question }),
  ...(by === undefined ? {} : { author: by }),
  day: today(),
  order: await nextOrder(),
});
await mkdir(path.dirname(file), { recursive: true });
try {
  await writeFile(file, text, { flag: 'wx' });
} catch (error) {
  if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuse(`${file} is there already.`);
  throw error;
}
console.log(`${file} is there: a draft, with a live cell.

  npm run dev                            shows it at /${folder}/ while you write
  npm run check-article -- ${folder}
                                         says everything that is wrong with it, and what is still to be written
  DRAFTS=1 npm run build                 builds the site with its drafts

Once it is finished: \`status: published\`, \`npm test\`, and a pull request.`);
