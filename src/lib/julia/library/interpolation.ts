/**
 * Linear interpolation as Interpolations.jl has it: an object made of an array and its axes, called at places between the elements. Built
 * from reads and sums, so that it runs over lanes on every engine and has the gradient of what it reads and of where.
 */

import { boundsError, dimensionMismatch, unsupported } from '../errors.ts';
import { numbers } from '../iterate.ts';
import { getIndex } from '../indexing/read.ts';
import { assemble, inLanes } from '../lanes.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { showText } from '../show/show.ts';
import { Arr, Colours, Fn, Lane, Module, Range, Tuple, hostNumber, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/** What `Flat()`, `Linear()` and their like return; shown by its name, as a module is. */
class Scheme extends Module {}

type Outside = 'Throw()' | 'Flat()' | 'Line()' | { readonly fill: Value };
/** One axis: where its first element is, and how far apart they are. */
interface Axis {
  readonly first: number;
  readonly step: number;
  readonly length: number;
}

/** What is known of an interpolation object, besides that it can be called. */
interface Made {
  readonly data: Arr;
  readonly axes: readonly Axis[];
  /** As Interpolations prints it. */
  readonly words: string;
}

const made = new WeakMap<Fn, Made>();

function interpolation(rt: Runtime, { data, axes, words }: Made, outside: Outside): Fn {
  const shown = typeof outside === 'string' ? outside : showText(rt, outside.fill);
  const call = (args: Value[]): Value => {
    // Julia takes further indices that are 1, which nobody writes.
    if (args.length !== axes.length) throw noMethod('interpolation', args);
    if (args.some((v) => v instanceof Arr || v instanceof Range))
      return overGrid(rt, args, (at) => value(rt, data, axes, outside, words, at));
    return value(rt, data, axes, outside, words, args);
  };
  const fn = new Fn(`extrapolate(${words}, ${shown})`, call, true, {
    slots: [data],
    parent: null,
    mask: null,
    level: 0,
  });
  made.set(fn, { data, axes, words });
  return fn;
}

/** The values at every pair of places of two lists, a column and a row of lanes; a scalar among them takes no dimension. */
function overGrid(rt: Runtime, args: readonly Value[], at: (args: readonly Value[]) => Value): Value {
  const lists = args.map((v) => (v instanceof Arr || v instanceof Range ? numbers(rt, v, 'interpolation') : null));
  for (const list of lists) if (list && list.ndims === 2) throw noMethod('interpolation', args);
  const [first, second] = lists.filter((list) => list !== null);
  const shape = { rows: first?.length ?? 1, cols: second?.length ?? 1, ndims: second ? 2 : 1 } as const;
  rt.meter.room(shape.rows * shape.cols);
  return inLanes(rt, shape, () => {
    const places = args.map((v, k): Value => {
      const list = lists[k];
      if (!list) return v;
      const node = rt.node(list);
      return new Lane(list.eltype, list === first ? node : rt.ops.reshape(node, 1, list.length));
    });
    return assemble(rt, at(places), shape);
  });
}

interface Place {
  /** The element at or before, and the one after; 1-based. */
  readonly low: Value;
  readonly high: Value;
  /** How far from the one to the other. */
  readonly share: Value;
  /** Where the place lies beyond the axis: 1 in such lanes. */
  readonly outside: Value;
}

/** Where `x` lies on an axis. Beyond it, the place is the nearest on it, or goes on in a line. */
function placeOn(rt: Runtime, axis: Axis, x: Value, line: boolean): Place {
  const { first, step, length } = axis;
  const most = Math.max(1, length - 1);
  const host = hostNumber(x);
  if (host !== null) {
    const p = (host - first) / step + 1;
    const beyond = !(p >= 1 && p <= length);
    const held = line || Number.isNaN(p) ? p : Math.min(Math.max(p, 1), length);
    const low = Number.isNaN(p) ? 1 : Math.min(Math.max(Math.floor(held), 1), most);
    return { low: BigInt(low), high: BigInt(Math.min(low + 1, length)), share: held - low, outside: beyond };
  }
  const { ops } = rt;
  const scalar = (k: number) => ops.scalar(k);
  const moved = ops.binary('sub', rt.scalarNode(x), scalar(first));
  const p = ops.binary('add', step === 1 ? moved : ops.binary('div', moved, scalar(step)), scalar(1));
  const clamped = (node: typeof p, low: number, high: number) =>
    ops.binary('min', ops.binary('max', node, scalar(low)), scalar(high));
  const held = line ? p : clamped(p, 1, length);
  const low = ops.detach(clamped(ops.unary('floor', held), 1, most));
  const outside = ops.binary('or', ops.binary('lt', p, scalar(1)), ops.binary('lt', scalar(length), p));
  return {
    low: new Lane('Int64', low),
    high: new Lane('Int64', clamped(ops.binary('add', low, scalar(1)), 1, length)),
    share: new Lane('Float64', ops.binary('sub', held, low)),
    outside: new Lane('Bool', ops.detach(outside)),
  };
}

function value(
  rt: Runtime,
  data: Arr,
  axes: readonly Axis[],
  outside: Outside,
  words: string,
  args: readonly Value[],
): Value {
  const places = axes.map((axis, k) => placeOn(rt, axis, args[k] ?? null, outside === 'Line()'));
  if (outside === 'Throw()') assertInside(rt, data, words, places, args);
  const times = (w: Value, v: Value): Value => scalarBinary(rt, '*', w, v);
  const blend = (share: Value, a: Value, b: Value): Value =>
    scalarBinary(rt, '+', times(scalarBinary(rt, '-', 1, share), a), times(share, b));
  const [row, col] = places;
  const read = (i: Value, j?: Value): Value => getIndex(rt, data, j === undefined ? [i] : [i, j]);
  if (!row) throw noMethod('interpolation', args);
  const across = (i: Value): Value => (col ? blend(col.share, read(i, col.low), read(i, col.high)) : read(i));
  const inside = blend(row.share, across(row.low), across(row.high));
  if (typeof outside === 'string') return inside;
  const beyond = places
    .map((place) => place.outside)
    .reduce((a, b) => (a === true || b === true ? true : a === false ? b : b === false ? a : either(rt, a, b)));
  if (beyond === true) return scalarBinary(rt, '*', 1, outside.fill);
  if (beyond === false) return inside;
  const fill = rt.scalarNode(outside.fill);
  return new Lane(rt.eltype(inside), rt.ops.select(rt.scalarNode(beyond), fill, rt.scalarNode(inside)));
}

function either(rt: Runtime, a: Value, b: Value): Value {
  return new Lane('Bool', rt.ops.binary('or', rt.scalarNode(a), rt.scalarNode(b)));
}

/** @throws BoundsError, lanes included */
function assertInside(rt: Runtime, data: Arr, words: string, places: readonly Place[], args: readonly Value[]): void {
  const sizes = data.ndims === 1 ? `${data.rows}-element` : `${data.rows}×${data.cols}`;
  const object = `${sizes} ${words} with element type ${data.eltype}`;
  if (places.some(({ outside }) => outside === true))
    throw boundsError(object, args.map((v) => showText(rt, rt.settle(v, 'a place'))).join(', '));
  for (const { outside } of places) {
    if (!(outside instanceof Lane)) continue;
    rt.check(outside.node, (lane) => {
      const shown = args.map((v) => {
        if (!(v instanceof Lane)) return showText(rt, v);
        const { node } = v;
        const [rows, cols] = [outside.node.rows, outside.node.cols];
        const i = node.rows === 1 || rows === 1 ? 0 : Math.floor(lane / cols);
        const j = node.cols === 1 || cols === 1 ? 0 : lane % cols;
        return String(rt.ops.download(node)[i * node.cols + j] ?? NaN);
      });
      return boundsError(object, shown.join(', '));
    });
  }
}

/** @throws for axes that are no ranges, or do not fit */
function axesOf(rt: Runtime, name: string, given: Value, data: Arr): { axes: Axis[]; words: string } {
  const list = given instanceof Tuple ? given.items : [given];
  const sizes = data.ndims === 1 ? [data.rows] : [data.rows, data.cols];
  const axes = list.map((v, k): Axis => {
    if (!(v instanceof Range))
      throw unsupported(`${name} over knots that are no range; give ranges, as in ${name}((1:512, 1:512), A)`);
    if (v.length !== (sizes[k] ?? 1))
      throw dimensionMismatch(
        `length of knot vectors do not match the array: axis ${k + 1} has ${v.length} knots, and the array ${sizes[k] ?? 1}`,
      );
    return { first: v.start, step: v.step, length: v.length };
  });
  if (axes.length !== sizes.length) throw noMethod(name, [given, data]);
  return { axes, words: list.map((v) => showText(rt, v)).join(', ') };
}

function outsideOf(v: Value | undefined): Outside {
  if (v === undefined) return 'Throw()';
  if (v instanceof Scheme) {
    if (v.name === 'Throw()' || v.name === 'Flat()' || v.name === 'Line()') return v.name;
    throw unsupported(`extrapolation by ${v.name}; there are Throw(), Flat(), Line() and a number`);
  }
  if (v instanceof Tuple) throw unsupported('another extrapolation along each dimension; give one for all');
  return { fill: v };
}

function arrayOf(rt: Runtime, name: string, v: Value): Arr {
  if (v instanceof Colours)
    throw unsupported(`${name} of a picture in colour; take red.(img), green.(img), blue.(img), or Gray.(img)`);
  if (v instanceof Arr || v instanceof Range) return numbers(rt, v, name);
  throw noMethod(name, [v]);
}

function wordsOf(data: Arr): string {
  return `interpolate(::${typeName(data)}, BSpline(Linear()))`;
}

function overAxes(name: string): Entry['run'] {
  return (rt, [given = null, v = null], keywords) => {
    const data = arrayOf(rt, name, v);
    const { axes, words } = axesOf(rt, name, given, data);
    const scaled = `scale(${wordsOf(data)}, (${words}${axes.length === 1 ? ',' : ''}))`;
    return interpolation(rt, { data, axes, words: scaled }, outsideOf(keywords.get('extrapolation_bc')));
  };
}

const scheme = (name: string, doc: string): Entry =>
  entry({ name, signature: `${name}()`, doc, differentiable: 'no' }, [0, 0], () => new Scheme(`${name}()`));

export const interpolations: readonly Entry[] = [
  ...(['LinearInterpolation', 'linear_interpolation'] as const).map((name) =>
    entry(
      {
        name,
        signature: `${name}((xs, ys), A; extrapolation_bc)`,
        doc: 'A function of places between the elements of A, linear from one to the next; axes are ranges.',
        examples: [
          [`itp = ${name}((1:2, 1:3), [0.0 1 2; 10 11 12]); itp(1.5, 2.25)`, '6.25'],
          [
            `${name}(0:10:20, [1.0, 2.0, 4.0], extrapolation_bc=Flat()).([5, 15, 99])`,
            '3-element Vector{Float64}: 1.5 3.0 4.0',
          ],
        ],
      },
      [2, 2],
      overAxes(name),
    ),
  ),
  entry(
    {
      name: 'interpolate',
      signature: 'interpolate(A, BSpline(Linear()))',
      doc: 'A function of places between the elements of A, which lie at 1, 2, ...',
      examples: [['itp = interpolate([1.0, 3.0], BSpline(Linear())); itp(1.25)', '1.5']],
    },
    [2, 2],
    (rt, [v = null, way = null]) => {
      if (!(way instanceof Scheme) || way.name !== 'BSpline(Linear())')
        throw unsupported('an interpolation that is not linear; use interpolate(A, BSpline(Linear()))');
      const data = arrayOf(rt, 'interpolate', v);
      const axes = (data.ndims === 1 ? [data.rows] : [data.rows, data.cols]).map((length) => ({
        first: 1,
        step: 1,
        length,
      }));
      return interpolation(rt, { data, axes, words: wordsOf(data) }, 'Throw()');
    },
  ),
  entry(
    {
      name: 'extrapolate',
      signature: 'extrapolate(itp, Flat())',
      doc: 'The same interpolation with values beyond its axes: Flat(), Line(), or a number.',
      examples: [['itp = extrapolate(interpolate([1.0, 3.0], BSpline(Linear())), Line()); itp(3)', '5.0']],
    },
    [2, 2],
    (rt, [itp = null, how = null]) => {
      const known = itp instanceof Fn ? made.get(itp) : undefined;
      if (!known) throw noMethod('extrapolate', [itp, how]);
      return interpolation(rt, known, outsideOf(how ?? undefined));
    },
  ),
  entry(
    {
      name: 'BSpline',
      signature: 'BSpline(Linear())',
      doc: 'A way to interpolate: Linear() alone is in this subset.',
      differentiable: 'no',
    },
    [1, 1],
    (_rt, [degree = null]) => {
      if (degree instanceof Scheme && degree.name === 'Linear()') return new Scheme('BSpline(Linear())');
      throw unsupported('a spline that is not linear; use BSpline(Linear())');
    },
  ),
  scheme('Linear', 'Linear interpolation, for BSpline.'),
  scheme('Throw', 'Beyond the axes of an interpolation lies an error.'),
  scheme('Flat', 'Beyond the axes of an interpolation lies the nearest value on them.'),
  scheme('Line', 'Beyond the axes of an interpolation its last slope goes on.'),
];
