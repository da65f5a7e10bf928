import { describe, expect, it } from 'vitest';
import { encodeCsv } from '../csv.ts';
import { decodeInNode } from '../decode-node.ts';
import { pictureOf } from '../luma.ts';

async function read(
  text: string | Uint8Array,
): Promise<{ rows: number; cols: number; values: number[]; notes: readonly string[] }> {
  const { raster, notes } = await decodeInNode(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  const { rows, cols, grey } = pictureOf(raster);
  return { rows, cols, values: [...grey], notes };
}

describe('CSV', () => {
  it('gives back what the site writes', async () => {
    const data = Float64Array.of(0.1, -2, NaN, Infinity, -Infinity, 1 / 3);
    expect(await read(encodeCsv({ rows: 2, cols: 3, data }))).toMatchObject({ rows: 2, cols: 3, values: [...data] });
  });

  it.each([
    ['0.5,1\n0,0.25\n', [0.5, 1, 0, 0.25]],
    ['0.5;1\r\n0;0.25', [0.5, 1, 0, 0.25]],
    ['0,5;1\n0;0,25\n', [0.5, 1, 0, 0.25]],
    ['0,5\t1\n0\t.25\n', [0.5, 1, 0, 0.25]],
    ['0.5 1\n  0   2.5e-1\n', [0.5, 1, 0, 0.25]],
    ['a,"b, c"\n"0.5",1\n0,"0.25"\n', [0.5, 1, 0, 0.25]],
    ['# by numpy\n0.5,1\n\n0,0.25\n', [0.5, 1, 0, 0.25]],
    ['\ufeff0.5,1\n0,0.25\n', [0.5, 1, 0, 0.25]],
    ['0.5,true\nfalse,0.25\n', [0.5, 1, 0, 0.25]],
    ['"x\ny",z\n0.5,1\n0,0.25\n', [0.5, 1, 0, 0.25]],
  ])('reads %j', async (text, values) => {
    expect(await read(text)).toMatchObject({ rows: 2, cols: 2, values });
  });

  it('reads one number, one column, and UTF-16', async () => {
    expect(await read('0.5')).toMatchObject({ rows: 1, cols: 1, values: [0.5] });
    expect(await read('1\n0\n')).toMatchObject({ rows: 2, cols: 1, values: [1, 0] });
    const wide = new Uint8Array(Buffer.from('\ufeff1\t0\n', 'utf16le'));
    expect(await read(wide)).toMatchObject({ rows: 1, cols: 2, values: [1, 0] });
  });

  it('says what it left out and how it read a comma', async () => {
    expect((await read('a;b\n0,5;1\n')).notes).toEqual([
      'Its first line holds names, and is left out.',
      'Its commas are read as decimal ones.',
    ]);
  });

  it.each([
    ['1,2,3\n4,5\n', 'line 2 has 2 fields, and the first has 3'],
    ['1,2\n3,x\n', 'field 2 of line 2 is "x", which is no number'],
    ['1,2\n\n# c\n3,\n', 'field 2 of line 4 is empty'],
    ['1.234,5;2\n1;2\n', 'field 1 of line 1 is "1.234,5", which is no number'],
    ['"a\nb",c\n1,2\n1\n', 'line 4 has 1 field, and the first has 2'],
  ])('locates what is wrong in %j', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      problem: 'broken',
      message: `This CSV file is no matrix: ${message}.`,
    });
  });

  it.each(['these are words, not pixels', 'a,b\nc,d\n', '<html>1,2</html>', '\0\0\x011,2'])(
    'does not take %j',
    async (text) => {
      await expect(read(text)).rejects.toMatchObject({ problem: 'kind' });
    },
  );
});
