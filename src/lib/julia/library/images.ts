/** Pictures: colours and greys, distributions, the display scaling, resampling. */

import type { Dims } from '../../matrix/engine.ts';
import type { Node } from '../../matrix/tape.ts';
import { floatOf } from '../eltypes.ts';
import { lentKey } from '../graph.ts';
import { argumentError } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr } from '../values.ts';
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
