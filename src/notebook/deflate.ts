/** Deflate (RFC 1951) for browsers without CompressionStream (Safari before 16.4): fetched by those alone. */

import { joined } from '../lib/image/join.ts';
import { deflateSync, Inflate } from 'fflate';
import { StateError } from './state.ts';

/** Bytes handed over at a time: deflate grows at most 1032-fold. */
const PIECE = 4096;

export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes);
}

/** @param limit bytes that may come at most. @throws StateError where more come, or the stream is damaged */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const come = { length: 0, ended: false };
  const stream = new Inflate((part, last) => {
    come.length += part.length;
    come.ended = last;
    parts.push(part);
  });
  try {
    for (let at = 0; at < bytes.length && come.length <= limit; at += PIECE)
      stream.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  } catch {
    come.ended = false;
  }
  if (!come.ended || come.length > limit)
    throw new StateError('This link is damaged: a part of it is missing or was changed.');
  return joined(parts);
}
