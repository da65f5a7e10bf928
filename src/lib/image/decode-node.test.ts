import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { acceptedFiles, refusedFiles } from '../../../tests/browser/decode-fixtures.ts';
import { onWhite } from './assemble.ts';
import { decodeInNode } from './decode-node.ts';
import { PictureError } from './errors.ts';

const files = new Map((await acceptedFiles()).map(({ name, bytes }) => [name, bytes]));

function file(name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`no ${name}`);
  return bytes;
}

describe('decodeInNode', () => {
  it.each(
    [...files.keys()].filter(
      (name) => name !== 'large.jpg' && name !== 'wide.png' && !/^transparent|\.webp$|turned-6\.png/.test(name),
    ),
  )('gives the pixels of %s that sharp gives, turned by its own rule', async (name) => {
    const { raster } = await decodeInNode(file(name));
    const { data, info } = await sharp(file(name), { ignoreIcc: true })
      .autoOrient()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([raster.rows, raster.cols]).toEqual([info.height, info.width]);
    const rgb = info.channels === 3 ? [...data] : [...data].flatMap((level) => [level, level, level]);
    expect(Buffer.from(raster.rgb).equals(Buffer.from(rgb))).toBe(true);
  });

  it('lays transparent pixels on white, and says so', async () => {
    const { raster, notes } = await decodeInNode(file('transparent.png'));
    expect(notes).toEqual(['Transparent parts are laid on white.']);
    const { data } = await sharp(file('transparent.png')).raw().toBuffer({ resolveWithObject: true });
    for (let i = 0; i < raster.rows * raster.cols; i++) {
      const alpha = (data[4 * i + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c++) {
        const exact = (data[4 * i + c] ?? 0) * alpha + 255 * (1 - alpha);
        expect(Math.abs((raster.rgb[3 * i + c] ?? -9) - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
      }
    }
  });

  it('ignores an alpha channel that is opaque everywhere, without a word', async () => {
    const opaque = await sharp({
      create: { width: 5, height: 4, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 1 } },
    })
      .png()
      .toBuffer();
    const { raster, notes } = await decodeInNode(opaque);
    expect(notes).toEqual([]);
    expect([...raster.rgb.subarray(0, 3)]).toEqual([9, 8, 7]);
  });

  it('reduces a large picture and says so', async () => {
    const { raster, notes } = await decodeInNode(file('large.jpg'));
    expect([raster.rows, raster.cols]).toEqual([753, 1024]);
    expect(notes).toEqual(['Reduced from 1500 × 1103 to 1024 × 753 pixels; each is the mean of the area under it.']);
    expect((await decodeInNode(file('large.jpg'), 5000)).raster.rows).toBe(1103);
  });

  it('gives sizes as the reader sees them, after the turn', async () => {
    const { notes } = await decodeInNode(file('turned-6.jpg'), 100);
    expect(notes).toEqual([
      'Turned upright as the camera noted.',
      expect.stringContaining('from 101 × 173 to 58 × 100'),
    ]);
  });

  it('answers every refused file with a PictureError', async () => {
    for (const { name, bytes } of await refusedFiles()) {
      await expect(decodeInNode(bytes), name).rejects.toBeInstanceOf(PictureError);
    }
  });
});

describe('onWhite', () => {
  it('is the nearest level for all 65 536 pairs', () => {
    for (let level = 0; level < 256; level++) {
      for (let alpha = 0; alpha < 256; alpha++) {
        const exact = (level * alpha + 255 * (255 - alpha)) / 255;
        if (Math.abs(onWhite(level, alpha) - exact) > 0.5) throw new Error(`${level} at ${alpha}`);
      }
    }
    expect([onWhite(0, 0), onWhite(0, 255), onWhite(200, 255)]).toEqual([255, 0, 200]);
  });
});
