/** What of stored results is new, and whether one is what its program gives. */

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import sharp from 'sharp';
import type { StoredResult } from '../src/plugins/stored.ts';

/** An article's stored results, at some time. */
export interface Kept {
  readonly results: Readonly<Record<string, StoredResult>>;
  /** A picture's file; null where it is not there. */
  readonly picture: (name: string) => Promise<Uint8Array | null>;
}

/** The cells whose result, or whose picture's file, is not what it was before. */
export async function changedResults(now: Kept, then: Kept | null): Promise<Set<string>> {
  const changed = new Set<string>();
  for (const [id, result] of Object.entries(now.results)) {
    const old = then?.results[id];
    const same = old !== undefined && isDeepStrictEqual(old, result) && (await samePicture(result.picture, now, then));
    if (!same) changed.add(id);
  }
  return changed;
}

async function samePicture(name: string | null, now: Kept, then: Kept | null): Promise<boolean> {
  if (name === null) return true;
  const [new_, old] = [await now.picture(name), (await then?.picture(name)) ?? null];
  return new_ !== null && old !== null && Buffer.compare(new_, old) === 0;
}

/** What differs between a stored result and the computed one, in words; null where nothing does. */
export function comparison(stored: StoredResult | undefined, computed: StoredResult): string | null {
  if (stored === undefined) return 'no result is stored';
  if (stored.key !== computed.key) return 'the stored result is of another program';
  if (!isDeepStrictEqual(stored.result, JSON.parse(JSON.stringify(computed.result))))
    return `stored is ${JSON.stringify(stored.result).slice(0, 120)}, computed ${JSON.stringify(computed.result).slice(0, 120)}`;
  const [shown, right] = [stored.picture, computed.picture].map((name) => name?.replace(/\.\w+$/, '') ?? null);
  return shown === right ? null : 'the stored picture is not the one that the program draws';
}

/** The hash that names a picture's file (`picture-file.ts`), of the pixels that the file holds. */
export async function pixelHash(file: Uint8Array): Promise<string> {
  const image = sharp(file);
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  // A WebP has three channels also where the picture has one.
  const hash = (channels: number, bytes: Uint8Array): string =>
    createHash('sha256').update(`${info.height}x${info.width}x${channels}:`).update(bytes).digest('hex').slice(0, 16);
  const grey = isGrey(data, info.channels);
  return grey ? hash(1, info.channels === 1 ? data : firstChannel(data, info.channels)) : hash(3, data);
}

function isGrey(data: Uint8Array, channels: number): boolean {
  if (channels < 3) return true;
  for (let k = 0; k < data.length; k += channels) if (data[k] !== data[k + 1] || data[k] !== data[k + 2]) return false;
  return true;
}

function firstChannel(data: Uint8Array, channels: number): Uint8Array {
  return Uint8Array.from({ length: data.length / channels }, (_, k) => data[k * channels] ?? 0);
}
