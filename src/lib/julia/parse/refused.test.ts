/** What the subset leaves out says so at its place, in one sentence with the nearest thing that works. */
import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

describe('refused', () => {
  it.each([
    ['module M; x = 1; end', 'a `module` (a page is one program', 'module M; x = 1; end'],
    ['macro m(x); x; end', 'a `macro` definition (a function often serves)', 'macro m(x); x; end'],
    [':(x + 1)', 'quoted code (a function, or a Dict of functions, often serves)', ':(x + 1)'],
    ['1 + 2im', 'the imaginary unit `im` (numbers are real here)', 'im'],
    ['1//2', 'a rational number (`//`; `/` divides to a Float64)', '//'],
    ['ccall(:clock, Int, ())', '`ccall` (a page runs no other programs)', 'ccall'],
    ['a = b = [1, 2, 3]; a × b', 'the cross product `×`', '×'],
    ['r"a"', 'a regular expression; `occursin`, `replace` and `split` take text', 'r"a"'],
    ['@which sum([1])', '`@which`; `isa` and `typeof`', '@which'],
    ['@code_native sum([1])', '`@code_native`; programs are not compiled', '@code_native'],
    ['@benchmark sum([1])', '`@benchmark`; `@time` and `@elapsed` measure', '@benchmark'],
    ['BenchmarkTools.@btime sum([1])', '`@btime`; `@time` and `@elapsed` measure', 'BenchmarkTools.@btime'],
    ['@generated f(x) = x', '`@generated`; a method for each type', '@generated'],
    ['@goto a', '`@goto`; `break`, `continue` and `return`', '@goto'],
    ['missing', '`missing` (`nothing` stands for no value)', 'missing'],
    ['+(a::String, b::String) = 1', 'a method of `+` that names no `struct`', '+(a::String, b::String)'],
    [
      'Base.show(io, x) = 1',
      'a method of `show` that names no `struct` of this page (a function with a name of its own works)',
      'Base.show(io, x)',
    ],
  ])('%s', (program, sentence, place) => {
    const { text, underlined } = evaluate(program);
    expect(text).toContain(`ERROR: unsupported: ${sentence}`);
    expect(text).not.toMatch(/\n/);
    expect(underlined).toBe(place);
  });
});

describe('@view and @views', () => {
  it.each([
    ['A = [1 2; 3 4]; v = @view A[end, :]; v[1] = 10; A', '2×2 Matrix{Int64}:\n  1  2\n 10  4'],
    ['A = [1 2; 3 4]; @view A[1, :]', '2-element view(::Matrix{Int64}, 1, :) with eltype Int64:\n 1\n 2'],
    ['A = [1.0, 2.0, 3]; @views b = A[1:2]; b[1] = 9; A', '3-element Vector{Float64}:\n 9.0\n 2.0\n 3.0'],
    ['A = [1 2; 3 4]; @views A[1, 1] + A[2]', '4'],
    ['@views (1, 2, 3)[1:2]', '(1, 2)'],
    ['@views f(x) = (y = x[1:2]; y .= 0; x); f([1, 2, 3])', '3-element Vector{Int64}:\n 0\n 0\n 3'],
    ['gradient(x -> sum(@view(x[1, :]) .^ 2), [1.0 2; 3 4])', '([2.0 4.0; 0.0 0.0],)'],
    ['@view 3', 'ERROR: ParseError: Invalid use of @view macro: argument must be a reference expression A[...].'],
  ])('%s', (program, value) => expect(evaluate(program).text).toBe(value));
});
