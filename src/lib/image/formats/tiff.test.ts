import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { circle } from '../../../../tests/browser/decode-fixtures.ts';
import { decodeInNode } from '../decode-node.ts';
import { eightBit } from '../luma.ts';
import type { DeepRaster } from '../types.ts';

const [width, height] = [37, 23];
const grey = Uint8Array.from({ length: width * height }, (_, k) => (k * 31) % 256);
const rgb = Uint8Array.from({ length: 3 * width * height }, (_, k) => (k * 17) % 256);
const greyImage = (): ReturnType<typeof sharp> =>
  sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
const rgbImage = (): ReturnType<typeof sharp> => sharp(rgb, { raw: { width, height, channels: 3 } });
const widen = (levels: ArrayLike<number>): number[] => Array.from(levels).flatMap((level) => [level, level, level]);

async function levels(file: Uint8Array): Promise<number[]> {
  return [...eightBit((await decodeInNode(file)).raster).rgb];
}

async function numbers(file: Uint8Array): Promise<DeepRaster> {
  const { raster } = await decodeInNode(file);
  if ('rgb' in raster) throw new Error('it has 8 bits a sample');
  return raster;
}

interface Tag {
  readonly tag: number;
  readonly type: 3 | 4 | 16;
  readonly values: readonly number[];
}

/** A TIFF made by hand: a header, the data, one directory. `big` makes a BigTIFF. */
function tiffOf(
  tags: Readonly<Record<number, number | readonly number[]>>,
  data: readonly Uint8Array[],
  little = true,
  big = false,
): Uint8Array {
  const [word, entry] = big ? [8, 20] : [4, 12];
  let at = big ? 16 : 8;
  const offsets = data.map((part) => {
    const here = at;
    at += part.length + (part.length & 1);
    return here;
  });
  const list: Tag[] = Object.entries({ 273: offsets, 279: data.map((part) => part.length), ...tags })
    .map(([tag, values]): Tag => ({
      tag: Number(tag),
      type: 4,
      values: typeof values === 'number' ? [values] : values,
    }))
    .sort((a, b) => a.tag - b.tag);
  const directory = at;
  const extra = directory + (big ? 8 : 2) + entry * list.length + word;
  const bytes = new Uint8Array(extra + list.reduce((sum, { values }) => sum + 4 * values.length, 0));
  const view = new DataView(bytes.buffer);
  const put = (place: number, value: number): void =>
    big ? view.setBigUint64(place, BigInt(value), little) : view.setUint32(place, value, little);
  bytes.set(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, big ? 43 : 42, little);
  if (big) view.setUint16(4, 8, little);
  put(big ? 8 : 4, directory);
  data.forEach((part, k) => bytes.set(part, offsets[k]));
  if (big) put(directory, list.length);
  else view.setUint16(directory, list.length, little);
  let values = extra;
  list.forEach((tag, k) => {
    const place = directory + (big ? 8 : 2) + entry * k;
    view.setUint16(place, tag.tag, little);
    view.setUint16(place + 2, tag.type, little);
    put(place + 4, tag.values.length);
    const inline = 4 * tag.values.length <= word;
    if (!inline) put(place + 4 + word, values);
    const start = inline ? place + 4 + word : values;
    tag.values.forEach((value, n) => view.setUint32(start + 4 * n, value, little));
    if (!inline) values += 4 * tag.values.length;
  });
  return bytes;
}

const size = (w: number, h: number): Record<number, number> => ({ 256: w, 257: h });

describe('TIFF', () => {
  it.each(['none', 'lzw', 'deflate', 'packbits'] as const)(
    'reads grey and RGB with %s compression',
    async (compression) => {
      expect(await levels(await greyImage().tiff({ compression }).toBuffer())).toEqual(widen(grey));
      for (const predictor of ['none', 'horizontal'] as const)
        expect(await levels(await rgbImage().tiff({ compression, predictor }).toBuffer())).toEqual([...rgb]);
    },
  );

  it('reads tiles, also those that reach beyond the picture', async () => {
    const file = await rgbImage().tiff({ compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer();
    expect(await levels(file)).toEqual([...rgb]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns orientation %i as sharp does', async (orientation) => {
    const file = await rgbImage().withMetadata({ orientation }).tiff({ compression: 'none' }).toBuffer();
    const { raster, notes } = await decodeInNode(file);
    const { data, info } = await sharp(file).autoOrient().raw().toBuffer({ resolveWithObject: true });
    expect([raster.rows, raster.cols]).toEqual([info.height, info.width]);
    expect([...eightBit(raster).rgb]).toEqual([...data]);
    expect(notes).toEqual(orientation === 1 ? [] : ['Turned upright as the camera noted.']);
  });

  it('lays straight and premultiplied alpha on white, and leaves out a channel that is none', async () => {
    const file = (extra: number, samples: readonly number[]): Uint8Array =>
      tiffOf({ ...size(1, 1), 258: [8, 8, 8, 8], 262: 2, 277: 4, 338: extra }, [Uint8Array.from(samples)]);
    expect(await levels(file(2, [100, 0, 200, 51]))).toEqual([224, 204, 244]);
    expect(await levels(file(1, [20, 0, 40, 51]))).toEqual([224, 204, 244]);
    expect((await decodeInNode(file(2, [100, 0, 200, 51]))).notes).toEqual(['Transparent parts are laid on white.']);
    const other = await decodeInNode(file(0, [100, 0, 200, 51]));
    expect([...eightBit(other.raster).rgb]).toEqual([100, 0, 200]);
    expect(other.notes).toEqual(['Channels beyond its colours are left out.']);
  });

  it('keeps grey with an opaque alpha, as the poster’s jetplane has', async () => {
    const both = Uint8Array.from({ length: 2 * grey.length }, (_, k) => (k % 2 === 0 ? (grey[k / 2] ?? 0) : 255));
    const file = await sharp(both, { raw: { width, height, channels: 2 } })
      .toColourspace('b-w')
      .tiff({ compression: 'lzw', predictor: 'none' })
      .toBuffer();
    expect(await levels(file)).toEqual(widen(grey));
    expect((await decodeInNode(file)).notes).toEqual([]);
  });

  it('reads planes apart, palettes, two colours, white as zero, and both byte orders', async () => {
    const planar = tiffOf({ ...size(2, 1), 258: [8, 8, 8], 262: 2, 277: 3, 284: 2 }, [
      Uint8Array.of(1, 2),
      Uint8Array.of(3, 4),
      Uint8Array.of(5, 6),
    ]);
    expect(await levels(planar)).toEqual([1, 3, 5, 2, 4, 6]);
    const map = [0, 255, 10, 20, 0, 0, 30, 40, 255, 0, 50, 60].map((level) => 257 * level);
    const palette = tiffOf({ ...size(3, 1), 258: 2, 262: 3, 320: map }, [Uint8Array.of(0b01_11_00_00)]);
    expect(await levels(palette)).toEqual([255, 0, 0, 20, 40, 60, 0, 0, 255]);
    const bits = Uint8Array.of(0b1010_0000);
    expect(await levels(tiffOf({ ...size(3, 1), 258: 1, 262: 1 }, [bits]))).toEqual(widen([255, 0, 255]));
    expect(await levels(tiffOf({ ...size(3, 1), 258: 1, 262: 0 }, [bits], false))).toEqual(widen([0, 255, 0]));
    expect(await levels(tiffOf({ ...size(3, 1), 258: 1, 262: 1, 266: 2 }, [Uint8Array.of(0b0000_0101)]))).toEqual(
      widen([255, 0, 255]),
    );
    expect(await levels(tiffOf({ ...size(2, 1), 258: 8, 262: 1 }, [Uint8Array.of(7, 9)], true, true))).toEqual(
      widen([7, 9]),
    );
  });

  it('keeps all of 12, 16 and 32 bits, and floating-point numbers as they are', async () => {
    const deep = tiffOf({ ...size(2, 1), 258: 16, 262: 1 }, [Uint8Array.of(0x12, 0x34, 0xff, 0xff)], false);
    expect(await numbers(deep)).toEqual({ rows: 1, cols: 2, channels: 1, values: Float64Array.of(0x1234 / 65535, 1) });
    expect((await decodeInNode(deep)).notes).toEqual(['It has 16 bits a sample, and all are kept.']);
    const twelve = tiffOf({ ...size(2, 1), 258: 12, 262: 1 }, [Uint8Array.of(0x12, 0x3f, 0xff)]);
    expect([...(await numbers(twelve)).values]).toEqual([0x123 / 4095, 1]);
    const float = tiffOf({ ...size(2, 1), 258: 32, 262: 1, 339: 3 }, [new Uint8Array(Float32Array.of(0.5, -2).buffer)]);
    expect([...(await numbers(float)).values]).toEqual([0.5, -2]);
    expect((await decodeInNode(float)).notes).toEqual([
      'Its numbers run from -2 to 0.5 and are kept; in a picture 0 is black and 1 is white.',
    ]);
    const wide = tiffOf({ ...size(1, 1), 258: 32, 262: 1 }, [Uint8Array.of(0xff, 0xff, 0xff, 0xff)]);
    expect([...(await numbers(wide)).values]).toEqual([1]);
  });

  it('agrees with sharp on 16 bits', async () => {
    const image = rgbImage().toColourspace('rgb16');
    for (const predictor of ['none', 'horizontal'] as const) {
      const file = await image.clone().tiff({ compression: 'lzw', predictor }).toBuffer();
      const raw = await sharp(file).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
      const expected = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
      expect([...(await numbers(file)).values]).toEqual(Array.from(expected, (x) => x / 65535));
    }
  });

  it('undoes the floating-point predictor', async () => {
    // 1.5 and 2.5 are 3f c0 00 00 and 40 20 00 00: their bytes sorted from high to low, then differences.
    const file = tiffOf({ ...size(2, 1), 258: 32, 262: 1, 317: 3, 339: 3 }, [
      Uint8Array.of(0x3f, 0x01, 0x80, 0x60, 0xe0, 0, 0, 0),
    ]);
    expect([...(await numbers(file)).values]).toEqual([1.5, 2.5]);
  });

  it('reads the first page, and says so', async () => {
    const page = tiffOf({ ...size(2, 1), 258: 8, 262: 1 }, [Uint8Array.of(7, 9)]);
    const two = new Uint8Array(page.length + 20);
    two.set(page);
    const view = new DataView(two.buffer);
    const directory = view.getUint32(4, true);
    view.setUint32(directory + 2 + 12 * view.getUint16(directory, true), page.length, true);
    const { raster, notes } = await decodeInNode(two);
    expect([...eightBit(raster).rgb]).toEqual(widen([7, 9]));
    expect(notes).toEqual(['Only the first of its pictures is read.']);
  });

  it('is not led astray by a directory that names itself, by absurd sizes, or by strips beyond the file', async () => {
    await expect(decodeInNode(circle())).rejects.toMatchObject({ problem: 'broken' });
    const itself = tiffOf({ ...size(2, 1), 258: 8, 262: 1 }, [Uint8Array.of(7, 9)]);
    const view = new DataView(itself.buffer);
    const directory = view.getUint32(4, true);
    view.setUint32(directory + 2 + 12 * view.getUint16(directory, true), directory, true);
    expect(await levels(itself)).toEqual(widen([7, 9]));
    const data = [Uint8Array.of(7, 9)];
    for (const [tags, problem] of [
      [{ ...size(4_000_000_000, 4_000_000_000), 258: 8, 262: 1 }, 'size'],
      [{ ...size(8000, 8000), 258: 8, 262: 2, 277: 64 }, 'size'],
      [{ ...size(8000, 8000), 258: 8, 262: 1 }, 'broken'],
      [{ ...size(2, 1), 258: 8, 262: 1, 273: 4_000_000_000 }, 'broken'],
      [{ ...size(2, 1), 258: 8, 262: 1, 278: 0 }, 'broken'],
      [{ ...size(2, 1), 258: 8, 262: 1, 322: 4_000_000_000, 323: 4_000_000_000, 324: 8, 325: 2 }, 'size'],
      [{ ...size(2, 1), 258: 8, 262: 1, 322: 16, 323: 0, 324: 8, 325: 2 }, 'broken'],
      [{ ...size(2, 1), 258: 8, 262: 5, 277: 4 }, 'colour-model'],
      [{ ...size(2, 1), 258: 8, 262: 6, 277: 3 }, 'colour-model'],
      [{ ...size(2, 1), 258: [5, 6, 5], 262: 2, 277: 3 }, 'depth'],
      [{ ...size(2, 1), 258: 16, 262: 1, 339: 2 }, 'depth'],
      [{ ...size(2, 1), 258: 1, 259: 4, 262: 1 }, 'kind'],
    ] as const)
      await expect(decodeInNode(tiffOf(tags, data)), JSON.stringify(tags)).rejects.toMatchObject({ problem });
  });

  it('stops unpacking where the picture is full', async () => {
    const { zlibSync } = await import('fflate');
    const bomb = zlibSync(new Uint8Array(60_000_000), { level: 9 });
    expect(await levels(tiffOf({ ...size(2, 1), 258: 8, 259: 8, 262: 1 }, [bomb]))).toEqual(widen([0, 0]));
  });

  it('refuses what is cut short anywhere', async () => {
    const whole = await greyImage().tiff({ compression: 'none' }).toBuffer();
    for (const length of [4, 8, 20, whole.length >> 1]) {
      await expect(decodeInNode(whole.subarray(0, length))).rejects.toMatchObject({ problem: 'broken' });
    }
  });
});
