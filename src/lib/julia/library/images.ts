/** Pictures: colours and greys, distributions, the display scaling, resampling. */

import type { Dims } from '../../matrix/engine.ts';
import type { Node } from '../../matrix/tape.ts';
import { argumentError } from '../errors.ts';
import { elements, lengthOf, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { Arr, Colour, Colours, Tuple, scalarType } from '../values.ts';
import type { Eltype, Value } from '../values.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

const floating = (type: Eltype): Eltype => (type === 'Float32' ? 'Float32' : 'Float64');

/** exp(x) / sum(exp(x)) with the maximum taken off first, which changes nothing but the range (and is constant for gradients). */
function softmax(rt: Runtime, a: Arr, dims: Dims): Arr {
  const { ops } = rt;
  const node = rt.node(a);
  const e = ops.unary('exp', ops.binary('sub', node, ops.detach(ops.reduce('max', node, dims))));
  return new Arr(floating(a.eltype), a.ndims, ops.binary('div', e, ops.reduce('sum', e, dims)), a.rows, a.cols);
}

/** (x - min x) / (max x - min x) over the whole matrix: the studies' N. */
function normalized(rt: Runtime, node: Node): Node {
  const { ops } = rt;
  const low = ops.reduce('min', node, 'all');
  return ops.binary('div', ops.binary('sub', node, low), ops.binary('sub', ops.reduce('max', node, 'all'), low));
}

/** The studies' grey: 0.299 R + 0.587 G + 0.114 B, rounded to 8 bits where the colour has 8 bits. */
export function luma(rt: Runtime, c: Colour): Value {
  const times = (x: Value, k: Value): Value => scalarBinary(rt, '*', k, x);
  const [r, g, b] = c.channels;
  const sum = (x: Value, y: Value, z: Value): Value => scalarBinary(rt, '+', scalarBinary(rt, '+', x, y), z);
  if (!c.exact) return sum(times(r, 0.299), times(g, 0.587), times(b, 0.114));
  const round = (x: Value, factor: number): Value => rt.call(rt.library.get('round') ?? null, [times(x, factor)]);
  const thousandths = sum(times(round(r, 255), 299), times(round(g, 255), 587), times(round(b, 255), 114));
  // Half a thousandth more than the rule asks for: sums are whole, and a quotient just below a whole number stays above it.
  const grey = scalarBinary(rt, '/', scalarBinary(rt, '+', thousandths, 500.5), 1000);
  return scalarBinary(rt, '/', rt.call(rt.library.get('floor') ?? null, [grey]), 255);
}

/** to x from: row i holds the weights of sample i, by the rule of STUDIES 2 (linear, no anti-aliasing). */
function sampling(rt: Runtime, from: number, to: number): Node {
  rt.meter.room(from * to);
  const weights = new Float64Array(to * from);
  for (let i = 1; i <= to; i++) {
    const p = Math.min(from, Math.max(1, (from / to) * (i - 0.5) + 0.5));
    const low = Math.floor(p);
    const row = (i - 1) * from;
    weights[row + low - 1] = 1 - (p - low);
    if (p > low) weights[row + low] = p - low;
  }
  return rt.ops.upload(weights, to, from);
}

/** As matrix products, so that it runs on any engine and has a gradient. Columns first, as in the studies. */
function resized(rt: Runtime, node: Node, rows: number, cols: number): Node {
  const { ops } = rt;
  const across = cols === node.cols ? node : ops.matmul(node, ops.transpose(sampling(rt, node.cols, cols)));
  return rows === node.rows ? across : ops.matmul(sampling(rt, node.rows, rows), across);
}

function targetSize(
  rt: Runtime,
  v: Value,
  args: readonly Value[],
  ratio: Value | undefined,
): { rows: number; cols: number } {
  const [rows, cols] = v instanceof Arr || v instanceof Colours ? [v.rows, v.cols] : [lengthOf(v), 1];
  const sizes = args.flatMap((a) => (a instanceof Tuple ? a.items : [a]));
  if (ratio !== undefined) {
    const [down = 1, right = down] = (ratio instanceof Tuple ? [...elements(rt, ratio)] : [ratio]).map((x) =>
      rt.number(x),
    );
    return { rows: Math.ceil(rows * down), cols: Math.ceil(cols * right) };
  }
  const [newRows = 0, newCols = cols] = sizes.map((x) => rt.integer(x));
  if (sizes.length === 0 || sizes.length > 2 || newRows < 1 || newCols < 1)
    throw argumentError('imresize needs a size of one or two whole numbers above 0');
  return { rows: newRows, cols: newCols };
}

function imresize(rt: Runtime, v: Value, args: readonly Value[], ratio: Value | undefined): Value {
  const { rows, cols } = targetSize(rt, v, args, ratio);
  rt.meter.room(rows * cols);
  if (v instanceof Colours) {
    const plane = (node: Node): Node => {
      const out = resized(rt, node, rows, cols);
      if (!v.exact) return out;
      // Eight bits in, eight bits out, as in the studies.
      return rt.ops.binary(
        'div',
        rt.ops.unary('round', rt.ops.binary('mul', out, rt.ops.scalar(255))),
        rt.ops.scalar(255),
      );
    };
    const [r, g, b] = v.planes;
    return new Colours([plane(r), plane(g), plane(b)], v.exact);
  }
  const a = numbers(rt, v, 'imresize');
  if (a.length === 0) throw argumentError('imresize of an empty array');
  return new Arr(floating(a.eltype), a.ndims, resized(rt, rt.node(a), rows, cols), rows, cols);
}

function channel(about: About, k: 0 | 1 | 2): Entry {
  const { name } = about;
  return entry(about, [1, 1], (_rt, [c = null]) => {
    if (c instanceof Colour) return c.channels[k];
    if (scalarType(c)) return c;
    throw noMethod(name, [c]);
  });
}

/** RGB(r, g, b) of numbers; RGB(c) and RGB(grey). */
export function rgb(args: readonly Value[]): Value {
  const [r = null, g = r, b = r] = args;
  if (r instanceof Colour && args.length === 1) return r;
  if (args.length === 2 || ![r, g, b].every((x) => scalarType(x))) throw noMethod('RGB', args);
  return new Colour([r, g, b], false);
}

export const images: readonly Entry[] = [
  entry(
    {
      name: 'softmax',
      signature: 'softmax(x; dims)',
      doc: 'Exponentials that sum to 1 down the columns (dims=1) or along the rows (2).',
    },
    [1, 1],
    (rt, [v = null], keywords) =>
      softmax(rt, numbers(rt, v, 'softmax'), keywords.has('dims') ? dimsOf(rt, keywords) : 1),
  ),
  entry(
    {
      name: 'normalize_image',
      signature: 'normalize_image(x)',
      doc: 'x moved and scaled to the range 0 to 1, over the whole matrix.',
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = numbers(rt, v, 'normalize_image');
      return new Arr(floating(a.eltype), a.ndims, normalized(rt, rt.node(a)), a.rows, a.cols);
    },
  ),
  entry(
    {
      name: 'normalize_image_signed',
      signature: 'normalize_image_signed(x)',
      doc: 'x moved and scaled to the range -1 to 1.',
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = numbers(rt, v, 'normalize_image_signed');
      const { ops } = rt;
      const doubled = ops.binary('mul', normalized(rt, rt.node(a)), ops.scalar(2));
      return new Arr(floating(a.eltype), a.ndims, ops.binary('sub', doubled, ops.scalar(1)), a.rows, a.cols);
    },
  ),
  entry(
    {
      name: 'imresize',
      signature: 'imresize(img, (rows, cols); ratio)',
      doc: 'img sampled at another size, linearly, without anti-aliasing.',
    },
    [1, 3],
    (rt, [v = null, ...sizes], keywords) => imresize(rt, v, sizes, keywords.get('ratio')),
  ),
  entry(
    { name: 'testimage', signature: 'testimage(name)', doc: 'A picture by name, in colour where it has colour.' },
    [1, 1],
    (rt, [name = null]) => {
      if (typeof name !== 'string') throw noMethod('testimage', [name]);
      const known = rt.pictures.get(name.replace(/\.(png|tiff?|jpe?g)$/, ''));
      if (!known)
        throw argumentError(
          `no picture named ${JSON.stringify(name)}; there are ${[...rt.pictures.keys()].join(', ')}`,
        );
      return known();
    },
  ),
  channel({ name: 'red', signature: 'red(c)', doc: 'The red part of a colour.' }, 0),
  channel({ name: 'green', signature: 'green(c)', doc: 'The green part of a colour.' }, 1),
  channel({ name: 'blue', signature: 'blue(c)', doc: 'The blue part of a colour.' }, 2),
  entry({ name: 'clamp01', signature: 'clamp01(x)', doc: 'x, or the nearer of 0 and 1.' }, [1, 1], (rt, [x = null]) => {
    const bound = (v: Value): Value => scalarBinary(rt, 'min', scalarBinary(rt, 'max', v, 0), 1);
    if (x instanceof Colour)
      return new Colour([bound(x.channels[0]), bound(x.channels[1]), bound(x.channels[2])], x.exact);
    if (!scalarType(x)) throw noMethod('clamp01', [x]);
    return bound(x);
  }),
];

/** Gray(c): the luma of a colour; a number is its own grey. */
export function gray(rt: Runtime, v: Value): Value {
  if (v instanceof Colour) return luma(rt, v);
  if (scalarType(v)) return v;
  throw noMethod('Gray', [v]);
}
