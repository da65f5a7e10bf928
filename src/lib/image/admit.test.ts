import { describe, expect, it } from 'vitest';
import { acceptedFiles, exifBlock, refusedFiles, withPngChunk } from '../../../tests/browser/decode-fixtures.ts';
import { admit, LIMITS } from './admit.ts';
import { encodePng } from './png.ts';
import { sniff } from './sniff.ts';

const png = encodePng(
  2,
  3,
  3,
  Uint8Array.from({ length: 18 }, (_, k) => 10 * k),
);

describe('admit', () => {
  it('passes a good file on untouched', () => {
    expect(admit(png)).toMatchObject({ orientation: 1, header: { width: 3, height: 2 } });
    expect(admit(png).bytes).toBe(png);
  });

  it('leaves the memory of a Buffer alone', async () => {
    const file = (await acceptedFiles()).find(({ name }) => name === 'turned-6.webp')?.bytes ?? png;
    const turned = Buffer.from(file);
    const before = Buffer.from(turned);
    expect(sniff(admit(turned).bytes).orientations[0]?.value).toBe(1);
    expect(turned.equals(before)).toBe(true);
  });

  it('notes the orientation that comes first and hands on an upright file', async () => {
    const turned = (await acceptedFiles()).find(({ name }) => name === 'turned-6.jpg')?.bytes ?? png;
    const before = turned.slice();
    const { orientation, bytes } = admit(turned);
    expect(orientation).toBe(6);
    expect(turned).toEqual(before);
    expect(sniff(bytes).orientations.map(({ value }) => value)).toEqual([1]);
    expect(admit(withPngChunk(withPngChunk(png, 'eXIf', exifBlock(3)), 'eXIf', exifBlock(8))).orientation).toBe(8);
  });

  it.each([
    ['printing.jpg', 'colour-model', 'This JPEG is in printing colours (CMYK); please save it as RGB or grey.'],
    [
      'apple.png',
      'kind',
      'This PNG is of Apple’s own kind (CgBI), made for an iPhone app; please save it as an ordinary PNG.',
    ],
    [
      'jpeg-inside.tif',
      'kind',
      'This TIFF is packed as a JPEG, which is not read here; please save it without loss (LZW, Deflate or unpacked).',
    ],
    ['ragged.csv', 'broken', 'This CSV file is no matrix: line 2 has 2 fields, and the first has 3.'],
    ['cut.npy', 'broken', 'This NPY file is cut short: its end is missing.'],
    ['circle.tif', 'broken', 'This TIFF has no pixels.'],
    ['cut.jpg', 'broken', 'This JPEG file is cut short: its end is missing.'],
    [
      'wide.png',
      'size',
      'This picture has 20,000 × 40 pixels; at most 16,384 a side and 64,000,000 in all can be read.',
    ],
  ])('refuses %s with one sentence', async (name, problem, message) => {
    const file = (await refusedFiles()).find((one) => one.name === name);
    expect(() => admit(file?.bytes ?? png)).toThrow(expect.objectContaining({ problem, message }));
  });

  it('refuses by the number of pixels and of bytes, before it looks further', () => {
    const many = png.slice();
    new DataView(many.buffer).setUint32(16, 16_000);
    new DataView(many.buffer).setUint32(20, 16_000);
    expect(() => admit(many)).toThrow('16,000 × 16,000');
    expect(() => admit(new Uint8Array(LIMITS.bytes + 1))).toThrow('100,000,001 bytes');
    const none = png.slice();
    new DataView(none.buffer).setUint32(16, 0);
    expect(() => admit(none)).toThrow('This PNG has no pixels.');
  });

  it('refuses codings that browsers do not read', () => {
    const frame = (marker: number, precision: number): Uint8Array =>
      Uint8Array.of(
        0xff,
        0xd8,
        0xff,
        marker,
        0,
        11,
        precision,
        0,
        5,
        0,
        5,
        1,
        1,
        0x11,
        0,
        0xff,
        0xda,
        0,
        2,
        0,
        0xff,
        0xd9,
      );
    expect(() => admit(frame(0xc3, 8))).toThrow('lossless');
    expect(() => admit(frame(0xc9, 8))).toThrow('arithmetic-coded');
    expect(() => admit(frame(0xc1, 12))).toThrow('12 bits a sample');
    expect(admit(frame(0xc0, 8)).header).toMatchObject({ width: 5, height: 5, model: 'grey' });
  });
});
