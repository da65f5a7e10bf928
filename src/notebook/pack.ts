/** Texts in the letters of an address: deflated (RFC 1951), in base64url. What is unpacked may have been written by anybody. */

import { joined } from '../lib/image/join.ts';
import { StateError } from './state.ts';

/** Letters of a fragment, and bytes that it may unpack to: several times what the longest article needs. */
export const LONGEST_LINK = 65_536;
const LONGEST_TEXT = 1_048_576;

export async function packed(text: string): Promise<string> {
  return toLetters(await through(new TextEncoder().encode(text), 'deflate'));
}

/** Rejects with a StateError: one sentence for the reader. */
export async function unpacked(letters: string): Promise<string> {
  const bytes = fromLetters(letters);
  if (bytes === null) throw damaged();
  return new TextDecoder().decode(await through(bytes, 'inflate'));
}

export function damaged(): StateError {
  return new StateError('This link is damaged: a part of it is missing or was changed.');
}

function toLetters(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromLetters(letters: string): Uint8Array<ArrayBuffer> | null {
  try {
    const text = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Packs or unpacks, by the browser's own means where it has them. */
async function through(bytes: Uint8Array<ArrayBuffer>, how: 'deflate' | 'inflate'): Promise<Uint8Array> {
  if (typeof CompressionStream === 'undefined') return (await import('./deflate.ts'))[how](bytes, LONGEST_TEXT);
  const stream = how === 'deflate' ? new CompressionStream('deflate-raw') : new DecompressionStream('deflate-raw');
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of readable(new Blob([bytes]).stream().pipeThrough(stream))) {
      length += part.length;
      if (length > LONGEST_TEXT) throw damaged();
      parts.push(part);
    }
  } catch {
    throw damaged();
  }
  return joined(parts);
}

/** Safari does not iterate over streams. */
async function* readable(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
