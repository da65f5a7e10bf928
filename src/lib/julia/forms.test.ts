/** Statements and macros of the pack `forms`: values, printed text, and names of errors as Julia has them. */
import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

function shows(program: string, value: string, printed = ''): void {
  const { text, printed: written } = evaluate(program);
  expect({ text, written }).toEqual({ text: value, written: printed });
}

describe('try', () => {
  it.each([
    ['try; 1; catch; 2; end', '1'],
    ['try; error("no"); catch e; e; end', 'ErrorException("no")'],
    ['try; error("no"); catch e; e.msg; end', '"no"'],
    ['try; [1, 2][3]; catch e; typeof(e); end', 'BoundsError'],
    ['try; [1, 2][3]; catch e; e isa BoundsError; end', 'true'],
    ['try; sqrt(-1.0); catch e; e isa DomainError && e isa Exception; end', 'true'],
    ['try; 1 ÷ 0; catch e; e; end', 'DivideError()'],
    ['try; Dict(:a => 1)[:b]; catch e; e; end', 'KeyError(:b)'],
    ['try; throw(DomainError(2, "no")); catch e; e; end', 'DomainError(2, "no")'],
    ['try; y; catch e; e; end', 'UndefVarError(:y)'],
    ['try; throw(3); catch e; e + 1; end', '4'],
    ['try; error("a"); catch; try; error("b"); catch e; e.msg; end; end', '"b"'],
    ['try; try; error("a"); catch; rethrow(); end; catch e; e.msg; end', '"a"'],
    ['try; 1; catch; 2; else; 3; end', '3'],
    ['x = 0; try; x = 1; finally; x += 10; end; x', '11'],
    ['x = 0; try; x = 1; error("no"); catch; x += 10; finally; x += 100; end; x', '111'],
    ['f() = try; return 1; finally; 2; end; f()', '1'],
    ['function f(); for k in 1:5; try; k > 2 && return k; finally; end; end; end; f()', '3'],
    ['s = 0; for k in 1:5; try; k == 2 && continue; k == 4 && break; s += k; catch; end; end; s', '4'],
    [
      'try; undefined_name; catch e; sprint(showerror, e); end',
      '"UndefVarError: `undefined_name` not defined in `Main`"',
    ],
    ['f(x) = try; sqrt(x); catch; 0.0; end; f.([4.0, -1.0])', '2-element Vector{Float64}:\n 2.0\n 0.0'],
  ])('%s', (program, value) => shows(program, value));

  it('lets errors out that nobody catches, and keeps their place', () => {
    const { text, underlined } = evaluate('try; sqrt(-1.0); finally; 1; end');
    expect(text).toMatch(/^ERROR: DomainError with -1.0:/);
    expect(underlined).toBe('sqrt(-1.0)');
    shows('throw(ArgumentError("bad"))', 'ERROR: ArgumentError: bad');
    shows('throw(DomainError(1.5, "too large"))', 'ERROR: DomainError with 1.5:\ntoo large');
    shows('rethrow()', 'ERROR: rethrow() not allowed outside a catch block');
  });

  it('does not catch what the subset leaves out, and is refused under gradient', () => {
    expect(evaluate('try; while true; end; catch; 1; end').text).toMatch(/^ERROR: /);
    expect(evaluate('gradient(x -> try; x; catch; 0.0; end, 1.0)').text).toMatch(
      /unsupported: `try` inside `gradient`/,
    );
  });
});

describe('macros that run with their expressions', () => {
  it.each([
    ['x = 3; @show x', '3', 'x = 3\n'],
    ['x = 3; @show x + 1, 2', '(4, 2)', '(x + 1, 2) = (4, 2)\n'],
    ['@show 1+2 "a"', '"a"', '1 + 2 = 3\n"a" = "a"\n'],
    ['@assert 1 < 2', '', ''],
    ['@assert 1 > 2', 'ERROR: AssertionError: 1 > 2', ''],
    ['@assert 1 > 2 "no order"', 'ERROR: AssertionError: no order', ''],
    ['@info "hello"', '', '[ Info: hello\n'],
    ['@info "hello" x = 2', '', '┌ Info: hello\n└   x = 2\n'],
    ['@debug "hello"', '', ''],
    ['@printf("%5.2f|%-4d|%s", π, 7, "a")', '', ' 3.14|7   |a'],
    ['@sprintf("%03d %e %g %x", 7, 12345.678, 0.0001, 255)', '"007 1.234568e+04 0.0001 ff"', ''],
    ['@sprintf("%.0f %.0f %.1f", 0.5, 1.5, 0.25)', '"0 2 0.2"', ''],
    ['x = 1; (@isdefined(x), @isdefined(y))', '(true, false)', ''],
  ])('%s', (program, value, printed) => shows(program, value, printed));

  it('measure', () => {
    expect(evaluate('@time 1 + 1').printed).toMatch(/^ +\d+\.\d{6} seconds\n$/);
    expect(evaluate('@time 1 + 1').text).toBe('2');
    expect(evaluate('(@elapsed sum(1:10)) >= 0').text).toBe('true');
    expect(evaluate('(@timed sum(1:10)).value').text).toBe('55');
  });
});
