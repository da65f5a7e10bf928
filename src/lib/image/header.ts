import type { OrientationSite } from './exif.ts';

export type PictureKind = 'PNG' | 'JPEG' | 'WebP';

/** What the first bytes of a file say about the picture in it, before anything is decoded. */
export interface Header {
  readonly kind: PictureKind;
  readonly mediaType: string;
  /** Pixels, as stored: before any turn that the orientation asks for. */
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly model: 'grey' | 'rgb' | 'cmyk' | 'other';
  /** True where pixels may be transparent. */
  readonly alpha: boolean;
  readonly animated: boolean;
  /** Every EXIF orientation in the file; the first one counts. */
  readonly orientations: readonly OrientationSite[];
  /** False where the file ends before the picture does. */
  readonly complete: boolean;
  /** A coding that browsers do not read, in words; null for the usual ones. */
  readonly rare: string | null;
}

/** True where `text` stands at `offset`, byte for byte in Latin-1. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let k = 0; k < text.length; k++) if (bytes[offset + k] !== text.charCodeAt(k)) return false;
  return true;
}
