/** `a:b`, `a:s:b`, `range(a, b; length)`. */

import { argumentError, methodError } from './errors.ts';
import type { Runtime } from './runtime.ts';
import { charRange } from './strings.ts';
import { Char, Range, hostNumber, typeName } from './values.ts';
import type { CharRange, Value } from './values.ts';

/** @throws ArgumentError for a step of 0 */
export function makeRange(rt: Runtime, first: Value, by: Value, last: Value): Range | CharRange {
  if (first instanceof Char && last instanceof Char) return charRange(first, by === null ? 1 : rt.integer(by), last);
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
export function linearRange(start: number, stop: number, length: number): Range {
  return new Range(start, length > 1 ? (stop - start) / (length - 1) : 0, length, false, false);
}
