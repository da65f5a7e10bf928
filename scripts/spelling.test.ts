import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DICTIONARY, spellingComplaints } from './spelling.ts';

it('a slip has its place and a better word; names and the words of the field pass', async () => {
  const found = await spellingComplaints('The colour of moiré,\nas Janedoe wrote, is a mistacke.\n', ['Janedoe']);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ line: 2, column: 24 });
  expect(found[0]?.message).toMatch(/^“mistacke” is not in the dictionary\. .*mistake.*docs\/dictionary\.txt/);
});

it('the dictionary is in the order of the alphabet', () => {
  const words = readFileSync(DICTIONARY, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(words).toEqual(words.toSorted((a, b) => a.localeCompare(b, 'en')));
});
