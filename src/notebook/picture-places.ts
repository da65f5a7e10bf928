import type { PictureSource, Size } from './protocol.ts';

/** A picture of the reader's that stands under a name of the page's programs. */
export interface Standing extends Size {
  readonly source: PictureSource;
  /** Said to the reader, such as a file's name. */
  readonly label: string;
}

/**
 * The names of a page's pictures, and what stands under each: the page's own picture, or one of the reader's. A picture of the reader's may have
 * a name of its own, which lasts as long as it stands.
 */
export class PicturePlaces {
  readonly #urls: Readonly<Record<string, string>>;
  /** Pictures besides the page's, by the keys of `picture("name")`. */
  readonly #lent = new Map<string, PictureSource>();
  readonly #standing = new Map<string, Standing>();
  /** How often each name was given a picture: where one is given while another is read, the later counts. */
  readonly #given = new Map<string, number>();
  #files = 0;

  /** @param urls the page's pictures: absolute addresses by name */
  constructor(urls: Readonly<Record<string, string>>) {
    this.#urls = urls;
  }

  get names(): readonly string[] {
    return [...new Set([...Object.keys(this.#urls), ...this.#standing.keys()])];
  }

  /** All that programs may ask for: the page's pictures, and those that were lent to it. */
  get all(): readonly string[] {
    return [...this.names, ...this.#lent.keys()];
  }

  get lent(): ReadonlyMap<string, PictureSource> {
    return this.#lent;
  }

  /** @returns whether the key stood for something else before */
  lend(key: string, source: PictureSource): boolean {
    const before = this.#lent.get(key);
    this.#lent.set(key, source);
    return before?.id !== source.id;
  }

  standing(name: string): Standing | null {
    return this.#standing.get(name) ?? null;
  }

  stand(name: string, standing: Standing | null): void {
    if (standing === null) this.#standing.delete(name);
    else this.#standing.set(name, standing);
  }

  /** What is to be read under a name now. */
  source(name: string): PictureSource {
    return this.#standing.get(name)?.source ?? this.#lent.get(name) ?? this.own(name);
  }

  /** Where the site has the page's own picture of that name; empty where it has none. */
  address(name: string): string {
    return this.#urls[name] ?? '';
  }

  /** The page's own picture of that name. */
  own(name: string): PictureSource {
    return { id: `site ${name}`, url: this.address(name) };
  }

  fileSource(file: Blob, fit: Size | null): PictureSource {
    this.#files += 1;
    return { id: `file ${this.#files}`, file, fit: fit && { rows: fit.rows, cols: fit.cols } };
  }

  /** A turn to give the name a picture. */
  nextTurn(name: string): number {
    const turn = (this.#given.get(name) ?? 0) + 1;
    this.#given.set(name, turn);
    return turn;
  }

  /** Whether nobody has given the name a picture since that turn. */
  isLast(name: string, turn: number): boolean {
    return this.#given.get(name) === turn;
  }
}
