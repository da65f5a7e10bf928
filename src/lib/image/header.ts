import type { OrientationSite } from './exif.ts';

/** What a kind of file is called to a reader, PNG or NPY: a refusal names the file by this word. */
export type PictureKind = string;

/** What the first bytes of a file say about the picture in it, before anything is decoded. */
export interface Header {
  readonly kind: PictureKind;
  readonly mediaType: string;
  /** Pixels, as the decoder gives them: before any turn that `orientations` asks for. */
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  /** What white is among the decoded samples: 255 for bytes, 65535 for 16 bits; null where the samples are numbers and white is 1. */
  readonly white: number | null;
  readonly model: 'grey' | 'rgb' | 'cmyk' | 'other';
  /** True where pixels may be transparent. */
  readonly alpha: boolean;
  /** True where the file holds more pictures than the one that is read, the first. */
  readonly animated: boolean;
  /** Every EXIF orientation in the file; the first one counts. */
  readonly orientations: readonly OrientationSite[];
  /** False where the file ends before the picture does. */
  readonly complete: boolean;
  /** Why the file is not read though its kind is, as the rest of the sentence "This PNG is ..."; null for the usual ones. */
  readonly rare: string | null;
}

/** True where `text` stands at `offset`, byte for byte in Latin-1. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let k = 0; k < text.length; k++) if (bytes[offset + k] !== text.charCodeAt(k)) return false;
  return true;
}
