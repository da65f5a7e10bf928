import type { Admitted, PictureFormat, Sink } from '../format.ts';
import { PictureError } from '../errors.ts';
import type { Header } from '../header.ts';

/** Reads element k, counted in elements from the first byte of the data. */
type Reader = (view: DataView, offset: number, little: boolean) => number;

/** NumPy's type codes, without the byte order. */
const TYPES: Readonly<Record<string, { readonly size: number; readonly read: Reader }>> = {
  b1: { size: 1, read: (v, o) => (v.getUint8(o) === 0 ? 0 : 1) },
  i1: { size: 1, read: (v, o) => v.getInt8(o) },
  i2: { size: 2, read: (v, o, le) => v.getInt16(o, le) },
  i4: { size: 4, read: (v, o, le) => v.getInt32(o, le) },
  i8: { size: 8, read: (v, o, le) => Number(v.getBigInt64(o, le)) },
  u1: { size: 1, read: (v, o) => v.getUint8(o) },
  u2: { size: 2, read: (v, o, le) => v.getUint16(o, le) },
  u4: { size: 4, read: (v, o, le) => v.getUint32(o, le) },
  u8: { size: 8, read: (v, o, le) => Number(v.getBigUint64(o, le)) },
  f2: { size: 2, read: (v, o, le) => halfOf(v.getUint16(o, le)) },
  f4: { size: 4, read: (v, o, le) => v.getFloat32(o, le) },
  f8: { size: 8, read: (v, o, le) => v.getFloat64(o, le) },
};

/** An IEEE half: 1 sign, 5 exponent, 10 fraction bits. */
function halfOf(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

interface Layout {
  readonly type: string;
  readonly little: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the data begin. */
  readonly start: number;
}

/** Reads the header of versions 1.0, 2.0 and 3.0: a Python dictionary in ASCII or UTF-8. @throws PictureError `broken` */
function layoutOf(bytes: Uint8Array): Layout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6] ?? 0;
  const long = version > 1;
  if (bytes.length < (long ? 12 : 10)) throw new PictureError('broken', 'This NPY file ends inside its header.');
  if (version < 1 || version > 3)
    throw new PictureError('kind', `This NPY file is of version ${version}, which is not read here.`);
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (long ? 12 : 10) + length;
  if (start > bytes.length) throw new PictureError('broken', 'This NPY file ends inside its header.');
  const words = new TextDecoder().decode(bytes.subarray(long ? 12 : 10, Math.min(start, 65_536)));
  const [, descr] = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|\[)/u.exec(words) ?? [];
  const [, order] = /['"]fortran_order['"]\s*:\s*(True|False)/u.exec(words) ?? [];
  const [, shape] = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/u.exec(words) ?? [];
  if (order === undefined || shape === undefined)
    throw new PictureError('broken', 'The header of this NPY file cannot be read.');
  const [, byteOrder = '', type = ''] = /^([<>|=]?)(\w+)$/u.exec(descr ?? '') ?? [];
  if (!(type in TYPES))
    throw new PictureError(
      'kind',
      `This NPY file holds ${contents(type)}; please save it as numbers, for example float64.`,
    );
  const sizes = [...shape.matchAll(/\d+/gu)].map(([digits]) => Number(digits));
  return { type, little: byteOrder !== '>', fortran: order === 'True', shape: sizes, start };
}

function contents(type: string): string {
  if (type.startsWith('c')) return 'complex numbers';
  if (type.startsWith('S') || type.startsWith('U')) return 'text';
  if (type === 'O') return 'Python objects';
  return type === '' ? 'records' : `elements of type ${type}`;
}

/** Rows, columns and channels of a shape: a vector is one column, a last axis of 3 or 4 is RGB or RGBA. */
function sizeOf({ shape }: Layout): { rows: number; cols: number; channels: 1 | 3 | 4 } {
  const [rows = 1, cols = 1, channels = 1] = shape;
  if (shape.length > 3 || ![1, 3, 4].includes(channels))
    throw new PictureError(
      'kind',
      `This NPY file holds an array of ${shape.join(' × ')}; a matrix has two axes, and a picture in colour a third of 3 or 4.`,
    );
  return { rows, cols, channels: channels as 1 | 3 | 4 };
}

function sniffNpy(bytes: Uint8Array): Header {
  const layout = layoutOf(bytes);
  const { rows, cols, channels } = sizeOf(layout);
  const size = TYPES[layout.type]?.size ?? 8;
  return {
    kind: 'NPY',
    mediaType: 'application/octet-stream',
    width: cols,
    height: rows,
    bitsPerSample: 8 * size,
    white: null,
    model: channels === 1 ? 'grey' : 'rgb',
    alpha: false,
    animated: false,
    orientations: [],
    complete: layout.start + rows * cols * channels * size <= bytes.length,
    rare: null,
  };
}

/** The numbers as they stand, in any order of bytes and axes; a fourth channel is left out. */
async function decodeNpy({ bytes, header }: Admitted, sink: Sink): Promise<void> {
  const layout = layoutOf(bytes);
  const { rows, cols, channels } = sizeOf(layout);
  const { size = 8, read } = TYPES[layout.type] ?? {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept = channels === 1 ? 1 : 3;
  const line = new Float64Array(cols * kept);
  let rounded = false;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      for (let k = 0; k < kept; k++) {
        const index = layout.fortran ? r + rows * (c + cols * k) : (r * cols + c) * channels + k;
        const value = read?.(view, layout.start + index * size, layout.little) ?? NaN;
        line[c * kept + k] = value;
        if (size === 8 && layout.type !== 'f8' && Math.abs(value) > Number.MAX_SAFE_INTEGER) rounded = true;
      }
    }
    sink.push(line, kept);
  }
  if (channels === 4) sink.note('Its fourth channel is left out.');
  if (rounded) sink.note(`Whole numbers beyond 2⁵³ are rounded to ${header.bitsPerSample}-bit floating point.`);
  return Promise.resolve();
}

/** NumPy's file of one array (NEP 1). What it holds are numbers, not levels: they are kept, whatever their range. */
export const npy: PictureFormat = {
  kind: 'NPY',
  is: (bytes) => [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, k) => bytes[k] === byte),
  sniff: sniffNpy,
  decode: decodeNpy,
};
