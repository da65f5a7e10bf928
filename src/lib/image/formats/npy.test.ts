import { describe, expect, it } from 'vitest';
import { decodeInNode } from '../decode-node.ts';
import { pictureOf } from '../luma.ts';
import { encodeNpy } from '../npy.ts';

/** A file with that header and data, of a version from 1 to 3. */
function npyOf(header: string, data: Uint8Array, version = 1): Uint8Array {
  const words = new TextEncoder().encode(`${header}\n`);
  const size = version > 1 ? [words.length & 255, words.length >> 8, 0, 0] : [words.length & 255, words.length >> 8];
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...size, ...words, ...data);
}

const header = (descr: string, shape: string, fortran = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer);

async function grey(file: Uint8Array): Promise<number[]> {
  return [...pictureOf((await decodeInNode(file)).raster).grey];
}

describe('NPY', () => {
  it('gives back what the site writes, in both precisions and as a vector', async () => {
    const data = Float64Array.of(0.1, -2, NaN, Infinity, 5e-324, 1 / 3);
    const { raster, notes } = await decodeInNode(encodeNpy({ rows: 2, cols: 3, data }));
    expect(pictureOf(raster)).toEqual({ rows: 2, cols: 3, grey: data, eltype: 'Float64' });
    expect(notes).toEqual([
      'Its numbers run from -2 to 0.3333 and are kept; in a picture 0 is black and 1 is white.',
      '2 of its numbers are NaN or infinite.',
    ]);
    expect(await grey(encodeNpy({ rows: 1, cols: 2, data: Float32Array.of(0.1, 0.5) }))).toEqual([
      Math.fround(0.1),
      0.5,
    ]);
    const vector = (await decodeInNode(encodeNpy({ rows: 3, cols: 1, data: [0, 1, 0.5] }, true))).raster;
    expect([vector.rows, vector.cols]).toEqual([3, 1]);
  });

  it.each([
    ['|b1', Uint8Array.of(1, 0), [1, 0]],
    ['|i1', Int8Array.of(-1, 2), [-1, 2]],
    ['|u1', Uint8Array.of(255, 2), [255, 2]],
    ['<i2', Int16Array.of(-300, 2), [-300, 2]],
    ['>i2', Uint8Array.of(0xfe, 0xd4, 0, 2), [-300, 2]],
    ['<u4', Uint32Array.of(4_294_967_295, 2), [4_294_967_295, 2]],
    ['<i8', BigInt64Array.of(-5n, 2n), [-5, 2]],
    ['<f2', Uint16Array.of(0x3c00, 0xb800), [1, -0.5]],
    ['>f4', Uint8Array.of(0x3f, 0x80, 0, 0, 0xbf, 0, 0, 0), [1, -0.5]],
    ['=f8', Float64Array.of(0.1, 0.2), [0.1, 0.2]],
  ])('reads elements of type %s', async (descr, data, expected) => {
    expect(await grey(npyOf(header(descr, '(1, 2)'), bytesOf(data)))).toEqual(expected);
  });

  it('reads Fortran order, versions 2 and 3, and the shape of a number', async () => {
    const data = bytesOf(Float64Array.of(1, 2, 3, 4, 5, 6));
    for (const version of [1, 2, 3])
      expect(await grey(npyOf(header('<f8', '(2, 3)', 'True'), data, version))).toEqual([1, 3, 5, 2, 4, 6]);
    expect(await grey(npyOf(header('<f8', '()'), data))).toEqual([1]);
  });

  it('reads a last axis of three as colours, grey by the luma', async () => {
    const data = bytesOf(Float64Array.of(1, 0, 0.5, 0.25, 0.25, 0.25));
    const picture = pictureOf((await decodeInNode(npyOf(header('<f8', '(1, 2, 3)'), data))).raster);
    expect([...(picture.rgb?.red ?? [])]).toEqual([1, 0.25]);
    expect([...picture.grey]).toEqual([0.299 + 0.114 * 0.5, 0.25]);
  });

  it('says where whole numbers are rounded', async () => {
    const { notes } = await decodeInNode(npyOf(header('<i8', '(1, 1)'), bytesOf(BigInt64Array.of(2n ** 60n + 1n))));
    expect(notes).toContain('Whole numbers beyond 2⁵³ are rounded to 64-bit floating point.');
  });

  it('is reduced to the limit like every picture', async () => {
    const { raster, notes } = await decodeInNode(
      encodeNpy({ rows: 2, cols: 2048, data: new Float64Array(4096).fill(0.3) }),
    );
    expect([raster.rows, raster.cols]).toEqual([1, 1024]);
    expect(notes[0]).toBe('Reduced from 2048 × 2 to 1024 × 1 pixels; each is the mean of the area under it.');
  });

  it.each([
    [header('<c16', '(1, 1)'), 'kind', 'complex numbers'],
    [header('|O', '(1, 1)'), 'kind', 'Python objects'],
    [header('<U3', '(1, 1)'), 'kind', 'holds'],
    [`{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }`, 'kind', 'records'],
    [header('<f8', '(1, 2, 5)'), 'kind', '1 × 2 × 5'],
    [header('<f8', '(0, 3)'), 'broken', 'has no pixels'],
    [header('<f8', '(3, 3)'), 'broken', 'cut short'],
    ['nonsense', 'broken', 'header'],
  ])('refuses %s', async (words, problem, message) => {
    const file = npyOf(words, new Uint8Array(16));
    await expect(decodeInNode(file)).rejects.toMatchObject({
      problem,
      message: expect.stringContaining(message) as string,
    });
  });
});
