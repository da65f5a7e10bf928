/** What the table of docs/julia-subset.md is too short for: lanes, aliases, overflow, errors and their places, budgets, printing. */
import { describe, expect, it } from 'vitest';
import { evaluate, numberOf, numbersOf } from './testing.ts';

function shows(program: string, value: string): void {
  expect(evaluate(program).text).toBe(value);
}

describe('lanes', () => {
  it('do not raise in branches that are not taken', () => {
    expect(numbersOf('f(x) = x > 0 ? sqrt(x) : 0.0; f.([-1, 4])')).toEqual([0, 2]);
    expect(numbersOf('v = [10, 20]; f(k) = 1 <= k <= 2 ? v[k] : -1; f.([0, 1, 2, 3])')).toEqual([-1, 10, 20, -1]);
    expect(numbersOf('f(x) = x != 0 && 1 ÷ x > 0; f.([-1, 0, 1])')).toEqual([0, 0, 1]);
  });

  it('raise in branches that are taken', () => {
    const { text, underlined } = evaluate('f(x) = x > 0 ? x : sqrt(x)\nf.([-4.0, 4.0])');
    expect(text).toMatch(/^ERROR: DomainError with -4.0:\nsqrt was called with a negative real argument/);
    expect(underlined).toBe('sqrt(x)');
    shows(
      'v = [1, 2]; (k -> v[k]).([1, 3])',
      'ERROR: BoundsError: attempt to access 2-element Vector{Int64} at index [3]',
    );
  });

  it('do not poison gradients from branches that are not taken', () => {
    expect(numbersOf('f(x) = x > 0 ? log(x) : 0.0; gradient(v -> sum(f.(v)), [-1.0, 0.0, 2.0])[1]')).toEqual([
      0, 0, 0.5,
    ]);
    expect(numbersOf('f(x) = x > 0 ? sqrt(x) : 3x; gradient(v -> sum(f.(v)), [0.0, 4.0])[1]')).toEqual([3, 0.25]);
  });

  it('return early, each for itself', () => {
    const f = 'function f(x)\n  if x < 0\n    return -1\n  end\n  x > 10 && return 100\n  y = 2x\n  y + 1\nend\n';
    expect(numbersOf(`${f}f.([-5, 3, 11, 10])`)).toEqual([-1, 7, 100, 21]);
    expect(numbersOf(`${f}[f(x) for x in -1:1]`)).toEqual([-1, 1, 3]);
  });

  it('assign under conditions', () => {
    expect(
      numbersOf('function f(x)\n y = 0\n if x > 1\n y = x\n elseif x > 0\n y = -x\n end\n y\nend\nf.([0, 1, 2])'),
    ).toEqual([0, -1, 2]);
  });

  it('run loops of a common length', () => {
    expect(numbersOf('f(x) = (s = 0; for k in 1:3; s += k * x; end; s); f.([1, 2])')).toEqual([6, 12]);
    expect(numbersOf('f(x) = sum([k * x for k in 1:3]); f.([1, 2])')).toEqual([6, 12]);
  });

  it('leave loops whose length differs to single elements', () => {
    expect(numbersOf('f(n) = (s = 0; for k in 1:n; s += k; end; s)\nf.([1, 2, 3])')).toEqual([1, 3, 6]);
    expect(numbersOf('f(x) = (while x < 10; x = 2x; end; x)\nf.([1, 2, 3])')).toEqual([16, 16, 12]);
    expect(numbersOf('f(x) = (for k in 1:5; k > x && break; x += 1; end; x)\nf.([0, 2])')).toEqual([0, 7]);
    expect(numbersOf('A = reshape(1:9, 3, 3); [sum(A[i:i+1, j:j+1]) for i in 1:2, j in 1:2]')).toEqual([
      12, 24, 16, 28,
    ]);
  });

  it('leave functions that call themselves to single elements', () => {
    const fib = 'fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2); ';
    for (const use of ['[fib(n) for n in 1:10]', 'fib.(1:10)', 'map(fib, 1:10)']) {
      expect(numbersOf(fib + use)).toEqual([1, 1, 2, 3, 5, 8, 13, 21, 34, 55]);
    }
    shows('f(n) = f(n + 1); f.([1, 2])', 'ERROR: StackOverflowError:');
  });

  it('fall back to single elements where a function needs them', () => {
    expect(numbersOf('A = [1 2; 3 4]; [sum(A[i, :]) for i in 1:2]')).toEqual([3, 7]);
    expect(numbersOf('g() = (n = 0; [begin n += 1; n end for i in 1:3]); g()')).toEqual([1, 2, 3]);
    const printing = evaluate('[begin println(i); i end for i in 1:3]');
    expect(printing.printed).toBe('1\n2\n3\n');
    shows('[[i, 2i] for i in 1:2]', '2-element Vector{Vector{Int64}}:\n [1, 2]\n [2, 4]');
    expect(numberOf('f(x) = (v = [0.0]; v[1] = x; v[1]); sum(f.(ones(100, 100)))')).toBe(10_000);
  });

  it('draw random numbers for each lane', () => {
    expect(numberOf('length(unique([rand() for i in 1:50]))')).toBe(50);
    expect(numbersOf('f(x) = rand(); A = f.(zeros(2, 2)); [length(unique(A))]')).toEqual([4]);
  });

  it('agree with loops', () => {
    const program = `
    f(x, y) = x > y ? sin(x) / (1 + y^2) : (x < 2 ? mod(x * y, 3) : max(x, 2y))
    A = [f(x, y) for x in 1:7, y in 1:5]
    B = zeros(7, 5)
    for x in 1:7, y in 1:5
        B[x, y] = f(x, y)
    end
    maximum(abs.(A - B))`;
    expect(numberOf(program)).toBeLessThan(1e-15);
    expect(
      numberOf(
        'x = [1.0, 2, 3]; y = [10.0 20 30]; A = x .* y .+ x; B = zeros(3, 3); for i in 1:3, j in 1:3; B[i, j] = x[i] * y[j] + x[i]; end; maximum(abs.(A - B))',
      ),
    ).toBe(0);
  });
});

describe('identities', () => {
  it('hold', () => {
    expect(numberOf("A = randn(7, 5); B = randn(5, 6); maximum(abs.((A * B)' - B' * A'))")).toBeLessThan(1e-14);
    expect(numberOf('maximum(abs.(sum(softmax(randn(9, 7); dims=1); dims=1) .- 1))')).toBeLessThan(1e-14);
    expect(numberOf('maximum(abs.(sum(softmax(randn(9, 7); dims=2); dims=2) .- 1))')).toBeLessThan(1e-14);
    expect(numberOf('A = randn(6, 4); norm(vec(A)) - sqrt(tr(A * transpose(A)))')).toBeCloseTo(0, 12);
  });
});

describe('mutation', () => {
  it('is seen through every name of the array', () => {
    expect(numbersOf('A = [1 2; 3 4]; B = A; B[1, 1] = 9; A')).toEqual([9, 2, 3, 4]);
    expect(numbersOf('A = [1 2; 3 4]; B = copy(A); B[1, 1] = 9; A')).toEqual([1, 2, 3, 4]);
    expect(numbersOf('f!(v) = (v[1] = 0; v); a = [1, 2]; f!(a); a')).toEqual([0, 2]);
    expect(numbersOf('A = [1, 2]; B = A; A .= 7; B')).toEqual([7, 7]);
    expect(numbersOf('A = [1, 2]; B = A; A += [1, 1]; B')).toEqual([1, 2]);
    expect(numbersOf('A = zeros(3, 3); A[2, :] = [1, 2, 3]; A[:, 1] .= 5; A')).toEqual([5, 0, 0, 5, 2, 3, 5, 0, 0]);
    expect(numbersOf('v = [1, 2, 3]; v[v .> 1] .= 0; v')).toEqual([1, 0, 0]);
    expect(numbersOf('A = [1 2; 3 4]; c = A[:, 1]; c[1] = 99; A')).toEqual([1, 2, 3, 4]);
  });

  it('keeps the type of the array', () => {
    shows('v = [1, 2]; v[1] = 1.5', 'ERROR: InexactError: Int64(1.5)');
    shows('v = [1, 2]; v .= [0.5, 1]', 'ERROR: InexactError: Int64(0.5)');
    expect(numbersOf('v = [1.0, 2]; v[1] = 3; v')).toEqual([3, 2]);
  });

  it('is refused inside a gradient', () => {
    expect(evaluate('f(x) = (y = copy(x); y[1] = 0; sum(y)); gradient(f, [1.0, 2])').text).toMatch(
      /Mutating arrays is not supported/,
    );
  });
});

describe('integers', () => {
  it('wrap at 64 bits', () => {
    shows('typemax(Int) + 1', '-9223372036854775808');
    shows('typemin(Int) - 1', '9223372036854775807');
    shows('3037000500^2', '-9223372036709301616');
    shows('2^63', '-9223372036854775808');
    shows('9007199254740993 * 3', '27021597764222979');
  });

  it('divide as Julia does', () => {
    shows('1 ÷ 0', 'ERROR: DivideError: integer division error');
    shows('[1, 2] .÷ 0', 'ERROR: DivideError: integer division error');
    shows('-7 ÷ 2, -7 % 2, mod(-7, 2), fld(-7, 2), cld(-7, 2)', '(-3, -1, 1, -4, -3)');
    expect(numbersOf('[-7, 7] .÷ 2')).toEqual([-3, 3]);
    shows('1 / 0', 'Inf');
    expect(evaluate('n = -1; 2^n').text).toMatch(
      /^ERROR: DomainError with -1:\nCannot raise an integer x to a negative power -1/,
    );
  });
});

describe('Float32', () => {
  it('rounds arrays once', () => {
    shows('Float32.([0.1])[1] == 0.1', 'false');
    shows('Float32.([0.1])[1] == 0.1f0', 'true');
    shows('Float32.([0.1, 2.5])', '2-element Vector{Float32}:\n 0.1\n 2.5');
    shows('eltype(Float32.([1, 2]) * 2), eltype(Float32.([1, 2]) .* 2.0)', '(Float32, Float64)');
  });
});

describe('errors', () => {
  it.each([
    ['foo', 'UndefVarError: `foo` not defined in `Main`', 'foo'],
    ['f() = baz + 1\nf()', 'UndefVarError: `baz` not defined in `Main`', 'baz'],
    ['f() = (a = x; x = 1; a)\nx = 5\nf()', 'UndefVarError: `x` not defined in local scope', 'x'],
    [
      '[1 2; 3 4] * [1, 2, 3]',
      'DimensionMismatch: second dimension of A, 2, does not match length of x, 3',
      '[1 2; 3 4] * [1, 2, 3]',
    ],
    [
      '[1, 2] + [1, 2, 3]',
      'DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2),), b has dims (Base.OneTo(3),), mismatch at 1',
      '[1, 2] + [1, 2, 3]',
    ],
    [
      '[1, 2] .+ [1, 2, 3]',
      'DimensionMismatch: arrays could not be broadcast to a common size; got a dimension with lengths 2 and 3',
      '[1, 2] .+ [1, 2, 3]',
    ],
    ['[1, 2] * [3, 4]', 'MethodError: no method matching *(::Vector{Int64}, ::Vector{Int64})', '[1, 2] * [3, 4]'],
    ['1 + "a"', 'MethodError: no method matching +(::Int64, ::String)', '1 + "a"'],
    ['sin("a")', 'MethodError: no method matching sin(::String)', 'sin("a")'],
    ['f(x) = x\nf(1, 2)', 'MethodError: no method matching f(::Int64, ::Int64)', 'f(1, 2)'],
    ['2(3)(4)', 'MethodError: objects of type Int64 are not callable', null],
    ['A = [1 2; 3 4]\nA[3, 1]', 'BoundsError: attempt to access 2×2 Matrix{Int64} at index [3, 1]', 'A[3, 1]'],
    ['[1, 2][0]', 'BoundsError: attempt to access 2-element Vector{Int64} at index [0]', '[1, 2][0]'],
    ['[1, 2][1.5]', 'ArgumentError: invalid index: 1.5 of type Float64', '[1, 2][1.5]'],
    ['(1, 2)[3]', 'BoundsError: attempt to access Tuple{Int64, Int64} at index [3]', '(1, 2)[3]'],
    ['Dict(:a => 1)[:b]', 'KeyError: key :b not found', 'Dict(:a => 1)[:b]'],
    ['Int(1.5)', 'InexactError: Int64(1.5)', 'Int(1.5)'],
    ['if 1\n 2\nend', 'TypeError: non-boolean (Int64) used in boolean context', '1'],
    ['f(; k) = k\nf()', 'UndefKeywordError: keyword argument `k` not assigned', null],
    [
      'round(66.1234; places=3)',
      'unsupported: the keyword argument `places` of round is not in this subset of Julia',
      null,
    ],
    ['error("no ", 1)', 'no 1', 'error("no ", 1)'],
    ['f(x) = f(x + 1)\nf(1)', 'StackOverflowError:', null],
    [
      'reshape(1:6, 4, 2)',
      'DimensionMismatch: new dimensions (4, 2) must be consistent with array length 6',
      'reshape(1:6, 4, 2)',
    ],
    ['sqrt(-1)', /^DomainError with -1\.0:/, 'sqrt(-1)'],
    [
      'hcat([1, 2], [1, 2, 3])',
      /^DimensionMismatch: number of rows of each array must match/,
      'hcat([1, 2], [1, 2, 3])',
    ],
    ['[1, 2] + 1', /For element-wise addition, use broadcasting with dot syntax: array \.\+ scalar$/, '[1, 2] + 1'],
    ['zeros(10^6, 10^6)', /^BudgetError: an array of 1000000000000 elements/, 'zeros(10^6, 10^6)'],
  ])('%s', (source, message, place) => {
    const { trouble, underlined, text } = evaluate(source);
    if (!trouble) throw new Error(`no error: ${text}`);
    if (typeof message === 'string') expect(trouble.message).toBe(message);
    else expect(trouble.message).toMatch(message);
    if (place !== null) expect(underlined).toBe(place);
  });

  it('know their line and column', () => {
    const { trouble } = evaluate('x = 1\ny = x + nope');
    expect([trouble?.line, trouble?.column]).toEqual([2, 9]);
  });
});

describe('budgets', () => {
  it('end an endless loop', () => {
    const { trouble, underlined } = evaluate('x = 0\nwhile true\n  x += 1\nend', { budget: { operations: 10_000 } });
    expect(trouble?.name).toBe('BudgetError');
    expect(underlined).toMatch(/true|x \+= 1/);
  });

  it('end loops that hoard, strings that double, ranges without end', () => {
    const budget = { operations: 100_000, bytes: 1 << 20, elements: 1e8 };
    for (const source of [
      'v = []\nwhile true; push!(v, zeros(100, 100)); end',
      's = "a"\nwhile true; s = s * s; end',
      'collect(1:10^12)',
      'sum([x * y for x in 1:10^5, y in 1:10^5])',
      'f(n) = n < 2 ? n : f(n - 1) + f(n - 2)\nf(60)',
      'A = rand(50, 50)\nwhile true; A = A * A; A = A ./ maximum(A); end',
      'repeat("ab", 10^9)',
      'v = Float64[]\nwhile true; push!(v, 1); end',
    ]) {
      expect([source, evaluate(source, { budget }).trouble?.name]).toEqual([source, 'BudgetError']);
    }
  });
});

describe('printing', () => {
  it.each([
    ['[1.5 2.25; 10 100]', '2×2 Matrix{Float64}:\n  1.5    2.25\n 10.0  100.0'],
    ['[1, 20]', '2-element Vector{Int64}:\n  1\n 20'],
    ['[0.1 + 0.2]', '1-element Vector{Float64}:\n 0.30000000000000004'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['[1 2]', '1×2 Matrix{Int64}:\n 1  2'],
    ["string([1, 2]')", '"[1 2]"'],
    ['[1, 2] .> 1', '2-element BitVector:\n 0\n 1'],
    ['1e6, 1e5, 1e-4, 1e-5, NaN, -Inf, -0.0', '(1.0e6, 100000.0, 0.0001, 1.0e-5, NaN, -Inf, -0.0)'],
    ['1:2:7', '1:2:7'],
    ['0:0.5:1', '0.0:0.5:1.0'],
    ['(1,)', '(1,)'],
    ['"a\\"b"', '"a\\"b"'],
    ['Dict("a" => 1)', 'Dict{String, Int64} with 1 entry:\n  "a" => 1'],
    ['["x", "y"]', '2-element Vector{String}:\n "x"\n "y"'],
    ['Float64[]', 'Float64[]'],
    ['nothing', ''],
    ['1;', ''],
    ['x -> x', '#1 (generic function with 1 method)'],
    ['string([1.0 2; 3 4], " ", 1:3, " ", :a, " ", nothing)', '"[1.0 2.0; 3.0 4.0] 1:3 a nothing"'],
  ])('%s', (source, text) => {
    shows(source, text);
  });
});

describe('a function of a matrix for each element of a list', () => {
  it('leaves the lanes', () => {
    const program =
      'M = [1.0 2; 3 4]\np(A) = (Q = A ./ sum(A; dims=1); sum(Q * Q))\n[p(M .+ t) for t in [0, 0.5]] ≈ [p(M), p(M .+ 0.5)]';
    expect(evaluate(program).text).toBe('true');
  });
});
