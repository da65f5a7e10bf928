import { mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allPacks } from '../lib/julia/library/all.ts';
import { Notebook } from '../lib/julia/notebook.ts';
import { parse } from '../lib/julia/parse/parse.ts';
import type { CellReport, View } from '../lib/julia/view.ts';
import { ReferenceEngine } from '../lib/matrix/reference.ts';
import { cacheKey, computePage, type ComputeOptions, type CellJob } from './compute.ts';
import { writePicture } from './picture-file.ts';

let folder: string;
let ran: string[][];
let options: ComputeOptions;

const view: View = {
  kind: 'matrix',
  rows: 20,
  cols: 30,
  data: Float64Array.from({ length: 600 }, (_, k) => k / 599),
  eltype: 'Float64',
  vector: false,
};
const report = (id: string): CellReport => ({ id, view, trouble: null, printed: '', controls: [], milliseconds: 1 });
const job = (id: string, source: string): CellJob => ({ id, program: parse(source), show: 'auto' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cells-'));
  ran = [];
  options = {
    folder,
    version: '1',
    pictures: new Map([
      ['mandrill', 'aa'],
      ['airplane', 'bb'],
    ]),
    run: (cells, wanted) => {
      const ids = cells.map(({ id }) => id).filter((id) => wanted.has(id));
      ran.push(ids);
      return Promise.resolve(ids.map((id) => report(id)));
    },
  };
});
afterEach(() => rm(folder, { recursive: true }));

const page = (): CellJob[] => [job('a', 'A = mandrill'), job('b', "A' * A"), job('c', 'airplane')];

test('an unchanged page runs nothing the second time', async () => {
  const first = await computePage(page(), options);
  const second = await computePage(page(), options);
  expect(ran).toEqual([['a', 'b', 'c']]);
  expect(second).toEqual(first);
});

test('a changed cell is run with what it needs; what depends on it is run too, the rest is not', async () => {
  await computePage(page(), options);
  await computePage([job('a', 'A = mandrill'), job('b', "A * A'"), job('c', 'airplane')], options);
  expect(ran[1]).toEqual(['a', 'b']);
  await computePage([job('a', 'A = 2mandrill'), job('b', "A' * A"), job('c', 'airplane')], options);
  expect(ran[2]).toEqual(['a', 'b']);
});

test('a changed picture or library makes results old', async () => {
  await computePage(page(), options);
  await computePage(page(), { ...options, pictures: new Map([...options.pictures, ['airplane', 'cc']]) });
  expect(ran[1]).toEqual(['c']);
  await computePage(page(), { ...options, version: '2' });
  expect(ran[2]).toEqual(['a', 'b', 'c']);
});

test('the key of a cell follows its fence, the fences it needs, its pictures and the library, and nothing else', () => {
  const key = (jobs: CellJob[], changed: Partial<ComputeOptions> = {}): string =>
    cacheKey(jobs[1] ?? job('', ''), jobs, { ...options, ...changed });
  const before = key(page());
  const others: [string, CellJob[], Partial<ComputeOptions>?][] = [
    ['its fence', [job('a', 'A = mandrill'), job('b', "A * A'"), job('c', 'airplane')]],
    ['a fence it needs', [job('a', 'A = 2mandrill'), job('b', "A' * A"), job('c', 'airplane')]],
    ['a picture', page(), { pictures: new Map([...options.pictures, ['mandrill', 'cc']]) }],
    ['the library', page(), { version: '2' }],
  ];
  for (const [what, jobs, changed] of others) expect(key(jobs, changed), what).not.toBe(before);
  expect(key([...page().slice(0, 2), job('c', '2airplane')])).toBe(before);
  expect(key(page(), { pictures: new Map([...options.pictures, ['airplane', 'cc']]) })).toBe(before);
});

test('a result whose picture file was deleted is computed again', async () => {
  const outcome = (await computePage([job('c', 'airplane')], options)).get('c');
  await unlink(join(folder, outcome?.picture ?? ''));
  await computePage([job('c', 'airplane')], options);
  expect(ran).toHaveLength(2);
  expect(await readdir(folder)).toContain(outcome?.picture);
});

test.each([1, 3] as const)('a picture file of %i channels holds exactly the levels', async (channels) => {
  const bytes = Uint8Array.from({ length: 64 * 48 * channels }, (_, k) => (k * 7919) % 256);
  const file = await writePicture(folder, { rows: 48, cols: 64, channels, bytes });
  const { data, info } = await sharp(await readFile(join(folder, file)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([64, 48]);
  for (let k = 0; k < 64 * 48; k += 1) {
    for (let c = 0; c < channels; c += 1) expect(data[info.channels * k + c]).toBe(bytes[channels * k + c]);
  }
  expect(await writePicture(folder, { rows: 48, cols: 64, channels, bytes })).toBe(file);
});

describe('a name belongs to one cell of the page', () => {
  const both = (): CellJob[] => [job('a', 'Q = 1'), job('b', 'Q = 2'), job('c', 'Q + 1')];
  const renamed = (): CellJob[] => [job('a', 'Q = 1'), job('b', 'R = 2'), job('c', 'Q + 1')];
  const troublesOf = async (jobs: readonly CellJob[]): Promise<(string | undefined)[]> => {
    const outcomes = await computePage(jobs, options);
    return jobs.map(({ id }) => outcomes.get(id)?.trouble?.name);
  };
  const failing = ['MultipleDefinitionsError', 'MultipleDefinitionsError', 'UndefVarError'];
  const fine = [undefined, undefined, undefined];

  beforeEach(() => {
    options = {
      ...options,
      run: (cells, wanted) => {
        const notebook = new Notebook(new ReferenceEngine(), {}, { packs: allPacks });
        notebook.setCells(cells);
        return Promise.resolve(notebook.run(wanted));
      },
    };
  });

  test('whatever an empty cache', async () => {
    expect(await troublesOf(both())).toEqual(failing);
  });

  test('and a cell that is renamed ends the trouble at once', async () => {
    expect(await troublesOf(both())).toEqual(failing);
    expect(await troublesOf(renamed())).toEqual(fine);
    expect(await troublesOf(renamed())).toEqual(fine);
  });

  test('and a cell that takes a name makes trouble though the other is kept', async () => {
    expect(await troublesOf(renamed())).toEqual(fine);
    expect(await troublesOf(both())).toEqual(failing);
    expect(await troublesOf(renamed())).toEqual(fine);
  });

  test('cells that wait for each other: the same, kept or not', async () => {
    const ring = [job('a', 'x = y'), job('b', 'y = x')];
    const line = [job('a', 'x = y'), job('b', 'y = 1')];
    const circle = ['CyclicReferenceError', 'CyclicReferenceError'];
    expect(await troublesOf(ring)).toEqual(circle);
    expect(await troublesOf(line)).toEqual([undefined, undefined]);
    expect(await troublesOf(ring)).toEqual(circle);
  });

  test('a stored result is no way round it', async () => {
    const stored = (await computePage(renamed(), options)).get('a');
    options = { ...options, known: new Map(stored === undefined ? [] : [['a', stored]]) };
    expect(await troublesOf(both())).toEqual(failing);
  });

  test('what fails is not kept', async () => {
    const kept = async (): Promise<number> => (await readdir(folder)).filter((name) => name.endsWith('.json')).length;
    expect(await troublesOf([job('a', 'x = 1'), job('b', 'error("no")'), job('c', 'x + y')])).toEqual([
      undefined,
      'ErrorException',
      'UndefVarError',
    ]);
    expect(await kept()).toBe(1);
  });
});

test('a cell that draws random numbers is run again where a cell that it needs has moved', async () => {
  const draws = [job('a', 'x = rand()'), job('b', '1'), job('c', 'x + 1')];
  await computePage(draws, options);
  await computePage([draws[1], draws[0], draws[2]] as CellJob[], options);
  expect(ran[1]).toEqual(['a', 'c']);
});
