import { expect, it } from 'vitest';
import { aboutCell, type ExportPage } from '../../lib/export/page.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { labFrom } from './from-page.ts';

const page: ExportPage = {
  title: 'Signed',
  address: 'https://site/signed/',
  cells: [
    { id: 'set', program: parse('f(x) = 2x'), folded: true },
    { id: 'knob', program: parse('@bind c Slider(0:9)'), prose: '## Why\n\nBecause.' },
    { id: 'key', program: parse('f(c) .* cat'), caption: 'The *key*.' },
    { id: 'other', program: parse('1') },
  ],
  pictures: [
    { name: 'cat', address: '', own: 'cat.jpg' },
    { name: 'dog', address: 'https://site/dog.png' },
  ],
  bound: new Map([['c', 4]]),
  closing: 'The end.',
};

it('an article becomes texts and cells in its order, as its reader left it', () => {
  const lab = labFrom(
    page,
    (id) => (id === 'other' ? 'half writ(' : null),
    (id) => (id === 'key' ? { map: 'viridis' } : {}),
  );
  expect(lab.name).toBe('Signed');
  expect(lab.cells.map(({ kind, source, folded }) => [kind, source, folded])).toEqual([
    ['text', 'From [Signed](https://site/signed/)', false],
    ['code', 'f(x) = 2x', true],
    ['text', '## Why\n\nBecause.', false],
    ['code', '@bind c Slider(0:9)', false],
    ['code', 'f(c) .* cat', false],
    ['text', 'The *key*.', false],
    ['code', 'half writ(', false],
    ['text', 'The end.', false],
  ]);
  expect(lab.cells[4]?.look).toEqual({ map: 'viridis' });
  expect([lab.bound, lab.pictures]).toEqual([{ c: 4 }, { cat: 'cat.jpg' }]);
});

it('a cell brings what it needs, and nothing of the others', () => {
  const { cells, bound } = labFrom(aboutCell(page, 'key'));
  expect(cells.map(({ source }) => source)).toEqual([
    'From [Signed](https://site/signed/)',
    'f(x) = 2x',
    '@bind c Slider(0:9)',
    'f(c) .* cat',
    'The *key*.',
  ]);
  expect(bound).toEqual({ c: 4 });
  expect(labFrom(aboutCell(page, 'other')).bound).toEqual({});
});
