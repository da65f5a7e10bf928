import { expect, it } from 'vitest';
import { linesOf, ranges } from './coverage-lines.ts';

it('a line is run where any statement that begins there is', () => {
  const at = (line: number) => ({ start: { line } });
  const statementMap = { 0: at(1), 1: at(2), 2: at(2), 3: at(3), 4: at(4) };
  expect(linesOf({ statementMap, s: { 0: 7, 1: 0, 2: 1, 3: 0, 4: 0 } })).toEqual({ lines: 4, missed: [3, 4] });
});

it('neighbours are told as a range', () => {
  expect(ranges([3, 4, 5, 9])).toBe('3-5, 9');
  expect(ranges([])).toBe('');
});
