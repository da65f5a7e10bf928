import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePicture } from '../src/plugins/picture-file.ts';
import type { StoredResult } from '../src/plugins/stored.ts';
import { changedResults, comparison, pixelHash, type Kept } from './stored-compare.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'compare-'));
});
afterAll(() => rm(folder, { recursive: true }));

const shape = { kind: 'picture', rows: 8, cols: 12, colour: false, eltype: 'Float64', low: 0, high: 1 } as const;
const result = (picture: string | null, key = 'k'): StoredResult => ({ key, result: shape, picture });

it.each([1, 3] as const)('a file is named for the pixels that it holds, in %i channels', async (channels) => {
  const bytes = Uint8Array.from({ length: 96 * channels }, (_, k) => (k * k) % 256);
  const name = await writePicture(folder, { rows: 8, cols: 12, channels, bytes });
  expect(await pixelHash(await readFile(path.join(folder, name)))).toBe(name.replace(/\.\w+$/, ''));
});

it('a forged picture is found by its name, by its file, and by computing it', async () => {
  const files = new Map([['a.webp', Uint8Array.of(1)]]);
  const kept = (results: Kept['results'], more: Record<string, Uint8Array> = {}): Kept => ({
    results,
    picture: (name) => Promise.resolve(more[name] ?? files.get(name) ?? null),
  });
  const then = kept({ one: result('a.webp'), two: result(null) });
  expect(await changedResults(kept({ one: result('a.webp'), two: result(null) }), then)).toEqual(new Set());
  // The same name, other bytes.
  const forged = kept({ one: result('a.webp'), two: result(null) }, { 'a.webp': Uint8Array.of(2) });
  expect(await changedResults(forged, then)).toEqual(new Set(['one']));
  expect(await changedResults(kept({ one: result('b.webp'), new: result(null) }), then)).toEqual(
    new Set(['one', 'new']),
  );
  expect(await changedResults(kept({ one: result('a.webp') }), null)).toEqual(new Set(['one']));
});

it('what was computed again says how it differs', () => {
  expect(comparison(result('a.webp'), result('a.png'))).toBeNull();
  expect(comparison(result('a.webp'), result('b.webp'))).toBe(
    'the stored picture is not the one that the program draws',
  );
  expect(comparison(result('a.webp'), result('a.webp', 'other'))).toBe('the stored result is of another program');
  expect(comparison(undefined, result(null))).toBe('no result is stored');
  const number: StoredResult = { key: 'k', result: { kind: 'number', value: 2, text: '2' }, picture: null };
  expect(comparison({ ...number, result: { kind: 'number', value: 3, text: '3' } }, number)).toMatch(
    /stored is .*3.*computed .*2/,
  );
});
