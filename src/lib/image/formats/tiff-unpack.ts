/** The ways in which TIFF packs a strip or tile without loss. Each fills `out` as far as the data go and never beyond. */

import { inflate } from '../inflate.ts';

type Unpack = (packed: Uint8Array, out: Uint8Array) => number;

/** By the number of tag 259. */
export const UNPACK: Readonly<Record<number, Unpack>> = {
  1: (packed, out) => {
    const size = Math.min(packed.length, out.length);
    out.set(packed.subarray(0, size));
    return size;
  },
  5: unpackLzw,
  8: unpackDeflate,
  32_946: unpackDeflate,
  32_773: unpackBits,
};

/** What the other numbers mean, for the refusal. */
export const OTHER_PACKINGS: Readonly<Record<number, string>> = {
  2: 'as a fax (CCITT)',
  3: 'as a fax (CCITT group 3)',
  4: 'as a fax (CCITT group 4)',
  6: 'as a JPEG',
  7: 'as a JPEG',
  34_712: 'as a JPEG 2000',
  34_887: 'by LERC',
  34_925: 'by LZMA',
  50_000: 'by Zstandard',
  50_001: 'as a WebP',
};

function unpackDeflate(packed: Uint8Array, out: Uint8Array): number {
  let at = 0;
  return inflate(packed, out.length, (part) => {
    out.set(part, at);
    at += part.length;
  });
}

/** PackBits: a byte n, then n + 1 bytes as they are, or one byte 1 - n times. */
function unpackBits(packed: Uint8Array, out: Uint8Array): number {
  let to = 0;
  for (let at = 0; at < packed.length && to < out.length;) {
    const n = ((packed[at++] ?? 0) << 24) >> 24;
    if (n >= 0) {
      const part = packed.subarray(at, at + Math.min(n + 1, out.length - to));
      out.set(part, to);
      to += part.length;
      at += n + 1;
    } else if (n !== -128) {
      const stop = Math.min(out.length, to + 1 - n);
      out.fill(packed[at++] ?? 0, to, stop);
      to = stop;
    }
  }
  return to;
}

const [CLEAR, END] = [256, 257];

/** TIFF's LZW: codes from the highest bit on, of 9 to 12 bits, each wider one from one code earlier than needed. */
function unpackLzw(packed: Uint8Array, out: Uint8Array): number {
  const prefix = new Int16Array(4096);
  const suffix = new Uint8Array(4096);
  const lengths = new Uint16Array(4096);
  for (let k = 0; k < 256; k++) [suffix[k], lengths[k]] = [k, 1];
  let [width, next, before, filled, buffer, bits] = [9, 258, -1, 0, 0, 0];
  for (let at = 0; filled < out.length;) {
    while (bits < width) {
      if (at >= packed.length) return filled;
      buffer = ((buffer << 8) | (packed[at++] ?? 0)) & 0xff_ffff;
      bits += 8;
    }
    bits -= width;
    const code = (buffer >> bits) & ((1 << width) - 1);
    if (code === END) return filled;
    if (code === CLEAR) {
      [width, next, before] = [9, 258, -1];
      continue;
    }
    if (code > next || (before < 0 && code > 255)) throw new Error('a code before its meaning');
    const known = code < next;
    const length = known ? (lengths[code] ?? 0) : (lengths[before] ?? 0) + 1;
    let walk = known ? code : before;
    for (let place = filled + length - (known ? 1 : 2); place > filled; place--) {
      if (place < out.length) out[place] = suffix[walk] ?? 0;
      walk = prefix[walk] ?? 0;
    }
    const first = suffix[walk] ?? 0;
    out[filled] = first;
    if (!known && filled + length - 1 < out.length) out[filled + length - 1] = first;
    filled += length;
    if (before >= 0 && next < 4096) {
      [prefix[next], suffix[next], lengths[next]] = [before, first, (lengths[before] ?? 0) + 1];
      next += 1;
      if (next === (1 << width) - 1 && width < 12) width += 1;
    }
    before = code;
  }
  return out.length;
}
