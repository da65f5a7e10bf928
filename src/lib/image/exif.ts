/**
 * The EXIF orientation of a photograph: 1 upright; 2 mirrored; 3 half turn; 4 mirrored half turn; 5 to 8 with rows and columns
 * exchanged. Only this tag is read.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Where an orientation is written: the offset of its 16-bit value in the file, and the byte order there. */
export interface OrientationSite {
  readonly offset: number;
  readonly littleEndian: boolean;
  readonly value: Orientation;
}

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** Finds the orientation in the TIFF structure that starts at `start`; null where there is none or it makes no sense. */
export function findOrientation(bytes: Uint8Array, start: number, end: number): OrientationSite | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, Math.min(end, bytes.length));
  if (start + 8 > view.byteLength) return null;
  const order = view.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const littleEndian = order === 0x4949;
  if (view.getUint16(start + 2, littleEndian) !== 42) return null;
  const directory = start + view.getUint32(start + 4, littleEndian);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, littleEndian);
  for (let k = 0; k < entries; k++) {
    const entry = directory + 2 + 12 * k;
    if (entry + 12 > view.byteLength) return null;
    if (view.getUint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
    if (view.getUint16(entry + 2, littleEndian) !== SHORT) return null;
    const value = view.getUint16(entry + 8, littleEndian);
    return isOrientation(value) ? { offset: entry + 8, littleEndian, value } : null;
  }
  return null;
}

/**
 * Skips the mark that stands before the TIFF structure in a JPEG, and sometimes in a WebP: "Exif", a zero and one more byte, which is
 * zero by the standard, 0xff in some files, and which browsers do not look at.
 */
export function afterExifMark(bytes: Uint8Array, start: number): number {
  const mark = [0x45, 0x78, 0x69, 0x66, 0];
  return mark.every((byte, k) => bytes[start + k] === byte) ? start + mark.length + 1 : start;
}

/** A copy in which every orientation is upright; the file itself where nothing is turned. */
export function withoutTurns(file: Uint8Array, sites: readonly OrientationSite[]): Uint8Array {
  if (sites.every((site) => site.value === 1)) return file;
  // A copy by the constructor: the slice of Node's Buffer would share its memory.
  const bytes = new Uint8Array(file);
  const view = new DataView(bytes.buffer);
  for (const { offset, littleEndian } of sites) view.setUint16(offset, 1, littleEndian);
  return bytes;
}

function isOrientation(value: number): value is Orientation {
  return Number.isInteger(value) && value >= 1 && value <= 8;
}
