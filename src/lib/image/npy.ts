import type { Matrix } from './types.ts';

/**
 * Encodes a matrix as NumPy's .npy, version 1.0: little-endian float64, or float32 where the data is a Float32Array; C order.
 *
 * @param vector writes the shape (rows,) in place of (rows, cols).
 */
export function encodeNpy(matrix: Matrix, vector = false): Uint8Array<ArrayBuffer> {
  const { rows, cols, data } = matrix;
  const single = data instanceof Float32Array;
  const size = single ? 4 : 8;
  const shape = vector ? `(${rows * cols},)` : `(${rows}, ${cols})`;
  const words = `{'descr': '<f${size}', 'fortran_order': False, 'shape': ${shape}, }`;
  // The data starts at a multiple of 64, after 10 fixed bytes, the words, spaces and a line feed.
  const start = Math.ceil((10 + words.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + size * rows * cols);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  view.setUint16(8, start - 10, true);
  bytes.set(new TextEncoder().encode(words.padEnd(start - 11) + '\n'), 10);
  for (let i = 0; i < rows * cols; i++) {
    const value = data[i] ?? 0;
    if (single) view.setFloat32(start + 4 * i, value, true);
    else view.setFloat64(start + 8 * i, value, true);
  }
  return bytes;
}
