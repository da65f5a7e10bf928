import { describe, expect, it } from 'vitest';
import { JuliaError } from '../errors.ts';
import { parse } from './parse.ts';
import { sketch } from './sketch.ts';

function reads(rows: readonly (readonly [source: string, expected: string])[]): void {
  it.each(rows)('%s', (source, expected) => {
    expect(sketch(source)).toBe(expected);
  });
}

describe('literals', () => {
  reads([
    ['1_000', '1000'],
    ['0xff', '255'],
    ['0b101', '5'],
    ['0o17', '15'],
    ['9223372036854775807', '9223372036854775807'],
    ['1.5', '1.5'],
    ['.5', '0.5'],
    ['2.', '2.0'],
    ['1e3', '1000.0'],
    ['2.5e-3', '0.0025'],
    ['1f0', '1.0f0'],
    ['1.5f2', '150.0f0'],
    ['0x1.8p1', '3.0'],
    ['true', 'true'],
    ['nothing', 'nothing'],
    [':knob', ':knob'],
    [':+', ':+'],
    ["'a'", "'a'"],
    [String.raw`'\n'`, "'\n'"],
    ["'π'", "'π'"],
    ['µ', 'μ'],
  ]);

  it('rounds a Float32 literal to Float32', () => {
    expect(parse('0.1f0').body.body[0]).toMatchObject({ kind: 'float', value: Math.fround(0.1), single: true });
  });
});

describe('strings', () => {
  reads([
    ['""', '(string)'],
    ['"grey levels"', '(string "grey levels")'],
    ['"$x and $(f(x))"', '(string x " and " (f x))'],
    ['"$x[1] $(x[1])"', '(string x "[1] " (index x 1))'],
    [String.raw`"a\tb \$5 \"q\" \\"`, String.raw`(string "a\tb $5 \"q\" \\")`],
    [String.raw`"\u00e9\x41"`, '(string "éA")'],
    ['"# no comment"', '(string "# no comment")'],
    ['"""say "hi" """', String.raw`(string "say \"hi\" ")`],
    ['"""\n  one\n    two\n  """', String.raw`(string "one\n  two\n")`],
    ['"""\n  one\n\n  two"""', String.raw`(string "one\n\ntwo")`],
    ['"""\n  $x\n   y"""', String.raw`(string x "\n y")`],
  ]);
});

describe('precedence', () => {
  reads([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['-x^2', '(- (^ x 2))'],
    ['2^-1', '(^ 2 (- 1))'],
    ['2^3^2', '(^ 2 (^ 3 2))'],
    ['x.^2 .+ 1', '(.+ (.^ x 2) 1)'],
    ["a' * b", "(* (' a) b)"],
    ["A'^2", "(^ (' A) 2)"],
    ["x''", "(' (' x))"],
    ['a / b * c', '(* (/ a b) c)'],
    ['a ÷ b % c', '(% (÷ a b) c)'],
    ['!x && y || z', '(or (and (! x) y) z)'],
    ['a || b && c', '(or a (and b c))'],
    ['1:n+1', '(range 1 (+ n 1))'],
    ['1:2:n', '(range 1 2 n)'],
    ['(1:2):n', '(range (range 1 2) n)'],
    ['a < b', '(compare a < b)'],
    ['a < b <= c', '(compare a < b <= c)'],
    ['(a < b) < c', '(compare (compare a < b) < c)'],
    ['a ≤ b ≠ c ≥ d', '(compare a <= b != c >= d)'],
    ['a .== b', '(compare a .== b)'],
    ['x + 1 ∈ v', '(compare (+ x 1) in v)'],
    ['!(x in v)', '(! (compare x in v))'],
    ['a ≈ b', '(compare a ≈ b)'],
    ['a .&& b', '(.and a b)'],
    ['x > 0 ? 1 : x < 0 ? -1 : 0', '(? (compare x > 0) 1 (? (compare x < 0) (- 1) 0))'],
    ['a ? :b : :c', '(? a :b :c)'],
    ['x -> y -> x + y', '(fn [x] (fn [y] (+ x y)))'],
    [':a => 1 + 2', '(=> :a (+ 1 2))'],
    ['v |> sum |> sqrt', '(sqrt (sum v))'],
    ['v .|> sqrt', '(.sqrt v)'],
    ['f ∘ g', '(∘ f g)'],
    ['√x + 1', '(+ (√ x) 1)'],
    ['.√x', '(.√ x)'],
    ['.-x', '(.- x)'],
    ['÷(7, 2)', '(÷ 7 2)'],
    ['+(1, 2)', '(+ 1 2)'],
    ['-(1)', '(- 1)'],
    ['x isa Int', '(isa x Int)'],
    ['x − y', '(- x y)'],
  ]);
});

describe('juxtaposition', () => {
  reads([
    ['2x', '(* 2 x)'],
    ['2x^2', '(* 2 (^ x 2))'],
    ['2^3x', '(^ 2 (* 3 x))'],
    ['2x^3y', '(* 2 (^ x (* 3 y)))'],
    ['1/2x', '(/ 1 (* 2 x))'],
    ['2(x + 1)', '(* 2 (+ x 1))'],
    ['(x + 1)y', '(* (+ x 1) y)'],
    ['-2x', '(- (* 2 x))'],
    ['√2x', '(* (√ 2) x)'],
    ['√2x^2', '(* (√ 2) (^ x 2))'],
    ["2A'", "(* 2 (' A))"],
    ["A'A", "(* (' A) A)"],
    ['(2x)^2', '(^ (* 2 x) 2)'],
    ['2x .+ 1', '(.+ (* 2 x) 1)'],
  ]);
});

describe('arrays', () => {
  reads([
    ['[]', '(vector)'],
    ['[1, 2, 3]', '(vector 1 2 3)'],
    ['[1,\n 2,\n]', '(vector 1 2)'],
    ['[1 2; 3 4]', '(matrix 1 2 | 3 4)'],
    ['[1 2\n 3 4]', '(matrix 1 2 | 3 4)'],
    ['[\n 1 2 # first\n 3 4 # second\n]', '(matrix 1 2 | 3 4)'],
    ['[1 2 #= between =# 3]', '(matrix 1 2 3)'],
    ['[A; I]', '(matrix A | I)'],
    ['[A; I] * [B I]', '(* (matrix A | I) (matrix B I))'],
    ['[1 -2]', '(matrix 1 (- 2))'],
    ['[1 - 2]', '(vector (- 1 2))'],
    ['[1-2]', '(vector (- 1 2))'],
    ['[1 -2 + 3 -4]', '(matrix 1 (+ (- 2) 3) (- 4))'],
    ['[a*b -c^2 d]', '(matrix (* a b) (- (^ c 2)) d)'],
    ['[a .-b]', '(matrix a (.- b))'],
    ['[a +b\n c -d]', '(matrix a (+ b) | c (- d))'],
    ['[f(a -b) c]', '(matrix (f (- a b)) c)'],
    ['[(a -b) c]', '(matrix (- a b) c)'],
    ["[A' -B']", "(matrix (' A) (- (' B)))"],
    ['[a; -b]', '(matrix a | (- b))'],
    ['[f (x)]', '(matrix f x)'],
    ['[f(x)]', '(vector (f x))'],
    ['Float32[1, 2]', '(.Float32 (vector 1 2))'],
    ['Float32[1 2; 3 4]', '(.Float32 (matrix 1 2 | 3 4))'],
    ['Float64[x for x in v]', '(.Float64 (comprehension x x∈v))'],
    ['[xs..., 1]', '(vector xs... 1)'],
  ]);
});

describe('indexing', () => {
  reads([
    ['A[i, j]', '(index A i j)'],
    ['A[:, j]', '(index A : j)'],
    ['A[:]', '(index A :)'],
    ['A[end, 1:2:end]', '(index A end (range 1 2 end))'],
    ['A[begin:end-1]', '(index A (range begin (- end 1)))'],
    ['A[f(end)]', '(index A (f end))'],
    ['A[[1, end]]', '(index A (vector 1 end))'],
    ['A[B[end], end]', '(index A (index B end) end)'],
    ['A[end ÷ 2]', '(index A (÷ end 2))'],
    ["A[1, :]'", "(' (index A 1 :))"],
    ['f(x)[1][2]', '(index (index (f x) 1) 2)'],
    ['r.x', 'r.x'],
    ['Base.exp(x)', '(Base.exp x)'],
    ['Base.exp.(x)', '(.Base.exp x)'],
    ['reshape(A, :, 2)', '(reshape A : 2)'],
  ]);
});

describe('calls', () => {
  reads([
    ['f()', '(f)'],
    ['f.(a, b)', '(.f a b)'],
    ['softmax(x; dims=1)', '(softmax x dims=1)'],
    ['softmax(x, dims=1)', '(softmax x dims=1)'],
    ['softmax(x; dims)', '(softmax x dims=dims)'],
    ['f(x; a=1, b)', '(f x a=1 b=b)'],
    ['f(xs...)', '(f xs...)'],
    ['Dict(:knob => 0, "k" => 1)', '(Dict (=> :knob 0) (=> (string "k") 1))'],
    ['map(+, a, b)', '(map + a b)'],
    ['(x -> x^2).(v)', '(.(fn [x] (^ x 2)) v)'],
    ['map((x, y) -> x * y, a, b)', '(map (fn [x y] (* x y)) a b)'],
    ['() -> 1', '(fn [] 1)'],
    ['map(v) do x\n  x + 1\nend', '(map (fn [x] {(+ x 1)}) v)'],
    ['map(a, b) do x, y\n  x * y\nend', '(map (fn [x y] {(* x y)}) a b)'],
    ['map(pairs) do (x, y)\n  x\nend', '(map (fn [<x y>] {x}) pairs)'],
    ['f() do\n  1\nend', '(f (fn [] {1}))'],
    ['sum(x^2 for x in v)', '(sum (generator (^ x 2) x∈v))'],
    ['(f ∘ g)(x)', '((∘ f g) x)'],
    ['f(\n  a,\n  # a comment\n  b,\n)', '(f a b)'],
  ]);
});

describe('definitions', () => {
  reads([
    ['f(x) = x + 1', '(fn f [x] (+ x 1))'],
    ['f(x, y=2; k=3, m) = x', '(fn f [x y=2; k=3 m] x)'],
    ['f(xs...) = xs', '(fn f [xs...] xs)'],
    ['f(x::Real, A::Matrix{Float32}) = x', '(fn f [x::Real A::Matrix{Float32}] x)'],
    ['f(::Int) = 1', '(fn f [_::Int] 1)'],
    ['f(x::T) where {T<:Real} = x', '(fn f [x::T] x)'],
    ['f((a, b), c) = a', '(fn f [<a b> c] a)'],
    ['f(x) = (y = 2x; y + 1)', '(fn f [x] {(= y (* 2 x)); (+ y 1)})'],
    [
      'function f(x; dims=1)\n  y = exp.(x)\n  return y ./ sum(y; dims)\nend',
      '(fn f [x; dims=1] {(= y (.exp x)); (return (./ y (sum y dims=dims)))})',
    ],
    ['function f(x::T) where T\n  x\nend', '(fn f [x::T] {x})'],
    ['function f() end', '(fn f [] {})'],
    ['g = function (x) x end', '(= g (fn [x] {x}))'],
    ['a ⊗ b = a * b', '(fn ⊗ [a b] (* a b))'],
    ['f(x) = g(y) = x + y', '(fn f [x] (fn g [y] (+ x y)))'],
  ]);
});

describe('statements', () => {
  reads([
    ['', ''],
    ['# nothing but words', ''],
    ['x = 1; y = 2', '(= x 1); (= y 2)'],
    ['x = 1\r\ny = 2\r\n', '(= x 1); (= y 2)'],
    ['x = y = 2', '(= x (= y 2))'],
    ['a, b = b, a', '(= <a b> (tuple b a))'],
    ['(a, (b, c)) = t', '(= <a <b c>> t)'],
    ['A[i, j] = v', '(= (index A i j) v)'],
    ['A[end] = 1', '(= (index A end) 1)'],
    ['x += 1', '(+= x 1)'],
    ['x .*= 2', '(.*= x 2)'],
    ['x .= y', '(.= x y)'],
    ['A[1, :] .= 0', '(.= (index A 1 :) 0)'],
    ['x ÷= 2', '(÷= x 2)'],
    ['const n = 512', '(= n 512)'],
    ['global n = 1', '(global n (= n 1))'],
    ['f() = (local x = 1)', '(fn f [] (local x (= x 1)))'],
    ['x::Int = 2', '(= x::Int 2)'],
    ['x::Int', '(:: x Int)'],
    ['a.b = 2', '(= a.b 2)'],
    ['a[1], b = 1, 2', '(= <(index a 1) b> (tuple 1 2))'],
    ['a, b... = c', '(= <a b...> c)'],
    ['a, = c', '(= <a> c)'],
    ['(; a, b) = c', '(= <; a b> c)'],
    ['f() = (global x = 1)', '(fn f [] (global x (= x 1)))'],
    ['for i in 1:2\n local x = 1\nend', '(for i∈(range 1 2) {(local x (= x 1))})'],
    ['try\n x\ncatch e\n y\nfinally\n z\nend', '(try {x} catch e {y} finally {z})'],
    ['try; x; catch; y; end', '(try {x} catch {y})'],
    ['begin; x; end', '{x}'],
    ['begin\n  a\n  b\nend', '{a; b}'],
    ['(a; b)', '{a; b}'],
    ['if a\n 1\nelseif b\n 2\nelse\n 3\nend', '(if a {1} b {2} else {3})'],
    ['if a 1 end', '(if a {1})'],
    ['for i in 1:3, j = 1:2\n  f(i, j)\nend', '(for i∈(range 1 3) j∈(range 1 2) {(f i j)})'],
    [
      'for (i, x) in enumerate(v)\n  x > 1 && continue\n  break\nend',
      '(for <i x>∈(enumerate v) {(and (compare x > 1) continue); break})',
    ],
    ['while x < 3\n  x += 1\nend', '(while (compare x < 3) {(+= x 1)})'],
    ['let x = 1, f(y) = x + y\n  f(2)\nend', '(let x=1 f=(fn f [y] (+ x y)) {(f 2)})'],
    ['let\n  x = 1\nend', '(let {(= x 1)})'],
    ['f(x) = x < 0 ? (return 0) : x', '(fn f [x] (? (compare x < 0) (return 0) x))'],
    ['y = if c 1 else 2 end', '(= y (if c {1} else {2}))'],
    ['(1, 2)', '(tuple 1 2)'],
    ['(1,)', '(tuple 1)'],
    ['()', '(tuple)'],
    ['(a = 1, b = 2)', '(tuple a=1 b=2)'],
    ['(; a = 1, b)', '(tuple a=1 b=b)'],
    ['1, 2', '(tuple 1 2)'],
    ['using Images, LinearAlgebra', '(using Images LinearAlgebra)'],
    ['using Flux: gradient, ADAM', '(using Flux)'],
    ['import Flux.Optimise', '(using Flux.Optimise)'],
    ['[x * y for x in 1:3, y in 1:2]', '(comprehension (* x y) x∈(range 1 3) y∈(range 1 2))'],
    ['[x for x in v if x > 1]', '(comprehension x x∈v if (compare x > 1))'],
    ['[begin\n  y = x\n  y^2\nend for x in v]', '(comprehension {(= y x); (^ y 2)} x∈v)'],
    ['"""\nScales an image.\n"""\nf(x) = x', String.raw`(string "Scales an image.\n"); (fn f [x] x)`],
  ]);
});

describe('headers, where a bracket or a name touches what stands before it', () => {
  reads([
    ['for x in f(v)\n  y\nend', '(for x∈(f v) {y})'],
    ['for x in f(v), y in g(x)[1]\n  y\nend', '(for x∈(f v) y∈(index (g x) 1) {y})'],
    ['if f(v)[1](2) && push!(v, 1)\n  y\nend', '(if (and ((index (f v) 1) 2) (push! v 1)) {y})'],
    ['while v[1]\n  (y)\nend', '(while (index v 1) {y})'],
    ['if 2x\n  y\nelseif (a)b\n  z\nend', '(if (* 2 x) {y} (* a b) {z})'],
    ['if x\n  (y)\nend', '(if x {y})'],
    ['if x\n  [1, 2]\nend', '(if x {(vector 1 2)})'],
    ['if x; -1 end', '(if x {(- 1)})'],
    ['for i in 1:n-1\n  i\nend', '(for i∈(range 1 (- n 1)) {i})'],
    ['x = a\n(b)', '(= x a); b'],
  ]);
});

describe('macros', () => {
  reads([
    ['@bind c Slider(0:0.05:4, default=1)', '(bind c (Slider (range 0 0.05 4) default=1))'],
    ['@bind(c, CheckBox())', '(bind c (CheckBox))'],
    ['(@bind c Slider(1:3))', '(bind c (Slider (range 1 3)))'],
    [
      '@bind s Select(["a", "b"])\n@bind t CheckBox()',
      '(bind s (Select (vector (string "a") (string "b")))); (bind t (CheckBox))',
    ],
    ['@. 2x^2 + sin(x)', '(.+ (.* 2 (.^ x 2)) (.sin x))'],
    ['@. y = exp(-x)', '(.= y (.exp (.- x)))'],
    ['y = @. exp(x) / 2', '(= y (./ (.exp x) 2))'],
    ['(@. sin(x) + 1) + 2', '(+ (.+ (.sin x) 1) 2)'],
    ['@. x < 1 && y', '(.and (compare x .< 1) y)'],
    ['@. x + $sum(x)', '(.+ x (sum x))'],
    ['@. f(x; k=1)', '(.f x k=1)'],
    ['[@. sin(x)]', '(vector (.sin x))'],
    ['f(@. sin(x))', '(f (.sin x))'],
    ['@. (1:3) + A[1, 2]', '(.+ (range 1 3) (index A 1 2))'],
  ]);
});

describe('programs', () => {
  it('reads a column softmax that is defined by broadcasting', () => {
    expect(sketch("columns(x) = exp.(x) ./ sum(exp.(x); dims=1)\nnormalize_image(columns(m)' * columns(m))")).toBe(
      "(fn columns [x] (./ (.exp x) (sum (.exp x) dims=1))); (normalize_image (* (' (columns m)) (columns m)))",
    );
  });

  it('reads a sine warp as a comprehension with a clamped row', () => {
    const source = `
      displaced(x, y, k) = x + 10 * ((k - 16) / 16) * sin(y / 4)
      clip(v, n) = v < 1 ? 1 : v > n ? n : v
      warp(A, k) = [A[Int(floor(clip(displaced(x, y, k), size(A, 1)))), y] for x in 1:size(A, 1), y in 1:size(A, 2)]`;
    expect(sketch(source)).toContain(
      '(comprehension (index A (Int (floor (clip (displaced x y k) (size A 1)))) y) x∈(range 1 (size A 1)) y∈(range 1 (size A 2)))',
    );
  });

  it('reads a loop of gradient descent with two moments', () => {
    const source = `
function learn(start, loss; steps=20, rate=0.001)
  x, m, v = copy(start), zero(start), zero(start)
  for t in 1:steps
    g = gradient(loss, x)[1]
    m = 0.9m .+ 0.1g
    v = 0.999v .+ 0.001g .^ 2
    x = x .- rate .* (m ./ (1 - 0.9^t)) ./ (sqrt.(v ./ (1 - 0.999^t)) .+ 1e-8)
  end
  x
end`;
    expect(sketch(source)).toContain('(= v (.+ (* 0.999 v) (* 0.001 (.^ g 2))))');
    expect(parse(source)).toMatchObject({ defines: ['learn'] });
  });
});

describe('program', () => {
  it('is plain JSON', () => {
    const program = parse('f(x; k=1) = [a -b; "t $x"]\n@bind c Slider(1:2)\nlet z = 1\n z end\nx[end] .+= c;');
    expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  });

  it.each([
    ['x', false],
    ['x;', true],
    ['x; # kept to itself', true],
    ['a; b', false],
    ['x # a; b', false],
    ['"a;"', false],
    ['', false],
  ])('%s is silent: %s', (source, silent) => {
    expect(parse(source).silent).toBe(silent);
  });

  it('says where each node stands', () => {
    const source = 'a = 1 # one\nb = foo(a, [1 -2])';
    const [, second] = parse(source).body.body;
    expect(second).toMatchObject({ from: 12, to: source.length });
    if (second?.kind !== 'assign' || second.value.kind !== 'call') throw new Error('not the expected tree');
    const matrix = second.value.args[1]?.value;
    expect(matrix).toMatchObject({ kind: 'matrix', from: 23, to: 29 });
    expect(source.slice(matrix?.from, matrix?.to)).toBe('[1 -2]');
  });
});

describe('errors', () => {
  function trouble(source: string): JuliaError {
    try {
      parse(source);
    } catch (error) {
      if (error instanceof JuliaError) return error;
      throw error;
    }
    throw new Error(`no error in ${source}`);
  }

  it.each([
    ['function f(x)\n  x', 'premature end of input; missing `end` of `function` in line 1', 'x'],
    ['x = 1\nfor i in 1:3\n  x', 'premature end of input; missing `end` of `for` in line 2', 'x'],
    ['f(1, 2', 'expected `)` to close `(`', '('],
    ['A[1, 2', 'expected `]` to close `[`', '['],
    ['f(x))', 'unexpected `)`', ')'],
    ['f(x]', 'unexpected `]`; expected `)` to close `(`', ']'],
    ['x = 1\nend', 'unexpected `end`', 'end'],
    ['else', 'unexpected `else`', 'else'],
    ['"abc', 'unterminated string literal', '"'],
    ['x #= abc', 'unterminated multi-line comment #= ... =#', '#='],
    ['x y', 'extra tokens after end of expression', 'y'],
    ['f(a b)', 'missing comma or `)` before `b`', 'b'],
    ['x +', 'premature end of input', '+'],
    ['x + * y', 'unexpected `y`', 'y'],
    ['if x = 1\n y\nend', 'unexpected `=`; `==` compares', '='],
    ['x + *', 'unexpected `*`', '*'],
    ['x?1:2', 'space required before and after `?` of `a ? b : c`', '?'],
    ['x ? 1:2 : 3', 'space required before and after `:` of `a ? b : c`', ':'],
    ['break', '`break` or `continue` outside a loop', 'break'],
    ['for i in 1:2\n f() = break\nend', '`break` or `continue` outside a loop', 'break'],
    ['return 1', '`return` outside a function', 'return 1'],
    ['[end]', 'unexpected `end`', 'end'],
    ['-x = 1', 'invalid assignment location `-x`', '-x'],
    ['a && b = 1', 'invalid assignment location `a && b`', 'a && b'],
    ['true = 1', 'cannot assign a value to `true`', 'true'],
    ['2.*x', 'ambiguous use of `.`; add a blank before the dot or after it', '2.'],
    ['1e400', 'overflow in floating point literal', '1e400'],
    ['f(x, x) = 1', 'function argument name not unique: `x`', 'x'],
    ['@bind c', '`@bind` takes a name and a control, as in `@bind c Slider(0:0.1:1)`', '@bind c'],
    ['[x -1 for x in v]', 'unexpected `]`', ']'],
    ['@. x -1', '`@.` takes one expression', '@. x -1'],
    [String.raw`"\U0001F600"`, String.raw`invalid escape sequence ${'`'}\U0001${'`'}`, String.raw`\U0001`],
    ['f(xs..., y...) = 1', '`...` may only stand at the last parameter', 'xs...'],
  ])('%s: ParseError', (source, message, place) => {
    const error = trouble(source);
    expect(error.message).toBe(`ParseError: ${message}`);
    expect(source.slice(error.span?.from, error.span?.to)).toBe(place);
  });

  it.each([
    ['macro m() end', 'a `macro` definition (a function often serves)'],
    ['module M end', 'a `module` (a page is one program, whose cells see each other’s names)'],
    [':(a + b)', 'quoted code (a function, or a Dict of functions, often serves)'],
    ['1//2', 'a rational number (`//`; `/` divides to a Float64)'],
    ['for outer i in 1:2 end', '`outer`; assign the outer variable in the loop’s body'],
    ['a + b = 3', 'a method of `+` that names no `struct` of this page (a function with a name of its own works)'],
    [
      'Base.show(x) = 1',
      'a method of `show` that names no `struct` of this page (a function with a name of its own works)',
    ],
    ['9223372036854775808', 'an integer larger than `typemax(Int64)`'],
    ['r"a"', 'a regular expression; `occursin`, `replace` and `split` take text, and the string macro `r""`'],
    ['`ls`', 'a command literal (a page runs no other programs)'],
    ['{1, 2}', 'an expression in braces (a vector is written with `[` and `]`)'],
    ['import Flux as F', '`as`'],
    ['f(@. x, 2)', 'a macro call before a comma; put it between parentheses'],
    ['x ~ y', '`~`'],
  ])('%s: unsupported', (source, construct) => {
    const error = trouble(source);
    expect(error.message).toBe(`unsupported: ${construct} is not in this subset of Julia`);
    expect(error.span).not.toBeNull();
  });

  it.each([
    ['('.repeat(5000), '('],
    ['f(['.repeat(3000), 'f(['],
    [`${'('.repeat(5000)}x${')'.repeat(5000)}`, 'balanced'],
    [`x${'+x'.repeat(5000)}`, 'sum'],
    ['-'.repeat(5000), 'signs'],
    ['begin '.repeat(3000), 'begin'],
    ['"$('.repeat(3000), 'interpolation'],
    ['@a '.repeat(3000), 'macros'],
    ['x'.repeat(30_000), 'length'],
    [`x${"'".repeat(5000)}`, 'adjoints'],
    ['a ? b : '.repeat(2000), 'ternaries'],
    ['where '.repeat(300), 'wheres'],
  ])('refuses what nests too deeply or is too long (%#: %s)', (source) => {
    expect(trouble(source).julia).toBe('ParseError');
  });
});
