/**
 * Makes a draft of an article from a notebook:
 *
 *     npm run import-notebook -- FILE.ipynb|FILE.jl [--title "Title"] [--folder NAME]
 *
 * Jupyter, Pluto or plain Julia. Text is cleaned for MDX; code is live where it lies inside the subset and runs, and a listing, with the
 * reason, where not; a name that several cells define gets a name for each. Everything that is to be looked at is said in one report.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadAllPredefined } from '../src/lib/image/node-pictures.ts';
import { NotebookFormatError } from '../src/lib/julia/formats/index.ts';
import { checkArticle } from '../src/plugins/article/check.ts';
import { slugFor } from '../src/plugins/article/template.ts';
import { referenceBuild } from '../src/plugins/build-engine.ts';
import { katexOptions } from '../src/site/math.ts';
import { gitAuthor, nextOrder, refuse, today } from './article-facts.ts';
import { importArticle, type ImportedArticle } from './import-article.ts';

const { values, positionals } = parseArgs({
  options: { folder: { type: 'string' }, title: { type: 'string' } },
  allowPositionals: true,
});
const [source] = positionals;
if (source === undefined || positionals.length > 1)
  refuse('usage: npm run import-notebook -- FILE.ipynb|FILE.jl [--title "Title"] [--folder NAME]');

const text = await readFile(source, 'utf8').catch(() => refuse(`${source} cannot be read.`));
const author = await gitAuthor();
const facts = { day: today(), order: await nextOrder(), ...(author === undefined ? {} : { author }) };
const title = values.title === undefined ? {} : { title: values.title };
const pictures = new Map(await loadAllPredefined());

let article: ImportedArticle;
try {
  article = importArticle(text, path.basename(source), { ...facts, ...title }, pictures);
} catch (error) {
  if (error instanceof NotebookFormatError) refuse(error.message);
  throw error;
}
const folder = values.folder ?? slugFor(article.title);
if (!/^[a-z][a-z0-9-]*$/.test(folder)) refuse(`“${article.title}” gives no address: add --folder NAME.`);
const file = path.join('content', folder, 'index.mdx');
await mkdir(path.dirname(file), { recursive: true });
await writeFile(file, article.text, { flag: 'wx' }).catch(() => refuse(`${file} is there already.`));

const root = fileURLToPath(new URL('../', import.meta.url));
const { complaints } = await checkArticle(article.text, path.resolve(file), {
  root,
  engine: await referenceBuild(root),
  tex: katexOptions,
});
console.log(
  `${file}: “${article.title}”, a draft. ${article.live} cells are live, ${article.listings} are listings.\n`,
);
for (const line of article.report) console.log(`* ${line}`);
for (const { line, column, message } of complaints) console.log(`* ${file}:${line}:${column}: ${message}`);
console.log(`\nnpm run dev shows it at /${folder}/; npm run check-article -- ${folder} says what is still to be done.`);
