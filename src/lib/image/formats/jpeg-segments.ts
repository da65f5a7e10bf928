/** The segments of a JPEG (ITU T.81, annex B), read as libjpeg reads them, which is what browsers use. */

export interface Segment {
  readonly marker: number;
  /** Where its data begin, after the two bytes of its length, and end. */
  readonly start: number;
  readonly end: number;
}

/** Restart markers, TEM and another start of image: markers without a length. */
function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/**
 * Segments from `from` on, up to the end of the image. Between two segments bytes that are no marker are skipped, and so are fill
 * bytes (0xff) before one: some cameras and editors write them, and no decoder minds.
 */
export function* segmentsOf(bytes: Uint8Array, from = 2): Generator<Segment> {
  for (let at = from; at < bytes.length;) {
    at = nextMarker(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined || marker === 0xd9) return;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    if (at + 4 > bytes.length) return;
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    yield { marker, start: at + 4, end };
    // A length counts its own two bytes; a smaller one would not lead on.
    at = Math.max(end, at + 4);
  }
}

/** Where the next marker stands: 0xff followed by neither a zero (a stuffed byte) nor another 0xff. */
export function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff) return at;
  }
  return bytes.length;
}

/** True where an end-of-image marker follows the first scan; entropy-coded data cannot contain one. */
export function endsOf(bytes: Uint8Array, scan: number): boolean {
  for (let at = bytes.length - 2; at > scan; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}
