import type { Admitted, PictureFormat, Sink } from '../format.ts';
import { PictureError } from '../errors.ts';
import { hasText } from '../header.ts';
import type { Header } from '../header.ts';
import { unpackLzw } from './gif-lzw.ts';

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  /** Where its colours stand; null: the file's own. */
  readonly palette: { readonly start: number; readonly size: number } | null;
  /** Index of the transparent colour; -1 for none. */
  readonly clear: number;
  /** Where the LZW data begin. */
  readonly start: number;
}

interface Layout {
  readonly frame: Frame | null;
  readonly palette: { readonly start: number; readonly size: number } | null;
  /** True where another frame follows. */
  readonly more: boolean;
  readonly complete: boolean;
}

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

function paletteAt(flags: number, start: number): { start: number; size: number } | null {
  return flags & 0x80 ? { start, size: 2 << (flags & 7) } : null;
}

/** Skips a chain of sub-blocks; the file's length + 1 where the chain does not end. */
function afterBlocks(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length;) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return bytes.length + 1;
}

/** Walks the blocks up to the second frame (GIF89a specification). */
function layoutOf(bytes: Uint8Array): Layout {
  const palette = paletteAt(bytes[10] ?? 0, 13);
  let clear = -1;
  let frame: Frame | null = null;
  let complete = false;
  for (let at = 13 + 3 * (palette?.size ?? 0); at < bytes.length;) {
    const mark = bytes[at];
    if (mark === 0x21) {
      const control = bytes[at + 1] === 0xf9 && (bytes[at + 3] ?? 0) & 1;
      if (control && !frame) clear = bytes[at + 6] ?? -1;
      at = afterBlocks(bytes, at + 2);
    } else if (mark === 0x2c) {
      if (frame) return { frame, palette, more: true, complete };
      if (at + 10 > bytes.length) break;
      const flags = bytes[at + 9] ?? 0;
      const own = paletteAt(flags, at + 10);
      const start = at + 10 + 3 * (own?.size ?? 0);
      frame = {
        left: word(bytes, at + 1),
        top: word(bytes, at + 3),
        width: word(bytes, at + 5),
        height: word(bytes, at + 7),
        interlaced: (flags & 0x40) !== 0,
        palette: own,
        clear,
        start,
      };
      at = afterBlocks(bytes, start + 1);
      complete = at <= bytes.length;
    } else break;
  }
  return { frame, palette, more: false, complete };
}

/** The picture is as large as the screen that the file announces, or as its first frame where that is larger. */
function sniffGif(bytes: Uint8Array): Header {
  const { frame, more, complete } = layoutOf(bytes);
  if (!frame) throw new PictureError('broken', 'This GIF file ends before its first picture.');
  const [width, height] = [word(bytes, 6), word(bytes, 8)];
  return {
    kind: 'GIF',
    mediaType: 'image/gif',
    width: Math.max(width, frame.left + frame.width),
    height: Math.max(height, frame.top + frame.height),
    bitsPerSample: 8,
    white: 255,
    model: 'rgb',
    alpha: true,
    animated: more,
    orientations: [],
    complete,
    rare: null,
  };
}

/** @throws PictureError `broken` where the pixels do not unpack or there are too few of them. */
async function decodeGif({ bytes, header }: Admitted, sink: Sink): Promise<void> {
  const { frame, palette: shared } = layoutOf(bytes);
  if (!frame) throw damaged();
  const { width, height, left, top } = frame;
  const palette = frame.palette ?? shared;
  if (!palette) throw damaged();
  const indices = unpackLzw(blocksOf(bytes, frame.start + 1), bytes[frame.start] ?? 0, width * height);
  if (!indices) throw damaged();
  const rows = frame.interlaced ? interlacedRows(height) : null;
  const line = new Uint8Array(4 * header.width);
  const order = new Int32Array(height);
  for (let k = 0; k < height; k++) order[rows?.[k] ?? k] = k;
  for (let y = 0; y < header.height; y++) {
    line.fill(0);
    const row = y - top;
    if (row >= 0 && row < height) {
      for (let x = 0; x < width; x++) {
        const index = indices[(order[row] ?? 0) * width + x] ?? 0;
        if (index === frame.clear) continue;
        const from = palette.start + 3 * index;
        const inside = index < palette.size;
        line.set(
          [
            inside ? (bytes[from] ?? 0) : 0,
            inside ? (bytes[from + 1] ?? 0) : 0,
            inside ? (bytes[from + 2] ?? 0) : 0,
            255,
          ],
          4 * (left + x),
        );
      }
    }
    sink.push(line, 4);
  }
  return Promise.resolve();
}

/** The data of a chain of sub-blocks as one array. */
function blocksOf(bytes: Uint8Array, from: number): Uint8Array {
  const end = Math.min(afterBlocks(bytes, from), bytes.length);
  const out = new Uint8Array(end - from);
  let size = 0;
  for (let at = from; at < end;) {
    const length = bytes[at] ?? 0;
    out.set(bytes.subarray(at + 1, at + 1 + length), size);
    size += length;
    at += 1 + length;
  }
  return out.subarray(0, size);
}

/** Rows in the order in which an interlaced file has them. */
function interlacedRows(height: number): number[] {
  const rows: number[] = [];
  for (const [first, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const)
    for (let y = first; y < height; y += step) rows.push(y);
  return rows;
}

function damaged(): PictureError {
  return new PictureError('broken', 'This GIF file is damaged and cannot be read.');
}

/** Decoded here: what stands where a first frame leaves its screen empty differs between decoders. */
export const gif: PictureFormat = {
  kind: 'GIF',
  is: (bytes) => hasText(bytes, 0, 'GIF87a') || hasText(bytes, 0, 'GIF89a'),
  sniff: sniffGif,
  decode: decodeGif,
};
