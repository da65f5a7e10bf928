import { PictureError } from '../errors.ts';
import type { PictureFormat } from '../format.ts';
import { hasText } from '../header.ts';
import type { Header } from '../header.ts';

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Boxes of an ISO base media file (ISO/IEC 14496-12) between two places; one that reaches beyond is cut there. */
function* boxesOf(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = from; at + 8 <= Math.min(to, bytes.length);) {
    const short = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const long = short === 1 && at + 16 <= Math.min(to, bytes.length);
    const size = short === 0 ? to - at : long ? Number(view.getBigUint64(at + 8)) : short;
    const start = at + (long ? 16 : 8);
    if (size < start - at) return;
    yield { type, start, end: Math.min(at + size, to) };
    at += size;
  }
}

/** The boxes of that name inside the path of boxes, each path step the first of its name. `meta` has four bytes before its boxes. */
function inside(bytes: Uint8Array, ...path: string[]): Box[] {
  let here: Box = { type: '', start: 0, end: bytes.length };
  for (const type of path) {
    const found = [...boxesOf(bytes, here.start, here.end)].find((box) => box.type === type);
    if (!found) return [];
    here = type === 'meta' ? { ...found, start: found.start + 4 } : found;
  }
  return [...boxesOf(bytes, here.start, here.end)];
}

/**
 * Reads an AVIF's properties (AV1 Image File Format 1.1): the largest `ispe` for the size, `irot` for a turn that every decoder makes
 * itself, `av1C` for the bits a sample, an auxiliary picture of type alpha.
 *
 * @throws PictureError `broken` where no size is found.
 */
function sniffAvif(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let [width, height, quarter, bits, alpha] = [0, 0, false, 8, false];
  for (const { type, start, end } of inside(bytes, 'meta', 'iprp', 'ipco')) {
    if (type === 'ispe' && start + 12 <= end) {
      const [w, h] = [view.getUint32(start + 4), view.getUint32(start + 8)];
      if (w * h > width * height) [width, height] = [w, h];
    }
    if (type === 'irot') quarter = ((bytes[start] ?? 0) & 1) === 1;
    if (type === 'av1C') {
      const flags = bytes[start + 2] ?? 0;
      bits = Math.max(bits, flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8);
    }
    // By its name in MPEG's list, or as HEVC had it.
    if (type === 'auxC' && /:alpha|auxid:1/u.test(new TextDecoder().decode(bytes.subarray(start, end)))) alpha = true;
  }
  if (width === 0 || height === 0)
    throw new PictureError('broken', 'This AVIF file ends before it says how large the picture is.');
  // Pixels lie where the file says, and the boxes reach that far.
  const last = [...boxesOf(bytes, 0, Number.MAX_SAFE_INTEGER)].at(-1);
  return {
    kind: 'AVIF',
    mediaType: 'image/avif',
    width: quarter ? height : width,
    height: quarter ? width : height,
    bitsPerSample: bits,
    white: 255,
    model: 'rgb',
    alpha,
    animated: hasText(bytes, 8, 'avis'),
    orientations: [],
    complete: last !== undefined && last.end <= bytes.length,
    rare: null,
  };
}

/** True where the file says that its samples are red, green and blue themselves: opaque ones every decoder gives alike. */
function isIdentity(bytes: Uint8Array): boolean {
  return inside(bytes, 'meta', 'iprp', 'ipco').some(
    ({ type, start }) =>
      type === 'colr' && hasText(bytes, start, 'nclx') && bytes[start + 8] === 0 && bytes[start + 9] === 0,
  );
}

function doubt(bytes: Uint8Array): string | null {
  return isIdentity(bytes) && !sniffAvif(bytes).alpha
    ? null
    : 'Decoders of AVIF enlarge and round its colours each by a rule of its own: elsewhere levels may differ.';
}

/** Decoded by the browser, and by sharp in Node: a decoder of AV1 is larger than everything else here. */
export const avif: PictureFormat = {
  kind: 'AVIF',
  is: (bytes) =>
    hasText(bytes, 4, 'ftypavif') ||
    hasText(bytes, 4, 'ftypavis') ||
    (hasText(bytes, 4, 'ftypmif1') && new TextDecoder().decode(bytes.subarray(8, 64)).includes('avif')),
  sniff: sniffAvif,
  doubt,
};
