import { expect, test } from 'vitest';
import { evaluate } from '../src/lib/julia/testing.ts';
import { jsonOf } from './cell-json.ts';

test.each([
  [
    '[1.0 NaN; Inf -Inf]',
    [
      [1, 'NaN'],
      ['Infinity', '-Infinity'],
    ],
  ],
  ['NaN', 'NaN'],
  ['-Inf', '-Infinity'],
  ['[0.5, NaN]', [0.5, 'NaN']],
  ['zeros(0, 3)', { rows: 0, cols: 3, data: [] }],
  ['zeros(3, 0)', { rows: 3, cols: 0, data: [] }],
  ['Float64[]', []],
  [
    '[1 2; 3 4]',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['"a\\"b"', '"a\\"b"'],
  ['nothing', null],
])('%s as JSON', (source, value) => {
  const { view, text } = evaluate(source);
  if (!view) throw new Error(text);
  expect(JSON.parse(jsonOf(view))).toEqual(value);
});

test('colours are three lists of rows', () => {
  const { view } = evaluate('[RGB(1, 0, 0) RGB(0, 0, 1)]');
  if (!view) throw new Error('no colours');
  expect(JSON.parse(jsonOf(view))).toEqual({ red: [[1, 0]], green: [[0, 0]], blue: [[0, 1]] });
});
