/**
 * Looks an article over, and says everything at once:
 *
 *     npm run check-article -- [--seconds 5] [ARTICLE ...]
 *
 * Its front matter, its prose, every cell, links, spelling, alternatives of pictures; then what its cells take, its words and its bytes.
 * Without names, all articles. Of a draft, what of the template is still to be replaced is listed and is no fault.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { checkArticle, readArticle } from '../src/plugins/article/check.ts';
import type { Complaint } from '../src/plugins/article/complaint.ts';
import { articleFolders, type ArticleFolder } from '../src/plugins/article/drafts.ts';
import { frontMatterOf, ownFilesOf } from '../src/plugins/article/front-matter.ts';
import { READABLE } from '../src/plugins/article/own-files.ts';
import { anchorsOf, linkComplaints, type Places } from '../src/plugins/article/links.ts';
import { proseText, wordCount } from '../src/plugins/article/prose-text.ts';
import { placeholderComplaints } from '../src/plugins/article/template.ts';
import { referenceBuild } from '../src/plugins/build-engine.ts';
import { katexOptions } from '../src/site/math.ts';
import { spellingComplaints } from './spelling.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
/** Bytes of all files beside an article: what a visitor of the repository fetches with it. */
const FILES_BUDGET = 2 * 2 ** 20;

const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' } } });
const folders = await articleFolders(path.join(root, 'content'));
const unknown = wanted.filter((name) => !folders.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(`There is no article ${unknown.join(', ')}. There are: ${folders.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

const addressOf = (name: string): string => (name === 'poster' ? '/' : `/${name}/`);
const fileOf = (name: string): string => path.join('content', name, 'index.mdx');

/** All places that a link can lead to. */
async function places(): Promise<Places> {
  const articles = await Promise.all(
    folders.map(async ({ name }) => {
      const { tree } = readArticle(await readFile(fileOf(name), 'utf8'), fileOf(name), katexOptions);
      return [addressOf(name), anchorsOf(tree)] as const;
    }),
  );
  const pages = (await readdir(path.join(root, 'src', 'pages'), { withFileTypes: true }))
    .map(({ name }) => /^([a-z]+)(?:\.astro)?$/.exec(name)?.[1])
    .filter((name) => name !== undefined);
  return new Map<string, ReadonlySet<string> | null>([
    ...pages.map((name) => [`/${name}/`, null] as const),
    ...articles,
  ]);
}

async function bytesBeside(name: string): Promise<number> {
  const files = (await readdir(path.join('content', name), { withFileTypes: true })).filter((file) => file.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join('content', name, file.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @returns how many faults there are */
async function look({ name, draft }: ArticleFolder, all: Places): Promise<number> {
  const began = performance.now();
  const file = fileOf(name);
  const text = await readFile(file, 'utf8');
  const { complaints, seconds, tree } = await checkArticle(text, path.resolve(file), {
    root,
    engine: await referenceBuild(root),
    tex: katexOptions,
    ...(values.seconds === undefined ? {} : { budget: Number(values.seconds) }),
  });
  const authors = /^authors:.*(?:\n[ -].*)*/m.exec(text)?.[0] ?? '';
  const bytes = await bytesBeside(name);
  const named = ownFilesOf(frontMatterOf(text)).map(({ file }) => file);
  const unnamed = (await readdir(path.join('content', name))).filter(
    (one) => READABLE.test(one) && !named.includes(one),
  );
  const faults: Complaint[] = [
    ...complaints,
    ...linkComplaints(tree, addressOf(name), all),
    ...(await spellingComplaints(proseText(text, tree), authors.match(/\p{L}+/gu) ?? [])),
    ...unnamed.map((one) => ({
      line: 1,
      column: 1,
      message: `${one} lies beside the article, and nothing says whose it is: name it under \`files:\`, with title, by, licence and source.`,
    })),
    ...(bytes > FILES_BUDGET
      ? [
          {
            line: 1,
            column: 1,
            message: `the files beside the article weigh ${kilobytes(bytes)}; ${kilobytes(FILES_BUDGET)} are allowed.`,
          },
        ]
      : []),
  ];
  for (const { line, column, message } of faults.toSorted((a, b) => a.line - b.line || a.column - b.column))
    console.error(`${file}:${line}:${column}: ${message}`);
  const todo = draft ? placeholderComplaints(text.split('\n')) : [];
  for (const { line, message } of todo) console.log(`${file}:${line}: to do: ${message}`);
  const cells = [...seconds].toSorted(([, a], [, b]) => b - a);
  const slowest = cells.slice(0, 3).map(([id, took]) => `${id} ${took.toFixed(1)} s`);
  console.log(
    `${name}${draft ? ' (draft)' : ''}: ${faults.length} faults; ${wordCount(text, tree)} words; ${seconds.size} cells computed${slowest.length === 0 ? '' : ` (${slowest.join(', ')})`}; ` +
      `${kilobytes(bytes)} of files; ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
  return faults.length;
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;

const all = await places();
let faults = 0;
for (const folder of folders.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  faults += await look(folder, all);
if (faults > 0) process.exitCode = 1;
