/** Assignment to names, tuples of names, and elements; `+=` and its kin. */

import type { Expr, Pattern, Span, Target } from './ast.ts';
import { assignInto, broadcast } from './broadcast.ts';
import { compileIndices } from './compile-index.ts';
import { boundsError } from './errors.ts';
import { getIndex } from './index-read.ts';
import { setIndex } from './index-write.ts';
import { elements } from './iterate.ts';
import { readName, writeName } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { summary } from './show.ts';
import { List, Tuple } from './values.ts';
import type { Frame, Value } from './values.ts';

/** Code that fills a pattern from a value. */
export function compilePattern(c: Context, p: Pattern): (frame: Frame, v: Value) => void {
  if (p.kind === 'name') return writeName(c, p.name);
  const items = p.items.map((item) => compilePattern(c, item));
  return (frame, v) => {
    const values = v instanceof Tuple || v instanceof List ? v.items : firstOf(c, v, items.length);
    items.forEach((fill, k) => {
      const part = values[k];
      if (part === undefined) throw boundsError(summary(v), String(k + 1), p);
      fill(frame, part);
    });
  };
}

function firstOf(c: Context, v: Value, count: number): Value[] {
  const taken: Value[] = [];
  for (const x of elements(c.rt, v)) {
    if (taken.push(x) === count) break;
  }
  return taken;
}

export function compileAssign(c: Context, e: { target: Target; value: Expr } & Span): Code {
  const { rt } = c;
  const value = c.expr(c, e.value);
  const { target } = e;
  if (target.kind !== 'element') {
    const fill = compilePattern(c, target);
    return (frame) => {
      const v = value(frame);
      rt.span = e;
      fill(frame, v);
      return v;
    };
  }
  const object = c.expr(c, target.object);
  const indices = compileIndices(c, target.indices);
  return (frame) => {
    const v = value(frame);
    const o = object(frame);
    const at = indices(frame, o);
    rt.span = target;
    setIndex(rt, o, at, v, false);
    return v;
  };
}

type Update = { op: string; broadcast: boolean; target: Target; value: Expr } & Span;

/** x += 1 makes a new value; x .+= 1 and x .= 1 change the array that x holds. */
export function compileUpdate(c: Context, e: Update): Code {
  const { rt } = c;
  const value = c.expr(c, e.value);
  const operator = e.op === '' ? null : readName(c, e.op, e);
  const combine = (frame: Frame, old: () => Value, v: Value): Value => {
    if (!operator) return v;
    rt.span = e;
    const args = [old(), v];
    return e.broadcast ? broadcast(rt, operator(frame), args) : rt.call(operator(frame), args);
  };
  const { target } = e;
  if (target.kind === 'element') {
    const object = c.expr(c, target.object);
    const indices = compileIndices(c, target.indices);
    return (frame) => {
      const o = object(frame);
      const at = indices(frame, o);
      const v = combine(frame, () => getIndex(rt, o, at), value(frame));
      rt.span = target;
      setIndex(rt, o, at, v, e.broadcast);
      return v;
    };
  }
  if (target.kind === 'names') throw boundsError('a tuple', '', e);
  const read = readName(c, target.name, target);
  if (e.broadcast) {
    return (frame) => {
      const o = read(frame);
      const v = combine(frame, () => o, value(frame));
      rt.span = e;
      assignInto(rt, o, v);
      return o;
    };
  }
  const write = writeName(c, target.name);
  return (frame) => {
    const old = read(frame);
    const v = combine(frame, () => old, value(frame));
    write(frame, v);
    return v;
  };
}
