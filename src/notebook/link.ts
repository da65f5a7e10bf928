/**
 * A page's state as the fragment of an address, `#state=1.…&cell=…`: its text, deflated (RFC 1951), in the letters of base64url. The
 * fragment never reaches a server. What comes in one may have been written by anybody: it is measured before it is unpacked, cut
 * off where it unpacks to more than a page can hold, and then validated as every state is.
 */

import { joined } from '../lib/image/join.ts';
import { deserialize, isEmpty, serialize, StateError, type PageState } from './state.ts';

/** Grows when links are written in another way, so that an old page can say that it is the old one. */
const LINK_VERSION = '1';
/** Letters of a fragment, and bytes that it may unpack to: several times what the longest article needs. */
const LONGEST_LINK = 65_536;
const LONGEST_TEXT = 1_048_576;

export interface StateLink {
  readonly state: PageState;
  /** The cell that the sender looked at. */
  readonly cell: string | null;
}

/** Whether an address' fragment says that it holds a state. */
export function isLink(hash: string): boolean {
  return hash.startsWith('#state=');
}

/** The fragment for a state, with its `#`. */
export async function writeLink({ state, cell }: StateLink): Promise<string> {
  const packed = await through(new TextEncoder().encode(serialize(state)), 'deflate');
  const place = cell === null ? '' : `&cell=${encodeURIComponent(cell)}`;
  return `#state=${LINK_VERSION}.${toLetters(packed)}${place}`;
}

/** The fragment that leads to a cell of the page as it stands: of an untouched page the cell's own, or none. */
export async function fragmentOf({ state, cell }: StateLink): Promise<string> {
  if (!isEmpty(state)) return writeLink({ state, cell });
  return cell === null ? '' : `#${cell}`;
}

/** Rejects with a StateError: one sentence for the reader. */
export async function readLink(hash: string): Promise<StateLink> {
  const [, version, letters, place] = /^#state=([^.&]*)\.?([^&]*)(?:&cell=([^&]*))?$/.exec(hash) ?? [];
  if (version === undefined || letters === undefined || letters === '') throw damaged();
  if (version !== LINK_VERSION && /^\d+$/.test(version))
    throw new StateError('This link was made by a later version of this site; reload the page to get it.');
  if (hash.length > LONGEST_LINK) throw new StateError('This link is longer than any that this site makes.');
  const bytes = fromLetters(letters);
  if (bytes === null || version !== LINK_VERSION) throw damaged();
  const text = new TextDecoder().decode(await through(bytes, 'inflate'));
  return { state: deserialize(text), cell: place === undefined ? null : decoded(place) };
}

function damaged(): StateError {
  return new StateError('This link is damaged: a part of it is missing or was changed.');
}

function decoded(place: string): string | null {
  try {
    return decodeURIComponent(place);
  } catch {
    return null;
  }
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
