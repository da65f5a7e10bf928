/** Picture files made while the tests run: every kind that a reader may bring, and the ones that are refused. */
import sharp from 'sharp';
import { crc32 } from '../../src/lib/image/crc.ts';
import { encodeNpy } from '../../src/lib/image/npy.ts';

export interface PictureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Channels = 1 | 2 | 3 | 4;

/** Smooth waves with some noise on them: colours that chroma subsampling, filters and rounding all touch. */
function scene(width: number, height: number, channels: Channels): ReturnType<typeof sharp> {
  const data = new Uint8Array(width * height * channels);
  let seed = 12345;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++, at++) {
        seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
        const wave = 127 + 90 * Math.sin(x / (9 + 4 * c)) * Math.cos(y / (7 + 3 * c));
        data[at] = Math.min(255, Math.max(0, Math.round(wave + ((seed >> 16) % 60))));
      }
    }
  }
  return sharp(data, { raw: { width, height, channels } });
}

/** Puts a chunk right after a PNG's header. */
export function withPngChunk(png: Uint8Array, type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return new Uint8Array(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]));
}

/** A big-endian EXIF block that holds nothing but an orientation. */
export function exifBlock(orientation: number): Uint8Array {
  return Uint8Array.of(
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  );
}

const GAMMA_ONE = Uint8Array.of(0, 1, 0x86, 0xa0);

/** Two frames, the second the negative of the first. */
async function frames(width: number, height: number): Promise<ReturnType<typeof sharp>> {
  const still = (): ReturnType<typeof sharp> => scene(width, height, 3).png();
  return sharp([await still().toBuffer(), await still().negate().toBuffer()], { join: { animated: true } });
}

/** A JPEG with a zero, and with fill bytes, between its first two segments: libjpeg skips them. */
export function withFill(jpeg: Uint8Array): Uint8Array {
  const second = 4 + (((jpeg[4] ?? 0) << 8) | (jpeg[5] ?? 0));
  return new Uint8Array([...jpeg.subarray(0, second), 0, 0xff, 0xff, ...jpeg.subarray(second)]);
}

/** The byte after "Exif" and its zero, which decoders do not look at, set to another value. */
export function withExifByte(jpeg: Uint8Array, byte: number): Uint8Array {
  const out = new Uint8Array(jpeg);
  const at = Buffer.from(out.buffer).indexOf('Exif\0');
  if (at < 0) throw new Error('no Exif');
  out[at + 5] = byte;
  return out;
}

/** A JPEG whose data are overwritten, or end, in the middle, and which ends as it should. */
function spoilt(jpeg: Uint8Array, share: number): Uint8Array {
  const middle = jpeg.length >> 1;
  if (share === 1) return new Uint8Array([...jpeg.subarray(0, middle), 0xff, 0xd9]);
  const out = new Uint8Array(jpeg);
  for (let k = 0; k < 30; k++) out[middle + k] = (k * 89) % 255;
  return out;
}

/** A TIFF whose directory names itself as the next one. */
export function circle(): Uint8Array {
  const bytes = new Uint8Array(186);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, 14, true);
  view.setUint32(10 + 12 * 14, 8, true);
  return bytes;
}

/** Files that are taken. */
export async function acceptedFiles(): Promise<PictureFile[]> {
  const [w, h] = [173, 101];
  const rgbPng = await scene(w, h, 3).png().toBuffer();
  const files: Record<string, Promise<Uint8Array> | Uint8Array> = {
    'rgb.png': rgbPng,
    'grey.png': scene(w, h, 1).toColourspace('b-w').png().toBuffer(),
    'palette.png': scene(w, h, 3).png({ palette: true, colours: 13 }).toBuffer(),
    'two-colours.png': scene(w, h, 3).png({ palette: true, colours: 2 }).toBuffer(),
    'interlaced.png': scene(w, h, 3).png({ progressive: true }).toBuffer(),
    'transparent.png': scene(w, h, 4).png().toBuffer(),
    'transparent-grey.png': scene(w, h, 2).toColourspace('b-w').png().toBuffer(),
    'gamma-one.png': withPngChunk(rgbPng, 'gAMA', GAMMA_ONE),
    'profile.png': scene(w, h, 3).withIccProfile('p3').png().toBuffer(),
    'turned-6.png': withPngChunk(rgbPng, 'eXIf', exifBlock(6)),
    'one-pixel.png': scene(1, 1, 3).png().toBuffer(),
    'wide.png': scene(3000, 2, 3).png().toBuffer(),
    'subsampled.jpg': scene(w, h, 3).jpeg({ quality: 71 }).toBuffer(),
    'full-colour.jpg': scene(w, h, 3).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer(),
    'progressive.jpg': scene(w, h, 3).jpeg({ progressive: true }).toBuffer(),
    'grey.jpg': scene(w, h, 1).toColourspace('b-w').jpeg().toBuffer(),
    'profile.jpg': scene(w, h, 3).withIccProfile('p3').jpeg().toBuffer(),
    'large.jpg': scene(1500, 1103, 3).jpeg().toBuffer(),
    'deep.png': scene(w, h, 3).toColourspace('rgb16').png().toBuffer(),
    'deep-grey.png': scene(w, h, 1).toColourspace('grey16').png().toBuffer(),
    'animated.png': withPngChunk(rgbPng, 'acTL', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0)),
    'animated.webp': (await frames(w, h)).webp({ lossless: true }).toBuffer(),
    'animated.gif': (await frames(w, h)).gif().toBuffer(),
    'still.gif': scene(w, h, 3).gif().toBuffer(),
    'transparent.gif': scene(w, h, 4).gif().toBuffer(),
    'plain.tif': scene(w, h, 3).tiff({ compression: 'none' }).toBuffer(),
    'packed.tif': scene(w, h, 3).tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer(),
    'transparent.tif': scene(w, h, 4).tiff({ compression: 'deflate' }).toBuffer(),
    'tiled.tif': scene(w, h, 3).tiff({ compression: 'lzw', tile: true, tileWidth: 64, tileHeight: 32 }).toBuffer(),
    'deep.tif': scene(w, h, 3).toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer(),
    'turned-6.tif': scene(w, h, 3).withMetadata({ orientation: 6 }).tiff({ compression: 'lzw' }).toBuffer(),
    'large.tif': scene(1500, 1103, 3).tiff({ compression: 'deflate' }).toBuffer(),
    'matrix.npy': encodeNpy({ rows: 3, cols: 4, data: Float64Array.from({ length: 12 }, (_, k) => k / 3 - 1) }),
    'single.npy': encodeNpy({ rows: 3, cols: 4, data: Float32Array.from({ length: 12 }, (_, k) => k / 12) }),
    'matrix.csv': new TextEncoder().encode('a;b\n0,5;1\n-2,25;NaN\n'),
    'filled.jpg': withFill(await scene(w, h, 3).jpeg().toBuffer()),
    'fill-byte-exif.jpg': withExifByte(await scene(w, h, 3).withMetadata({ orientation: 6 }).jpeg().toBuffer(), 0xff),
    'damaged.jpg': spoilt(await scene(w, h, 3).jpeg().toBuffer(), 0.6),
    'cut-scan.jpg': spoilt(await scene(w, h, 3).jpeg().toBuffer(), 1),
    'lossless.avif': scene(w, h, 3).avif({ lossless: true, effort: 0 }).toBuffer(),
    'full-colour.avif': scene(w, h, 3).avif({ chromaSubsampling: '4:4:4', effort: 0 }).toBuffer(),
    'lossy.avif': scene(w, h, 3).avif({ chromaSubsampling: '4:2:0', effort: 0 }).toBuffer(),
    'transparent.avif': scene(w, h, 4).avif({ lossless: true, effort: 0 }).toBuffer(),
    'lossless.webp': scene(w, h, 3).webp({ lossless: true }).toBuffer(),
    'lossy.webp': scene(w, h, 3).webp({ quality: 60 }).toBuffer(),
    'transparent-lossless.webp': scene(w, h, 4).webp({ lossless: true, exact: true }).toBuffer(),
    'transparent-lossy.webp': scene(w, h, 4).webp({ quality: 80 }).toBuffer(),
    'turned-6.webp': scene(w, h, 3)
      .withExif({ IFD0: { Artist: 'x' } })
      .withMetadata({ orientation: 6 })
      .webp()
      .toBuffer(),
  };
  for (let k = 2; k <= 8; k++)
    files[`turned-${k}.jpg`] = scene(w, h, 3).withMetadata({ orientation: k }).jpeg().toBuffer();
  return awaitAll(files);
}

/** Files that are refused, each with one sentence. */
export async function refusedFiles(): Promise<PictureFile[]> {
  const jpeg = await scene(60, 40, 3).jpeg().toBuffer();
  const png = await scene(60, 40, 3).png().toBuffer();
  const text = new TextEncoder();
  const wideHeader = new Uint8Array(png);
  new DataView(wideHeader.buffer).setUint32(16, 20_000);
  return awaitAll({
    'empty.png': new Uint8Array(),
    'notes.png': text.encode('these are words, not pixels'),
    'drawing.svg': text.encode('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    'page.png': text.encode('<!DOCTYPE html><html><body>404</body></html>'),
    'picture.heic': text.encode('\0\0\0\x1cftypheic\0\0\0\0'),
    'picture.bmp': text.encode('BM\x36\0\0\0\0\0\0\0'),
    'picture.ico': text.encode('\0\0\x01\0\x01\0'),
    'picture.avif': text.encode('\0\0\0\x1cftypavif\0\0\0\0'),
    'apple.png': new Uint8Array([
      ...png.subarray(0, 8),
      0,
      0,
      0,
      4,
      ...text.encode('CgBI'),
      0x50,
      0,
      0x20,
      2,
      0x2b,
      0xd5,
      0xb3,
      0x7f,
      ...png.subarray(8),
    ]),
    'jpeg-inside.tif': scene(20, 10, 3).tiff({ compression: 'jpeg' }).toBuffer(),
    'ragged.csv': text.encode('1,2,3\n4,5\n'),
    'cut.npy': encodeNpy({ rows: 5, cols: 4, data: new Float64Array(20) }).subarray(0, 200),
    'cut.gif': scene(60, 40, 3)
      .gif()
      .toBuffer()
      .then((gif) => gif.subarray(0, 400)),
    'cut.tif': scene(60, 40, 3)
      .tiff({ compression: 'none' })
      .toBuffer()
      .then((tif) => tif.subarray(0, tif.length >> 1)),
    'circle.tif': circle(),
    'printing.jpg': scene(20, 10, 3).toColourspace('cmyk').jpeg().toBuffer(),
    'cut.jpg': jpeg.subarray(0, jpeg.length - 300),
    'cut.png': png.subarray(0, png.length - 300),
    'header-only.jpg': jpeg.subarray(0, 12),
    'damaged.png': damaged(png),
    'wide.png': wideHeader,
  });
}

/** Spoils the compressed pixels and keeps the chunk's checksum right, so that only the decoder can notice. */
function damaged(png: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(png);
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) !== 'IDAT') continue;
    const end = at + 8 + view.getUint32(at);
    bytes.fill(0xff, at + 8, at + 24);
    view.setUint32(end, crc32(bytes.subarray(at + 4, end)));
    break;
  }
  return bytes;
}

async function awaitAll(files: Record<string, Promise<Uint8Array> | Uint8Array>): Promise<PictureFile[]> {
  return Promise.all(
    Object.entries(files).map(async ([name, bytes]) => ({ name, bytes: new Uint8Array(await bytes) })),
  );
}
