import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCsv } from './csv.ts';

function readCsv(text: string): number[][] {
  expect(text.endsWith('\n')).toBe(true);
  const named: Record<string, number> = {
    NaN: Number.NaN,
    Inf: Number.POSITIVE_INFINITY,
    '-Inf': Number.NEGATIVE_INFINITY,
  };
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split(',').map((word) => named[word] ?? Number(word)));
}

describe('encodeCsv', () => {
  it('brings back every float64', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 6, maxLength: 6 }), (data) => {
        expect(readCsv(encodeCsv({ rows: 2, cols: 3, data })).flat()).toEqual(data);
      }),
    );
  });

  it('brings back every float32, in few digits', () => {
    fc.assert(
      fc.property(fc.float(), (value) => {
        const text = encodeCsv({ rows: 1, cols: 1, data: Float32Array.of(value) });
        expect(Math.fround(readCsv(text)[0]?.[0] ?? 0)).toBe(value);
      }),
    );
    expect(encodeCsv({ rows: 1, cols: 2, data: Float32Array.of(0.1, 0.25) })).toBe('0.1,0.25\n');
  });

  it('writes a line for each row', () => {
    expect(encodeCsv({ rows: 2, cols: 2, data: [1, -2.5, Number.NaN, Number.NEGATIVE_INFINITY] })).toBe(
      '1,-2.5\nNaN,-Inf\n',
    );
  });
});
