/** Arrays out of nothing: constants, ranges, random numbers. */

import { argumentError, methodError } from '../errors.ts';
import { arrayOf, gathered, lengthOf, numbers } from '../iterate.ts';
import { expand } from '../lanes.ts';
import { linearRange, makeRange } from '../range.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Lane, List, Range, Tuple, TypeValue, boxed, hostNumber, scalarType } from '../values.ts';
import type { Eltype, Value } from '../values.ts';
import { any, entry, sequentialOnly } from './table.ts';
import type { About, Entry } from './table.ts';

interface Sizes {
  readonly rows: number;
  readonly cols: number;
  readonly ndims: 1 | 2;
}

/** `n`, `m, n`, `(m, n)` or nothing at all. @throws ArgumentError */
export function sizesOf(rt: Runtime, args: readonly Value[], name: string): Sizes | null {
  const sizes = args.flatMap((v) => (v instanceof Tuple ? v.items : [v])).map((v) => rt.integer(v, name));
  if (sizes.length === 0) return null;
  if (sizes.length > 2) throw argumentError('arrays have one or two dimensions here');
  const [rows = 0, cols = 1] = sizes;
  if (rows < 0 || cols < 0) throw argumentError('invalid Array dimensions');
  rt.meter.fits(rows, cols);
  return { rows, cols, ndims: sizes.length === 1 ? 1 : 2 };
}

/** A leading type, as in zeros(Int, 3). */
function leadingType(args: readonly Value[]): { type: Eltype | null; rest: readonly Value[] } {
  const [first] = args;
  if (!(first instanceof TypeValue)) return { type: null, rest: args };
  // Vector(undef, n) comes here too, without a type of elements; any other type that is none of numbers has no zero.
  if (first.eltype === null && !/^(Vector|Matrix|Array)/.test(first.name))
    throw /^(RGB|Gray)/.test(first.name)
      ? argumentError(
          `unsupported: an array of ${first.name} by its type alone; fill(${first.name}(0), rows, cols) works`,
        )
      : methodError('zero', [`Type{${first.name}}`]);
  return { type: first.eltype, rest: args.slice(1) };
}

function filled(rt: Runtime, value: number, eltype: Eltype, sizes: Sizes, bits = false): Arr {
  rt.meter.room(sizes.rows * sizes.cols);
  if (sizes.rows * sizes.cols <= 64) {
    const host = new Float64Array(sizes.rows * sizes.cols).fill(value);
    return new Arr(eltype, sizes.ndims, host, sizes.rows, sizes.cols, false, bits);
  }
  return new Arr(eltype, sizes.ndims, rt.ops.fill(value, sizes.rows, sizes.cols), sizes.rows, sizes.cols, false, bits);
}

function constant(about: About, value: number): Entry {
  return entry(about, any, (rt, args) => {
    const { type, rest } = leadingType(args);
    const sizes = sizesOf(rt, rest, about.name);
    return sizes ? filled(rt, value, type ?? 'Float64', sizes) : boxed(value, type ?? 'Float64');
  });
}

/** Draws down the columns, as Julia fills arrays. */
function drawn(rt: Runtime, sizes: Sizes, eltype: Eltype, draw: () => number): Arr {
  rt.meter.room(sizes.rows * sizes.cols);
  const data = new Float64Array(sizes.rows * sizes.cols);
  for (let j = 0; j < sizes.cols; j++) {
    for (let i = 0; i < sizes.rows; i++) data[i * sizes.cols + j] = eltype === 'Float32' ? Math.fround(draw()) : draw();
  }
  return new Arr(eltype, sizes.ndims, data, sizes.rows, sizes.cols);
}

function number(rt: Runtime, eltype: Eltype, draw: () => number): Value {
  if (!rt.lanes) return boxed(draw(), eltype);
  // Each lane draws its own.
  return new Lane(eltype, rt.node(drawn(rt, { ...rt.lanes, ndims: 2 }, eltype, draw)));
}

function rand(rt: Runtime, args: readonly Value[]): Value {
  const [first, ...more] = args;
  const choices = first instanceof Range || first instanceof Arr || first instanceof List ? first : null;
  if (!choices) {
    const { type, rest } = leadingType(args);
    const eltype = type ?? 'Float64';
    const draw =
      eltype === 'Bool'
        ? () => rt.random.below(2)
        : eltype === 'Int64'
          ? () => rt.random.below(2 ** 53)
          : () => rt.random.uniform();
    const sizes = sizesOf(rt, rest, 'rand');
    return sizes ? drawn(rt, sizes, eltype, draw) : number(rt, eltype, draw);
  }
  const n = lengthOf(choices);
  if (n === 0) throw argumentError('collection must be non-empty');
  const sizes = sizesOf(rt, more, 'rand');
  if (choices instanceof List) {
    const pick = (): Value => choices.items[rt.random.below(n)] ?? null;
    sequentialOnly(rt, 'a random choice');
    if (sizes) rt.meter.boxes(sizes.rows * sizes.cols);
    return sizes
      ? arrayOf(rt, Array.from({ length: sizes.rows * sizes.cols }, pick), sizes.rows, sizes.cols, sizes.ndims)
      : pick();
  }
  const a = choices instanceof Range ? null : choices;
  const host = a ? rt.host(a) : null;
  const pick = (): number => {
    const k = rt.random.below(n);
    return a && host ? (host[(k % a.rows) * a.cols + Math.floor(k / a.rows)] ?? NaN) : (choices as Range).number(k);
  };
  const eltype: Eltype = a ? a.eltype : (choices as Range).integer ? 'Int64' : 'Float64';
  return sizes ? drawn(rt, sizes, eltype, pick) : number(rt, eltype, pick);
}

function shuffled<T>(rt: Runtime, items: T[]): T[] {
  for (let k = items.length - 1; k > 0; k--) {
    const other = rt.random.below(k + 1);
    const [a, b] = [items[k] as T, items[other] as T];
    items[k] = b;
    items[other] = a;
  }
  return items;
}

export const makers: readonly Entry[] = [
  constant({ name: 'zeros', signature: 'zeros(T, rows, cols)', doc: 'Array of 0s.' }, 0),
  constant({ name: 'ones', signature: 'ones(T, rows, cols)', doc: 'Array of 1s.' }, 1),
  entry({ name: 'fill', signature: 'fill(x, rows, cols)', doc: 'Array of x.' }, [2, 3], (rt, [x = null, ...rest]) => {
    const sizes = sizesOf(rt, rest, 'fill') ?? { rows: 1, cols: 1, ndims: 1 };
    rt.meter.room(sizes.rows * sizes.cols);
    if (x instanceof Lane && x.node.tracked && x.uniform)
      return new Arr(x.eltype, sizes.ndims, expand(rt, x.node, sizes), sizes.rows, sizes.cols);
    const value = hostNumber(rt.settle(x));
    if (value === null) {
      rt.meter.boxes(sizes.rows * sizes.cols);
      return arrayOf(
        rt,
        Array.from({ length: sizes.rows * sizes.cols }, () => x),
        sizes.rows,
        sizes.cols,
        sizes.ndims,
      );
    }
    return filled(rt, value, rt.eltype(x), sizes);
  }),
  entry({ name: 'trues', signature: 'trues(rows, cols)', doc: 'Array of true.' }, any, (rt, args) =>
    filled(rt, 1, 'Bool', sizesOf(rt, args, 'trues') ?? { rows: 1, cols: 1, ndims: 1 }, true),
  ),
  entry({ name: 'falses', signature: 'falses(rows, cols)', doc: 'Array of false.' }, any, (rt, args) =>
    filled(rt, 0, 'Bool', sizesOf(rt, args, 'falses') ?? { rows: 1, cols: 1, ndims: 1 }, true),
  ),
  entry(
    { name: 'similar', signature: 'similar(A)', doc: 'An array like A, filled with zeros here.' },
    [1, 3],
    (rt, [v = null, ...rest]) => {
      const a = numbers(rt, v, 'similar');
      const { type, rest: sizes } = leadingType(rest);
      return filled(rt, 0, type ?? a.eltype, sizesOf(rt, sizes, 'similar') ?? a);
    },
  ),
  entry(
    { name: 'range', signature: 'range(start, stop; length, step)', doc: 'Equally spaced numbers.' },
    [0, 3],
    (rt, args, keywords) => {
      const start = args[0] ?? keywords.get('start') ?? null;
      const stop = args[1] ?? keywords.get('stop') ?? null;
      const length = args[2] ?? keywords.get('length');
      if (length === undefined) return makeRange(rt, start, keywords.get('step') ?? null, stop);
      const n = rt.integer(length);
      if (n < 0) throw argumentError(`range length must be nonnegative, got ${n}`);
      const step = keywords.get('step');
      if (stop === null)
        return new Range(
          rt.number(start),
          step === undefined ? 1 : rt.number(step),
          n,
          scalarType(start) === 'Int64' && (step === undefined || scalarType(step) === 'Int64'),
          step === undefined,
        );
      return linearRange(rt, start, stop, n);
    },
  ),
  entry(
    { name: 'LinRange', signature: 'LinRange(start, stop, length)', doc: 'Equally spaced numbers.' },
    [3, 3],
    (rt, [a = null, b = null, n = null]) => linearRange(rt, a, b, rt.integer(n)),
  ),
  entry(
    {
      name: 'rand',
      signature: 'rand(S, rows, cols)',
      doc: 'Uniform random numbers in [0, 1), or elements of S, from the subset’s own stream.',
    },
    any,
    rand,
  ),
  entry(
    { name: 'randn', signature: 'randn(rows, cols)', doc: 'Random numbers of the standard normal distribution.' },
    any,
    (rt, args) => {
      const { type, rest } = leadingType(args);
      const sizes = sizesOf(rt, rest, 'randn');
      const draw = (): number => rt.random.normal();
      return sizes ? drawn(rt, sizes, type ?? 'Float64', draw) : number(rt, type ?? 'Float64', draw);
    },
  ),
  entry(
    { name: 'seed!', signature: 'seed!(n)', doc: 'Starts the random stream anew: Random.seed!(1).' },
    [1, 1],
    (rt, [n = null]) => {
      sequentialOnly(rt, 'Random.seed!');
      rt.random.seed(rt.integer(n));
      return null;
    },
  ),
  entry(
    { name: 'shuffle', signature: 'shuffle(v)', doc: 'The elements in random order.' },
    [1, 1],
    (rt, [v = null]) => {
      sequentialOnly(rt, 'shuffle');
      const items = shuffled(rt, gathered(rt, v));
      return v instanceof Arr ? arrayOf(rt, items, v.rows, v.cols, v.ndims) : arrayOf(rt, items, items.length, 1, 1);
    },
  ),
  entry(
    { name: 'randperm', signature: 'randperm(n)', doc: 'The numbers 1 to n in random order.' },
    [1, 1],
    (rt, [n = null]) => {
      sequentialOnly(rt, 'randperm');
      const size = rt.integer(n);
      if (size < 0) throw argumentError('randperm needs a length of at least 0');
      rt.meter.room(size);
      const order = shuffled(
        rt,
        Array.from({ length: size }, (_, k) => k + 1),
      );
      return new Arr('Int64', 1, Float64Array.from(order), size, 1);
    },
  ),
];
