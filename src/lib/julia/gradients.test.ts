/** `gradient` of everything that has one: against central differences on the float64 engine, and the same on WebAssembly. */

import { describe, expect, it } from 'vitest';
import { createWasm } from '../matrix/wasm.ts';
import { allPacks } from './library/all.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import { evaluate, numbersOf } from './testing.ts';

/** Numbers of x, all different and away from corners, and functions of it. */
const vector = '[0.3, 1.7, 0.9, 1.2]';
const matrix = '[0.3 1.7 0.8; 0.9 1.2 0.5]';
const functions: readonly (readonly [at: string, f: string])[] = [
  ...[
    'sum(fill(x[2], 2, 2) .* [1 2; 3 4])',
    'sum((0:x[1]:2) .^ 2)',
    'sum(range(x[1], x[2]; length=5) .^ 2)',
    'sum(LinRange(x[1], x[2], 4) .* [1, 2, 3, 4])',
    'sum(repeat(x, 2) .* (1:8))',
    'sum([x; 2x] .* (1:8))',
    'sum([x[1] x[2]; x[3] x[4]] * [1, 2])',
    'sum([x[1], 2x[2], x[3]^2] .* [1, 2, 3])',
    'sum([x[i] * x[5 - i] * i for i in 1:4])',
    'sum(x[i]^i for i in 1:4)',
    'sum(y for y in x if y > 0.5)',
    'sum(cumsum(x) .^ 2)',
    'x[argmax(x)]^2',
    'maximum(x) * minimum(x)',
    'findmax(x)[1]^2 - findmin(x)[1]',
    'extrema(x)[2] * extrema(x)[1]',
    'median(x)^2',
    'median(x[1:3])^2',
    'sum(sort(x) .* (1:4))',
    'sum(sort(x; rev=true) .* (1:4))',
    'sum(sort(x; by=y -> -y) .* (1:4))',
    'prod(x)',
    'norm(x)',
    'norm(x, 1)',
    'norm(x, 3)',
    'norm(x, Inf)',
    'dot(x, reverse(x) .* x)',
    "x' * diagm(x) * x",
    'sum(kron(x, [1, 2]) .* (1:8))',
    'sum(circshift(x, 1) .* x .* (1:4))',
    'sum(reshape(x, 2, 2) * [1 2; 3 4])',
    'reduce((a, b) -> a * b + 1, x)',
    'foldl((a, b) -> a * b + 1, x; init=2.0)',
    'sum(map(y -> y^3, x))',
    'sum(y -> y^3, x)',
    'sum(filter(y -> y > 0.5, x) .^ 2)',
    'sum(unique(x) .^ 2)',
    '(a = x[1], b = x[2]).a * (x[3], x[4])[2]',
    'Dict("k" => x[2])["k"]^2 * Ref(x[3])[]',
    'sum(clamp.(x, 0.5, 1.0) .* (1:4))',
    'sum(ifelse.(x .> 1, x .^ 2, 3x))',
    'sum(max.(x, reverse(x)) .* min.(x, 1) .* (1:4))',
    'sum(mod.(5x, 1.1) .* rem.(-7x, 2))',
    'sum(hypot.(x, reverse(x)) .* atan.(x, 2reverse(x)))',
    'sum(x .^ reverse(x))',
    'sum(2 .^ x .+ x .^ -2 .+ x .^ 9)',
    'std(x) * var(x) + mean(x)^2',
    'cor(x, [1, 3, 2, 4])',
    'cov(x, [1, 3, 2, 4])',
    'sum(softmax(x) .* (1:4))',
    'sum(normalize_image(x) .* (1:4))',
    'sum(exp.(x) .* log.(x) .+ sqrt.(x) .* sin.(x) .+ cos.(x) .* tan.(x) .+ tanh.(x))',
    'sum(exp2.(x) .+ exp10.(x ./ 9) .+ expm1.(x) .+ log2.(x) .+ log10.(x) .+ log1p.(x) .+ cbrt.(x))',
    'sum(asin.(x ./ 2) .+ acos.(x ./ 3) .* atan.(x) .+ sinh.(x) .* cosh.(x) .+ abs.(x .- 1) .+ abs2.(x) .+ inv.(x))',
    'sum(x[[1, 3, 3]] .* [1, 2, 3]) + sum(x[x .> 1]) + x[end] + sum(x[2:3] .^ 2)',
    'sum(relu.(x .- 1) .+ σ.(x) .* swish.(x) .+ gelu.(x) .+ elu.(x .- 1) .+ softplus.(x) .+ leakyrelu.(x .- 1))',
    'Flux.mse(x, [1, 2, 3, 4]) * Flux.mae(x, [1, 2, 3, 4]) + sum(logsoftmax(x) .* (1:4))',
  ].map((f) => [vector, f] as const),
  ...[
    'sum(x .* [1 2 3; 4 5 6] .+ vec(x)[2])',
    "sum(permutedims(x) * [1 2; 3 4]) + sum(x' * x)",
    "sum(hcat(x, 2x) .* (1:6)') + sum(vcat(x, x .^ 2) .* (1:4))",
    'sum(reverse(x; dims=1) .* x .* [1 2 3; 4 5 6])',
    'sum(circshift(x, (1, 1)) .* x .* [1 2 3; 4 5 6])',
    'sum(cumsum(x; dims=1) .^ 2) + sum(cumsum(x; dims=2) .^ 3)',
    'sum(prod(x; dims=1) .* [1 2 3]) + sum(prod(x; dims=2) .* [1, 2])',
    'sum(maximum(x; dims=1) .* [1 2 3]) - sum(minimum(x; dims=2) .* [1, 2])',
    'sum(sum(x; dims=1) .^ 2) + sum(mean(x; dims=2) .^ 3) + sum(std(x; dims=2)) + sum(var(x; dims=1))',
    'sum(sort(x; dims=2) .* [1 2 3; 4 5 6])',
    "tr(x * x')^2 + sum(diag(x)) * x[2, 3]",
    'norm(x, 3) * norm(x, Inf)',
    'sum(softmax(x; dims=2) .* [1 2 3; 4 5 6])',
    'sum(normalize_image_signed(x) .* [1 2 3; 4 5 6])',
    'sum(imresize(x, (3, 4)) .^ 2)',
    'sum(x[:, 2] .* x[:, end]) + sum(x[1, :] .^ 2) + x[2, 1] * x[3]',
    'sum(A -> A^2, x) + sum([sum(c) * c[1] for c in eachcol(x)])',
  ].map((f) => [matrix, f] as const),
];

const program = (at: string, f: string): string => `using Statistics, LinearAlgebra, Flux
f(x) = ${f}
x = ${at}
vec(gradient(f, x)[1])`;

const differences = (at: string, f: string): string => `using Statistics, LinearAlgebra, Flux
f(x) = ${f}
x = ${at}
d = Float64[]
for k in 1:length(x)
  e = reshape(Float64.((1:length(x)) .== k), size(x))
  push!(d, (f(x + 1e-6e) - f(x - 1e-6e)) / 2e-6)
end
d`;

describe('gradients of the library', async () => {
  const wasm = await createWasm();

  it.each(functions)('at %s: %s', (at, f) => {
    const right = numbersOf(program(at, f));
    expect(right.length).toBeGreaterThan(0);
    numbersOf(differences(at, f)).forEach((d, k) =>
      expect(Math.abs((right[k] ?? NaN) - d)).toBeLessThan(1e-5 * Math.max(1, Math.abs(d))),
    );
    const book = new Notebook(wasm, {}, { packs: allPacks });
    book.setCells([{ id: 'cell', program: parse(program(at, f)) }]);
    const [report] = book.run();
    if (report?.view?.kind !== 'matrix') throw new Error(report?.trouble?.message ?? 'no matrix');
    report.view.data.forEach((x, k) =>
      expect(Math.abs(x - (right[k] ?? NaN))).toBeLessThan(2e-4 * Math.max(1, Math.abs(right[k] ?? 0))),
    );
  });
});

describe('what a gradient cannot follow', () => {
  it.each([
    ['gradient(p -> norm([1.0, 2.0], p), 3.0)', 'gradient cannot follow a number into norm'],
    ['gradient(x -> (x .= 0; sum(x)), [1.0])', 'Mutating arrays is not supported -- called copyto!'],
    ['gradient(x -> (push!(x, 1); sum(x)), [1.0])', 'Mutating arrays is not supported -- called push!'],
    ['gradient(x -> (for i in 1:10^4; x = x .* 1.0001; end; sum(x)), rand(512, 512))', 'BudgetError: this gradient'],
    ['gradient(x -> x, [1.0])', 'Output is an array'],
    ['gradient(x -> "a", 1.0)', 'Output should be scalar; gradients are not defined for output "a"'],
  ])('%s', (source, message) => {
    expect(evaluate(source).text).toContain(message);
  });
});

describe('arguments and results', () => {
  it.each([
    ['gradient(s -> sum(fill(s, 2, 2)), 2.0)', '(4.0,)'],
    ['gradient(v -> sum(v[1]) * v[2][1], [[1.0, 2.0], [3.0, 4.0]])', '([[3.0, 3.0], [3.0, 0.0]],)'],
    ['gradient((x, n) -> sum(x[1:n]), [1.0, 2.0, 3.0], 2)', '([1.0, 1.0, 0.0], nothing)'],
    ['gradient((x, n) -> x^n, 2.0, 3)', '(12.0, 5.545177444479562)'],
    ['gradient(r -> sum(r .* [1, 2, 3]), 1:3)', '([1.0, 2.0, 3.0],)'],
    ['gradient(x -> x * 2, 1f0)', '(2.0f0,)'],
    ['gradient(d -> d["a"]^2, Dict("a" => 3.0, "b" => 1.0))[1]["a"]', '6.0'],
    ['gradient(x -> sum(x .^ 2), [1.0 2.0]) == gradient(x -> sum(x .^ 2), [1.0 2.0])', 'true'],
    ['img = [0.0 0.5; 1.0 0.25]; gradient(γ -> sum(img .^ γ), 2.2)[1] ≈ -0.2165183336586879', 'true'],
    ['gradient(x -> sum(clamp.(x, 0, 1)), [0.0, 1.0, 2.0])', '([1.0, 1.0, 0.0],)'],
    ['gradient((x, y) -> hypot(x, y), 0.0, 0.0)', '(0.0, 0.0)'],
    ['gradient(x -> softmax(x)[1], [Inf, 1.0])[1] == [0, 0]', 'true'],
  ])('%s', (source, value) => {
    expect(evaluate(source).text).toBe(value);
  });
});
