/** What comes before what. */

import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

describe('order', () => {
  it.each([
    ['sort([3,1,2]; lt=(a,b)->a>b)', '3-element Vector{Int64}:\n 3\n 2\n 1'],
    ['sortperm([3,1,2]; lt=(a,b)->a>b)', '3-element Vector{Int64}:\n 1\n 3\n 2'],
    ['sort(["bb","a","ccc"]; by=length, rev=true)', '3-element Vector{String}:\n "ccc"\n "bb"\n "a"'],
    [
      'issorted([3,2,1]; rev=true), issorted([1,-2,3]; by=abs), issorted([1,2,1]), issorted([])',
      '(true, true, false, true)',
    ],
    ['issorted([(1, "b"), (2, "a")], by = x -> x[2])', 'false'],
    ['sort([(2,"a"),(1,"b"),(1,"a")])', '3-element Vector{Tuple{Int64, String}}:\n (1, "a")\n (1, "b")\n (2, "a")'],
    ['sort([3,1,2], lt = >)', '3-element Vector{Int64}:\n 3\n 2\n 1'],
    ['searchsortedfirst([5,3,1], 3; lt = >)', '2'],
    ['sort([1,2,3,4]; by = iseven)', '4-element Vector{Int64}:\n 1\n 3\n 2\n 4'],
    ['isless((1,2),(1,3)), (1,2) < (1,3), cmp("a","b"), isless("a","b")', '(true, true, -1, true)'],
    ['cmp(2,1), cmp(1,1), cmp([1,2],[1,3])', '(1, 0, -1)'],
    ['[1,2] < [1,3], isless([1,2],[1,3])', '(true, true)'],
    ['max("a","b"), min(\'a\',\'b\'), maximum(["x","yy","z"]), extrema(["b","a"])', '("b", \'a\', "z", ("a", "b"))'],
    ['maximum([(1,2),(3,0)])', '(3, 0)'],
    ['isless(:a, :b), :a < :b', '(true, true)'],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
