import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

const shown = (source: string): string => evaluate(source).text;

describe('strings', () => {
  it.each([
    ['split("a.b.c", "."; limit=2)', '2-element Vector{SubString{String}}:\n "a"\n "b.c"'],
    [
      'join(split("abc", ""), "|"), join(split("a1b2", isdigit), "|"), join(split("a-b_c", [\'-\', \'_\']), "|")',
      '("a|b|c", "a|b|", "a|b|c")',
    ],
    [
      'join(split(",a,", ","), "|"), join(split(",a,", ","; keepempty=false), "|"), length(split(""))',
      '("|a|", "a", 0)',
    ],
    ['join(rsplit("a.b.c.d", \'.\'; limit=3), "|"), join(rsplit("a,b", ","), "|")', '("a.b|c|d", "a|b")'],
    [
      'replace("abc", "a" => "b", "b" => "a"), replace("abc", \'b\' => uppercase), replace("abc", isletter => "x"; count=2)',
      '("bac", "aBc", "xxc")',
    ],
    ['replace([1, 2, 3], 2 => 9) == [1, 9, 3]', 'true'],
    [
      'strip("  a "), lstrip("  a "), rstrip(" a  "), strip(isdigit, "12a34"), strip("-a_", [\'-\', \'_\'])',
      '("a", "a ", " a", "a", "a")',
    ],
    ['titlecase("hello wORLD"), lowercase("ÀB"), uppercase("straße")', '("Hello World", "àb", "STRAßE")'],
    ['all(isdigit, "123"), any(isuppercase, "abc"), isascii("aé")', '(true, false, false)'],
    [
      'filter(endswith("b"), ["ab", "b", "c"]), occursin(\'b\', "abc"), contains("x")("axb")',
      '(["ab", "b"], true, true)',
    ],
    ['cmp("a", "b"), cmp("b", "a"), cmp(3, 2)', '(-1, 1, 1)'],
    ['uppercase(1)', 'ERROR: MethodError: no method matching uppercase(::Int64)'],
  ])('%s', (source, text) => expect(shown(source)).toBe(text));
});

describe('numbers from texts', () => {
  it.each([
    ['parse(Int, " -12 "), parse(Int, "0x1f"), parse(Int, "101"; base=2), parse(Int, \'7\')', '(-12, 31, 5, 7)'],
    [
      'parse(Float64, ".5"), parse(Float64, "-inf"), parse(Float64, "nan"), parse(Float32, "0.1")',
      '(0.5, -Inf, NaN, 0.1f0)',
    ],
    ['parse(Int, "")', 'ERROR: ArgumentError: input string is empty'],
    ['parse(Int, "  ")', 'ERROR: ArgumentError: input string only contains whitespace'],
    ['parse(Int, "-")', 'ERROR: ArgumentError: premature end of integer: "-"'],
    ['parse(Int, "1e3")', `ERROR: ArgumentError: invalid base 10 digit 'e' in "1e3"`],
    ['parse(Int, "12 3")', 'ERROR: ArgumentError: extra characters after whitespace in "12 3"'],
    ['parse(Int, "9223372036854775808")', 'ERROR: OverflowError: overflow parsing "9223372036854775808"'],
    ['parse(Float64, "abc")', 'ERROR: ArgumentError: cannot parse "abc" as Float64'],
    ['tryparse(Int, "x"), tryparse(Float64, "1.5"), tryparse(Bool, "true")', '(nothing, 1.5, true)'],
    ['string(255; base=16), string(-5; base=2, pad=4), digits(123)', '("ff", "-0101", [3, 2, 1])'],
  ])('%s', (source, text) => expect(shown(source)).toBe(text));
});

describe('what is written', () => {
  it.each([
    ['show(IOContext(stdout, :compact => true), [1/3, 2]); nothing', '[0.333333, 2.0]'],
    ['show(stdout, "text/plain", [1, 2]); nothing', '2-element Vector{Int64}:\n 1\n 2'],
    ['show(stdout, MIME("text/plain"), 1.5); nothing', '1.5'],
    ['display([1/3]); display("a"); nothing', '1-element Vector{Float64}:\n 0.3333333333333333\n"a"\n'],
    ['print("a", 1); println(stdout, \'c\', :s); println(); nothing', 'a1cs\n\n'],
    ['print(1.5f0, [1.5f0], nothing); nothing', '1.5Float32[1.5]nothing'],
  ])('%s', (source, text) => expect(evaluate(source).printed).toBe(text));

  it('is kept in buffers', () => {
    expect(shown('io = IOBuffer(); print(io, 1.5); println(io, [1, 2]); (String(take!(io)), String(take!(io)))')).toBe(
      '("1.5[1, 2]\\n", "")',
    );
    expect(shown('sprint(show, "a"), sprint(print, "a"), sprint(io -> print(io, 1, 2))')).toBe(
      '("\\"a\\"", "a", "12")',
    );
    expect(shown('repr([1/3]; context=:compact => true), repr("text/plain", [1])')).toBe(
      '("[0.333333]", "1-element Vector{Int64}:\\n 1")',
    );
  });

  it('is cut before it reaches the page', () => {
    const { printed, text } = evaluate('println(zeros(300, 300))');
    expect(printed.length).toBe(100_000);
    expect(text).toBe('ERROR: BudgetError: the cell printed more than 100000 characters');
    const long = shown('error(repeat("ab\\n", 10^6))');
    expect(long.split('\n').length).toBe(502);
    expect(long).toMatch(/⋮\n2998501 more characters are left out here\.$/);
    expect(shown('(repeat("a", 10^6),)').length).toBeLessThan(20_100);
  });
});
