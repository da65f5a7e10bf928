/** What a program makes on the host (texts, lists, tuples, dictionaries) is counted before it ends the tab. */
import { describe, expect, it } from 'vitest';
import { defaultBudget } from './budget.ts';
import { evaluate } from './testing.ts';

/** A sixty-fourth of what a reader has: the same programs end sixty-four times as early. */
const budget = { ...defaultBudget, bytes: defaultBudget.bytes / 64 };

describe('a program that makes too much', () => {
  it.each([
    'repeat("ab", 10^8)',
    '"a"^(10^8)',
    'error(repeat("ab\\n", 10^7))',
    's = repeat("a", 10^5); d = Dict(); for i in 1:10^4; d[i] = uppercase(s) * string(i); end',
    'd = Dict(); for i in 1:10^6; d[i] = (i, i, i, i); end',
    'x = [1]; while true; append!(x, x); end',
    'x = Any[1]; while true; append!(x, x); end',
    'v = []; for i in 1:10^6; push!(v, zeros(100)); end',
    'sort(1:10^9)',
    'reverse(collect(i for i in 1:10^8))',
    '(1:10^8...,)',
    'max(1:10^8...)',
    'x = (1,); for i in 1:40; global x = (x..., x...); end',
    'x = Any["a"]; for i in 1:100; global x = [x; x]; end',
    's = "ab"; for i in 1:100; global s = s * s; end',
    'kron(ones(3000, 3000), ones(3000, 3000))',
    '[[[k for k in 1:1000] for j in 1:1000] for i in 1:1000]',
    'join(fill("abcdefgh", 10^6))',
    'split(repeat("a ", 10^7))',
    'Set(1:10^8)',
    'zip(1:10^8, 1:10^8) |> collect',
  ])('%s', (source) => {
    expect(evaluate(source, { budget }).text).toMatch(/^ERROR: (BudgetError|OutOfMemoryError): /);
  });

  it.each([
    ['for i in 1:10^9; i > 3 && break; end; 1', '1'],
    ['length(string(1:10^9))', '12'],
    ['s = ""; for i in 1:10^4; global s = string(i); end; s', '"10000"'],
    ['n = 0; for i in 1:10^4; global n += length([i, i, i]); end; n', '30000'],
    ['v = []; for i in 1:10^4; push!(v, i); end; length(v)', '10000'],
  ])('%s is none', (source, text) => {
    expect(evaluate(source, { budget }).text).toBe(text);
  });

  it('is told in Julia’s manner, at its place', () => {
    expect(evaluate('collect(1:10^9)', { budget }).text).toMatch(
      /^ERROR: BudgetError: an array of 1000000000 elements/,
    );
    expect(evaluate('sort(1:10^9)', { budget }).text).toMatch(/^ERROR: BudgetError: a list of 1000000000 values/);
  });
});
