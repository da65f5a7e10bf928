import { describe, expect, it } from 'vitest';
import { formatted, parseFormat } from './printf.ts';
import type { PrintfArgument } from './printf.ts';

const argument = (v: bigint | number | string | boolean): PrintfArgument => {
  if (typeof v === 'bigint') return { kind: 'int', value: v };
  if (typeof v === 'number') return { kind: 'float', value: v, single: false };
  const text = String(v);
  return {
    kind: 'text',
    print: () => text,
    char: text.length === 1 ? text : null,
    ...(typeof v === 'boolean' ? { whole: BigInt(v) } : {}),
  };
};
const sprintf = (format: string, ...values: (bigint | number | string | boolean)[]): string =>
  formatted(parseFormat(format), values.map(argument));

describe('formats as C and Julia have them', () => {
  it.each<[string, (bigint | number | string | boolean)[], string]>([
    ['%d|%5d|%-5d|%05d|%+d|% d', [42n, 42n, 42n, 42n, 42n, 42n], '42|   42|42   |00042|+42| 42'],
    ['%d %i %u', [-7n, 7n, 7n], '-7 7 7'],
    ['%.3d|%6.3d', [7n, -7n], '007|  -007'],
    ['%x %X %#x %o %#o', [255n, 255n, 255n, 8n, 8n], 'ff FF 0xff 10 010'],
    ['%f %.2f %8.3f %-8.2f| %08.3f', [3.14159, 2.5, -1.5, 1, -2.25], '3.141590 2.50   -1.500 1.00    | -002.250'],
    ['%.0f %.0f %.0f %.1f', [0.5, 1.5, 2.5, 0.25], '0 2 2 0.2'],
    ['%.2f %.3f', [1.005, 2.0005], '1.00 2.001'],
    ['%e %.2E %.0e', [12345.678, 0.00012, 5], '1.234568e+04 1.20E-04 5e+00'],
    [
      '%g %g %g %g %.3g %#g',
      [100000, 1000000, 0.0001, 0.00001, 1234.5, 1],
      '100000 1e+06 0.0001 1e-05 1.23e+03 1.00000',
    ],
    ['%s|%5s|%-5s|%.2s', ['abc', 'abc', 'abc', 'abc'], 'abc|  abc|abc  |ab'],
    ['%s %s', [1.5, 3n], '1.5 3'],
    ['%c%c %%', ['x', 97n], 'xa %'],
    ['%*d|%-*d|%.*f', [5n, 42n, 5n, 42n, 2n, 3.14159], '   42|42   |3.14'],
    ['%d %d', [3.7, 2.5], '4 2'],
    ['%f %d %5.1f', [Infinity, NaN, -Infinity], 'Inf NaN  -Inf'],
    ['%d %.1f', [true, 2n], '1 2.0'],
    ['%.3f', [1e22], '10000000000000000000000.000'],
    ['loss %d: %.4f', [3n, 0.123456], 'loss 3: 0.1235'],
  ])('%s', (format, values, text) => expect(sprintf(format, ...values)).toBe(text));

  it('says what does not fit', () => {
    expect(() => sprintf('%d')).toThrow(
      'ArgumentError: mismatch between # of format specifiers and provided args: 1 != 0',
    );
    expect(() => sprintf('%y', 1)).toThrow("ArgumentError: invalid format string: '%y', invalid type specifier: 'y'");
    expect(() => sprintf('100%')).toThrow("ArgumentError: invalid format string: '100%'");
    expect(() => sprintf('%f', 'a')).toThrow('ArgumentError: %f takes a number');
    expect(() => sprintf('%99999d', 1)).toThrow('at most 10000 wide');
  });
});
