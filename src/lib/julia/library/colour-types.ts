/** The types of greys and colours: their constructors and conversions. */

import { grayOf, isGray, promote, realOf } from '../eltypes.ts';
import type { ChannelType, Eltype, RealType } from '../eltypes.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary } from '../scalar.ts';
import { Colour, Colours, Lane, Sym, TypeValue, boxed, hostNumber, retyped, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import { noMethod } from './table.ts';

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

/** A channel of zeros, for `colorview`. */
export const zeroarray = new Sym('zeroarray');

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
