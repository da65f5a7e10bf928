/**
 * Holds stored results to their programs: computes them again and compares every number and every pixel.
 *
 *     npm run stored -- [--since COMMIT] [ARTICLE ...]
 *
 * With `--since`, those alone that are new or changed since that commit; a pull request's are computed again in CI, all of them every
 * night. Whether each picture's file holds the pixels that its name is a hash of is looked at in any case.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { articleFolders } from '../src/plugins/article/drafts.ts';
import { readResults, STORED_FOLDER } from '../src/plugins/stored.ts';
import { articlePictures, cellsOf, computeStored } from './learn-cells.ts';
import { changedResults, comparison, pixelHash, type Kept } from './stored-compare.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const git = promisify(execFile);

const { values, positionals } = parseArgs({ options: { since: { type: 'string' } }, allowPositionals: true });
const { since } = values;
if (since !== undefined && !/^[\w./-]+$/.test(since)) throw new Error(`--since takes a commit, not ${since}`);

/** A file as it was at the commit; null where it was not. */
async function before(file: string): Promise<Buffer | null> {
  const shown = git('git', ['show', `${since ?? ''}:${file}`], { cwd: root, encoding: 'buffer', maxBuffer: 2 ** 28 });
  return shown.then(
    ({ stdout }) => stdout,
    () => null,
  );
}

async function keptBefore(folder: string): Promise<Kept | null> {
  const text = await before(`${folder}/results.json`);
  if (text === null) return null;
  return { results: JSON.parse(text.toString()) as Kept['results'], picture: (name) => before(`${folder}/${name}`) };
}

const troubles: string[] = [];
let computed = 0;
for (const { name } of await articleFolders(path.join(root, 'content'))) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const text = await readFile(path.join(root, 'content', name, 'index.mdx'), 'utf8');
  const cells = cellsOf(text);
  const stored = cells.filter((cell) => cell.stored);
  if (stored.length === 0) continue;
  const folder = `content/${name}/${STORED_FOLDER}`;
  const results = await readResults(path.join(root, folder));
  const now: Kept = { results, picture: (file) => readFile(path.join(root, folder, file)).catch(() => null) };
  for (const { picture } of Object.values(results)) {
    const bytes = picture === null ? null : await now.picture(picture);
    if (picture !== null && (bytes === null || (await pixelHash(bytes)) !== picture.replace(/\.\w+$/, '')))
      troubles.push(`${folder}/${picture} is missing, or holds other pixels than its name says`);
  }
  const changed = since === undefined ? null : await changedResults(now, await keptBefore(folder));
  const wanted = stored.filter(({ id }) => changed === null || changed.has(id));
  const pictures = await articlePictures(text, path.join(root, 'content', name));
  const at = await mkdtemp(path.join(tmpdir(), 'stored-'));
  await computeStored(cells, wanted, pictures, at, (id, result, milliseconds) => {
    computed += 1;
    const wrong = comparison(results[id], result);
    console.log(`${name}, ${id}: ${wrong ?? 'the same'} (${(milliseconds / 1000).toFixed(1)} s)`);
    if (wrong !== null) troubles.push(`content/${name}, the cell ${id}: ${wrong}. Run \`npm run learn -- cells\`.`);
  });
  await rm(at, { recursive: true });
}

for (const trouble of troubles) console.error(trouble);
console.log(`${computed} stored cells computed again, ${troubles.length} troubles`);
if (troubles.length > 0) process.exitCode = 1;
