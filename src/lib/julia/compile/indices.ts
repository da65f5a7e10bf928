/** What stands between the brackets of `A[i, end]`. */

import type { Expr } from '../ast.ts';
import { gathered } from '../iterate.ts';
import type { Context } from './scope.ts';
import type { Frame, Value } from '../values.ts';

/** Indices of `object`, in which `end` is known. */
export function compileIndices(c: Context, indices: readonly Expr[]): (frame: Frame, object: Value) => Value[] {
  const parts = indices.map((index) => ({
    code: index.kind === 'splat' ? c.expr(c, index.value) : c.expr(c, index),
    splat: index.kind === 'splat',
  }));
  return (frame, object) => {
    const values: Value[] = [];
    parts.forEach(({ code, splat }, position) => {
      c.rt.indexing.push({ object, position, count: parts.length });
      const v = code(frame);
      c.rt.indexing.pop();
      if (splat) for (const one of gathered(c.rt, v)) values.push(one);
      else values.push(v);
    });
    return values;
  };
}
