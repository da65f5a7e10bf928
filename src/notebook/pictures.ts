/** The one way in which a picture becomes numbers: decoded in the worker that uses it, once. */

import type { ReadPicture } from './own-picture.ts';
import type { PictureSource } from './protocol.ts';
import { readSitePicture } from './site-picture.ts';

/** Rejects with one sentence for the reader. */
export type PictureReader = (source: PictureSource) => Promise<ReadPicture>;

/** What reads files from anywhere is large, and fetched with the first of them. */
export const readPicture: PictureReader = async (source) => {
  if ('url' in source && !/\.(npy|csv)(\?|$)/.test(source.url))
    return { picture: await readSitePicture(source.url), notes: [] };
  const { readOwnPicture } = await import('./own-picture.ts');
  return 'url' in source ? readOwnPicture(await fetchFile(source.url), null) : readOwnPicture(source.file, source.fit);
};

/** A matrix that lies beside an article, as a file of numbers. */
async function fetchFile(url: string): Promise<Blob> {
  const response = await fetch(url, { cache: 'force-cache' }).catch(() => null);
  if (!response?.ok) throw new Error('The numbers of this page could not be loaded; are you offline?');
  return response.blob();
}

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
