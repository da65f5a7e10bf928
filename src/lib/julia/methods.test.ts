/** Methods that a program gives the library's functions, and calls, for its own types. */

import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

describe('methods for types of one’s own', () => {
  it.each([
    ['struct S; k; end; (m::S)(x) = m.k .* x; s = S(2); s(3), s([1,2])', '(6, [2, 4])'],
    ['struct S; k; end; (m::S)(x) = m.k * x; S(2).([1,2,3])', '3-element Vector{Int64}:\n 2\n 4\n 6'],
    ['struct S; k; end; (m::S)(x) = m.k * x; map(S(2), [1,2]), S(2) |> x -> x(4), (S(2) ∘ S(3))(1)', '([2, 4], 8, 6)'],
    ['struct S; k; end; S(2)(3)', 'ERROR: MethodError: objects of type S are not callable'],
    [
      'struct S; k; end; (m::S)(x) = m.k * x; S(2)(1, 2)',
      'ERROR: MethodError: no method matching (::S)(::Int64, ::Int64)',
    ],
    [
      'struct D; W; b; end; (d::D)(x) = d.W * x .+ d.b; d = D([1.0 2; 3 4], [1.0, 1]); gradient(d -> sum(d([1.0, 1])), d)[1].b',
      '2-element Vector{Float64}:\n 1.0\n 1.0',
    ],
    [
      'abstract type L end; struct A <: L; k; end; struct B <: L; k; end; (l::L)(x) = l.k + x; (b::B)(x) = 10b.k; A(1)(1), B(1)(1)',
      '(2, 10)',
    ],
    [
      'struct Poly{T}; c::Vector{T}; end; function (p::Poly)(x)\n v = p.c[end]\n for i in length(p.c)-1:-1:1; v = v * x + p.c[i]; end\n return v\nend; (p::Poly)() = p(5); p = Poly([1, 10, 100]); p(3), p()',
      '(931, 2551)',
    ],
    [
      'struct P; x; y; end; Base.:+(a::P, b::P) = P(a.x+b.x, a.y+b.y); P(1,2) + P(3,4), sum([P(1,2), P(3,4)])',
      '(P(4, 6), P(4, 6))',
    ],
    [
      'import Base: +, *, ==; struct P; x; end; +(a::P, b::P) = P(a.x+b.x); *(k::Number, p::P) = P(k * p.x); ==(a::P, b::P) = true; P(1) + P(3), 2P(3), 2 * P(4), P(1) == P(2), [P(1)] == [P(3)], P(1) != P(2)',
      '(P(4), P(6), P(8), true, true, false)',
    ],
    ['struct P; x; end; P(1) + P(2)', 'ERROR: MethodError: no method matching +(::P, ::P)'],
    ['struct P; x; end; Base.:-(a::P) = P(-a.x); -P(1)', 'P(-1)'],
    ['struct P; x; end; Base.show(io::IO, p::P) = print(io, "<", p.x, ">"); P(1)', '<1>'],
    [
      'struct P; x; end; Base.show(io::IO, p::P) = print(io, "<", p.x, ">"); println(P(1)); "$(P(2))", string(P(3)), [P(4)]',
      '<1>\n("<2>", "<3>", P[<4>])',
    ],
    [
      'struct P; x; end; Base.show(io::IO, ::MIME"text/plain", p::P) = print(io, "P with ", p.x); println(P(1)); P(2)',
      'P(1)\nP with 2',
    ],
    [
      'struct P; v; end; Base.length(p::P) = length(p.v); Base.getindex(p::P, i::Int) = p.v[i]; Base.iterate(p::P, s = 1) = s > length(p) ? nothing : (p[s], s + 1); p = P([5, 6]); length(p), p[2], collect(p), [2x for x in p], sum(p)',
      '(2, 6, [5, 6], [10, 12], 11)',
    ],
    [
      'struct P; x; end; Base.isless(a::P, b::P) = a.x < b.x; sort([P(3), P(1)]), P(1) < P(2), maximum([P(1), P(5)]), P(1) > P(2), max(P(1), P(2))',
      '(P[P(1), P(3)], true, P(5), false, P(2))',
    ],
    ['struct P; x; end; length(p::P) = 7; length(P(1)), length([1,2])', '(7, 2)'],
    [
      'struct V2; x; y; end; Base.:*(a::Real, v::V2) = V2(a*v.x, a*v.y); LinearAlgebra.norm(v::V2) = sqrt(v.x^2+v.y^2); norm(2V2(3,4))',
      '10.0',
    ],
    [
      'struct P; x; end; Base.getproperty(p::P, s::Symbol) = 1; P(2).x',
      'ERROR: unsupported: a method of `getproperty` for a type of one’s own (a function with a name of its own works) is not in this subset of Julia',
    ],
    ['struct P; x; end; Base.abs(p::P) = P(abs(p.x)); abs(P(-1)), abs.([P(-1)])', '(P(1), P[P(1)])'],
    [
      'struct P; x; end; Base.:(==)(a::P, b::Int) = a.x == b; P(1) == 1, P(1) == 2, P(1) == P(1)',
      '(true, false, true)',
    ],
    ['struct P; x; end; sin.(P(1))', 'ERROR: MethodError: no method matching length(::P)'],
    ['struct P; x; end; for a in P(1); end', 'ERROR: MethodError: no method matching iterate(::P)'],
    ['struct P; x; end; Base.zero(::Type{P}) = P(0); zero(P)', 'P(0)'],
    ["struct P; x; end; Base.adjoint(p::P) = P(-p.x); P(1)'", 'P(-1)'],
    ['struct P; x; end; Base.:^(p::P, n::Int) = P(p.x^n); P(2)^3', 'P(8)'],
    ['struct P; x; end; Base.:^(p::P, n::Int) = P(p.x^n); P(2)^2', 'P(4)'],
    [
      'struct P; x; end; function Base.show(io::IO, p::P)\n compact = get(io, :compact, false)\n print(io, compact ? "c" : "f")\nend; P(1), repr(P(1); context=:compact=>true)',
      '(f, "c")',
    ],
    ['f(x) = 2x; struct P; x; end; f(p::P) = p.x; f(P(3)), f(4)', '(3, 8)'],
    [
      'struct P; x; end; Base.convert(::Type{Float64}, p::P) = 1.0; 1',
      'ERROR: unsupported: a method of `convert` for a type of one’s own (a function with a name of its own works) is not in this subset of Julia',
    ],
  ])('%s', (program, value) => {
    const { printed, text } = evaluate(program);
    expect(printed + text).toBe(value);
  });
});
