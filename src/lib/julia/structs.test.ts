/** Types of the reader's own: values, dispatch, printing, errors and gradients as Julia and Zygote have them. */
import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

const shapes =
  'abstract type Shape end; struct Sq <: Shape; s; end; struct Ci <: Shape; r; end; area(q::Sq) = q.s^2; area(c::Ci) = 3c.r; ';
const p = 'struct P; x; y::Float64; end; ';

describe('struct', () => {
  it.each([
    [`${p}P(1, 2)`, 'P(1, 2.0)'],
    [`${p}q = P(1, 2); q.x + q.y`, '3.0'],
    [`${p}q = P(1, 2); (; x) = q; x`, '1'],
    [`${p}println(P("a", 1)); "$(P(:a, 1))"`, '"P(:a, 1.0)"'],
    [`${p}[P(1, 2), P(3, 4)]`, '2-element Vector{P}:\n P(1, 2.0)\n P(3, 4.0)'],
    [`${p}P.([1, 2], 0)`, '2-element Vector{P}:\n P(1, 0.0)\n P(2, 0.0)'],
    [`${p}f(q::P, k) = q.y * k; f.(Ref(P(1, 2)), [1, 2])`, '2-element Vector{Float64}:\n 2.0\n 4.0'],
    [`${p}P(1, 2) == P(1, 2), P(1, 2) === P(1.0, 2), P([1], 2) == P([1], 2)`, '(true, false, false)'],
    [`${p}d = Dict(P(1, 2) => 5, P(2, 2) => 6); d[P(1, 2)], length(d)`, '(5, 2)'],
    [`${p}P(x) = P(x, 0); P(3), P(3) isa P, typeof(P(3)) == P`, '(P(3, 0.0), true, true)'],
    [`${p}fieldnames(P), getfield(P(1, 2), :y), hasproperty(P(1, 2), :z)`, '((:x, :y), 2.0, false)'],
    ['struct E end; E(), E() === E()', '(E(), true)'],
    ['struct P; x; P(x) = x < 0 ? error("negative") : new(2x); end; P(1)', 'P(2)'],
    ['struct P; x; P(x) = x < 0 ? error("negative") : new(2x); end; P(-1)', 'ERROR: negative'],
    ['@kwdef struct P; x = 1; y::Int = x + 1; end; P(), P(x = 4), P(; y = 2.0)', '(P(1, 2), P(4, 5), P(1, 2))'],
    ['struct Q; x; end; struct P; q::Q; end; P(Q(1))', 'P(Q(1))'],
    [
      'struct MyErr <: Exception; msg; end; try; throw(MyErr("a")); catch e; e.msg, e isa Exception; end',
      '("a", true)',
    ],
    ['struct MyErr <: Exception; msg; end; throw(MyErr("a"))', 'ERROR: MyErr("a")'],
  ])('%s', (program, value) => expect(evaluate(program).text).toBe(value));

  it.each([
    [`${p}P(1, 2).z`, 'type P has no field z'],
    [`${p}q = P(1, 2); q.x = 2`, 'setfield!: immutable struct of type P cannot be changed'],
    [`${p}P(1, 2, 3)`, 'MethodError: no method matching P(::Int64, ::Int64, ::Int64)'],
    [`${p}P(1, 2) + P(1, 2)`, 'MethodError: no method matching +(::P, ::P)'],
    [`${p}P(1, 2)(3)`, 'MethodError: objects of type P are not callable'],
    [`${p}copy(P(1, 2))`, 'MethodError: no method matching copy(::P)'],
    ['struct P; x::Int; end; P(1.5)', 'InexactError: Int64(1.5)'],
    [
      'struct Q; x; end; struct P; q::Q; end; P(1)',
      'MethodError: Cannot `convert` an object of type Int64 to an object of type Q',
    ],
    ['struct P; x; x; end', 'ParseError: duplicate field name: "x" is not unique'],
    ['f() = (struct P; x; end; 1)', 'ParseError: "struct" expression not at top level'],
    ['struct P <: Int; end', 'invalid subtyping in definition of P: can only subtype abstract types.'],
    ['struct P; x::Unknown; end', 'UndefVarError: `Unknown` not defined in `Main`'],
    ['abstract type A end; A()', 'MethodError: no constructors have been defined for A'],
  ])('%s: %s', (program, message) => expect(evaluate(program).text).toBe(`ERROR: ${message}`));
});

describe('mutable struct', () => {
  it.each([
    ['mutable struct P; x::Float64; end; q = P(1); q.x = 2; q.x += 1; q', 'P(3.0)'],
    ['mutable struct P; x; end; f!(q) = (q.x = 10; nothing); q = P(1); f!(q); q.x', '10'],
    ['mutable struct P; x; end; a = P(1); a == P(1), a === a', '(false, true)'],
    ['mutable struct P; x; end; a = P(1); b = deepcopy(a); b.x = 2; a, b', '(P(1), P(2))'],
    ['mutable struct N; v; next; end; n = N(1, nothing); n.next = n; n', 'N(1, N(#= circular reference @-1 =#))'],
    [
      'mutable struct P; const a; b; end; q = P(1, 2); q.a = 3',
      'ERROR: setfield!: const field .a of type P cannot be changed',
    ],
  ])('%s', (program, value) => expect(evaluate(program).text).toBe(value));
});

describe('types above and types with parameters', () => {
  it.each([
    [`${shapes}[area(s) for s in [Sq(2), Ci(1)]]`, '2-element Vector{Int64}:\n 4\n 3'],
    [`${shapes}Sq(1) isa Shape, Sq <: Shape, Shape <: Sq`, '(true, true, false)'],
    [
      'struct P{T}; x::T; y::T; end; P(1, 2), P{Float64}(1, 2), typeof(P(1, 2))',
      '(P{Int64}(1, 2), P{Float64}(1.0, 2.0), P{Int64})',
    ],
    ['struct P{T}; x::T; y::T; end; P(1, 2.0)', 'ERROR: MethodError: no method matching P(::Int64, ::Float64)'],
    ['struct P{T<:Real}; x::Vector{T}; end; f(p::P{Int}) = 1; f(p::P{Float64}) = 2; f(P([1])), f(P([1.0]))', '(1, 2)'],
  ])('%s', (program, value) => expect(evaluate(program).text).toBe(value));
});

describe('gradient', () => {
  it.each([
    ['struct P; w; b; end; gradient(p -> p.w * 3 + p.b^2, P(1.0, 2.0))', '((w = 3.0, b = 4.0),)'],
    ['struct P; w; b; end; gradient(p -> p.w * 3, P(1.0, 2.0))', '((w = 3.0, b = nothing),)'],
    ['struct P; w; b; end; gradient(x -> P(x, 2x).b^2, 3.0)', '(24.0,)'],
    [
      'struct P; w; b; end; f(m, x) = sum(m.w * x .+ m.b); gradient(f, P([1.0 2; 3 4], [1.0, 2]), [1.0, 1.0])',
      '((w = [1.0 1.0; 1.0 1.0], b = [1.0, 1.0]), [4.0, 6.0])',
    ],
    [
      'struct P; w; end; Flux.setup(Adam(), P([1.0]))',
      'ERROR: ArgumentError: unsupported: setup of a struct (P); a named tuple of its arrays works',
    ],
    [
      'struct P; w; end; Flux.params(P([1.0]))',
      'ERROR: ArgumentError: unsupported: params of a struct (P); params(p.w, p.b) takes its arrays',
    ],
    [
      'mutable struct P; w; end; gradient(p -> p.w * 3, P(1.0))',
      'ERROR: unsupported: the gradient by a mutable struct (P); make it a `struct`, whose gradient is a named tuple of its fields',
    ],
  ])('%s', (program, value) => expect(evaluate(program).text).toBe(value));
});

describe('arrays by their type', () => {
  it.each([
    ['Vector{Int}(), Vector{Any}()', '(Int64[], Any[])'],
    ['v = Vector{Vector{Int}}(undef, 1); v[1] = [1]; v', '1-element Vector{Vector{Int64}}:\n [1]'],
    ['Matrix{Float64}(undef, 1, 2)', '1×2 Matrix{Float64}:\n 0.0  0.0'],
    ['Matrix{Int}(I, 2, 2)', '2×2 Matrix{Int64}:\n 1  0\n 0  1'],
    ['zeros(String, 2)', 'ERROR: MethodError: no method matching zero(::Type{String})'],
  ])('%s', (program, value) => expect(evaluate(program).text).toBe(value));
});
