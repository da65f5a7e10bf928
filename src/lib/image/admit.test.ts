import { describe, expect, it } from 'vitest';
import { exifBlock, refusedFiles, withPngChunk } from '../../../tests/browser/decode-fixtures.ts';
import { admit, LIMITS } from './admit.ts';
import { crc32 } from './crc.ts';
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

  it('leaves the memory of a Buffer alone', () => {
    const turned = Buffer.from(withPngChunk(png, 'eXIf', exifBlock(6)));
    const before = Buffer.from(turned);
    expect(sniff(admit(turned).bytes).orientations[0]?.value).toBe(1);
    expect(turned.equals(before)).toBe(true);
  });

  it('notes the orientation and hands on an upright file with right checksums', () => {
    const turned = withPngChunk(withPngChunk(png, 'eXIf', exifBlock(3)), 'eXIf', exifBlock(8));
    const before = turned.slice();
    const { orientation, bytes } = admit(turned);
    expect(orientation).toBe(8); // the chunk that comes first
    expect(turned).toEqual(before);
    expect(sniff(bytes).orientations.map(({ value }) => value)).toEqual([1, 1]);
    const view = new DataView(bytes.buffer);
    for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
      const end = at + 8 + view.getUint32(at);
      expect(view.getUint32(end)).toBe(crc32(bytes.subarray(at + 4, end)));
    }
  });

  it.each([
    ['deep.png', 'depth', 'This PNG has 16 bits a sample; please save it with 8.'],
    ['printing.jpg', 'colour-model', 'This JPEG is in printing colours (CMYK); please save it as RGB or grey.'],
    ['animated.png', 'animated', 'This PNG is an animation; please choose a still picture.'],
    ['animated.webp', 'animated', 'This WebP is an animation; please choose a still picture.'],
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
