/** Greys and colours: their channels, ImageCore's conversions and views. Their types: colour-types.ts. */

import { floatOf, grayOf, promote, realOf, withReal } from '../eltypes.ts';
import type { ChannelType, RealType } from '../eltypes.ts';
import { JuliaError, dimensionMismatch } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Colour, Colours, Lane, TypeValue, boxed, hostNumber, retyped, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { clamp } from './clamp.ts';
import { gray, scalarAs, zeroarray } from './colour-types.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** The same for the channels of a colour. */
function mapped(c: Colour, f: (v: Value) => Value): Colour {
  const [r, g, b] = c.channels;
  const channels = [f(r), f(g), f(b)] as const;
  return new Colour(channels, realOf(scalarType(channels[0]) ?? c.type) as ChannelType);
}

function channel(about: About, k: 0 | 1 | 2): Entry {
  const { name } = about;
  return entry(about, [1, 1], (_rt, [c = null]) => {
    if (c instanceof Colour) return c.channels[k];
    const type = scalarType(c);
    if (type) return retyped(c, realOf(type));
    throw noMethod(name, [c]);
  });
}

/** ImageCore's `float32(c)` and its kin: c with channels of a type. */
function converter(name: string, type: ChannelType): Entry {
  const about = {
    name,
    signature: `${name}(c)`,
    doc: `c with channels of type ${type}.`,
    examples: [[`${name}(Gray(0.5))`, `Gray{${type}}(${type === 'N0f8' ? '0.502' : '0.5'})`]] as const,
  };
  return entry(about, [1, 1], (rt, [c = null]) => {
    if (c instanceof Colour) return mapped(c, (x) => scalarAs(rt, x, type));
    const own = scalarType(c);
    if (own) return scalarAs(rt, c, withReal(own, type));
    throw noMethod(name, [c]);
  });
}

function clamp01(rt: Runtime, v: Value): Value {
  if (v instanceof Colour) return mapped(v, (x) => clamp01(rt, x));
  const type = scalarType(v);
  if (!type) throw noMethod('clamp01', [v]);
  return clamp(rt, v, boxed(0, type), boxed(1, type));
}

/** clamp01, and NaN is 0. */
function clamp01nan(rt: Runtime, v: Value): Value {
  if (v instanceof Colour) return mapped(v, (x) => clamp01nan(rt, x));
  const type = scalarType(v);
  if (!type) throw noMethod('clamp01nan', [v]);
  if (!(v instanceof Lane)) return Number.isNaN(hostNumber(v)) ? boxed(0, type) : clamp01(rt, v);
  const { ops } = rt;
  return clamp01(rt, new Lane(type, ops.select(ops.unary('isnan', v.node), ops.scalar(0), v.node)));
}

const threeDimensional = (name: string): JuliaError =>
  new JuliaError(
    'UnsupportedError',
    `unsupported: ${name} of colours, an array of three dimensions; use red.(img), green.(img) and blue.(img), and colorview(RGB, r, g, b)`,
  );

function channelview(rt: Runtime, v: Value): Value {
  if (v instanceof Colours) throw threeDimensional('channelview');
  const a = numbers(rt, v, 'channelview');
  return new Arr(realOf(a.eltype), a.ndims, rt.node(a), a.rows, a.cols);
}

function colorview(rt: Runtime, args: readonly Value[]): Value {
  const [type = null, ...parts] = args;
  if (!(type instanceof TypeValue)) throw noMethod('colorview', args);
  const arrays = parts.map((v) => (v === zeroarray ? null : numbers(rt, v, 'colorview')));
  const [first] = arrays.filter((a) => a !== null);
  if (!first) throw noMethod('colorview', args);
  const eltype = arrays.reduce<RealType>(
    (t, a) => (a ? realOf(promote(t, realOf(a.eltype))) : t),
    realOf(first.eltype),
  );
  if (type.name.startsWith('Gray') && parts.length === 1) {
    const wanted = type.eltype ?? grayOf(eltype);
    return new Arr(wanted, first.ndims, rt.conform(rt.node(first), first.eltype, wanted), first.rows, first.cols);
  }
  if (!type.name.startsWith('RGB')) throw noMethod('colorview', args);
  if (parts.length !== 3) throw threeDimensional('colorview');
  if (arrays.some((a) => a && (a.rows !== first.rows || a.cols !== first.cols)))
    throw dimensionMismatch('arrays must have the same size to be the channels of one picture');
  const wanted = /\{(\w+)\}/.exec(type.name)?.[1] ?? (eltype === 'Int64' || eltype === 'Bool' ? 'N0f8' : eltype);
  const plane = (k: 0 | 1 | 2) => {
    const a = arrays[k];
    return a ? rt.conform(rt.node(a), a.eltype, wanted as ChannelType) : rt.ops.fill(0, first.rows, first.cols);
  };
  return new Colours([plane(0), plane(1), plane(2)], wanted as ChannelType, first.ndims);
}

export const colours: readonly Entry[] = [
  channel({ name: 'red', signature: 'red(c)', doc: 'The red part of a colour.' }, 0),
  channel({ name: 'green', signature: 'green(c)', doc: 'The green part of a colour.' }, 1),
  channel({ name: 'blue', signature: 'blue(c)', doc: 'The blue part of a colour.' }, 2),
  entry(
    {
      name: 'gray',
      signature: 'gray(c)',
      doc: 'The number of a grey, or of the grey of a colour.',
      examples: [['gray(Gray(0.25)), gray.(Gray.([0 1]))', '(0.25, N0f8[0.0 1.0])']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const grey = gray(rt, v);
      return retyped(grey, realOf(scalarType(grey) ?? 'Float64'));
    },
  ),
  entry(
    { name: 'color', signature: 'color(c)', doc: 'The colour without its alpha: c itself.' },
    [1, 1],
    (_rt, [c = null]) => {
      if (c instanceof Colour || scalarType(c)) return c;
      throw noMethod('color', [c]);
    },
  ),
  entry(
    { name: 'alpha', signature: 'alpha(c)', doc: 'How opaque a colour is: 1, since none here has an alpha.' },
    [1, 1],
    (_rt, [c = null]) => {
      const type = c instanceof Colour ? c.type : scalarType(c);
      if (type) return boxed(1, realOf(type));
      throw noMethod('alpha', [c]);
    },
  ),
  converter('float32', 'Float32'),
  converter('float64', 'Float64'),
  converter('n0f8', 'N0f8'),
  entry({ name: 'clamp01', signature: 'clamp01(x)', doc: 'x, or the nearer of 0 and 1.' }, [1, 1], (rt, [v = null]) =>
    clamp01(rt, v),
  ),
  entry(
    {
      name: 'clamp01nan',
      signature: 'clamp01nan(x)',
      doc: 'clamp01, and 0 for NaN.',
      examples: [['clamp01nan(NaN)', '0.0']],
    },
    [1, 1],
    (rt, [v = null]) => clamp01nan(rt, v),
  ),
  entry(
    { name: 'channelview', signature: 'channelview(img)', doc: 'The numbers of a matrix of greys.' },
    [1, 1],
    (rt, [v = null]) => channelview(rt, v),
  ),
  entry(
    {
      name: 'colorview',
      signature: 'colorview(RGB, r, g, b)',
      doc: 'A picture whose channels are the three matrices; `colorview(Gray, A)` is one of greys.',
      examples: [['colorview(RGB, [0.5 1.0], zeroarray, [0.0 0.25])[1, 1]', 'RGB{Float64}(0.5,0.0,0.0)']],
    },
    [2, 4],
    colorview,
  ),
];

/** `float` of a colour: its bytes become Float32. */
export function floatColour(rt: Runtime, c: Colour): Colour {
  return mapped(c, (x) => scalarAs(rt, x, floatOf(scalarType(x) ?? 'Float64')));
}
