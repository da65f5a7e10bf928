/** Functions of floating-point numbers that round once, by whole numbers of any length. */

import { methodError } from '../errors.ts';
import { binary, negate } from '../operators.ts';
import { Lane, Single, boxed, hostNumber, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import type { Runtime } from '../runtime.ts';
import { noMethod } from './table.ts';

const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

/** A number that is finite as a whole number times a power of two. */
function exactly(x: number): { whole: bigint; exponent: number } {
  if (x === 0) return { whole: 0n, exponent: 0 };
  let exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), -1022) - 52;
  let whole = x / 2 ** Math.max(exponent, -1000);
  if (exponent < -1000) whole /= 2 ** (exponent + 1000);
  while (!Number.isInteger(whole)) [whole, exponent] = [whole * 2, exponent - 1];
  return { whole: BigInt(whole), exponent };
}

/** 2π 2^bits, by Machin's formula. */
function turn(bits: number): bigint {
  const one = 1n << BigInt(bits + 32);
  const arctanOfInverse = (n: bigint): bigint => {
    let sum = 0n;
    for (let power = one / n, k = 1n; power !== 0n; power /= -n * n, k += 2n) sum += power / k;
    return sum;
  };
  return (8n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n))) >> 32n;
}

/** x modulo 2π, not modulo the Float64 next to it: of a large angle the difference is many turns. */
export function withinTurn(x: number): number {
  if (x >= 0 && x < 6) return x;
  const { whole, exponent } = exactly(x);
  const bits = 160 + Math.max(0, exponent);
  const size = turn(bits);
  const angle = (exponent >= -bits ? whole << BigInt(exponent + bits) : whole >> BigInt(-exponent - bits)) % size;
  return scaled(angle < 0n ? angle + size : angle, -bits);
}

/** x * y + z without a rounding between. */
export function fused(rt: Runtime, args: readonly Value[]): Value {
  const [x = null, y = null, z = null] = args;
  const plain = (): Value => binary(rt, '+', binary(rt, '*', x, y), z);
  if (args.some((v) => v instanceof Lane)) throw noMethod('fma', args);
  const hosts = args.map(hostNumber);
  if (args.every((v) => typeof v === 'bigint') || !hosts.every((h) => h !== null && Number.isFinite(h))) return plain();
  const [p, q, r] = hosts.map((h) => exactly(h ?? NaN));
  if (!p || !q || !r) return plain();
  const least = Math.min(p.exponent + q.exponent, r.exponent);
  const sum =
    ((p.whole * q.whole) << BigInt(p.exponent + q.exponent - least)) + (r.whole << BigInt(r.exponent - least));
  if (sum === 0n) return plain();
  return boxed(scaled(sum, least), args.every((v) => v instanceof Single) ? 'Float32' : 'Float64');
}

/** whole * 2^exponent, rounded once: Number() of a whole number rounds to the nearest, ties to even. */
function scaled(whole: bigint, exponent: number): number {
  const bits = absolute(whole).toString(2).length;
  // Below the normal numbers fewer bits are kept; what is cut off leaves a trace, so that ties are seen.
  const cut = Math.max(0, -1074 - exponent);
  if (cut > 0) {
    const kept = absolute(whole) >> BigInt(cut);
    const rest = absolute(whole) - (kept << BigInt(cut));
    const half = 1n << BigInt(cut - 1);
    const up = rest > half || (rest === half && (kept & 1n) === 1n) ? 1n : 0n;
    return Number(whole < 0n ? -(kept + up) : kept + up) * 2 ** -1074;
  }
  const spare = Math.max(0, bits - 1000);
  return spare > 0 ? Number(whole >> BigInt(spare)) * 2 ** (exponent + spare) : Number(whole) * 2 ** exponent;
}

export function signed(rt: Runtime, name: 'copysign' | 'flipsign', args: readonly Value[]): Value {
  const [x = null, y = null] = args;
  const sign = hostNumber(y);
  const value = hostNumber(x);
  if (sign === null || value === null) throw noMethod(name, args);
  const down = sign < 0 || Object.is(sign, -0);
  const minus = value < 0 || Object.is(value, -0);
  if (typeof x === 'boolean') throw methodError(name, ['Bool', scalarType(y) ?? '']);
  return (name === 'copysign' ? down !== minus : down) ? negate(rt, x) : x;
}
