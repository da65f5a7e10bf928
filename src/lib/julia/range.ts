/** `a:b`, `a:s:b`, `range(a, b; length)`. */

import { argumentError, methodError } from './errors.ts';
import type { Node } from '../matrix/tape.ts';
import type { Runtime } from './runtime.ts';
import { charRange } from './strings.ts';
import { Arr, Cartesian, Char, Lane, Range, hostNumber, noKeywords, typeName } from './values.ts';
import type { Value } from './values.ts';

const tracked = (v: Value): v is Lane => v instanceof Lane && v.node.tracked && v.eltype !== 'Int64';

/** The numbers of a range whose ends a gradient follows: `from` + k `step`, a vector, since a Range has no history. */
function followed(rt: Runtime, range: Range, from: Node, step: Node): Arr {
  const { ops } = rt;
  const count = ops.upload(
    Float64Array.from({ length: range.length }, (_, k) => k),
    range.length,
    1,
  );
  const node = ops.binary('add', from, ops.binary('mul', count, step));
  return new Arr('Float64', 1, node, range.length, 1);
}

/** Under `gradient`, a start or step that depends on its argument gives the numbers as a vector. @throws ArgumentError for a step of 0 */
export function makeRange(rt: Runtime, first: Value, by: Value, last: Value): Value {
  if (first instanceof Char && last instanceof Char) return charRange(first, by === null ? 1 : rt.integer(by), last);
  if (first instanceof Cartesian && by === null) {
    rt.need('indices');
    const all = rt.methods.get(':')?.(rt, [first, last], noKeywords);
    if (all !== undefined) return all;
  }
  const range = plainRange(rt, first, by, last);
  if (!tracked(first) && !tracked(by)) return range;
  return followed(rt, range, rt.scalarNode(first), by === null ? rt.ops.scalar(1) : rt.scalarNode(by));
}

function plainRange(rt: Runtime, first: Value, by: Value, last: Value): Range {
  const [a, s, b] = [first, by, last].map((v) => rt.settle(v, 'a range whose length depends on the element'));
  const [start, step, stop] = [a, s, b].map((v) => hostNumber(v ?? null));
  if (start === null || start === undefined || stop === null || stop === undefined || (by !== null && step === null)) {
    throw methodError('(:)', [first, ...(by === null ? [] : [by]), last].map(typeName));
  }
  const integer =
    typeof a !== 'number' &&
    typeof b !== 'number' &&
    (by === null || typeof s === 'bigint') &&
    Number.isInteger(start) &&
    Number.isInteger(stop);
  const stride = step ?? 1;
  if (stride === 0) throw argumentError('step cannot be zero');
  if (![start, stride, stop].every(Number.isFinite)) throw argumentError('a range needs finite ends');
  // A float range may fall short of its stop by rounding alone.
  const steps = (stop - start) / stride;
  const length = Math.max(0, Math.floor(integer ? steps : steps + 1e-9 * Math.max(1, Math.abs(steps))) + 1);
  return new Range(start, stride, length, integer, by === null);
}

/** `length` numbers from start to stop, both included. */
export function linearRange(rt: Runtime, start: Value, stop: Value, length: number): Range | Arr {
  const ends = [start, stop].map((v) => rt.settle(v));
  const [from, to] = ends.map((v) => hostNumber(v));
  if (from === null || from === undefined || to === null || to === undefined)
    throw methodError('range', ends.map(typeName));
  const range = new Range(from, length > 1 ? (to - from) / (length - 1) : 0, length, false, false);
  if (!tracked(start) && !tracked(stop)) return range;
  const { ops } = rt;
  const node = rt.scalarNode(start);
  const span = ops.binary('sub', rt.scalarNode(stop), node);
  return followed(rt, range, node, ops.binary('div', span, ops.scalar(Math.max(1, length - 1))));
}
