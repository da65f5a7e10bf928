import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Orientation } from './exif.ts';
import { turn } from './turn.ts';

const raster = { rows: 3, cols: 4, rgb: Uint8Array.from({ length: 36 }, (_, k) => 7 * k) };

describe('turn', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('turns orientation %i as sharp does', async (orientation: Orientation) => {
    const png = await sharp(raster.rgb, { raw: { width: 4, height: 3, channels: 3 } })
      .withMetadata({ orientation })
      .tiff({ compression: 'none' })
      .toBuffer();
    const { data, info } = await sharp(png).autoOrient().raw().toBuffer({ resolveWithObject: true });
    const turned = turn(raster.rgb, raster.rows, raster.cols, 3, orientation);
    expect([turned.rows, turned.cols]).toEqual([info.height, info.width]);
    expect([...turned.samples]).toEqual([...data]);
  });
});
