import type { Admitted, Channels, PictureFormat, SampleArray, Sink } from '../format.ts';
import { PictureError } from '../errors.ts';
import type { Orientation } from '../exif.ts';
import { hasText } from '../header.ts';
import type { Header } from '../header.ts';
import { firstDirectory } from './tiff-directory.ts';
import type { Directory } from './tiff-directory.ts';
import { TAG } from './tiff-layout.ts';
import type { TiffLayout } from './tiff-layout.ts';
import { TiffSamples } from './tiff-samples.ts';
import { OTHER_PACKINGS, UNPACK } from './tiff-unpack.ts';

function bitsOf(directory: Directory, samples: number): number {
  const bits = directory.values(TAG.bits);
  const first = bits[0] ?? 1;
  if (bits.slice(0, samples).some((one) => one !== first))
    throw new PictureError(
      'depth',
      'This TIFF has samples of different sizes; please save it with 8 or 16 bits a sample.',
    );
  return first;
}

/** @throws PictureError for what is not read. */
function layoutOf(bytes: Uint8Array): TiffLayout {
  const directory = firstDirectory(bytes);
  const photometric = directory.value(TAG.photometric, -1);
  const samples = directory.value(TAG.samples, 1);
  const colours = photometric === 2 ? 3 : 1;
  const format = directory.value(TAG.sampleFormat, 1);
  const bits = bitsOf(directory, samples);
  const float = format === 3;
  const readable = float ? bits === 32 || bits === 64 : (format === 1 || format === 4) && (bits <= 16 || bits === 32);
  if (!readable || bits < 1)
    throw new PictureError(
      'depth',
      `This TIFF has ${bits}-bit ${float ? 'floating-point' : format === 2 ? 'signed' : ''} samples, which are not read here; please save it with 8 or 16 bits a sample.`.replace(
        '  ',
        ' ',
      ),
    );
  const extra = samples > colours ? (directory.values(TAG.extraSamples)[0] ?? 0) : 0;
  return {
    width: directory.value(TAG.width, 0),
    height: directory.value(TAG.height, 0),
    bits,
    float,
    photometric,
    samples,
    colours,
    alpha: extra === 1 ? 'premultiplied' : extra === 2 ? 'straight' : 'none',
    directory,
  };
}

/** Sixteen bits of a palette's colours count only where they are more than 8 bits said twice, or shifted. */
export function paletteOf(layout: TiffLayout): { readonly map: Uint16Array; readonly deep: boolean } {
  const map = Uint16Array.from(layout.directory.values(TAG.colourMap));
  if (map.length < 3 * 2 ** layout.bits)
    throw new PictureError('broken', 'This TIFF has too few colours in its palette.');
  if (map.every((x) => x % 257 === 0)) return { map: map.map((x) => x / 257), deep: false };
  if (map.every((x) => x % 256 === 0)) return { map: map.map((x) => x / 256), deep: false };
  return { map, deep: true };
}

/** What white is among the samples: bytes for up to 8 bits where every level is a whole byte, else the largest sample. */
function whiteOf(layout: TiffLayout): number | null {
  if (layout.float) return null;
  if (layout.photometric === 3) return paletteOf(layout).deep ? 65_535 : 255;
  return 255 % (2 ** layout.bits - 1) === 0 ? 255 : 2 ** layout.bits - 1;
}

function modelOf({ photometric, samples, colours }: TiffLayout): Header['model'] {
  if (photometric === 5) return 'cmyk';
  return photometric >= 0 && photometric <= 3 && samples >= colours
    ? colours === 1 && photometric !== 3
      ? 'grey'
      : 'rgb'
    : 'other';
}

/** Where a directory says how the camera was held. */
function orientationOf({ directory }: TiffLayout): Orientation | null {
  const value = directory.value(TAG.orientation, 1);
  return value >= 1 && value <= 8 ? (value as Orientation) : null;
}

/** True where every strip or tile lies in the file. */
function reaches({ directory }: TiffLayout, size: number): boolean {
  const tiled = directory.value(TAG.tileWidth, 0) > 0;
  const offsets = directory.values(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const lengths = directory.values(tiled ? TAG.tileLengths : TAG.stripLengths);
  return offsets.length > 0 && offsets.every((offset, k) => offset + (lengths[k] ?? 0) <= size);
}

function sniffTiff(bytes: Uint8Array): Header {
  const layout = layoutOf(bytes);
  const { width, height, bits, directory } = layout;
  const model = modelOf(layout);
  const packing = directory.value(TAG.packing, 1);
  const orientation = orientationOf(layout);
  return {
    kind: 'TIFF',
    mediaType: 'image/tiff',
    width,
    height,
    bitsPerSample: bits,
    white: model === 'grey' || model === 'rgb' ? whiteOf(layout) : 255,
    model,
    alpha: layout.alpha !== 'none',
    animated: directory.more,
    orientations:
      orientation === null || orientation === 1
        ? []
        : [{ offset: 0, littleEndian: directory.littleEndian, value: orientation }],
    complete: reaches(layout, bytes.length),
    rare:
      packing in UNPACK
        ? null
        : `packed ${OTHER_PACKINGS[packing] ?? `in way ${packing}`}, which is not read here; please save it without loss (LZW, Deflate or unpacked)`,
  };
}

/** One row of colours and transparency, as the sink wants them. */
async function decodeTiff({ bytes, header }: Admitted, sink: Sink): Promise<void> {
  const layout = layoutOf(bytes);
  const { width, height, photometric, colours, samples, alpha, bits } = layout;
  const white = header.white ?? 1;
  const palette = photometric === 3 ? paletteOf(layout).map : null;
  const shown = palette ? 3 : colours;
  const channels = (shown + (alpha === 'none' ? 0 : 1)) as Channels;
  const line: SampleArray =
    header.white === null || white > 65_535 ? new Float64Array(width * channels) : new Uint16Array(width * channels);
  // Less than 8 bits are spread to 8.
  const spread = white === 255 && bits < 8 && !palette ? 255 / (2 ** bits - 1) : 1;
  const full = palette ? 2 ** bits - 1 : white;
  for (const row of new TiffSamples(bytes, layout).rows()) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [x * samples, x * channels];
      const opaque = alpha === 'none' ? full : (row[from + colours] ?? 0) * spread;
      for (let k = 0; k < shown; k++) {
        let sample = palette ? (palette[k * 2 ** bits + (row[from] ?? 0)] ?? 0) : (row[from + k] ?? 0) * spread;
        if (alpha === 'premultiplied' && !palette) sample = straight(sample, opaque, white, header.white !== null);
        line[to + k] = photometric === 0 ? white - sample : sample;
      }
      if (alpha !== 'none') line[to + shown] = palette ? (opaque / full) * white : opaque;
    }
    sink.push(line, channels);
  }
  if (samples > colours + (alpha === 'none' ? 0 : 1)) sink.note('Channels beyond its colours are left out.');
  if (height === 0) throw new PictureError('broken', 'This TIFF has no pixels.');
  return Promise.resolve();
}

/** A premultiplied sample divided by its alpha, whole samples rounded. */
function straight(sample: number, alpha: number, white: number, whole: boolean): number {
  if (alpha === 0) return white;
  const value = (sample * white) / alpha;
  return whole ? Math.min(white, Math.round(value)) : value;
}

/**
 * Grey, RGB and palette, with or without alpha, in strips or tiles, of 1 to 16 bits or 32, or floating point, packed without loss. JPEG
 * inside TIFF is refused: decoders round it differently, and the figures are about exact pixels.
 */
export const tiff: PictureFormat = {
  kind: 'TIFF',
  is: (bytes) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((mark) => hasText(bytes, 0, mark)),
  sniff: sniffTiff,
  decode: decodeTiff,
};
