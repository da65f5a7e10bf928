/** The first directory of a TIFF file (TIFF 6.0; BigTIFF has wider counts and offsets). Nothing it points to is followed but its values. */

import { PictureError } from '../errors.ts';

/** Bytes of a value by its type; types that no wanted tag has are left out. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8 };
/** More strips than that are in no picture of a size that is read. */
const MOST_VALUES = 1_000_000;

export interface Directory {
  /** The values of a tag; empty where it is absent. @throws PictureError `broken` where they lie outside the file */
  readonly values: (tag: number) => number[];
  readonly value: (tag: number, otherwise: number) => number;
  readonly littleEndian: boolean;
  /** True where another directory, another page, follows. */
  readonly more: boolean;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its values stand. */
  readonly at: number;
}

const broken = (): PictureError => new PictureError('broken', 'This TIFF file is damaged and cannot be read.');
const cut = (): PictureError => new PictureError('broken', 'This TIFF file is cut short: its end is missing.');

/** @throws PictureError `broken` */
export function firstDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] === 0x49;
  if (bytes.length < 8) throw cut();
  const big = view.getUint16(2, little) === 43;
  const wide = (at: number): number => Number(view.getBigUint64(at, little));
  const offset = (at: number): number => (big ? wide(at) : view.getUint32(at, little));
  const [word, head, entry] = big ? [8, 8, 20] : [4, 2, 12];
  if (big && (bytes.length < 16 || view.getUint16(4, little) !== 8)) throw cut();
  const start = offset(big ? 8 : 4);
  if (start < 8 || start + head > bytes.length) throw cut();
  const size = big ? wide(start) : view.getUint16(start, little);
  const end = start + head + entry * size;
  if (size === 0) throw broken();
  if (size > 65_535 || end > bytes.length) throw cut();
  const entries = new Map<number, Entry>();
  for (let at = start + head; at < end; at += entry) {
    const type = view.getUint16(at + 2, little);
    const count = big ? wide(at + 4) : view.getUint32(at + 4, little);
    const inline = (SIZES[type] ?? 1) * count <= word;
    const place = at + 4 + word;
    const tag = view.getUint16(at, little);
    if (!entries.has(tag)) entries.set(tag, { type, count, at: inline ? place : offset(place) });
  }
  const read = (type: number, at: number): number =>
    type === 1
      ? view.getUint8(at)
      : type === 3
        ? view.getUint16(at, little)
        : type === 16
          ? wide(at)
          : view.getUint32(at, little);
  const values = (tag: number, most = MOST_VALUES): number[] => {
    const found = entries.get(tag);
    if (!found) return [];
    const step = SIZES[found.type];
    if (step === undefined || found.count > MOST_VALUES) throw broken();
    if (found.at + step * found.count > bytes.length) throw cut();
    return Array.from({ length: Math.min(found.count, most) }, (_, k) => read(found.type, found.at + step * k));
  };
  const next = end + word <= bytes.length ? offset(end) : 0;
  return {
    values,
    value: (tag, otherwise) => values(tag, 1)[0] ?? otherwise,
    littleEndian: little,
    more: next >= 8 && next !== start && next + head <= bytes.length,
  };
}
