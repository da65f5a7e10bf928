/** Pictures: colours and greys, distributions, the display scaling, resampling. */

import type { Dims } from '../../matrix/engine.ts';
import type { Node } from '../../matrix/tape.ts';
import { floatOf, realOf } from '../eltypes.ts';
import { lentKey } from '../graph.ts';
import { argumentError } from '../errors.ts';
import { gathered, lengthOf, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Colours, Tuple } from '../values.ts';
import type { Value } from '../values.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/**
 * exp(x) / sum(exp(x)) with the maximum taken off first, which changes nothing but the range (and is constant for gradients).
 * Infinities share the whole among them, as in NNlib: for that they become the largest finite number, whose difference is 0.
 * Where there are only -Inf the result is NaN. Where reading back is costly nobody asks whether there is an infinity.
 */
function softmax(rt: Runtime, a: Arr, dims: Dims): Arr {
  const { ops, engine } = rt;
  let node = rt.node(a);
  let top = ops.detach(ops.reduce('max', node, dims));
  if (engine.name === 'tfjs-webgl' || ops.download(top).includes(Infinity)) {
    const largest = ops.scalar(engine.float === 64 ? Number.MAX_VALUE : LARGEST_SINGLE);
    node = ops.binary('min', node, largest);
    top = ops.binary('min', top, largest);
  }
  const e = ops.unary('exp', ops.binary('sub', node, top));
  return new Arr(floatOf(a.eltype), a.ndims, ops.binary('div', e, ops.reduce('sum', e, dims)), a.rows, a.cols);
}

/** The largest finite Float32. */
const LARGEST_SINGLE = (2 - 2 ** -23) * 2 ** 127;

/** (x - min x) / (max x - min x) over the whole matrix: the studies' N. */
function normalized(rt: Runtime, node: Node): Node {
  const { ops } = rt;
  const low = ops.reduce('min', node, 'all');
  return ops.binary('div', ops.binary('sub', node, low), ops.binary('sub', ops.reduce('max', node, 'all'), low));
}

/** to x from: row i holds the weights of sample i, by the rule of docs/studies.md, 2 (linear, no anti-aliasing). */
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
    const [down = 1, right = down] = (ratio instanceof Tuple ? gathered(rt, ratio) : [ratio]).map((x) => rt.number(x));
    return { rows: Math.ceil(rows * down), cols: Math.ceil(cols * right) };
  }
  const [newRows = 0, newCols = cols] = sizes.map((x) => rt.integer(x));
  if (sizes.length === 0 || sizes.length > 2 || newRows < 1 || newCols < 1)
    throw argumentError('imresize needs a size of one or two whole numbers above 0');
  return { rows: newRows, cols: newCols };
}

/** Eight bits in, eight bits out, as in the studies. */
function eightBits(rt: Runtime, node: Node): Node {
  const { ops } = rt;
  return ops.binary('div', ops.unary('round', ops.binary('mul', node, ops.scalar(255))), ops.scalar(255));
}

function imresize(rt: Runtime, v: Value, args: readonly Value[], ratio: Value | undefined): Value {
  const { rows, cols } = targetSize(rt, v, args, ratio);
  rt.meter.room(rows * cols);
  if (v instanceof Colours) {
    const plane = (node: Node): Node => {
      const out = resized(rt, node, rows, cols);
      if (v.type !== 'N0f8') return out;
      return eightBits(rt, out);
    };
    const [r, g, b] = v.planes;
    return new Colours([plane(r), plane(g), plane(b)], v.type);
  }
  const a = numbers(rt, v, 'imresize');
  if (a.length === 0) throw argumentError('imresize of an empty array');
  const out = resized(rt, rt.node(a), rows, cols);
  if (realOf(a.eltype) === 'N0f8') return new Arr(a.eltype, a.ndims, eightBits(rt, out), rows, cols);
  return new Arr(floatOf(a.eltype), a.ndims, out, rows, cols);
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
      return new Arr(floatOf(a.eltype), a.ndims, normalized(rt, rt.node(a)), a.rows, a.cols);
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
      return new Arr(floatOf(a.eltype), a.ndims, ops.binary('sub', doubled, ops.scalar(1)), a.rows, a.cols);
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
  entry(
    {
      name: 'picture',
      signature: 'picture(name)',
      doc: 'A picture of yours, or one that this site lends, by name: its greys, from 0 to 1.',
    },
    [1, 1],
    (rt, [name = null]) => {
      if (typeof name !== 'string') throw noMethod('picture', [name]);
      const known = [lentKey(name), name].filter((key) => rt.pictures.has(key)).map((key) => rt.library.get(key));
      const [grey] = known;
      if (!(grey instanceof Arr))
        throw argumentError(
          `no picture named ${JSON.stringify(name)}: the pictures that there are stand under “Your picture”`,
        );
      return new Arr('Float64', 2, rt.node(grey), grey.rows, grey.cols);
    },
  ),
];
