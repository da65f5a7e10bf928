/** The one way in which a picture becomes numbers: decoded in the worker that uses it, once. */

import type { ReadPicture } from './own-picture.ts';
import type { PictureSource } from './protocol.ts';
import { readSitePicture } from './site-picture.ts';

/** Rejects with one sentence for the reader. */
export type PictureReader = (source: PictureSource) => Promise<ReadPicture>;

/** What reads files from anywhere is large, and fetched with the first of them. */
export const readPicture: PictureReader = async (source) =>
  'url' in source
    ? { picture: await readSitePicture(source.url), notes: [] }
    : (await import('./own-picture.ts')).readOwnPicture(source.file, source.fit);

/** Decoded pictures by the id of their source. One that could not be read is read again when it is asked for again. */
export class PictureShelf {
  readonly #read: PictureReader;
  readonly #pictures = new Map<string, Promise<ReadPicture>>();

  constructor(read: PictureReader) {
    this.#read = read;
  }

  /** Rejects with one sentence for the reader. */
  get(source: PictureSource): Promise<ReadPicture> {
    const known = this.#pictures.get(source.id);
    if (known !== undefined) return known;
    const reading = this.#read(source);
    this.#pictures.set(source.id, reading);
    reading.catch(() => this.#pictures.delete(source.id));
    return reading;
  }

  forget(id: string): void {
    this.#pictures.delete(id);
  }
}
