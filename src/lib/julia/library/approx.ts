/** Equality up to rounding. */

import { realOf } from '../eltypes.ts';
import { gathered, numbers } from '../iterate.ts';
import { binary, conjunction } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { scalarBinary, scalarCompare } from '../scalar.ts';
import { Arr, Lane, List, Range, hostNumber, scalarType } from '../values.ts';
import type { Eltype, Value } from '../values.ts';

function isGrid(v: Value): boolean {
  return v instanceof Arr || v instanceof Range || v instanceof List;
}

interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
  readonly nans?: boolean;
}

/** sqrt(eps) of the coarser of two types; numbers that come from an engine of float32 are no finer than it. */
function defaultTolerance(rt: Runtime, a: Value, b: Value): number {
  const types = [a, b].map((v) => (isGrid(v) ? numbers(rt, v, '≈').eltype : scalarType(v)));
  const coarse = (type: Eltype | null): boolean => type !== null && realOf(type) === 'Float32';
  if (types.every((type) => type === 'Int64' || type === 'Bool')) return 0;
  const onEngine = [a, b].some((v) => v instanceof Lane || (isGrid(v) && !(v instanceof Range)));
  const single = types.some(coarse) || (onEngine && rt.engine.float === 32);
  return Math.sqrt(single ? 2 ** -23 : 2 ** -52);
}

/** `≈`: |a - b| <= max(atol, rtol max(|a|, |b|)), with norms for arrays. */
export function approx(rt: Runtime, a: Value, b: Value, { rtol, atol = 0, nans = false }: Tolerance = {}): Value {
  const { ops } = rt;
  const relative = rtol ?? (atol > 0 ? 0 : defaultTolerance(rt, a, b));
  if (!(a instanceof Lane) && !(b instanceof Lane) && scalarType(a) && scalarType(b)) {
    const [x, y] = [hostNumber(a) ?? NaN, hostNumber(b) ?? NaN];
    if (scalarCompare(rt, '==', a, b) === true) return true;
    if (Number.isNaN(x) && Number.isNaN(y)) return nans;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
    const apart = Math.abs(hostNumber(scalarBinary(rt, '-', a, b)) ?? NaN);
    return apart <= Math.max(atol, relative * Math.max(Math.abs(x), Math.abs(y)));
  }
  const norm = (v: Value): Value => {
    if (!isGrid(v))
      return v instanceof Lane ? new Lane(v.eltype, ops.unary('abs', v.node)) : Math.abs(rt.number(v, '≈'));
    const node = rt.node(numbers(rt, v, '≈'));
    return new Lane('Float64', ops.unary('sqrt', ops.reduce('sum', ops.binary('mul', node, node), 'all')));
  };
  const [da, db] = [norm(a), norm(b)];
  const bound = scalarBinary(rt, 'max', atol, scalarBinary(rt, '*', relative, scalarBinary(rt, 'max', da, db)));
  const apart = norm(binary(rt, '-', a, b));
  const near = scalarCompare(rt, '<=', apart, bound);
  if (!isGrid(a) || !isGrid(b)) return conjunction(rt, 'or', scalarCompare(rt, '==', a, b), near);
  // Where the difference has infinities or NaN, a norm tells nothing: element by element, as in Julia.
  const size = rt.number(apart, '≈');
  if (Number.isFinite(size)) return near;
  const [xs, ys] = [gathered(rt, a), gathered(rt, b)];
  const tolerance = { rtol: relative, atol, nans };
  return xs.every((x, k) => rt.truth(approx(rt, rt.settle(x), rt.settle(ys[k] ?? null), tolerance)));
}
