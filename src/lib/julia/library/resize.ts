/** `imresize`: pictures sampled at another size. */

import type { Node } from '../../matrix/tape.ts';
import { floatOf, realOf } from '../eltypes.ts';
import { argumentError } from '../errors.ts';
import { gathered, lengthOf, numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Colours, Tuple } from '../values.ts';
import type { Value } from '../values.ts';
import { entry } from './table.ts';
import type { Entry } from './table.ts';

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

export const resizing: readonly Entry[] = [
  entry(
    {
      name: 'imresize',
      signature: 'imresize(img, (rows, cols); ratio)',
      doc: 'img sampled at another size, linearly, without anti-aliasing.',
    },
    [1, 3],
    (rt, [v = null, ...sizes], keywords) => imresize(rt, v, sizes, keywords.get('ratio')),
  ),
];
