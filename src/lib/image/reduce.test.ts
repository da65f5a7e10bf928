import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaReducer, cropRaster, reducedSize, reduceRaster } from './reduce.ts';
import type { Raster } from './types.ts';

const rasters = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([rows, cols]) =>
  fc.tuple(
    fc
      .uint8Array({ minLength: rows * cols * 3, maxLength: rows * cols * 3 })
      .map((rgb): Raster => ({ rows, cols, rgb })),
    fc.integer({ min: 1, max: rows }),
    fc.integer({ min: 1, max: cols }),
  ),
);

/** The definition: each source pixel repeated so often that every output pixel covers whole ones, then a plain mean, in big integers. */
function byDefinition({ rows, cols, rgb }: Raster, outRows: number, outCols: number): number[] {
  const out: number[] = [];
  for (let r = 0; r < outRows; r++) {
    for (let c = 0; c < outCols; c++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0n;
        for (let y = r * rows; y < (r + 1) * rows; y++) {
          for (let x = c * cols; x < (c + 1) * cols; x++) {
            sum += BigInt(rgb[3 * (Math.floor(y / outRows) * cols + Math.floor(x / outCols)) + channel] ?? 0);
          }
        }
        const area = BigInt(rows * cols);
        out.push(Number((2n * sum + area) / (2n * area)));
      }
    }
  }
  return out;
}

describe('reduceRaster', () => {
  it('is the rounded mean of the area under each pixel', () => {
    fc.assert(
      fc.property(rasters, ([raster, outRows, outCols]) => {
        const reduced = reduceRaster(raster, outRows, outCols);
        expect([reduced.rows, reduced.cols]).toEqual([outRows, outCols]);
        expect([...reduced.rgb]).toEqual(byDefinition(raster, outRows, outCols));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps a plain colour at any size', () => {
    const plain = { rows: 717, cols: 717, rgb: new Uint8Array(717 * 717 * 3).fill(253) };
    expect(reduceRaster(plain, 512, 511).rgb.every((level) => level === 253)).toBe(true);
  });
});

describe('AreaReducer', () => {
  it('wants every row, once', () => {
    const reducer = new AreaReducer(2, 2, 1, 1);
    reducer.push(Uint8Array.of(0, 0, 0, 10, 10, 10));
    expect(() => reducer.finish()).toThrow('1 of 2 rows came');
    reducer.push(Uint8Array.of(20, 20, 20, 30, 30, 30));
    expect([...reducer.finish().rgb]).toEqual([15, 15, 15]);
    expect(() => reducer.push(Uint8Array.of(0, 0, 0, 0, 0, 0))).toThrow(RangeError);
  });

  it('does not enlarge', () => {
    expect(() => new AreaReducer(2, 2, 3, 1)).toThrow('cannot reduce 2 x 2 pixels to 3 x 1');
    expect(() => new AreaReducer(2, 2, 0, 1)).toThrow(RangeError);
  });
});

describe('reducedSize', () => {
  it.each([
    [512, 512, 512, 512],
    [1024, 1024, 1024, 1024],
    [1025, 1025, 1024, 1024],
    [3000, 4000, 768, 1024],
    [4000, 3000, 1024, 768],
    [16_384, 1, 1024, 1],
    [1103, 1500, 753, 1024],
  ])('takes %i x %i to %i x %i', (rows, cols, outRows, outCols) => {
    expect(reducedSize(rows, cols)).toEqual({ rows: outRows, cols: outCols });
  });
});

describe('cropRaster', () => {
  it('takes the part it names', () => {
    const raster = { rows: 3, cols: 3, rgb: Uint8Array.from({ length: 27 }, (_, k) => Math.floor(k / 3)) };
    expect([...cropRaster(raster, 1, 1, 2, 2).rgb].filter((_, k) => k % 3 === 0)).toEqual([4, 5, 7, 8]);
    expect(() => cropRaster(raster, 2, 0, 2, 1)).toThrow(RangeError);
  });
});
