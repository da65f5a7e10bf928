/** Programs whose values once depended on the engine. */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../matrix/choose.ts';
import { allPacks } from './library/all.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import type { Engine } from '../matrix/engine.ts';

describe.each(['reference', 'tfjs-wasm'] as const)('on %s', (name) => {
  /** What each program shows, in cells of one page. */
  async function shown(...programs: readonly string[]): Promise<string[]> {
    const engine: Engine = await createEngine(name);
    const book = new Notebook(engine, {}, { packs: allPacks });
    book.setCells(programs.map((source, k) => ({ id: `c${k}`, program: parse(source) })));
    const said = book.run().map(({ view, trouble }) => trouble?.message ?? (view as { text?: string }).text ?? '');
    engine.dispose();
    return said;
  }

  it('a vector and its transpose may both be right factors', async () => {
    expect(await shown("x = [1.0, 2.0]; a = x' * x; sum(x * x')")).toEqual(['9.0']);
    expect(await shown("u = ones(2); w = [1.0, 2]; b = u * w'; u' * w")).toEqual(['3.0']);
    expect(await shown("x = [1, 2]; a = [1 2; 3 4] * x; b = [1, 2, 3] * x'; (a, b)")).toEqual([
      '([5, 11], [1 2; 2 4; 3 6])',
    ]);
    const cells = ["p = [1.0, 2.0]; a = p' * p; sum(p * p')", "q = [1.0, 2.0]; b = q' * q; sum(q * q')"];
    expect(await shown(...cells)).toEqual(['9.0', '9.0']);
  });

  it('numbers on their own are Float64 under gradient', async () => {
    expect(await shown('gradient((x, y) -> x * y, 0.1, 0.2)')).toEqual(['(0.2, 0.1)']);
    expect(await shown('gradient(x -> exp(x) / 3, 0.1)[1] == exp(0.1) / 3')).toEqual(['true']);
  });

  it("powers are IEEE's, of numbers and of arrays", async () => {
    const values = '(1.0^NaN, 1^Inf, (-1.0)^Inf, (-1.0)^-Inf, NaN^0, (-2.0)^Inf, isnan((-2.0)^NaN), (-0.5)^Inf)';
    expect(await shown(values)).toEqual(['(1.0, 1.0, 1.0, 1.0, 1.0, Inf, true, 0.0)']);
    expect(await shown('[1.0] .^ NaN == [1.0], [-1.0, 1.0] .^ Inf == [1.0, 1.0], isnan(([-2.0] .^ NaN)[1])')).toEqual([
      '(true, true, true)',
    ]);
    expect(await shown('(-2.0)^0.5')).toEqual([expect.stringMatching(/^DomainError/)]);
    expect(await shown('[-2.0] .^ 0.5')).toEqual([expect.stringMatching(/^DomainError/)]);
  });

  it('softmax shares the whole among infinities, as NNlib does', async () => {
    expect(await shown('softmax([Inf, 1.0]) == [1.0, 0.0], softmax([Inf, Inf, 0.0]) == [0.5, 0.5, 0.0]')).toEqual([
      '(true, true)',
    ]);
    expect(await shown('softmax([Inf 1.0; 0.0 1.0]; dims=1) == [1.0 0.5; 0.0 0.5]')).toEqual(['true']);
    expect(await shown('softmax([-Inf, 0.0]) == [0.0, 1.0], all(isnan.(softmax([-Inf, -Inf])))')).toEqual([
      '(true, true)',
    ]);
    expect(await shown('all(isnan.(softmax([NaN, 1.0]))), softmax([1e9, 0.0]) == [1.0, 0.0]')).toEqual([
      '(true, true)',
    ]);
    expect(await shown('gradient(x -> softmax(x)[1], [1.0, 1.0]) == ([0.25, -0.25],)')).toEqual(['true']);
  });

  it('remainders, rounding and angles mind infinities, ties and the sign of zeros', async () => {
    const scalars = [
      ['(mod(-1.0, Inf), mod(1.0, Inf), mod(-0.0, 3.0), mod(0.0, -3.0), mod(-3.0, 3.0))', '(Inf, 1.0, 0.0, -0.0, 0.0)'],
      ['(rem(-0.0, 3.0), rem(5.0, -Inf), isnan(rem(Inf, 2.0)), isnan(mod(1.0, 0.0)))', '(-0.0, 5.0, true, true)'],
      ['(round(0.5), round(-0.5), round(1.5), round(2.5), round(-2.5))', '(0.0, -0.0, 2.0, 2.0, -2.0)'],
      ['(atan(0.0, -1.0), atan(-0.0, -1.0), atan(-0.0, 1.0))', '(3.141592653589793, -3.141592653589793, -0.0)'],
      [
        '(sign(-0.0), isnan(sign(NaN)), max(-0.0, 0.0), min(0.0, -0.0), isnan(max(NaN, 1.0)))',
        '(-0.0, true, 0.0, -0.0, true)',
      ],
      ['(NaN < 1.0, NaN == NaN, NaN != NaN, 0.0 == -0.0, NaN >= NaN)', '(false, false, true, true, false)'],
      ['(sinpi(1.0), cospi(0.5), sinpi(0.5), cospi(1.0), sinpi(-1.5))', '(0.0, 0.0, 1.0, -1.0, 1.0)'],
      ['(7.0 ÷ 0.1, fld(-7.0, 2.0), isinteger(Inf), exp10(2.0), log10(1000.0))', '(69.0, -4.0, false, 100.0, 3.0)'],
    ] as const;
    for (const [program, value] of scalars) expect(await shown(program)).toEqual([value]);
    // The same through arrays: 1 / x tells the sign of a zero.
    const arrays = [
      '1 ./ mod.([-0.0, 0.0], [3.0, -3.0]) == [Inf, -Inf]',
      'mod.([-1.0, 1.0], Inf) == [Inf, 1.0]',
      '1 ./ round.([-0.5, 0.5]) == [-Inf, Inf]',
      'round.([0.5, 1.5, 2.5, -1.5]) == [0.0, 2.0, 2.0, -2.0]',
      '1 ./ max.([-0.0, 0.0], [0.0, -0.0]) == [Inf, Inf]',
      '1 ./ sign.([-0.0, 0.0]) == [-Inf, Inf]',
      'atan.([0.0, -0.0], [-0.0, -0.0]) ≈ [π, -π]',
      '1 ./ trunc.([-0.5, 0.5]) == [-Inf, Inf]',
      'isinteger.([1.0, Inf, NaN]) == [true, false, false]',
      'log10.([1000.0, 10.0]) == [3.0, 1.0]',
      'exp10.([2.0, 3.0]) == [100.0, 1000.0]',
      'log2.([8.0, 2.0^29]) == [3.0, 29.0]',
      'log1p.([1e-9]) ≈ [1e-9]',
      'expm1.([1e-9]) ≈ [1e-9]',
      'sinpi.([1.0, 2.0]) == [0.0, 0.0]',
      '1 / sum([-0.0, -0.0]) == -Inf',
      'argmax([1.0, NaN, 2.0]) == 2 && argmin([1.0, NaN, NaN]) == 2',
      'argmax([-0.0, 0.0]) == 2 && argmin([0.0, -0.0]) == 2',
    ];
    for (const program of arrays) expect([program, ...(await shown(program))]).toEqual([program, 'true']);
  });
});
