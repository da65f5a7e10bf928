import { joined } from '../join.ts';
import type { Admitted, PictureFormat, Sink } from '../format.ts';
import { crc32 } from '../crc.ts';
import { PictureError } from '../errors.ts';
import { findOrientation } from '../exif.ts';
import type { OrientationSite } from '../exif.ts';
import { hasText } from '../header.ts';
import type { Header } from '../header.ts';
import { inflate } from '../inflate.ts';
import { PngRows } from './png-rows.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

interface Chunk {
  readonly type: string;
  /** Where its data begin and end in the file. */
  readonly start: number;
  readonly end: number;
}

/** Chunks that lie wholly in the file, up to IEND. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) return;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { type, start: at + 8, end };
    if (type === 'IEND') return;
    at = end + 4;
  }
}

/**
 * Reads a PNG's chunks (PNG specification, third edition): IHDR for size and type, tRNS for transparency, acTL for animation,
 * eXIf for orientation, IEND for completeness.
 *
 * @throws PictureError `broken` where the header is missing.
 */
function sniffPng(bytes: Uint8Array): Header {
  const apple = hasText(bytes, 12, 'CgBI');
  if (!apple && (bytes.length < 33 || !hasText(bytes, 12, 'IHDR')))
    throw new PictureError('broken', 'This PNG file ends inside its header.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const colourType = bytes[25] ?? 0;
  const orientations: OrientationSite[] = [];
  let [transparent, animated, complete] = [false, false, false];
  for (const { type, start, end } of chunksOf(bytes)) {
    if (type === 'tRNS') transparent = true;
    if (type === 'acTL') animated = true;
    if (type === 'IEND') complete = true;
    if (type !== 'eXIf') continue;
    const site = findOrientation(bytes, start, end);
    if (site) orientations.push(site);
  }
  const depth = bytes[24] ?? 0;
  return {
    kind: 'PNG',
    mediaType: 'image/png',
    width: apple ? 0 : view.getUint32(16),
    height: apple ? 0 : view.getUint32(20),
    // A palette's entries have 8 bits a sample, however few bits its indices have.
    bitsPerSample: colourType === 3 ? 8 : depth,
    white: depth === 16 ? 65_535 : 255,
    model: colourType === 0 || colourType === 4 ? 'grey' : 'rgb',
    alpha: transparent || colourType === 4 || colourType === 6,
    animated,
    orientations,
    complete,
    rare: apple ? 'of Apple’s own kind (CgBI), made for an iPhone app; please save it as an ordinary PNG' : null,
  };
}

/** Chunks that the pixels depend on. */
const WANTED = ['IHDR', 'PLTE', 'tRNS', 'IDAT'];

/** @throws PictureError `broken` where a checksum is wrong, the pixels do not unpack or there are too few of them. */
async function decodePng({ bytes }: Admitted, sink: Sink): Promise<void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = new Map<string, Uint8Array[]>();
  for (const { type, start, end } of chunksOf(bytes)) {
    if (!WANTED.includes(type)) continue;
    if (view.getUint32(end) !== crc32(bytes.subarray(start - 4, end))) throw damaged();
    found.set(type, [...(found.get(type) ?? []), bytes.subarray(start, end)]);
  }
  const one = (type: string): Uint8Array | null => found.get(type)?.[0] ?? null;
  const rows = new PngRows(one('IHDR') ?? new Uint8Array(), one('PLTE'), one('tRNS'), sink);
  if (inflate(joined(found.get('IDAT') ?? []), rows.size, (part) => rows.push(part)) < rows.size) throw damaged();
  return Promise.resolve();
}

function damaged(): PictureError {
  return new PictureError('broken', 'This PNG file is damaged and cannot be read.');
}

/** Decoded here and not by the browser, which gives 8 bits a sample and premultiplied colours. */
export const png: PictureFormat = {
  kind: 'PNG',
  is: (bytes) => SIGNATURE.every((byte, k) => bytes[k] === byte),
  sniff: sniffPng,
  decode: decodePng,
};
