/** What a program makes on the host (texts, lists, tuples, dictionaries) is counted before it ends the tab. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultBudget } from './budget.ts';
import { createWasm } from '../matrix/wasm.ts';
import type { TfjsEngine } from '../matrix/tfjs.ts';
import { allPacks } from './library/all.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import { evaluate } from './testing.ts';

/** A small part of what a reader has: the same programs end as much earlier. */
const budget = { ...defaultBudget, operations: 1e6, bytes: defaultBudget.bytes / 64 };

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
    'unique(1:10^8)',
    'rand(["a", "b"], 10^9)',
    'ntuple(x -> x, 10^9)',
    'resize!([1], 10^10)',
    'using LinearAlgebra; Matrix(I, 10^6, 10^6)',
    'zeros(0, 10^9)[:, :]',
    'x = (1, 1); for i in 1:40; global x = (x, x); end; x == (x[1], x[2])',
    'x = (1, 1); for i in 1:40; global x = (x, x); end; Dict(x => 1)',
    'x = 1 => 1; for i in 1:40; global x = x => x; end; string(x)',
    'map((a, b) -> a .+ b, [rand(100, 100) for i in 1:1000], [rand(100, 100) for i in 1:1000])',
    'gradient(x -> (while true; x = x * 1.0; end; x), 1.0)',
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

  it.each([
    ['deepcopy', 'x = (1, 1); for i in 1:40; global x = (x, x); end; deepcopy(x)[1][1] isa Tuple', 'true'],
    [
      'the name of a type',
      'x = (1, 1); for i in 1:40; global x = (x, x); end; length(string(typeof(x))) < 10^4',
      'true',
    ],
  ])('%s of what holds itself many times over is soon done', (_, source, text) => {
    expect(evaluate(source, { budget }).text).toBe(text);
  });

  it('a stack that ends where an error is caught is Julia’s error', () => {
    const source = 'function f(); try; f(); catch; f(); end; end; f()';
    expect(evaluate(source, { budget: { operations: 1e5 } }).text).toMatch(/^ERROR: (StackOverflow|Budget)Error:/);
  });

  it('is told in Julia’s manner, at its place', () => {
    expect(evaluate('collect(1:10^9)', { budget }).text).toMatch(
      /^ERROR: BudgetError: an array of 1000000000 elements/,
    );
    expect(evaluate('sort(1:10^9)', { budget }).text).toMatch(/^ERROR: BudgetError: a list of 1000000000 values/);
  });
});

describe('what an engine holds', () => {
  let engine: TfjsEngine;
  beforeAll(async () => {
    engine = await createWasm();
  });
  afterAll(() => engine.dispose());

  function run(source: string): string {
    const notebook = new Notebook(engine, {}, { packs: allPacks, budget: { bytes: 2 ** 22 } });
    notebook.setCells([{ id: 'cell', program: parse(source) }]);
    const [report] = notebook.run();
    notebook.setCells([]);
    return report?.trouble?.message ?? JSON.stringify(report?.view);
  }

  // Each makes 50 MB, of which 8 MB may be there at once.
  it.each([
    'map(i -> sum(A .* i), 1:200)',
    '[sum(A .* i) for i in (1:200)[:]]',
    'reduce((a, i) -> a .+ i, 1:200; init=A)',
    'foldr((i, a) -> a .+ i, 1:200; init=A)',
    'filter(i -> sum(A .* i) > 0, 1:200)',
    'foreach(i -> sum(A .* i), 1:200)',
    'accumulate((a, i) -> sum(A .* a) > 0 ? i : a, 1:200)',
    '(for i in 1:200; sum(A .* i); end)',
  ])('is freed on the way: %s', (source) => {
    expect(run(`A = ones(256, 256); r = ${source}; 1`)).toContain('"text":"1"');
    expect(engine.memory().buffers).toBe(0);
  });

  it.each(['map(i -> A .* i, 1:200)', '[A .* i for i in 1:200]', 'accumulate((a, i) -> a .+ i, [A for i in 1:200])'])(
    'may not become more than there is: %s',
    (source) => {
      expect(run(`A = ones(256, 256); r = ${source}; 1`)).toMatch(/^BudgetError: the program (keeps|made) more than/);
      expect(engine.memory().buffers).toBe(0);
    },
  );
});
