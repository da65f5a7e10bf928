import { Unzlib } from 'fflate';

/** Compressed bytes handed over at a time. Deflate grows at most 1032-fold, so that one piece never makes more than 17 MB. */
const PIECE = 16_384;

/**
 * Unpacks a zlib stream piece by piece into `take`, until `size` bytes have come; what follows is not looked at, so that a few
 * bytes which unpack to gigabytes cost no more than the picture they announce.
 *
 * @returns the number of bytes that came: less than `size` where the stream ends early. @throws Error where it is damaged.
 */
export function inflate(packed: Uint8Array, size: number, take: (bytes: Uint8Array) => void): number {
  let come = 0;
  const stream = new Unzlib((bytes) => {
    const wanted = bytes.length <= size - come ? bytes : bytes.subarray(0, size - come);
    come += wanted.length;
    if (wanted.length > 0) take(wanted);
  });
  for (let at = 0; at < packed.length && come < size; at += PIECE) {
    try {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch (error) {
      // The last piece of a stream that is cut short.
      if (at + PIECE >= packed.length && error instanceof Error && error.message === 'unexpected EOF') break;
      throw error;
    }
  }
  return come;
}
