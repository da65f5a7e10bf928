/** Equality of what is held, and every way in which a value is printed. */

import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

describe('equality and printing', () => {
  it.each([
    [
      "[1,2] == [1.0,2.0], (1,2) == (1.0,2.0), Dict(1=>2) == Dict(1.0=>2), Set([1]) == Set([1.0]), 1:3 == [1,2,3], [1,2]' == [1 2]",
      '(true, true, true, true, true, true)',
    ],
    [
      'isequal([NaN], [NaN]), [NaN] == [NaN], isequal(0.0, -0.0), 0.0 == -0.0, (NaN,) == (NaN,), isequal((NaN,), (NaN,))',
      '(true, false, false, true, false, true)',
    ],
    [
      'hash(1) == hash(1.0), hash([1,2]) == hash(1:2), hash("a") == hash("a"), hash(:a) == hash("a"), hash((1,2)) == hash([1,2])',
      '(true, true, true, false, false)',
    ],
    ['d = Dict([1,2]=>"v"); d[[1,2]], haskey(d, 1:2), haskey(d, (1,2))', '("v", true, false)'],
    ['d = Dict(1=>"a"); d[1.0], haskey(d, true), haskey(d, "1")', '("a", true, false)'],
    [
      'unique([1, 1.0, true]), Set([0.0, -0.0, NaN, NaN]) |> length, unique([[1],[1]]), unique(Any["a", :a])',
      '([1.0], 3, [[1]], Any["a", :a])',
    ],
    [
      '"a" == :a, \'a\' == "a", nothing == nothing, 1 == "1", :a === :a, "ab" === "ab", [1] === [1]',
      '(false, false, true, false, true, true, false)',
    ],
    ['(a=1,) == (a=1.0,), (a=1,) == (b=1,), (a=1,b=2) == (b=2,a=1)', '(true, false, false)'],
    [
      '1 in [1.0], "a" in ["a"], (1,2) in [(1,2)], [1] in [[1]], NaN in [NaN], \'a\' in "abc", :x in (:x,)',
      '(true, true, true, true, false, true, true)',
    ],
    ['Pair(1,2) == (1=>2), (1=>2) === (1=>2), 1=>2 == 1=>2', '(true, true, 1 => (false => 2))'],
    ['println(1.0, " ", 1f0, " ", 1e10, " ", 1e-7, " ", 123456789.0)', '1.0 1.0 1.0e10 1.0e-7 1.23456789e8\n'],
    [
      'println([1.0, 2.5], " ", [1 2; 3 4], " ", (1, "a", \'b\', :c), " ", "s", " ", \'c\', " ", :d, " ", nothing)',
      '[1.0, 2.5] [1 2; 3 4] (1, "a", \'b\', :c) s c d nothing\n',
    ],
    [
      'print(Dict("a"=>1), " ", Set([1]), " ", 1=>2, " ", 1:3, " ", 0:0.5:1)',
      'Dict("a" => 1) Set([1]) 1 => 2 1:3 0.0:0.5:1.0',
    ],
    [
      'print(Float32[1.5], " ", [true,false], " ", Any[1,"a"], " ", [:a], " ", [\'a\'], " ", ["x"], " ", [nothing])',
      'Float32[1.5] Bool[1, 0] Any[1, "a"] [:a] [\'a\'] ["x"] [nothing]',
    ],
    [
      '"$([1,2]) $((1,)) $(Dict(:a=>1)) $(1.5f0) $(\'c\') $(:s) $(nothing) $(1:2) $(true)"',
      '"[1, 2] (1,) Dict(:a => 1) 1.5 c s nothing 1:2 true"',
    ],
    [
      'string([1.5f0]), string(1.5f0), repr(1.5f0), repr("a\\n"), repr(\'a\'), repr(:a), repr([1f0])',
      '("Float32[1.5]", "1.5", "1.5f0", "\\"a\\\\n\\"", "\'a\'", ":a", "Float32[1.0]")',
    ],
    ['(1f0, [1f0], (1f0,))', '(1.0f0, Float32[1.0], (1.0f0,))'],
    ['[(1f0, 2)], [1f0 => 2]', '(Tuple{Float32, Int64}[(1.0, 2)], Pair{Float32, Int64}[1.0 => 2])'],
    ['Dict("a"=>[1,2], "b"=>[3])', 'Dict{String, Vector{Int64}} with 2 entries:\n  "a" => [1, 2]\n  "b" => [3]'],
    ['Dict(:a=>1.123456789)', 'Dict{Symbol, Float64} with 1 entry:\n  :a => 1.12346'],
    ['[1.123456789, 2], [1.123456789 2]', '([1.123456789, 2.0], [1.123456789 2.0])'],
    ['[1.123456789 2]', '1×2 Matrix{Float64}:\n 1.12346  2.0'],
    ['[1e10 1; 1 2]', '2×2 Matrix{Float64}:\n 1.0e10  1.0\n 1.0     2.0'],
    ['[0.001 1000.5]', '1×2 Matrix{Float64}:\n 0.001  1000.5'],
    ['[1e-10, 1.0]', '2-element Vector{Float64}:\n 1.0e-10\n 1.0'],
    ['["a" 1; :b 2.0]', '2×2 Matrix{Any}:\n "a"  1\n :b   2.0'],
    ['[nothing, 1]', '2-element Vector{Union{Nothing, Int64}}:\n  nothing\n 1'],
    ['show([1 2; 3 4]); show("a"); show(\'b\'); show(:c); show(1.0f0); show((1,))', '[1 2; 3 4]"a"\'b\':c1.0f0(1,)'],
    ['display([1,2]); display("a"); display(1.0)', '2-element Vector{Int64}:\n 1\n 2\n"a"\n1.0\n'],
    [
      'repr([1/3, 2/3]; context=:compact=>true), sprint(show, [1/3]; context=:compact=>true), sprint(print, 1/3)',
      '("[0.333333, 0.666667]", "[0.333333]", "0.3333333333333333")',
    ],
    ['(a=1, b=(2, "x")), (a=[1,2],), NamedTuple()', '((a = 1, b = (2, "x")), (a = [1, 2],), NamedTuple())'],
    [
      'typeof((a=1,)), typeof((1,2.0)), typeof(1=>"a"), typeof(Dict(1=>"a")), typeof(Set([1]))',
      '(@NamedTuple{a::Int64}, Tuple{Int64, Float64}, Pair{Int64, String}, Dict{Int64, String}, Set{Int64})',
    ],
    [
      'typeof([1,2]\'), typeof(1:2), typeof(1:2:5), typeof(0:0.1:1), typeof([1 2]), typeof("a"), typeof(view([1,2],1:1))',
      '(Adjoint{Int64, Vector{Int64}}, UnitRange{Int64}, StepRange{Int64, Int64}, StepRangeLen{Float64, Base.TwicePrecision{Float64}, Base.TwicePrecision{Float64}, Int64}, Matrix{Int64}, String, SubArray{Int64, 1, Vector{Int64}, Tuple{UnitRange{Int64}}, true})',
    ],
    ["(1:3)', [1,2]', [1 2; 3 4]'", '([1 2 3], [1 2], [1 3; 2 4])'],
    ['@show [1,2] "a" 1.5;', '[1, 2] = [1, 2]\n"a" = "a"\n1.5 = 1.5\n'],
    ['x = 5; @show x x^2;', 'x = 5\nx ^ 2 = 25\n'],
    ['print("a", 1, nothing, [1], "\\n"); println()', 'a1nothing[1]\n\n'],
    ['join([1,2,3], ", ", " and "), join(["a"], ","), join(1:3)', '("1, 2 and 3", "a", "123")'],
    [
      "string(1, \"a\", :b, 'c', [1], 1.0, nothing, true), string(), \"a\" * 'b' * \"c\", 'a' * 'b'",
      '("1abc[1]1.0nothingtrue", "", "abc", "ab")',
    ],
    [
      'round(2.5), round(3.5), round(-2.5), round(Int, 3.7), round(1.005; digits=2), ceil(Int, 1.2), floor(-1.5), trunc(-1.7)',
      '(2.0, 4.0, -2.0, 4, 1.0, 2, -2.0, -1.0)',
    ],
    [
      '7 % -3, mod(7, -3), rem(-7, 3), mod(-7, 3), div(-7, 2), fld(-7, 2), cld(7, 2), divrem(7, 2), fldmod(-7, 2)',
      '(1, -2, -1, 2, -3, -4, 4, (3, 1), (-4, 1))',
    ],
    [
      '2^10, 2.0^-1, 2^0.5, (-8)^(1/3 < 0), 0^0, 0.0^0, 10^18, 2^63',
      '(1024, 0.5, 1.4142135623730951, 1, 1, 1.0, 1000000000000000000, -9223372036854775808)',
    ],
    [
      '1/3, 1f0/3, 10/2, 1//1 == 1',
      'ERROR: unsupported: a rational number (`//`; `/` divides to a Float64) is not in this subset of Julia',
    ],
    [
      'typemax(Int) + 1 == typemin(Int), abs(typemin(Int)), -typemin(Int), typemin(Int) ÷ -1',
      'ERROR: DivideError: integer division error',
    ],
    [
      'xor(true, false), true & false, true | false, !true, true + 1, true * 2.5, sum([true, true])',
      '(true, false, true, false, 2, 2.5, 2)',
    ],
    [
      'parse(Int, "42"), parse(Float64, "1e3"), tryparse(Int, "a"), parse(Bool, "true"), string(255; base=16), parse(Int, "ff"; base=16)',
      '(42, 1000.0, nothing, true, "ff", 255)',
    ],
    [
      '"abc"[end], "abc"[begin], "abc"[2:end], length("αβ"), sizeof("αβ"), reverse("αβ"), uppercase("aé")',
      '(\'c\', \'a\', "bc", 2, 4, "βα", "AÉ")',
    ],
    [
      'split("a b  c"), split("a,b", ","), strip(" a "), lowercase("AB"), replace("aaa", "a"=>"b"; count=2), titlecase("ab cd")',
      '(SubString{String}["a", "b", "c"], SubString{String}["a", "b"], "a", "ab", "bba", "Ab Cd")',
    ],
    [
      'first("abc", 2), last("abc", 2), chop("abc"), chomp("a\\n"), lpad("a", 3), rpad("a", 3, \'-\'), "a"^3, isempty("")',
      '("ab", "bc", "ab", "a", "  a", "a--", "aaa", true)',
    ],
    [
      'eltype([1,2.0]), eltype(1:3), eltype("a"), eltype(Dict(1=>"a")), eltype((1,2)), eltype([[1]])',
      '(Float64, Int64, Char, Pair{Int64, String}, Int64, Vector{Int64})',
    ],
    [
      'ndims([1 2]), size([1 2], 1), size([1,2]), length([1 2; 3 4]), axes([1,2])[1], size((1,2) |> collect), isempty([]), isempty(Dict())',
      '(2, 1, (2,), 4, Base.OneTo(2), (2,), true, true)',
    ],
    [
      'zeros(2), ones(Int, 2, 2), fill("a", 2), trues(2), falses(1, 2), Vector{Float64}(undef, 0), range(1, 10; step=3), range(0, 1; length=3), collect(0:2)',
      '([0.0, 0.0], [1 1; 1 1], ["a", "a"], Bool[1, 1], Bool[0 0], Float64[], 1:3:10, 0.0:0.5:1.0, [0, 1, 2])',
    ],
    [
      'vcat([1], 2.5), [1; 2; [3, 4]], [1 2; [3 4]], [[1,2] [3,4]], [1, "a"], [[1,2]; 3], [1:3;], [1:3 4:6]',
      '([1.0, 2.5], [1, 2, 3, 4], [1 2; 3 4], [1 3; 2 4], Any[1, "a"], [1, 2, 3], [1, 2, 3], [1 4; 2 5; 3 6])',
    ],
    [
      'A = [1 2; 3 4]; A[1], A[end], A[2, end], A[:, 1], A[1, :], A[:, :], A[[1,2], 1], A[A .> 2], A[CartesianIndex(1,2)]',
      '(1, 4, 4, [1, 3], [1, 2], [1 2; 3 4], [1, 3], [3, 4], 2)',
    ],
    ['v = [1,2,3]; v[end+1]', 'ERROR: BoundsError: attempt to access 3-element Vector{Int64} at index [4]'],
    ['(1,2)[3]', 'ERROR: BoundsError: attempt to access Tuple{Int64, Int64} at index [3]'],
    ['Dict(:a=>1)[:b]', 'ERROR: KeyError: key :b not found'],
    [
      '[1,2] + [1,2,3]',
      'ERROR: DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2),), b has dims (Base.OneTo(3),), mismatch at 1',
    ],
    ['[1,2] * [3,4]', 'ERROR: MethodError: no method matching *(::Vector{Int64}, ::Vector{Int64})'],
    [
      'sqrt(-1.0)',
      'ERROR: DomainError with -1.0:\nsqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x)).',
    ],
    ['Int("a")', 'ERROR: MethodError: no method matching Int64(::String)'],
    ['f(x::Int) = x; f(1.5)', 'ERROR: MethodError: no method matching f(::Float64)'],
    ['undefined_thing', 'ERROR: UndefVarError: `undefined_thing` not defined in `Main`'],
    ['error("a ", 1)', 'ERROR: a 1'],
    ['throw(DimensionMismatch("x"))', 'ERROR: DimensionMismatch: x'],
    [
      'try; [1][2]; catch e; typeof(e), e isa BoundsError, sprint(showerror, e); end',
      '(BoundsError, true, "BoundsError: attempt to access 1-element Vector{Int64} at index [2]")',
    ],
    ['try; error("x"); catch e; e; end', 'ErrorException("x")'],
    ['try; Dict()[1]; catch e; e.key; end', '1'],
    ['try; sqrt(-1.0); catch e; e.val; end', '-1.0'],
    ['try; error("x"); catch e; e.msg; finally; print("f"); end', 'f"x"'],
    ['try; throw(ErrorException("q")); catch err; showerror(stdout, err); end', 'q'],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
