import type { Orientation } from './exif.ts';
import type { Header, PictureKind } from './header.ts';

export type Channels = 1 | 2 | 3 | 4;
export type SampleArray = Uint8Array | Uint8ClampedArray | Uint16Array | Float32Array | Float64Array;

/** Who takes a decoder's rows. */
export interface Sink {
  /**
   * Takes the next rows, top first: interleaved grey (1 channel), grey and alpha (2), RGB (3) or RGB and straight alpha (4). White,
   * and an opaque alpha, is the header's `white`.
   */
  readonly push: (samples: SampleArray, channels: Channels) => void;
  /** One sentence for whoever gave the file. */
  readonly note: (sentence: string) => void;
}

/**
 * One kind of file that is taken. A format is one file in `formats/` that exports one of these, its test beside it, and a line in
 * `formats.ts`.
 */
export interface PictureFormat {
  readonly kind: PictureKind;
  /** Decides by the bytes, never by a name. */
  readonly is: (bytes: Uint8Array) => boolean;
  /** Reads the header alone. @throws PictureError `broken` */
  readonly sniff: (bytes: Uint8Array) => Header;
  /** A copy in which no decoder finds an orientation, or a second frame: decoders disagree about both. */
  readonly plain?: (bytes: Uint8Array, header: Header) => Uint8Array;
  /** What a decoder that is not ours would pass over in silence, as one sentence; null where nothing is wrong. */
  readonly doubt?: (bytes: Uint8Array) => string | null;
  /** Decodes here, the same in every browser and in Node. Absent where the browser does it, and sharp in Node. */
  readonly decode?: (admitted: Admitted, sink: Sink) => Promise<void>;
}

/** A file that passed: its header, how to turn it, and bytes that every decoder leaves unturned. */
export interface Admitted {
  readonly format: PictureFormat;
  readonly header: Header;
  readonly orientation: Orientation;
  readonly bytes: Uint8Array;
}
