import { expect, it } from 'vitest';
import { symbolBefore } from './symbols.ts';

it.each([
  ['\\alpha', 'α', 6],
  ['x = 2\\pi', 'π', 3],
  ['A\\^2', '²', 3],
  ['x\\_1', '₁', 3],
  ['x\\hat', '\u0302', 4],
  ['a \\le', '≤', 3],
])('%s becomes a sign', (text, sign, length) => {
  expect(symbolBefore(text)).toEqual({ sign, length });
});

it.each(['alpha', '\\nothing', '\\', 'A \\ b', '\\alpha + 1', ''])('%j stays as it is', (text) => {
  expect(symbolBefore(text)).toBeNull();
});
