import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from './reference.ts';
import { mod, roundEven } from './scalar.ts';
import type { Buffer } from './engine.ts';

const engine = new ReferenceEngine();

const matrix = (rows: number, cols: number): Buffer =>
  engine.upload(
    Float64Array.from({ length: rows * cols }, (_, k) => Math.sin(k + 1)),
    rows,
    cols,
  );
const numbers = (a: Buffer): number[] => [...engine.download(a)];
const size = fc.integer({ min: 1, max: 19 });

describe('matmul', () => {
  it('equals the sum over k of a[i, k] b[k, j], for every remainder of the register tiles', () => {
    fc.assert(
      fc.property(size, size, size, (rows, inner, cols) => {
        const [a, b] = [matrix(rows, inner), matrix(inner, cols)];
        const [x, y, c] = [numbers(a), numbers(b), numbers(engine.matmul(a, b))];
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < cols; j++) {
            let sum = 0;
            for (let k = 0; k < inner; k++) sum += (x[i * inner + k] as number) * (y[k * cols + j] as number);
            expect(c[i * cols + j]).toBeCloseTo(sum, 12);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('goes on past the depth that the cache holds', () => {
    const [a, b] = [matrix(3, 1100), matrix(1100, 3)];
    const [x, y] = [numbers(a), numbers(b)];
    const first = x.slice(0, 1100).reduce((sum, value, k) => sum + value * (y[k * 3] as number), 0);
    expect(numbers(engine.matmul(a, b))[0]).toBeCloseTo(first, 10);
  });

  it('refuses inner sizes that differ', () => {
    expect(() => engine.matmul(matrix(128, 3), matrix(256, 2))).toThrow('(128, 3) with a matrix of size (256, 2)');
  });
});

describe('elementwise', () => {
  it('broadcasts dimensions of size 1 and refuses others', () => {
    const sum = engine.binary('add', engine.upload([1, 2], 2, 1), engine.upload([10, 20, 30], 1, 3));
    expect(numbers(sum)).toEqual([11, 21, 31, 12, 22, 32]);
    expect(() => engine.binary('add', matrix(2, 3), matrix(2, 4))).toThrow('lengths 3 and 4');
  });

  it('rounds ties to even', () => {
    expect([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4999, 1e17 + 0.5].map(roundEven)).toEqual([
      -2, -2, -0, 0, 2, 2, 2, 1e17,
    ]);
  });

  it('gives mod the sign of the divisor', () => {
    expect([mod(-1, 3), mod(1, -3), mod(-6, 3), mod(5.5, 2)]).toEqual([2, -2, 0, 1.5]);
    // A zero, too: Julia copies the sign.
    expect([mod(-0, 3), mod(0, -3), mod(-1, Infinity), mod(1, Infinity)]).toEqual([0, -0, Infinity, 1]);
  });

  it('selects without letting the other lane through', () => {
    const out = engine.select(engine.upload([1, 0], 1, 2), matrix(1, 1), engine.upload([NaN, 7], 1, 2));
    expect(numbers(out)).toEqual([Math.sin(1), 7]);
  });
});

describe('reductions', () => {
  const a = engine.upload([3, 1, 2, 3, 5, 0], 2, 3);
  it('run down the columns, along the rows, or over all', () => {
    expect(numbers(engine.reduce('sum', a, 1))).toEqual([6, 6, 2]);
    expect(numbers(engine.reduce('max', a, 2))).toEqual([3, 5]);
    expect(numbers(engine.reduce('min', a, 'all'))).toEqual([0]);
  });
  it('find the first extreme as a flat row-major index', () => {
    expect(numbers(engine.argreduce('max', a, 1))).toEqual([0, 4, 2]);
    expect(numbers(engine.argreduce('min', a, 2))).toEqual([1, 5]);
    expect(numbers(engine.argreduce('max', a, 'all'))).toEqual([4]);
  });
});

describe('moving elements', () => {
  it('transposes twice to the same', () => {
    fc.assert(
      fc.property(size, size, (rows, cols) => {
        const a = matrix(rows, cols);
        expect(numbers(engine.transpose(engine.transpose(a)))).toEqual(numbers(a));
      }),
    );
  });
  it('pads what it slices', () => {
    const block = engine.slice(matrix(4, 5), 1, 2, 2, 3);
    expect(numbers(engine.slice(engine.pad(block, 3, 1, 7, 6), 3, 1, 2, 3))).toEqual(numbers(block));
    expect(() => engine.slice(block, 1, 0, 2, 3)).toThrow('attempt to access 2×3 Matrix at index [2:3, 1:3]');
  });
  it('adds up repeated indices', () => {
    const out = engine.scatterAdd(engine.upload([1, 2, 4], 1, 3), engine.upload([1, 1, 0], 1, 3), 2, 1);
    expect(numbers(out)).toEqual([4, 3]);
  });
  it('refuses to stack what does not fit', () => {
    expect(() => engine.concat([matrix(2, 3), matrix(2, 4)], 1)).toThrow('number of columns of each array must match');
  });
});
