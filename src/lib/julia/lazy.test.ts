import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

function shown(source: string): string {
  const { printed, text } = evaluate(source);
  return `${printed}${text}`.replaceAll(/\s+/g, ' ').trim();
}

describe('iterators make their elements when asked', () => {
  it.each([
    ['n = 0; for (i, x) in enumerate(1:10^9); n += x; i > 3 && break; end; n', '10'],
    ['n = 0; for (x, y) in zip(1:10^9, 2:10^9); n += y; x > 2 && break; end; n', '9'],
    ['enumerate([1, 2]), zip(1:2, "ab")', '(enumerate([1, 2]), zip(1:2, "ab"))'],
    ['collect(enumerate("ab"))', "2-element Vector{Tuple{Int64, Char}}: (1, 'a') (2, 'b')"],
    ['length(zip(1:3, 1:2)), length(enumerate(1:10^9))', '(2, 1000000000)'],
    [
      'zip(1:2)[1]',
      'ERROR: MethodError: no method matching getindex(::Base.Iterators.Zip{Tuple{UnitRange{Int64}}}, ::Int64)',
    ],
    ['typeof(enumerate([1.0]))', 'Base.Iterators.Enumerate{Vector{Float64}}'],
    ['collect(enumerate(1:10^12)); 1', 'ERROR: BudgetError: '],
    ['any((println(i); i > 1) for i in 1:10^9)', '1 2 true'],
    ['all((println(i); v) for (i, v) in enumerate([true, false, true]))', '1 2 false'],
    [
      'any(x -> x > 3, enumerate([1]))',
      'ERROR: MethodError: no method matching isless(::Int64, ::Tuple{Int64, Int64})',
    ],
    ['first(x^2 for x in 2:10^9)', '4'],
    [
      'first(Iterators.take(Iterators.cycle("ab"), 3), 2)',
      "2-element Vector{Char}: 'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase) 'b': ASCII/Unicode U+0062 (category Ll: Letter, lowercase)",
    ],
    ['foreach(println, Iterators.reverse(1:2))', '2 1'],
    [
      '[a * b for (a, b) in zip(1:2, 3:4)], map(p -> p[1], zip(1:2, 3:4)), first.(enumerate([7, 8]))',
      '([3, 8], [1, 2], [1, 2])',
    ],
    ['[x + y for (x, y) in Iterators.product(1:2, 1:2)]', '2×2 Matrix{Int64}: 2 3 3 4'],
    ['map(((x, y),) -> x * y, Iterators.product(1:2, 1:3))', '2×3 Matrix{Int64}: 1 2 3 2 4 6'],
    ['Dict(zip([:a, :b], 1:2))[:b]', '2'],
    ['sum(x * y for (x, y) in zip([1, 2], [3, 4])), maximum(i for (i, x) in enumerate([5, 6]))', '(11, 2)'],
    ['gradient(v -> sum(i * x for (i, x) in enumerate(v)), [1.0, 2.0])[1]', '2-element Vector{Float64}: 1.0 2.0'],
    ['gradient((v, w) -> sum(x * y for (x, y) in zip(v, w)), [1.0, 2.0], [3.0, 4.0])', '([3.0, 4.0], [1.0, 2.0])'],
    ['Iterators.take(1:3, -1)', 'ERROR: ArgumentError: Take length must be non-negative'],
    ['collect(Iterators.countfrom(1)); 1', 'ERROR: BudgetError: '],
    ['(a, b), c = zip(1:2, 3:4); a, b, c', '(1, 3, (2, 4))'],
    [
      'length(Iterators.filter(isodd, 1:3))',
      'ERROR: MethodError: no method matching length(::Base.Iterators.Filter{typeof(isodd), UnitRange{Int64}})',
    ],
    ['foldl(+, (i * x for (i, x) in enumerate([2, 3])))', '8'],
    ['a = [1, 2]; for (i, x) in enumerate(a); a[i] = 2x; end; a', '2-element Vector{Int64}: 2 4'],
    ['tuple(zip(1:2, 3:4)...)', '((1, 3), (2, 4))'],
  ])('%s', (source, value) =>
    expect(
      shown(source)
        .slice(0, value.endsWith('BudgetError: ') ? 20 : undefined)
        .trim(),
    ).toBe(value.trim()),
  );
});
