import { describe, expect, it } from 'vitest';
import { MatrixShapeError } from './matrix.ts';
import { surfaceStill } from './still.ts';

const matrixOf = (size: number, entry: (row: number, col: number) => number) => ({
  rows: size,
  cols: size,
  data: Float64Array.from({ length: size * size }, (_, n) => entry(Math.floor(n / size), n % size)),
});
/** First row of a still where something is drawn. */
const top = ({ width, data }: { width: number; data: Uint8Array }) =>
  Math.floor(data.findIndex((value, index) => index % 4 === 3 && value > 0) / 4 / width);

describe('surfaceStill', () => {
  it('lies in the middle, clear around', () => {
    const { width, height, data } = surfaceStill(
      matrixOf(32, (row, col) => row + col),
      80,
      60,
    );
    expect([width, height, data.length]).toEqual([80, 60, 80 * 60 * 4]);
    const alpha = (x: number, y: number) => data[4 * (y * width + x) + 3];
    expect([alpha(0, 0), alpha(79, 59), alpha(40, 32)]).toEqual([0, 0, 255]);
  });

  it('is bright where it is high', () => {
    const { width, data } = surfaceStill(
      matrixOf(32, (_, col) => col),
      80,
      60,
    );
    const level = (x: number) => data[4 * (32 * width + x)] ?? 0;
    expect(level(55)).toBeGreaterThan(level(25) + 60);
  });

  it('has a spike that stands above its plain', () => {
    const plain = top(
      surfaceStill(
        matrixOf(33, (row, col) => Number(row === 16 && col === 15) * 1e-9),
        160,
        120,
      ),
    );
    const spike = top(
      surfaceStill(
        matrixOf(33, (row, col) => Number(row < 3 && col > 14 && col < 18)),
        160,
        120,
      ),
    );
    expect(spike).toBeLessThan(plain);
  });

  it('refuses what is no matrix', () => {
    expect(() => surfaceStill({ rows: 2, cols: 2, data: new Float64Array(3) }, 8, 6)).toThrow(MatrixShapeError);
  });
});
