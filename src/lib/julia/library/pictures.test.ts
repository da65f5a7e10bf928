import { describe, expect, it } from 'vitest';
import { evaluate, numberOf, numbersOf } from '../testing.ts';

const shows = (source: string, value: unknown): void =>
  expect(evaluate(source).text.replace(/\s+/g, ' '), source).toEqual(value);
const near = (source: string, expected: readonly number[], digits = 12): void => {
  const found = numbersOf(source);
  expect(found.length, source).toBe(expected.length);
  found.forEach((x, k) => expect(x, `${source} [${k}]`).toBeCloseTo(expected[k] ?? NaN, digits));
};

describe('kernels', () => {
  it('gaussian has ImageFiltering’s length and values', () => {
    shows(
      'size(Kernel.gaussian(1)), size(Kernel.gaussian((0.5, 2.1))), size(Kernel.gaussian((1, 1), (3, 7)))',
      '((5, 5), (5, 13), (3, 7))',
    );
    expect(numberOf('maximum(Kernel.gaussian(1))')).toBeCloseTo(0.162102822, 8);
    expect(numberOf('minimum(Kernel.gaussian(1))')).toBeCloseTo(0.00296901674, 9);
    expect(numberOf('sum(Kernel.gaussian(3))')).toBeCloseTo(1, 12);
  });

  it('are not indexed, because their indices count from the middle', () => {
    shows(
      'Kernel.gaussian(1)[1, 1]',
      'ERROR: unsupported: an index into a kernel, whose indices count from its middle; imfilter takes it whole',
    );
    expect(evaluate('Kernel.gaussian(1)').text.split('\n')[0]).toBe(
      '5×5 OffsetArray(::Matrix{Float64}, -2:2, -2:2) with eltype Float64 with indices -2:2×-2:2:',
    );
    shows('gaussian(1)', 'ERROR: UndefVarError: `gaussian` not defined in `Main`');
  });

  it('sobel differentiates down, then across', () => {
    near(
      'd, _ = Kernel.sobel(); imfilter([0.0 0 0; 0 1 0; 0 0 0], d, Fill(0))',
      [0.125, 0.25, 0.125, 0, 0, 0, -0.125, -0.25, -0.125],
    );
    near(
      '_, d = Kernel.sobel(); imfilter([0.0 0 0; 0 1 0; 0 0 0], d, Fill(0))',
      [0.125, 0, -0.125, 0.25, 0, -0.25, 0.125, 0, -0.125],
    );
    near('imfilter([0 0 0; 0 1 0; 0 0 0], Kernel.Laplacian(), Fill(0))', [0, 1, 0, 1, -4, 1, 0, 1, 0]);
  });
});

describe('imfilter', () => {
  it('correlates: F[i] is the sum of A[i + j] K[j]', () => {
    near('imfilter([1.0 2 3 4 5], centered([1 10 100]), Fill(0))', [210, 321, 432, 543, 54]);
    // The origin of an even kernel is the element before its middle.
    near('imfilter([1.0, 2, 4], centered([1, 10]), Fill(0))', [21, 42, 4]);
  });

  it.each(['"replicate"', '"circular"', '"symmetric"'])('has the border %s', (border) => {
    const by = (at: (i: number) => number): number[] =>
      [0, 1, 2, 3].map((i) => [-2, -1, 0, 1, 2].reduce((sum, j) => sum + 10 ** (j + 2) * at(i + j), 0));
    const a = [1, 2, 3, 4];
    const rules: Record<string, (i: number) => number> = {
      '"replicate"': (i) => a[Math.min(3, Math.max(0, i))] ?? NaN,
      '"circular"': (i) => a[(i + 8) % 4] ?? NaN,
      // b a | a b c d | d c
      '"symmetric"': (i) => [2, 1, 1, 2, 3, 4, 4, 3][i + 2] ?? NaN,
    };
    near(`imfilter([1.0, 2, 3, 4], centered([1, 10, 100, 1000, 10000]), ${border})`, by(rules[border] ?? (() => NaN)));
  });

  it('reflects without repeating the edge, and takes replicate by default', () => {
    // c b | a b c d | c b
    near('imfilter([1.0, 2, 3, 4], centered([1, 0, 0, 0, 10]), "reflect")', [3 + 30, 2 + 40, 1 + 30, 2 + 20]);
    near('imfilter([1.0, 2, 3, 4], centered([1, 0, 10]))', [21, 31, 42, 43]);
    near('imfilter([1.0 2; 3 4], centered([1 0 10]), Fill(7))', [27, 71, 47, 73]);
  });

  it('is the same in factors as element by element', () => {
    const a = '[sin(i * j) for i in 1:7, j in 1:9]';
    const plain = `A = ${a}; K = Kernel.gaussian((1, 2)) .* 1; k = K .+ 0; out = zeros(7, 9);
      for i in 1:7, j in 1:9, u in -2:2, v in -4:4; out[i, j] += k[u + 3, v + 5] * A[clamp(i + u, 1, 7), clamp(j + v, 1, 9)]; end; out`;
    near(`imfilter(${a}, Kernel.gaussian((1, 2)))`, numbersOf(plain));
  });

  it('keeps greys grey and colours colours', () => {
    shows(
      'typeof(imfilter(Gray{N0f8}.([0 1; 1 0]), Kernel.gaussian(1)))',
      'Matrix{Gray{Float64}} (alias for Array{Gray{Float64}, 2})',
    );
    shows('eltype(imfilter([RGB(1, 0, 0) RGB(0, 0, 1)], ones(3, 3) / 9))', 'RGB{Float64}');
    shows('eltype(imfilter([1 2; 3 4], Kernel.Laplacian()))', 'Int64');
  });

  it('differentiates: the picture, the kernel and the width of the bell', () => {
    near(
      'gradient(A -> sum(imfilter(A, [1.0 2 3; 4 5 6; 7 8 9], Fill(0)) .* [0 0 0; 0 1 0; 0 0 0]), ones(3, 3))[1]',
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    near('gradient(k -> imfilter([1.0 2 3; 4 5 6; 7 8 9], k)[2, 2], ones(3, 3))[1]', [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const slope = numberOf('f(s) = imfilter([0.0 0 0; 0 1 0; 0 0 0], Kernel.gaussian(s))[2, 2]; gradient(f, 0.7)[1]');
    const difference = numberOf(
      'f(s) = imfilter([0.0 0 0; 0 1 0; 0 0 0], Kernel.gaussian(s))[2, 2]; (f(0.7001) - f(0.6999)) / 0.0002',
    );
    expect(slope).toBeCloseTo(difference, 6);
  });

  it('refuses other borders and kernels in words', () => {
    shows(
      'imfilter([1.0 2], ones(3, 3), "inner")',
      'ERROR: unsupported: this border; there are "replicate", "circular", "symmetric", "reflect" and Fill(value)',
    );
    shows('imfilter([1.0 2], Kernel.sobel())', 'ERROR: unsupported: a kernel in factors; give their product');
  });
});

describe('mosaicview', () => {
  const tiles = '[fill(k, 2, 3) for k in 1:5]';
  it.each([
    ['ncol=2', '6×6 Matrix{Int64}: 1 1 1 4 4 4 1 1 1 4 4 4 2 2 2 5 5 5 2 2 2 5 5 5 3 3 3 0 0 0 3 3 3 0 0 0'],
    ['nrow=2', '4×9 Matrix{Int64}: 1 1 1 3 3 3 5 5 5 1 1 1 3 3 3 5 5 5 2 2 2 4 4 4 0 0 0 2 2 2 4 4 4 0 0 0'],
    [
      'nrow=2, rowmajor=true',
      '4×9 Matrix{Int64}: 1 1 1 2 2 2 3 3 3 1 1 1 2 2 2 3 3 3 4 4 4 5 5 5 0 0 0 4 4 4 5 5 5 0 0 0',
    ],
    [
      'nrow=2, npad=1, rowmajor=true, fillvalue=-1',
      '5×11 Matrix{Int64}: 1 1 1 -1 2 2 2 -1 3 3 3 1 1 1 -1 2 2 2 -1 3 3 3 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 4 4 4 -1 5 5 5 -1 -1 -1 -1 4 4 4 -1 5 5 5 -1 -1 -1 -1',
    ],
  ])('lays tiles as MosaicViews does: %s', (words, value) => {
    shows(`mosaicview(${tiles}; ${words})`, value);
  });

  it('stands tiles below one another by default, smaller ones in the middle', () => {
    shows('mosaicview([1 2], [3 4])', '2×2 Matrix{Int64}: 1 2 3 4');
    shows(
      'mosaicview([1 2 3; 4 5 6; 7 8 9], reshape([10], 1, 1); nrow=1)',
      '3×6 Matrix{Int64}: 1 2 3 0 0 0 4 5 6 0 10 0 7 8 9 0 0 0',
    );
    shows('mosaic([1 2; 3 4], [5 6]; nrow=1, center=false)', '2×4 Matrix{Int64}: 1 2 5 6 3 4 0 0');
  });

  it('keeps types, lays colours, and has a gradient', () => {
    shows('eltype(mosaicview(Gray{N0f8}.([0 1]), Gray{N0f8}.([1 1])))', 'Gray{N0f8}');
    shows('size(mosaicview([RGB(1, 0, 0) RGB(0, 1, 0)], [RGB(0, 0, 1) RGB(1, 1, 1)]; npad=2))', '(4, 2)');
    near('gradient(A -> sum(mosaicview(A, 2A; nrow=1) .* [1 2 3 4]), [1.0 1.0])[1]', [7, 10]);
  });

  it('refuses in MosaicViews’ words', () => {
    shows('mosaicview([1 2], [3 4]; nrow=0)', 'ERROR: ArgumentError: The parameter "nrow" must be greater than 0');
    shows(
      'mosaicview([1 2], [3 4], [5 6]; nrow=1, ncol=2)',
      'ERROR: ArgumentError: The product of the parameters "ncol" (value: 2) and "nrow" (value: 1) must be greater than or equal to 3',
    );
  });
});

describe('LinearInterpolation', () => {
  const itp = 'itp = LinearInterpolation((1:3, 1:2), [0.0 10; 1 20; 4 30]);';
  it('is linear along both axes, and exact at the elements', () => {
    shows(`${itp} itp(2, 1), itp(3, 2), itp(1.5, 1), itp(2.5, 1.5), itp(3, 1.25)`, '(1.0, 30.0, 0.5, 13.75, 10.5)');
    shows('itp = linear_interpolation(0:0.5:1, [1.0, 2.0, 4.0]); itp(0.25), itp(1), itp.([0.75])', '(1.5, 4.0, [3.0])');
    shows('LinearInterpolation(1:3, [1, 2, 4])(2)', '2.0');
  });

  it('takes lists of places, a grid of them for two', () => {
    near(`${itp} itp(1:0.5:2, 1:2)`, [0, 10, 0.5, 15, 1, 20]);
    near(`${itp} itp([1.5, 2.5], 1)`, [0.5, 2.5]);
    near('itp = LinearInterpolation(1:3, [1.0, 2.0, 4.0]); itp(1:0.5:3)', [1, 1.5, 2, 3, 4]);
  });

  it('ends at its axes as asked', () => {
    shows(
      `${itp} itp(3.5, 1)`,
      'ERROR: BoundsError: attempt to access 3×2 scale(interpolate(::Matrix{Float64}, BSpline(Linear())), (1:3, 1:2)) with element type Float64 at index [3.5, 1]',
    );
    shows(`${itp} [itp(x, 1) for x in 0.5:2.5]`, expect.stringContaining('at index [0.5, 1]'));
    const on = (how: string): string =>
      `LinearInterpolation(1:3, [1.0, 2.0, 4.0], extrapolation_bc=${how}).([0.0, 1.5, 5.0])`;
    near(on('Flat()'), [1, 1.5, 4]);
    near(on('Line()'), [0, 1.5, 8]);
    near(on('-1'), [-1, 1.5, -1]);
    shows('itp = extrapolate(interpolate([1.0, 3.0], BSpline(Linear())), Flat()); itp(7), itp(-1)', '(3.0, 1.0)');
  });

  it('keeps greys grey, and refuses what it does not do', () => {
    shows('typeof(LinearInterpolation(1:2, Gray{N0f8}.([0, 1]))(1.5))', 'Gray{Float64}');
    shows(
      'LinearInterpolation([1, 2, 4], [1.0, 2, 3])',
      expect.stringMatching(/^ERROR: unsupported: LinearInterpolation over knots/),
    );
    shows('LinearInterpolation(1:3, [1.0, 2])', expect.stringMatching(/^ERROR: DimensionMismatch/));
    shows('interpolate([1.0, 2], Linear())', expect.stringMatching(/^ERROR: unsupported/));
  });

  it('runs the study’s warp over lanes, equal to reads by hand, with gradients of picture and place', () => {
    const warp = (
      n: number,
    ): string => `A = [sin(i) + cos(2j) for i in 1:${n}, j in 1:${n}]; itp = LinearInterpolation((1:${n}, 1:${n}), A);
      W = [itp(clamp(x + 10((5 - 16) / 16) * sin(y / 4), 1, ${n}), y) for x in 1:${n}, y in 1:${n}];`;
    const hand = `V = [(p = clamp(x + 10((5 - 16) / 16) * sin(y / 4), 1, 20); l = min(floor(Int, p), 19); (1 - (p - l)) * A[l, y] + (p - l) * A[l + 1, y]) for x in 1:20, y in 1:20];`;
    expect(numberOf(`${warp(20)} ${hand} maximum(abs.(W - V))`)).toBeLessThan(1e-14);
    expect(numberOf(`${warp(512)} sum(W)`)).not.toBeNaN();
    near('gradient(A -> LinearInterpolation((1:2, 1:2), A)(1.25, 1.5), [1.0 2; 3 4])[1]', [0.375, 0.375, 0.125, 0.125]);
    near(
      'gradient(A -> sum([LinearInterpolation((1:2, 1:2), A)(x / 2, 1) for x in 2:4]), [1.0 2; 3 4])[1]',
      [1.5, 0, 1.5, 0],
    );
    shows('gradient((x, y) -> LinearInterpolation((1:2, 1:2), [1.0 2; 3 5])(x, y), 1.5, 1.5)', '(2.5, 1.5)');
  });
});
