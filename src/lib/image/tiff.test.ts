import { createRequire } from 'node:module';
import sharp from 'sharp';
import type * as Utif from 'utif2';
import { describe, expect, it } from 'vitest';
import { decodeTiff } from './tiff.ts';

const UTIF = createRequire(import.meta.url)('utif2') as typeof Utif;

const [width, height] = [37, 23];
const grey = Uint8Array.from({ length: width * height }, (_, k) => (k * 31) % 256);
const rgb = Uint8Array.from({ length: 3 * width * height }, (_, k) => (k * 17) % 256);
const greyImage = (): ReturnType<typeof sharp> =>
  sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
const rgbImage = (): ReturnType<typeof sharp> => sharp(rgb, { raw: { width, height, channels: 3 } });
const widened = [...grey].flatMap((level) => [level, level, level]);

describe('decodeTiff', () => {
  it.each(['none', 'lzw', 'deflate', 'packbits'] as const)('reads grey with %s compression', async (compression) => {
    const raster = await decodeTiff(await greyImage().tiff({ compression }).toBuffer());
    expect([raster.rows, raster.cols]).toEqual([height, width]);
    expect([...raster.rgb]).toEqual(widened);
  });

  it('drops the alpha of grey and alpha, as the poster’s jetplane has', async () => {
    const both = Uint8Array.from({ length: 2 * grey.length }, (_, k) => (k % 2 === 0 ? (grey[k / 2] ?? 0) : 255));
    const file = await sharp(both, { raw: { width, height, channels: 2 } })
      .toColourspace('b-w')
      .tiff({ compression: 'lzw', predictor: 'none' })
      .toBuffer();
    expect([...(await decodeTiff(file)).rgb]).toEqual(widened);
  });

  it('reads RGB, and RGBA as another writer makes it', async () => {
    expect([...(await decodeTiff(await rgbImage().tiff({ compression: 'lzw' }).toBuffer())).rgb]).toEqual([...rgb]);
    const rgba = Uint8Array.from({ length: 4 * grey.length }, (_, k) =>
      k % 4 === 3 ? 255 : (rgb[3 * Math.floor(k / 4) + (k % 4)] ?? 0),
    );
    expect([...(await decodeTiff(new Uint8Array(UTIF.encodeImage(rgba, width, height)))).rgb]).toEqual([...rgb]);
  });

  it('refuses what it cannot give exactly', async () => {
    await expect(decodeTiff(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ problem: 'kind' });
    await expect(decodeTiff(await greyImage().png().toBuffer())).rejects.toMatchObject({ problem: 'kind' });
    await expect(
      decodeTiff(await greyImage().toColourspace('grey16').tiff({ compression: 'none' }).toBuffer()),
    ).rejects.toMatchObject({
      problem: 'depth',
    });
    await expect(decodeTiff(await greyImage().tiff({ compression: 'jpeg' }).toBuffer())).rejects.toMatchObject({
      problem: 'kind',
    });
    const whole = await greyImage().tiff({ compression: 'none' }).toBuffer();
    for (const length of [8, 20, whole.length >> 1]) {
      await expect(decodeTiff(whole.subarray(0, length))).rejects.toMatchObject({ problem: 'broken' });
    }
  });
});
