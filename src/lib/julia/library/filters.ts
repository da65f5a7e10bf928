/** Filters as ImageFiltering.jl has them: correlation with a kernel, whose middle is its origin. */

import { CentredArr } from '../centred.ts';
import { realOf } from '../eltypes.ts';
import { argumentError, unsupported } from '../errors.ts';
import { gathered, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { Arr, Colours, Module, Range, Tuple, boxed, hostNumber, promote } from '../values.ts';
import type { ChannelType, Planes, Value } from '../values.ts';
import type { Node } from '../../matrix/tape.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/** What `Fill(0)` returns: a border of one value. */
class FillBorder extends Module {
  readonly value: Value;
  constructor(value: Value) {
    super('Fill');
    this.value = value;
  }
}

type Border = 'replicate' | 'circular' | 'symmetric' | 'reflect' | FillBorder;

/** Where the element `i` of an axis comes from, counted from 0; -1 from the filling. */
function source(border: Border, i: number, n: number): number {
  if (i >= 0 && i < n) return i;
  const wrap = (k: number, period: number): number => ((k % period) + period) % period;
  switch (border) {
    case 'replicate':
      return Math.min(Math.max(i, 0), n - 1);
    case 'circular':
      return wrap(i, n);
    case 'symmetric': {
      const k = wrap(i, 2 * n);
      return k < n ? k : 2 * n - 1 - k;
    }
    case 'reflect': {
      const period = Math.max(1, 2 * n - 2);
      const k = wrap(i, period);
      return k < n ? k : period - k;
    }
    default:
      return -1;
  }
}

interface Kernel {
  readonly array: Arr;
  /** How far it reaches before and behind its middle. */
  readonly above: number;
  readonly left: number;
}

function kernelOf(v: Value, args: readonly Value[]): Kernel {
  if (v instanceof Tuple) throw unsupported('a kernel in factors; give their product');
  if (!(v instanceof Arr)) throw noMethod('imfilter', args);
  if (v.length === 0) throw argumentError('a kernel needs elements');
  // The middle of an even length is the element before it, as `centered` has it.
  return { array: v, above: (v.rows - 1) >> 1, left: (v.cols - 1) >> 1 };
}

function borderOf(v: Value | undefined): Border {
  if (v === undefined) return 'replicate';
  if (v instanceof FillBorder) return v;
  if (v === 'replicate' || v === 'circular' || v === 'symmetric' || v === 'reflect') return v;
  throw unsupported('this border; there are "replicate", "circular", "symmetric", "reflect" and Fill(value)');
}

/** The picture with a border as wide as the kernel reaches. */
function bordered(rt: Runtime, node: Node, { array, above, left }: Kernel, border: Border, fill: Node): Node {
  const { ops } = rt;
  const [rows, cols] = [node.rows + array.rows - 1, node.cols + array.cols - 1];
  rt.meter.room(rows * cols);
  const index = new Float64Array(rows * cols);
  const across = Array.from({ length: cols }, (_, c) => source(border, c - left, node.cols));
  for (let r = 0; r < rows; r++) {
    const from = source(border, r - above, node.rows);
    across.forEach((c, k) => (index[r * cols + k] = from < 0 || c < 0 ? 0 : 1 + from * node.cols + c));
  }
  const flat = ops.concat([fill, ops.reshape(node, 1, node.rows * node.cols)], 2);
  return ops.gather(flat, ops.upload(index, rows, cols));
}

/** Two vectors whose product is the kernel; null where there are none. */
function factorsOf(k: Float64Array, rows: number, cols: number): readonly [Float64Array, Float64Array] | null {
  let pivot = 0;
  k.forEach((x, n) => {
    if (Math.abs(x) > Math.abs(k[pivot] ?? 0)) pivot = n;
  });
  const [p, q] = [Math.floor(pivot / cols), pivot % cols];
  const most = k[pivot] ?? 0;
  if (most === 0 || !Number.isFinite(most)) return null;
  const down = Float64Array.from({ length: rows }, (_, i) => (k[i * cols + q] ?? 0) / most);
  const across = k.slice(p * cols, (p + 1) * cols);
  const fits = k.every(
    (x, n) => Math.abs(x - (down[Math.floor(n / cols)] ?? 0) * (across[n % cols] ?? 0)) <= 4e-16 * Math.abs(most),
  );
  return fits ? [down, across] : null;
}

/** Sums of shifted pictures times the kernel's elements, as many of either as the kernel is large; first down, then across where it has factors. */
function correlated(rt: Runtime, node: Node, kernel: Kernel, rows: number, cols: number): Node {
  const { ops } = rt;
  const { array } = kernel;
  const k = rt.node(array);
  const followed = rt.gradients > 0 && k.tracked;
  const host = followed ? null : rt.host(array);
  // A small kernel, or one of whole numbers, is summed as it stands: its factors would round.
  const large = Math.min(array.rows, array.cols) > 3 && array.eltype !== 'Int64';
  const factors = host && large ? factorsOf(host, array.rows, array.cols) : null;
  const sum = (parts: readonly Node[], shape: { rows: number; cols: number }): Node => {
    const [first = ops.fill(0, shape.rows, shape.cols), ...rest] = parts;
    return rest.reduce((a, b) => ops.binary('add', a, b), first);
  };
  const along = (from: Node, weights: Float64Array, dims: 1 | 2, size: { rows: number; cols: number }): Node =>
    sum(
      Array.from(weights).flatMap((w, n) =>
        w === 0
          ? []
          : [
              ops.binary(
                'mul',
                ops.slice(from, dims === 1 ? n : 0, dims === 2 ? n : 0, size.rows, size.cols),
                ops.scalar(w),
              ),
            ],
      ),
      size,
    );
  if (factors) {
    const half = along(node, factors[0], 1, { rows, cols: node.cols });
    return along(half, factors[1], 2, { rows, cols });
  }
  const parts: Node[] = [];
  for (let i = 0; i < array.rows; i++)
    for (let j = 0; j < array.cols; j++) {
      rt.meter.tick();
      const weight = host?.[i * array.cols + j] ?? null;
      if (weight === 0) continue;
      const element = weight === null ? ops.slice(k, i, j, 1, 1) : ops.scalar(weight);
      parts.push(ops.binary('mul', ops.slice(node, i, j, rows, cols), element));
    }
  return sum(parts, { rows, cols });
}

function imfilter(rt: Runtime, args: readonly Value[]): Value {
  const [img = null, k = null, edge] = args;
  const kernel = kernelOf(k, args);
  const border = borderOf(edge);
  const value = border instanceof FillBorder ? rt.scalarNode(border.value) : rt.ops.scalar(0);
  const work = (node: Node): Node =>
    correlated(rt, bordered(rt, node, kernel, border, value), kernel, node.rows, node.cols);
  if (img instanceof Colours) {
    const planes = img.planes.map(work) as unknown as Planes;
    return new Colours(
      planes,
      promote(img.type, realOf(kernel.array.eltype) === 'Float32' ? 'Float32' : 'Float64') as ChannelType,
    );
  }
  if (!(img instanceof Arr || img instanceof Range)) throw noMethod('imfilter', args);
  const a = numbers(rt, img, 'imfilter');
  if (a.ndims === 1 && kernel.array.ndims === 2 && kernel.array.cols > 1)
    throw argumentError('kernel and array must have the same number of dimensions');
  const eltype = rt.eltype(scalarBinary(rt, '*', boxed(0, kernel.array.eltype), boxed(0, a.eltype)));
  const node = work(rt.node(a));
  return new Arr(eltype, a.ndims, node, a.rows, a.cols);
}

/** exp(-x^2 / 2 sigma^2) over -w:w with w = 2 ceil(sigma), divided by its sum; by the engine, so that sigma has a gradient. */
function bell(rt: Runtime, sigma: Value, length: number | null): Node {
  const { ops } = rt;
  // Decides the length and nothing else: the values go by the node.
  const s = rt.number(rt.settle(sigma));
  if (!(s >= 0) || !Number.isFinite(s)) throw argumentError('σ must not be negative');
  const n = length ?? 4 * Math.ceil(s) + 1;
  if (n < 1 || n % 2 === 0) throw argumentError('length must be odd');
  const w = n >> 1;
  rt.meter.room(n);
  if (s === 0)
    return ops.upload(
      Array.from({ length: n }, (_, k) => (k === w ? 1 : 0)),
      n,
      1,
    );
  const x2 = ops.upload(
    Array.from({ length: n }, (_, k) => (k - w) ** 2),
    n,
    1,
  );
  const node = rt.scalarNode(sigma);
  const g = ops.unary('exp', ops.binary('div', x2, ops.binary('mul', ops.scalar(-2), ops.binary('mul', node, node))));
  return ops.binary('div', g, ops.reduce('sum', g, 'all'));
}

function gaussian(rt: Runtime, args: readonly Value[]): Value {
  const [sigma = null, sizes] = args;
  const sigmas = sigma instanceof Tuple || sigma instanceof Arr ? gathered(rt, sigma) : [sigma, sigma];
  const lengths = sizes === undefined ? [] : gathered(rt, sizes).map((v) => rt.integer(v));
  if (sigmas.length > 2 || sigmas.some((v) => hostNumber(rt.settle(v)) === null)) throw noMethod('gaussian', args);
  const [down, across] = sigmas.map((v, k) => bell(rt, v, lengths[k] ?? null));
  if (!down) throw noMethod('gaussian', args);
  if (!across) return new CentredArr('Float64', 1, down, down.rows, 1);
  const { ops } = rt;
  return new CentredArr('Float64', 2, ops.matmul(down, ops.transpose(across)), down.rows, across.rows);
}

function constant(eltype: 'Int64' | 'Float64', rows: readonly (readonly number[])[]): Arr {
  return new CentredArr(eltype, 2, Float64Array.from(rows.flat()), rows.length, rows[0]?.length ?? 0);
}

/** A smoothing column times a difference row, and its transpose first: along the rows, then along the columns. */
function pair(smooth: readonly number[]): Tuple {
  const difference = [-0.5, 0, 0.5];
  const down = difference.map((d) => smooth.map((s) => d * s));
  const across = smooth.map((s) => difference.map((d) => s * d));
  return new Tuple([constant('Float64', down), constant('Float64', across)]);
}

export const filters: readonly Entry[] = [
  entry(
    {
      name: 'imfilter',
      signature: 'imfilter(img, kernel, "replicate")',
      doc: 'Correlation with a kernel; borders are "replicate", "circular", "symmetric", "reflect" or Fill(0).',
      examples: [
        [
          'imfilter([0.0 0 0; 0 9 0; 0 0 0], ones(3, 3) / 9)',
          '3×3 Matrix{Float64}: 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0',
        ],
        ['imfilter([1.0, 2, 4], centered([1, 0, -1]), Fill(0))', '3-element Vector{Float64}: -2.0 -3.0 2.0'],
      ],
    },
    [2, 3],
    (rt, args) => imfilter(rt, args),
  ),
  entry(
    {
      name: 'centered',
      signature: 'centered(kernel)',
      doc: 'The kernel with its middle for origin. Filters take it; it is not indexed here.',
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = numbers(rt, v, 'centered');
      return new CentredArr(a.eltype, a.ndims, rt.node(a), a.rows, a.cols);
    },
  ),
  entry(
    { name: 'Fill', signature: 'Fill(value)', doc: 'A border of one value, for imfilter.', differentiable: 'no' },
    [1, 1],
    (_rt, [v = null]) => new FillBorder(v),
  ),
  entry(
    {
      name: 'Kernel.gaussian',
      signature: 'Kernel.gaussian(σ)',
      doc: 'A bell of width σ, or (σ1, σ2), 4 ceil(σ) + 1 long, whose sum is 1.',
      examples: [['sum(Kernel.gaussian(2)) ≈ 1, size(Kernel.gaussian((1, 2)))', '(true, (5, 9))']],
    },
    [1, 2],
    (rt, args) => gaussian(rt, args),
  ),
  entry(
    {
      name: 'Kernel.sobel',
      signature: 'Kernel.sobel()',
      doc: 'Two kernels that differentiate: down the rows, and across the columns.',
      differentiable: 'no',
      examples: [
        [
          'd1, d2 = Kernel.sobel(); imfilter([1.0 2 3; 1 2 3; 1 2 3], d2)',
          '3×3 Matrix{Float64}: 0.5 1.0 0.5 0.5 1.0 0.5 0.5 1.0 0.5',
        ],
      ],
    },
    [0, 0],
    () => pair([0.25, 0.5, 0.25]),
  ),
  entry(
    {
      name: 'Kernel.prewitt',
      signature: 'Kernel.prewitt()',
      doc: 'Two kernels that differentiate, with equal weights across.',
      differentiable: 'no',
    },
    [0, 0],
    () => pair([1 / 3, 1 / 3, 1 / 3]),
  ),
  entry(
    {
      name: 'Kernel.Laplacian',
      signature: 'Kernel.Laplacian()',
      doc: 'The sum of the second differences down and across.',
      differentiable: 'no',
    },
    [0, 0],
    () =>
      constant('Int64', [
        [0, 1, 0],
        [1, -4, 1],
        [0, 1, 0],
      ]),
  ),
  entry(
    {
      name: 'adjust_histogram',
      signature: 'adjust_histogram(img, Equalization())',
      doc: 'Not in this subset: normalize_image stretches a picture to the whole range.',
      differentiable: 'no',
    },
    [1, 2],
    () => {
      throw unsupported('adjust_histogram; normalize_image(img) stretches a picture to the range 0 to 1');
    },
  ),
];

export const kernelModule = new Module('Kernel');
