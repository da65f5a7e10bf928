import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportPage } from '../../lib/export/page.ts';
import { readNotebook } from '../../lib/julia/formats/index.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { StateError } from '../state.ts';
import { documentOf, type LabDocument } from './document.ts';
import { encodeNpy } from '../../lib/image/npy.ts';
import { labFile, readLabFile } from './lab-file.ts';
import { isLabLink, labFragment, readLabLink } from './lab-link.ts';
import { labText, readLab } from './lab-text.ts';
import { anyLab } from './testing.ts';

const mine = documentOf(
  'Mine',
  [
    { kind: 'text', source: '# A *title*, and $x^2$' },
    { kind: 'code', source: '@bind c Slider(0:10)\nA = c .* mandrill' },
    { kind: 'listing', source: 'macro m() end', note: 'Not run.' },
  ],
  { bound: { c: 3 } },
);

function refused(read: () => LabDocument): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(StateError);
    return (error as Error).message;
  }
  return '';
}

describe('a notebook as text', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyLab, (document) => {
        expect(readLab(labText(document))).toEqual(document);
      }),
    );
  });

  it('that is none is refused in a sentence', () => {
    expect(refused(() => readLab('{'))).toMatch(/incomplete/);
    expect(refused(() => readLab('[]'))).toMatch(/no notebook/);
    expect(refused(() => readLab('{"version":2,"cells":[]}'))).toMatch(/later version/);
    expect(refused(() => readLab('{"version":1,"cells":[{"source":7}]}'))).toMatch(/where cell 1 should stand/);
    expect(refused(() => readLab('{"version":1,"cells":[],"bound":[["a",null]]}'))).toMatch(/a control/);
    const many = JSON.stringify({ version: 1, cells: Array.from({ length: 2001 }, () => ({ source: '' })) });
    expect(refused(() => readLab(many))).toMatch(/2001 cells/);
    expect(readLab('{"version":1,"cells":[]}').cells).toHaveLength(1);
  });

  it('of any JSON is read or refused', () => {
    const shaped = fc.record({
      version: fc.constantFrom(1, 1, 1, 0, 9),
      name: fc.jsonValue(),
      cells: fc.oneof(fc.jsonValue(), fc.array(fc.record({ kind: fc.jsonValue(), source: fc.jsonValue() }))),
      bound: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), shaped), (value) => {
        const sentence = refused(() => readLab(JSON.stringify(value)));
        if (sentence !== '') expect(sentence).toMatch(/^[A-Z].*\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a notebook as a link', () => {
  it('is read back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(anyLab, async (document) => {
        const hash = (await labFragment(document)) ?? '';
        expect(isLabLink(hash)).toBe(true);
        expect(await readLabLink(hash)).toEqual(document);
      }),
      { numRuns: 200 },
    );
  });

  it('is none where it would be too long', async () => {
    // Of hashes nothing can be deflated but the base of their letters.
    const noise = Array.from({ length: 2000 }, (_, k) => createHash('sha256').update(String(k)).digest('base64')).join(
      '',
    );
    expect(await labFragment(documentOf('', [{ kind: 'code', source: noise }]))).toBeNull();
    expect(await labFragment(documentOf('', [{ kind: 'code', source: noise.slice(0, 40_000) }]))).not.toBeNull();
  });

  it('that was mutated, or never was one, is read or refused in a sentence: 10,000 of them', async () => {
    const samples = await Promise.all(fc.sample(anyLab, { numRuns: 100, seed: 3 }).map(labFragment));
    const hashes = samples.filter((hash) => hash !== null);
    const mutated = fc
      .tuple(fc.constantFrom(...hashes), fc.nat(), fc.nat(9), fc.string({ maxLength: 6 }))
      .map(([hash, at, count, text]) => {
        const from = at % hash.length;
        return hash.slice(0, from) + text + hash.slice(from + count);
      });
    const packed = fc
      .jsonValue()
      .map((value) => `#lab=1.${deflateRawSync(JSON.stringify(value)).toString('base64url')}`);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          mutated,
          packed,
          fc.string().map((text) => `#lab=${text}`),
        ),
        async (hash) => {
          const sentence = await readLabLink(hash).then(
            () => null,
            (error: unknown) => {
              expect(error).toBeInstanceOf(StateError);
              return (error as Error).message;
            },
          );
          if (sentence !== null) expect(sentence).toMatch(/^[A-Z].*\.$/);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('that unpacks to more than a notebook can be is refused', async () => {
    const bomb = deflateRawSync(Buffer.alloc(4_000_000, 32)).toString('base64url');
    await expect(readLabLink(`#lab=1.${bomb}`)).rejects.toThrow(StateError);
  });
});

describe('a notebook as a file', () => {
  const page: ExportPage = {
    title: 'Mine',
    address: 'https://site/lab/',
    cells: [{ id: 'cell-2', program: parse('@bind c Slider(0:10)\nA = c .* mandrill'), prose: '# A *title*' }],
    pictures: [],
    bound: new Map([['c', 3]]),
    closing: 'The end.',
  };

  it('is read back as it was written, controls and texts too, and is a notebook to others', () => {
    const file = labFile(mine, page);
    expect(readLabFile(file)).toEqual({ document: mine, pictures: new Map() });
    const { cells } = readNotebook(file, 'mine.ipynb');
    expect(cells.map(({ source }) => source)).toContain('c = 3\nA = c .* mandrill');
    expect(cells.at(-1)?.source).toBe('The end.');
  });

  it('brings the pictures with it that it holds for Julia', () => {
    const named = { ...mine, pictures: { cat: 'my cat.png', naïve: 'never used.png' } };
    const png = Uint8Array.from({ length: 300 }, (_, k) => (k * 7) % 256);
    const program = parse('normalize_image(cat)');
    const file = labFile(named, {
      ...page,
      cells: [{ id: 'cell-2', program }],
      pictures: [{ name: 'cat', address: '', own: 'my cat.png', png }],
    });
    expect(readLabFile(file)).toEqual({ document: named, pictures: new Map([['cat', png]]) });
    const numbers = { rows: 2, cols: 3, data: Float64Array.of(1, -2.5, 1e9, 0.1, 5, 6) };
    const table = labFile(named, {
      ...page,
      cells: [{ id: 'cell-2', program }],
      pictures: [{ name: 'cat', address: '', own: 'my cat.png', png, numbers }],
    });
    expect(readLabFile(table)?.pictures).toEqual(new Map([['cat', encodeNpy(numbers)]]));
  });

  it('that was changed elsewhere is read as a notebook; outputs are no change', () => {
    const changed = JSON.parse(labFile(mine, page)) as { cells: { source: unknown; outputs?: unknown }[] };
    for (const cell of changed.cells) if (cell.outputs) cell.outputs = [{ output_type: 'stream' }];
    expect(readLabFile(JSON.stringify(changed))?.document).toEqual(mine);
    Object.assign(changed.cells.at(-1) ?? {}, { source: 'Another end.' });
    expect(readLabFile(JSON.stringify(changed))).toBeNull();
    expect(readLabFile('{"cells":[]}')).toBeNull();
    expect(readLabFile('x = 1')).toBeNull();
  });
});
