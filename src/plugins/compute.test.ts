import { mkdtemp, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from '../lib/julia/parse/parse.ts';
import type { CellReport, View } from '../lib/julia/view.ts';
import { computePage, hashSources, type ComputeOptions, type Job } from './compute.ts';
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
const job = (id: string, source: string): Job => ({ id, program: parse(source), show: 'auto' });

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

const page = (): Job[] => [job('a', 'A = mandrill'), job('b', "A' * A"), job('c', 'airplane')];

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

test("the library's version follows its sources and not its tests", async () => {
  const here = import.meta.dirname;
  expect(await hashSources([here])).toBe(await hashSources([here]));
  expect(await hashSources([here])).not.toBe(await hashSources([join(here, 'compute.ts')]));
});
