/**
 * `gradient` as Zygote has it. The numbers in the arguments become inputs of the tape, whatever holds them: arrays, tuples,
 * dictionaries. The derivatives come back in the same holders, and `nothing` stands for what the result does not depend on.
 */

import type { Node } from '../../matrix/tape.ts';
import { floatOf, realOf } from '../eltypes.ts';
import { errorException } from '../errors.ts';
import { Extension } from '../extension.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { showText } from '../show/show.ts';
import {
  Arr,
  Cartesian,
  Colour,
  Colours,
  Dict,
  Lane,
  List,
  Pair,
  Range,
  Ref,
  Tuple,
  elementType,
  scalarType,
} from '../values.ts';
import type { Eltype, Value } from '../values.ts';

/** Derivatives by input; null where there is none. */
type Found = (input: Node) => Node | null;

/** A value whose numbers are inputs of the tape, and how their derivatives are put together again. */
interface Traced {
  readonly value: Value;
  readonly answer: (found: Found) => Value;
}

/** Derivatives of whole numbers are fractions. */
const derived = floatOf;

/** Bools are no numbers to differentiate by. */
const discrete = (type: Eltype): boolean => realOf(type) === 'Bool';

/** What carries no derivative: text, Bools, functions. */
const untraced = (value: Value): Traced => ({ value, answer: () => null });

function tracedArray(rt: Runtime, a: Arr, inputs: Node[]): Traced {
  if (discrete(a.eltype)) return untraced(a);
  const input = rt.ops.input(rt.node(a));
  inputs.push(input);
  return {
    value: new Arr(a.eltype, a.ndims, input, a.rows, a.cols, a.row),
    answer: (found) => {
      const g = found(input);
      return g && new Arr(derived(a.eltype), a.ndims, g, a.rows, a.cols, a.row);
    },
  };
}

/** `nothing` where every part is nothing, as in Zygote. */
function whole(parts: readonly Value[], make: () => Value): Value {
  return parts.every((part) => part === null) ? null : make();
}

function tracedDict(rt: Runtime, v: Dict, inputs: Node[]): Traced {
  const parts = [...v.entries].map(([id, { key, value }]) => ({ id, key, part: trace(rt, value, inputs) }));
  const held = new Dict();
  for (const { id, key, part } of parts) held.entries.set(id, { key, value: part.value });
  return {
    value: held,
    answer: (found) => {
      const answers = new Dict();
      for (const { id, key, part } of parts) {
        const value = part.answer(found);
        if (value !== null) answers.entries.set(id, { key, value });
      }
      return answers.entries.size > 0 ? answers : null;
    },
  };
}

/** @throws ErrorException for pictures in colour, whose gradient is not taken here */
export function trace(rt: Runtime, v: Value, inputs: Node[]): Traced {
  const type = scalarType(v);
  if (type) {
    if (discrete(type)) return untraced(v);
    const input = rt.ops.input(rt.scalarNode(v));
    inputs.push(input);
    return {
      value: new Lane(type, input),
      answer: (found) => {
        const g = found(input);
        return g && new Lane(derived(type), g);
      },
    };
  }
  if (v instanceof Arr) return tracedArray(rt, v, inputs);
  if (v instanceof Range) return tracedArray(rt, numbers(rt, v, 'gradient'), inputs);
  if (v instanceof Cartesian) return untraced(v);
  if (v instanceof Colours)
    throw errorException(
      'gradient takes no picture in colour: take its planes, or its greys, with red.(x) or Gray.(x)',
    );
  if (v instanceof Dict) return tracedDict(rt, v, inputs);
  const parts = partsOf(v)?.map((part) => trace(rt, part, inputs));
  if (!parts) return untraced(v);
  const answers = (found: Found): Value[] => parts.map((part) => part.answer(found));
  const values = parts.map((part) => part.value);
  const rebuilt = rebuild(v, values);
  const names = fieldNames(v);
  return {
    value: rebuilt,
    answer: (found) => {
      const all = answers(found);
      return whole(all, () => (v instanceof List ? new List(all, elementType(all), v) : new Tuple(all, names)));
    },
  };
}

function partsOf(v: Value): readonly Value[] | null {
  if (v instanceof Tuple || v instanceof List) return v.items;
  if (v instanceof Pair) return [v.key, v.value];
  if (v instanceof Ref) return [v.value];
  if (v instanceof Extension && v.parts) return v.parts().values;
  return v instanceof Colour ? v.channels : null;
}

function rebuild(v: Value, [first = null, second = null, third = null, ...rest]: readonly Value[]): Value {
  if (v instanceof Extension && v.withParts && v.parts) {
    return v.withParts([first, second, third, ...rest].slice(0, v.parts().values.length));
  }
  if (v instanceof Pair) return new Pair(first, second);
  if (v instanceof Ref) return new Ref(first);
  if (v instanceof Colour) return new Colour([first, second, third], v.type);
  const all = [first, second, third, ...rest].slice(0, partsOf(v)?.length ?? 0);
  return v instanceof List ? new List(all, v.eltype, v) : new Tuple(all, v instanceof Tuple ? v.names : null);
}

/** The names under which Zygote gives the derivatives of a value's parts. */
function fieldNames(v: Value): readonly string[] | null {
  if (v instanceof Tuple) return v.names;
  if (v instanceof Pair) return ['first', 'second'];
  if (v instanceof Ref) return ['x'];
  if (v instanceof Extension && v.parts) return v.parts().names;
  return v instanceof Colour ? ['r', 'g', 'b'] : null;
}

/** Runs `work` while values stay on the engine, with their history. */
export function taping<T>(rt: Runtime, work: () => T): T {
  const outermost = rt.gradients === 0;
  if (outermost) rt.meter.startTape();
  rt.gradients++;
  try {
    return work();
  } finally {
    rt.gradients--;
    if (outermost) rt.meter.endTape();
  }
}

/** The result as a node to differentiate; null where it is a number that depends on nothing. @throws ErrorException */
export function resultNode(rt: Runtime, y: Value): Node | null {
  if (y instanceof Lane && y.uniform) return y.node.tracked ? y.node : null;
  if (scalarType(y)) return null;
  if (y instanceof Arr || y instanceof List || y instanceof Range || y instanceof Colours)
    throw errorException('Output is an array, so the gradient is not defined. Perhaps you wanted jacobian.');
  throw errorException(`Output should be scalar; gradients are not defined for output ${showText(rt, y)}`);
}

/** f(xs...) and its derivatives with respect to each of xs. */
export function withGradient(
  rt: Runtime,
  f: Value,
  xs: readonly Value[],
): { readonly value: Value; readonly gradients: readonly Value[] } {
  return taping(rt, () => {
    const inputs: Node[] = [];
    const traced = xs.map((x) => trace(rt, x, inputs));
    const y = rt.call(
      f,
      traced.map(({ value }) => value),
    );
    const node = resultNode(rt, y);
    if (!node) return { value: y, gradients: xs.map(() => null) };
    const { value, gradients } = rt.ops.differentiate(node, inputs);
    const found = new Map(inputs.map((input, k) => [input, gradients[k] ?? null]));
    return {
      value: new Lane(scalarType(y) ?? 'Float64', value),
      gradients: traced.map(({ answer }) => answer((input) => found.get(input) ?? null)),
    };
  });
}

/** The same value, constant for every gradient under way. */
export function detached(rt: Runtime, v: Value): Value {
  if (v instanceof Lane) return new Lane(v.eltype, rt.ops.detach(v.node));
  if (v instanceof Arr) {
    if (!rt.tracked(v)) return v;
    return new Arr(v.eltype, v.ndims, rt.ops.detach(rt.node(v)), v.rows, v.cols, v.row);
  }
  if (v instanceof Dict) {
    const held = new Dict();
    for (const [id, { key, value }] of v.entries) held.entries.set(id, { key, value: detached(rt, value) });
    return held;
  }
  const parts = partsOf(v);
  return parts && !(v instanceof Cartesian)
    ? rebuild(
        v,
        parts.map((part) => detached(rt, part)),
      )
    : v;
}
