import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { acceptedFiles, refusedFiles } from '../../../tests/browser/decode-fixtures.ts';
import { onWhite } from './assemble.ts';
import { eightBit } from './luma.ts';
import { decodeInNode } from './decode-node.ts';
import { PictureError } from './errors.ts';

const files = new Map((await acceptedFiles()).map(({ name, bytes }) => [name, bytes]));

function file(name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`no ${name}`);
  return bytes;
}

describe('decodeInNode', () => {
  // Not: what sharp reduces to 8 bits, cannot read, lays on another colour or does not turn.
  const other = /^(large|wide|transparent|deep|animated|fill|damaged|cut)|\.(webp|avif|npy|csv)$|turned-6\.png/;
  it.each([...files.keys()].filter((name) => !other.test(name)))(
    'gives the pixels of %s that sharp gives, turned by its own rule',
    async (name) => {
      const { raster } = await decodeInNode(file(name));
      const { data, info } = await sharp(file(name), { ignoreIcc: true })
        .autoOrient()
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([raster.rows, raster.cols]).toEqual([info.height, info.width]);
      const rgb = info.channels === 3 ? [...data] : [...data].flatMap((level) => [level, level, level]);
      expect(Buffer.from(eightBit(raster).rgb).equals(Buffer.from(rgb))).toBe(true);
    },
  );

  it.each(['deep.png', 'deep-grey.png', 'deep.tif'])('keeps all 16 bits of %s', async (name) => {
    const { raster, notes } = await decodeInNode(file(name));
    const grey = name === 'deep-grey.png';
    const raw = await sharp(file(name))
      .toColourspace(grey ? 'grey16' : 'rgb16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const samples = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
    if ('rgb' in raster) throw new Error('8 bits');
    expect(raster.channels).toBe(grey ? 1 : 3);
    expect(raster.values).toEqual(Float64Array.from(samples, (sample) => sample / 65_535));
    expect(notes).toEqual(['It has 16 bits a sample, and all are kept.']);
  });

  it.each(['animated.png', 'animated.webp', 'animated.gif'])(
    'reads the first frame of %s, and says so',
    async (name) => {
      const { raster, notes } = await decodeInNode(file(name));
      expect(notes).toEqual(['Only the first of its pictures is read.']);
      const first = await sharp(file(name), name === 'animated.png' ? {} : { page: 0 })
        .flatten({ background: '#fff' })
        .raw()
        .toBuffer();
      expect(Buffer.from(eightBit(raster).rgb).equals(first)).toBe(true);
    },
  );

  it('takes what stands between the segments of a JPEG as every browser does', async () => {
    const plain = await decodeInNode(file('subsampled.jpg'));
    const orientations = [file('fill-byte-exif.jpg'), file('turned-6.jpg')].map((one) => decodeInNode(one));
    const [odd, usual] = await Promise.all(orientations);
    expect(odd).toEqual(usual);
    expect(odd?.notes).toEqual(['Turned upright as the camera noted.']);
    const filled = await decodeInNode(file('filled.jpg'));
    expect([filled.raster.rows, filled.raster.cols]).toEqual([plain.raster.rows, plain.raster.cols]);
  });

  it('lays transparent pixels on white, and says so', async () => {
    const { raster, notes } = await decodeInNode(file('transparent.png'));
    expect(notes).toEqual(['Transparent parts are laid on white.']);
    const { data } = await sharp(file('transparent.png')).raw().toBuffer({ resolveWithObject: true });
    for (let i = 0; i < raster.rows * raster.cols; i++) {
      const alpha = (data[4 * i + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c++) {
        const exact = (data[4 * i + c] ?? 0) * alpha + 255 * (1 - alpha);
        expect(Math.abs((eightBit(raster).rgb[3 * i + c] ?? -9) - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
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
    expect([...eightBit(raster).rgb.subarray(0, 3)]).toEqual([9, 8, 7]);
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
