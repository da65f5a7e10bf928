import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { withPngChunk } from '../../../../tests/browser/decode-fixtures.ts';
import { decodeInNode } from '../decode-node.ts';
import { eightBit } from '../luma.ts';

const [width, height] = [29, 23];
const samples = (channels: number): Uint8Array =>
  Uint8Array.from({ length: width * height * channels }, (_, k) => (k * k * 31 + 7 * k) % 256);
const image = (channels: 1 | 3 | 4): ReturnType<typeof sharp> =>
  sharp(samples(channels), { raw: { width, height, channels } });

async function levels(file: Uint8Array): Promise<number[]> {
  return [...eightBit((await decodeInNode(file)).raster).rgb];
}

describe('PNG', () => {
  it.each([
    [2, false],
    [4, true],
    [16, false],
    [16, true],
    [200, true],
  ])('reads a palette of %i colours, interlaced: %s', async (colours, progressive) => {
    const file = await image(3).png({ palette: true, colours, progressive }).toBuffer();
    expect(await levels(file)).toEqual([...(await sharp(file).toColourspace('srgb').raw().toBuffer())]);
  });

  it.each([1, 3, 4] as const)('reads %i channels, interlaced and with every filter', async (channels) => {
    for (const progressive of [false, true])
      for (const adaptiveFiltering of [false, true]) {
        const file = await image(channels).png({ progressive, adaptiveFiltering }).toBuffer();
        const flat = await sharp(file).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
        const found = await levels(file);
        for (let k = 0; k < width * height; k++) {
          const at = flat.info.channels * k;
          const alpha = flat.info.channels === 4 ? (flat.data[at + 3] ?? 0) / 255 : 1;
          const expected = Math.round((flat.data[at] ?? 0) * alpha + 255 * (1 - alpha));
          expect(found[3 * k]).toBe(expected);
        }
      }
  });

  it('makes the transparent colour of tRNS white, and no other', async () => {
    const file = await sharp(Uint8Array.of(7, 8, 9, 7), { raw: { width: 4, height: 1, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    const marked = withPngChunk(file, 'tRNS', Uint8Array.of(0, 7));
    expect((await levels(marked)).filter((_, k) => k % 3 === 0)).toEqual([255, 8, 9, 255]);
  });

  it('refuses a wrong checksum, and pixels that end early', async () => {
    const file = new Uint8Array(await image(3).png().toBuffer());
    const spoilt = file.slice();
    const at = Buffer.from(file).indexOf('IDAT') + 40;
    spoilt[at] = (spoilt[at] ?? 0) ^ 1;
    await expect(decodeInNode(spoilt)).rejects.toMatchObject({ problem: 'broken' });
    const taller = file.slice();
    new DataView(taller.buffer).setUint32(20, height + 1);
    await expect(decodeInNode(taller)).rejects.toMatchObject({ problem: 'broken' });
  });
});
