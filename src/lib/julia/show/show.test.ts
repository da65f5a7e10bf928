import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

const shown = (source: string): string => evaluate(source).text;
const printed = (source: string): string => evaluate(source).printed.trimEnd();
const display = (heading: string, ...lines: string[]): string => [heading, ...lines].join('\n');

describe('a displayed array', () => {
  it('shows all digits of a vector, and six of a matrix of several columns', () => {
    expect(shown('sin.([1.0, 2.0, 3.0])')).toBe(
      display('3-element Vector{Float64}:', ' 0.8414709848078965', ' 0.9092974268256817', ' 0.1411200080598672'),
    );
    expect(shown('[1/3 2/3; 100.5 1e-7]')).toBe(
      display('2×2 Matrix{Float64}:', '   0.333333  0.666667', ' 100.5       1.0e-7'),
    );
    expect(shown('reshape([1/3, 2.0], 2, 1)')).toBe(display('2×1 Matrix{Float64}:', ' 0.3333333333333333', ' 2.0'));
  });

  it('rounds the shortest digits, ties to even', () => {
    expect(shown('[123456.5 1.2345675]')).toBe(display('1×2 Matrix{Float64}:', ' 123456.0  1.23457'));
    expect(shown('[999999.5 1]')).toBe(display('1×2 Matrix{Float64}:', ' 1.0e6  1.0'));
  });

  it('aligns infinities as Julia does', () => {
    expect(shown('[1.0, Inf, -Inf, NaN]')).toBe(
      display('4-element Vector{Float64}:', '   1.0', '  Inf', ' -Inf', ' NaN'),
    );
  });

  it('aligns numbers to the left of everything else', () => {
    expect(shown('[1, "abc", :a, nothing, 2.5]')).toBe(
      display('5-element Vector{Any}:', ' 1', '  "abc"', '  :a', '  nothing', ' 2.5'),
    );
  });

  it('leaves out the middle of what does not fit', () => {
    const lines = shown('[i * j for i in 1:30, j in 1:40]').split('\n');
    expect(lines[1]).toBe('  1   2   3    4    5    6    7    8  …    35    36    37    38    39    40');
    expect(lines[6]).toBe('  6  12  18   24   30   36   42   48  …   210   216   222   228   234   240');
    expect(lines[11]).toBe('  ⋮                      ⋮            ⋱           ⋮                    ');
    expect(lines.length).toBe(21);
    expect(shown('collect(1:25)').split('\n').slice(10, 13)).toEqual([' 10', '  ⋮', ' 17']);
  });

  it('names what has no elements', () => {
    expect(shown('Float64[]')).toBe('Float64[]');
    expect(shown('Any[]')).toBe('Any[]');
    expect(shown('zeros(0, 3)')).toBe('0×3 Matrix{Float64}');
    expect(printed('println(zeros(0, 3))')).toBe('Matrix{Float64}(undef, 0, 3)');
  });

  it('heads a row with what it is', () => {
    expect(shown("[1, 2]'")).toBe(display('1×2 adjoint(::Vector{Int64}) with eltype Int64:', ' 1  2'));
  });

  it('shows elements on one line each', () => {
    expect(shown('[[1, 2], [3]]')).toBe(display('2-element Vector{Vector{Int64}}:', ' [1, 2]', ' [3]'));
    expect(shown('[1 => 2, 30 => 4]')).toBe(display('2-element Vector{Pair{Int64, Int64}}:', '  1 => 2', ' 30 => 4'));
    expect(shown('[1:2, 3:4]')).toBe(display('2-element Vector{UnitRange{Int64}}:', ' 1:2', ' 3:4'));
    expect(shown('[1, nothing]')).toBe(display('2-element Vector{Union{Nothing, Int64}}:', ' 1', '  nothing'));
    expect(shown("['a']")).toBe(
      display('1-element Vector{Char}:', " 'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)"),
    );
    expect(shown('[Int64, Float64]')).toBe(display('2-element Vector{DataType}:', ' Int64', ' Float64'));
  });
});

describe('an array on one line', () => {
  it.each([
    ['[1/3, 2/3]', '[0.3333333333333333, 0.6666666666666666]'],
    ['[1/3 2; 3 4]', '[0.3333333333333333 2.0; 3.0 4.0]'],
    ['reshape([1, 2], 2, 1)', '[1; 2;;]'],
    ['[true, false]', 'Bool[1, 0]'],
    ['[1, 2] .> 1', 'Bool[0, 1]'],
    ['Float32[0.1, 0.2]', 'Float32[0.1, 0.2]'],
    ['[[1, 2], [3]]', '[[1, 2], [3]]'],
    ['[Float32[1], Float32[2]]', 'Vector{Float32}[[1.0], [2.0]]'],
    ['[(1, 2), (3, 4)]', '[(1, 2), (3, 4)]'],
    ['[(1f0, true)]', 'Tuple{Float32, Bool}[(1.0, 1)]'],
    ['["a", "b"]', '["a", "b"]'],
    ['[:a, :b]', '[:a, :b]'],
    ['Any[1, "a"]', 'Any[1, "a"]'],
    ['[nothing]', '[nothing]'],
    ['[1:2, 3:4]', 'UnitRange{Int64}[1:2, 3:4]'],
    ["[1, 2]'", '[1 2]'],
    ['Dict("a" => 1/3)', 'Dict("a" => 0.3333333333333333)'],
    ['Dict("a" => [1.5])', 'Dict("a" => [1.5])'],
    ['Dict("a" => 1.5f0)', 'Dict{String, Float32}("a" => 1.5)'],
    ['1 => (2 => 3)', '1 => (2 => 3)'],
    ['(1 => 2) => 3', '(1 => 2) => 3'],
    ['(1.5f0, [1.5f0], true, [true])', '(1.5f0, Float32[1.5], true, Bool[1])'],
    ['(a = 1, b = "x")', '(a = 1, b = "x")'],
    ['(1,)', '(1,)'],
  ])('%s', (source, text) => {
    expect(printed(`print(${source})`)).toBe(text);
    expect(shown(`string(${source}) == repr(${source})`)).toBe('true');
  });

  it('is cut inside of what is displayed, and nowhere else', () => {
    expect(shown('(1:2, collect(1:30))')).toBe(
      '(1:2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10  …  21, 22, 23, 24, 25, 26, 27, 28, 29, 30])',
    );
    expect(shown('(zeros(5, 5), 1)')).toBe(
      '([0.0 0.0 … 0.0 0.0; 0.0 0.0 … 0.0 0.0; … ; 0.0 0.0 … 0.0 0.0; 0.0 0.0 … 0.0 0.0], 1)',
    );
    expect(shown('length(string(collect(1:1000)))')).toBe('4893');
  });

  it('is refused where it would fill the memory', () => {
    expect(shown('string(zeros(3000, 3000))')).toMatch(/^ERROR: BudgetError: a value would be printed as more than/);
  });
});

describe('what is displayed', () => {
  it.each([
    [
      'Dict("a" => 1/3, "bcd" => 2.0)',
      display('Dict{String, Float64} with 2 entries:', '  "a"   => 0.333333', '  "bcd" => 2.0'),
    ],
    ['typeof([1])', 'Vector{Int64} (alias for Array{Int64, 1})'],
    ['(typeof([1]), 1)', '(Vector{Int64}, 1)'],
    ['Matrix', 'Matrix (alias for Array{T, 2} where T)'],
    ['Float64', 'Float64'],
    ['f(x) = x; f(x, y) = y; f', 'f (generic function with 2 methods)'],
    ['x -> x', '#1 (generic function with 1 method)'],
    ['typeof((1, 2, 3, 4)), typeof((1, 2.0, 3.0, 4.0, 5.0))', '(NTuple{4, Int64}, Tuple{Int64, Vararg{Float64, 4}})'],
    ['Ref(1)', 'Base.RefValue{Int64}(1)'],
    ["'a'", "'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)"],
    ["'€'", "'€': Unicode U+20AC (category Sc: Symbol, currency)"],
    ["'\\n'", "'\\n': ASCII/Unicode U+000A (category Cc: Other, control)"],
    ["('a', '\\'', '\\u200b')", "('a', '\\'', '\\u200b')"],
    ['"tab\\t \\e \\0 \\\\ \\$ \\" \\u200b é"', '"tab\\t \\e \\0 \\\\ \\$ \\" \\u200b é"'],
    ['"\\0" * "1\\u200b" * "a"', '"\\x001\\u200ba"'],
    ['(Symbol("a b"), :a, :+, Symbol("true"), Symbol("="))', '(Symbol("a b"), :a, :+, Symbol("true"), :(=))'],
  ])('%s', (source, text) => expect(shown(source)).toBe(text));

  it('cuts the middle of a long string', () => {
    const text = shown('repeat("a", 10^6)');
    expect(text).toMatch(/^"a{268}" ⋯ 999464 bytes ⋯ "a{268}"$/);
    expect(shown('repeat("a", 558)')).toBe(`"${'a'.repeat(558)}"`);
  });
});
