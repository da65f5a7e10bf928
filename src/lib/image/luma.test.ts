import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { summarize, samplePixels } from './compare.ts';
import { decodeInNode } from './decode-node.ts';
import golden from './fixtures/golden.json' with { type: 'json' };
import { eightBit, grey8, isGrey, luma8, pictureOf, rasterOfGrey } from './luma.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const baboon = createRequire(import.meta.url).resolve('baboon-image/baboon.png');

describe('luma8', () => {
  it('rounds 0.299 R + 0.587 G + 0.114 B half up, exactly', () => {
    for (let k = 0; k < 20_000; k++) {
      const [r, g, b] = [(k * 7919) % 256, (k * 104_729) % 256, (k * 1_299_709) % 256];
      const thousandths = BigInt(299 * r + 587 * g + 114 * b);
      expect(luma8(r, g, b)).toBe(Number((thousandths + 500n) / 1000n));
    }
    // 299 * 10 + 587 * 10 + 114 * 15 = 10 570; 299 * 0 + 587 * 0 + 114 * 250 = 28 500, an exact half.
    expect(luma8(10, 10, 15)).toBe(11);
    expect(luma8(0, 0, 250)).toBe(29);
  });

  it('keeps every grey', () => {
    for (let v = 0; v < 256; v++) expect(luma8(v, v, v)).toBe(v);
  });
});

describe('the mandrill of baboon-image', () => {
  it('has the pixels that the studies have', async () => {
    const raster = eightBit((await decodeInNode(await readFile(baboon))).raster);
    expect([raster.rows, raster.cols]).toEqual([512, 512]);
    expect(sha256(raster.rgb)).toBe(golden.mandrill.rgb_sha256_row_major);
    const grey = grey8(raster);
    expect(sha256(grey)).toBe(golden.mandrill.sha256_of_grey8_bytes_row_major);
    expect(grey.reduce((sum, level) => sum + level, 0)).toBe(golden.mandrill.grey8_sum);
    const picture = pictureOf(raster);
    const matrix = { rows: 512, cols: 512, data: picture.grey };
    const summary = summarize(matrix);
    expect(summary.min).toBe(golden.grey.min);
    expect(summary.max).toBe(golden.grey.max);
    expect(summary.mean).toBeCloseTo(golden.grey.mean, 12);
    expect(summary.std).toBeCloseTo(golden.grey.std, 12);
    expect([summary.argmin, summary.argmax]).toEqual([golden.grey.argmin, golden.grey.argmax]);
    for (const [row = 0, col = 0, value] of golden.grey.pixels)
      expect(samplePixels(matrix, [[row, col]])).toEqual([value]);
  });
});

describe('pictureOf', () => {
  it('divides by 255, colour planes apart', () => {
    const { grey, rgb } = pictureOf({ rows: 1, cols: 2, rgb: Uint8Array.of(255, 0, 51, 0, 102, 204) });
    expect([...grey]).toEqual([luma8(255, 0, 51) / 255, luma8(0, 102, 204) / 255]);
    expect([...rgb.red]).toEqual([1, 0]);
    expect([...rgb.green]).toEqual([0, Math.fround(0.4)]);
    expect([...rgb.blue]).toEqual([Math.fround(0.2), Math.fround(0.8)]);
  });
});

describe('isGrey', () => {
  it('sees the one pixel that has a colour', () => {
    const raster = rasterOfGrey(2, 3, [0, 50, 100, 150, 200, 250]);
    expect(isGrey(raster)).toBe(true);
    raster.rgb[17] = 249;
    expect(isGrey(raster)).toBe(false);
  });
});
