import { expect, test } from 'vitest';
import { formatNumber } from './number.ts';

test.each([
  [0, '0'],
  [0.1, '0.1'],
  [20.39853, '20.4'],
  [-0.5, '−0.5'],
  [1e-7, '1e-7'],
  [123456789, '123456789'],
  [1234567.5, '1.235e6'],
  [NaN, 'NaN'],
  [-Infinity, '−Inf'],
])('%f is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
