import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

const shown = (source: string): string => evaluate(source).text;

describe('strings are indexed by byte', () => {
  it.each([
    ['("αβγ"[1], "αβγ"[3], "αβγ"[end])', "('α', 'β', 'γ')"],
    ['"αβγ"[2]', "ERROR: StringIndexError: invalid index [2], valid nearby indices [1]=>'α', [3]=>'β'"],
    ['"aβ"[3]', "ERROR: StringIndexError: invalid index [3], valid nearby index [2]=>'β'"],
    ['"αβγ"[7]', 'ERROR: BoundsError: attempt to access 6-codeunit String at index [7]'],
    ['"abc"[0]', 'ERROR: BoundsError: attempt to access 3-codeunit String at index [0]'],
    ['("αβγ"[1:3], "héllo"[1:end], "abc"[3:2], "abc"[:], "abc"[[1, 3]])', '("αβ", "héllo", "", "abc", "ac")'],
    ['"αβγ"[1:2]', "ERROR: StringIndexError: invalid index [2], valid nearby indices [1]=>'α', [3]=>'β'"],
    ['"abc"[2:9]', 'ERROR: BoundsError: attempt to access 3-codeunit String at index [2:9]'],
    ['"abc"[[true, false, true]]', 'ERROR: ArgumentError: logical indexing not supported for strings'],
    ['lastindex("αβγ"), firstindex("αβγ"), collect(eachindex("αβγ")), length("αβγ")', '(5, 1, [1, 3, 5], 3)'],
    ['s = ""; for i in eachindex("αβ😀"); s *= "αβ😀"[i]; end; s', '"αβ😀"'],
    ['"😀a"[5], "a😀"[2], lastindex("a😀")', "('a', '😀', 2)"],
    ['nextind("αβγ", 1, 10^15), prevind("αβγ", 7, 10^15)', '(1000000000000004, -999999999999996)'],
    ['nextind("αβγ", 1, 2), prevind("αβγ", 7, 3), prevind("αβγ", 1, 2)', '(5, 1, -1)'],
  ])('%s', (source, text) => expect(shown(source)).toBe(text));
});

describe('functions of collections, with strings', () => {
  it.each([
    ['first("αβγ", 2), last("αβγ", 2), first("abc"), last("αβγ"), first("ab", 9)', `("αβ", "βγ", 'a', 'γ', "ab")`],
    ['findfirst("b", "abc"), findfirst(\'β\', "αβγ"), findfirst("z", "abc")', '(2:2, 3, nothing)'],
    ['findfirst("βγ", "αβγ"), findfirst(c -> c != \'α\', "αβγ")', '(3:5, 3)'],
    ['findall("a", "banana"), findall(\'a\', "banana")', '(UnitRange{Int64}[2:2, 4:4, 6:6], [2, 4, 6])'],
    ['map(c -> c + 1, "abc"), filter(c -> c != \'a\', "banana"), reverse("αβγ")', '("bcd", "bnn", "γβα")'],
    ['repeat("ab", 3), "ab"^3, repeat(\'a\', 3)', '("ababab", "ababab", "aaa")'],
    ['count("an", "banana"), count(c -> c == \'a\', "banana")', '(2, 3)'],
    ['\'a\' in "abc", \'z\' ∈ "abc", isempty("")', '(true, false, true)'],
    ['"a" in "abc"', 'ERROR: use occursin(needle, haystack) for string containment'],
  ])('%s', (source, text) => expect(shown(source)).toBe(text));
});

describe('characters', () => {
  it.each([
    ["'a' + 1, 1 + 'a', 'c' - 1, 'b' - 'a', 'a' < 'b', Int('a'), Char(97)", "('b', 'b', 'b', 1, true, 97, 'a')"],
    ["'a' + 'b'", 'ERROR: MethodError: no method matching +(::Char, ::Char)'],
    ["'a':'e'", "'a':1:'e'"],
    ["join(collect('a':2:'i')), join(reverse(collect('a':'c')))", '("acegi", "cba")'],
    ["'a' * 'b', 'a' * \"b\"", '("ab", "ab")'],
    ['"a" < "b", "abc" < "abd", "Z" < "a", "\\uffff" < "😀"', '(true, true, true, true)'],
  ])('%s', (source, text) => expect(shown(source)).toBe(text));
});
