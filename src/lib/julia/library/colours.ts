/** Greys and colours: ColorTypes' constructors and channels, ImageCore's views. */

import { floatOf, grayOf, isGray, promote, realOf, withReal } from '../eltypes.ts';
import type { ChannelType, Eltype, RealType } from '../eltypes.ts';
import { JuliaError, dimensionMismatch } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { Arr, Colour, Colours, Lane, Sym, TypeValue, boxed, hostNumber, retyped, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { clamp } from './clamp.ts';
import { entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** A scalar's number as another type, and grey if that type is. @throws where nothing of that type is near it */
export function scalarAs(rt: Runtime, v: Value, type: Eltype): Value {
  const own = scalarType(v);
  if (!own) throw noMethod(type, [v]);
  if (v instanceof Lane) return new Lane(type, rt.conform(v.node, own, type));
  const x = hostNumber(v) ?? NaN;
  if (realOf(type) === 'N0f8') rt.checkByte(x);
  return boxed(x, type);
}

/** The studies' grey: 0.299 R + 0.587 G + 0.114 B, rounded to 8 bits where the colour has 8 bits. */
export function luma(rt: Runtime, c: Colour): Value {
  const times = (x: Value, k: Value): Value => scalarBinary(rt, '*', k, x);
  const [r, g, b] = c.channels;
  const sum = (x: Value, y: Value, z: Value): Value => scalarBinary(rt, '+', scalarBinary(rt, '+', x, y), z);
  if (c.type !== 'N0f8') return sum(times(r, 0.299), times(g, 0.587), times(b, 0.114));
  const round = (x: Value, factor: number): Value => rt.call(rt.fn('round'), [times(x, factor)]);
  const thousandths = sum(times(round(r, 255), 299), times(round(g, 255), 587), times(round(b, 255), 114));
  // Half a thousandth more than the rule asks for: sums are whole, and a quotient just below a whole number stays above it.
  const grey = scalarBinary(rt, '/', scalarBinary(rt, '+', thousandths, 500.5), 1000);
  return scalarBinary(rt, '/', rt.call(rt.fn('floor'), [grey]), 255);
}

/** Gray(c): the luma of a colour, a number as grey. `type` for Gray{T}(c). */
export function gray(rt: Runtime, v: Value, type: RealType | null = null): Value {
  const own = v instanceof Colour ? v.type : scalarType(v);
  if (!own) throw noMethod('Gray', [v]);
  const number = v instanceof Colour ? retyped(luma(rt, v), v.type) : v;
  return scalarAs(rt, number, grayOf(type ?? realOf(own)));
}

/** RGB(r, g, b) of numbers; RGB(c) and RGB(grey). `type` for RGB{T}(...). */
export function rgb(rt: Runtime, args: readonly Value[], type: ChannelType | null = null): Value {
  const [r = null, g = r, b = r] = args;
  const colour = r instanceof Colour && args.length === 1 ? r : null;
  const channels = colour ? colour.channels : ([r, g, b] as const);
  const types = channels.map(scalarType);
  if (args.length === 2 || types.includes(null) || (args.length === 3 && types.some((t) => t && isGray(t))))
    throw noMethod('RGB', args);
  const common = types.map((t) => realOf(t ?? 'Float64')).reduce((s, t) => realOf(promote(s, t)));
  const wanted = type ?? (common === 'Int64' || common === 'Bool' ? 'N0f8' : common);
  const channel = (k: 0 | 1 | 2): Value => scalarAs(rt, channels[k], wanted);
  return new Colour([channel(0), channel(1), channel(2)], wanted);
}

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

const zeroarray = new Sym('zeroarray');

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

const channelTypes = ['N0f8', 'Float32', 'Float64'] as const;

/** `Gray`, `Gray{Float32}`, `RGB`, `RGB{N0f8}`, `N0f8`: a type by name, or null. */
export function colourTypeNamed(rt: Runtime, name: string): TypeValue | null {
  const [, head, parameter] = /^(Gray|RGB|N0f8)(?:\{\s*(\w+)\s*\})?$/.exec(name) ?? [];
  const type = parameter === undefined ? null : (channelTypes.find((t) => t === parameter) ?? null);
  if (head === undefined || (parameter !== undefined && !type && !(head === 'Gray' && parameter === 'Bool')))
    return null;
  if (head === 'N0f8') return new TypeValue(name, ([v = null]) => scalarAs(rt, v, 'N0f8'), 'N0f8');
  if (head === 'RGB') return new TypeValue(name, (args) => rgb(rt, args, type));
  const real = parameter === 'Bool' ? 'Bool' : type;
  return new TypeValue(name, ([v = null]) => gray(rt, v, real), real && grayOf(real));
}

/** Constants of ImageCore. */
export const colourConstants: readonly (readonly [string, Value])[] = [['zeroarray', zeroarray]];

/** Colours as colours of another channel type. */
export function convertColours(rt: Runtime, v: Colours, type: ChannelType): Colours {
  if (type === v.type) return v;
  const [r, g, b] = v.planes;
  const plane = (node: typeof r) => rt.conform(node, v.type, type);
  return new Colours([plane(r), plane(g), plane(b)], type, v.ndims);
}
