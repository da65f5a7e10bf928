import { describe, expect, it } from 'vitest';
import { encodeNpy } from './npy.ts';

/** Reads what NumPy's format description says, independently of how the file was written. */
function readNpy(bytes: Uint8Array): { words: string; shape: number[]; values: number[]; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  const start = 10 + view.getUint16(8, true);
  const words = new TextDecoder().decode(bytes.subarray(10, start));
  const size = /'descr': '<f(4|8)'/.exec(words)?.[1] === '4' ? 4 : 8;
  const shape = (/'shape': \(([^)]*)\)/.exec(words)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const values: number[] = [];
  for (let at = start; at < bytes.length; at += size)
    values.push(size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true));
  return { words, shape, values, start };
}

describe('encodeNpy', () => {
  const data = Float64Array.of(1, -0, 1 / 3, Number.NaN, Number.NEGATIVE_INFINITY, 5e-324);

  it('brings back float64 exactly, data aligned to 64 bytes', () => {
    const { words, shape, values, start } = readNpy(encodeNpy({ rows: 2, cols: 3, data }));
    expect(shape).toEqual([2, 3]);
    expect(values).toEqual([...data]);
    expect(words).toContain("'fortran_order': False");
    expect(words.endsWith('\n')).toBe(true);
    expect(start % 64).toBe(0);
  });

  it('brings back float32 exactly', () => {
    const single = Float32Array.of(0.1, 3e38, -7, 0);
    const { words, values } = readNpy(encodeNpy({ rows: 4, cols: 1, data: single }));
    expect(words).toContain("'<f4'");
    expect(values).toEqual([...single]);
  });

  it('writes a vector with one size', () => {
    expect(readNpy(encodeNpy({ rows: 6, cols: 1, data }, true)).shape).toEqual([6]);
  });
});
