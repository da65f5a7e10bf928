import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from '../lib/julia/parse/parse.ts';
import { resultsFile, storedKey, storedOutcomes } from './stored.ts';
import type { Storable } from './stored.ts';

const pictures = new Map([
  ['mandrill', 'aa'],
  ['airplane', 'bb'],
]);
const cell = (id: string, source: string, stored = false): Storable => ({ id, program: parse(source), stored });
const page = (): Storable[] => [
  cell('f', 'f(x) = x .+ 1'),
  cell('slow', 'y = f(mandrill)', true),
  cell('other', 'airplane'),
];
const result = { kind: 'picture', rows: 1, cols: 1, colour: false, eltype: 'Float64', low: 0, high: 1 } as const;

let article: string;
const cache = (): string => join(article, 'cache');
async function store(cells: readonly Storable[]): Promise<void> {
  const key = storedKey(cells, 'slow', pictures);
  await writeFile(resultsFile(join(article, 'stored')), JSON.stringify({ slow: { key, result, picture: 'p.webp' } }));
}

beforeEach(async () => {
  article = await mkdtemp(join(tmpdir(), 'stored-'));
  await mkdir(join(article, 'stored'));
  await writeFile(join(article, 'stored', 'p.webp'), 'pixels');
});
afterEach(() => rm(article, { recursive: true }));

test('a stored result stands in for its cell, and its picture goes where the build looks', async () => {
  await store(page());
  const outcomes = await storedOutcomes(page(), article, cache(), pictures);
  expect([...outcomes.keys()]).toEqual(['slow']);
  expect(outcomes.get('slow')).toMatchObject({ result, picture: 'p.webp', trouble: null });
  expect(await readFile(join(cache(), 'p.webp'), 'utf8')).toBe('pixels');
});

test('without a result the build stops', async () => {
  await expect(storedOutcomes(page(), article, cache(), pictures)).rejects.toThrow(
    /no result is stored.*npm run learn/,
  );
});

test.each([
  ['its own program', [cell('f', 'f(x) = x .+ 1'), cell('slow', 'y = f(2mandrill)', true)]],
  ['a program it needs', [cell('f', 'f(x) = x .+ 2'), cell('slow', 'y = f(mandrill)', true)]],
])('%s changed: the build stops', async (_what, changed) => {
  await store(page());
  await expect(storedOutcomes(changed, article, cache(), pictures)).rejects.toThrow(/another program.*npm run learn/);
});

test('a picture it uses changed: the build stops; any other picture or cell may change', async () => {
  await store(page());
  await expect(storedOutcomes(page(), article, cache(), new Map([...pictures, ['mandrill', 'cc']]))).rejects.toThrow(
    /another program/,
  );
  const fine = [...page().slice(0, 2), cell('other', '2airplane')];
  expect((await storedOutcomes(fine, article, cache(), new Map([...pictures, ['airplane', 'cc']]))).size).toBe(1);
});

test('a cell that the build computes must not need a slow one', async () => {
  await store(page());
  const cells = [...page(), cell('after', 'y .+ 1')];
  await expect(storedOutcomes(cells, article, cache(), pictures)).rejects.toThrow(/needs the stored cell slow/);
});
