/** Assignment to names, tuples of names, and elements; `+=` and its kin. */

import type { Expr, Pattern, Span, Target } from '../ast.ts';
import { assignInto, broadcast } from '../broadcast.ts';
import { compileIndices } from './indices.ts';
import { boundsError, typeError } from '../errors.ts';
import { getIndex } from '../indexing/read.ts';
import { setIndex } from '../indexing/write.ts';
import { fieldOf, setField } from '../field.ts';
import { elements, vectorOf } from '../iterate.ts';
import { Unlaneable } from '../runtime.ts';
import { readName, writeName } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { summary } from '../show/show.ts';
import { Cartesian, List, Tuple, Widget, typeName } from '../values.ts';
import type { Frame, Value } from '../values.ts';

/** Code that fills a pattern from a value. */
export function compilePattern(c: Context, p: Target): (frame: Frame, v: Value) => void {
  const { rt } = c;
  switch (p.kind) {
    case 'name':
      return writeName(c, p.name, p);
    case 'fields': {
      const fills = p.names.map((name) => [name, writeName(c, name, p)] as const);
      return (frame, v) => {
        rt.span = p;
        for (const [name, fill] of fills) fill(frame, fieldOf(rt, v, name));
      };
    }
    case 'element': {
      const object = c.expr(c, p.object);
      const indices = compileIndices(c, p.indices);
      return (frame, v) => {
        const o = object(frame);
        const at = indices(frame, o);
        rt.span = p;
        setIndex(rt, o, at, v, false);
      };
    }
    case 'property': {
      const object = c.expr(c, p.object);
      return (frame, v) => {
        const o = object(frame);
        rt.span = p;
        setField(rt, o, p.name, v);
      };
    }
    case 'names':
      return compileNames(c, p);
  }
}

function compileNames(c: Context, p: Pattern & { kind: 'names' }): (frame: Frame, v: Value) => void {
  const items = p.items.map((item) => compilePattern(c, item));
  const { rest } = p;
  return (frame, v) => {
    const all =
      (v instanceof Tuple && !(v instanceof Cartesian)) || v instanceof List
        ? v.items
        : firstOf(c, v, rest === undefined ? items.length : Infinity);
    const missing = (k: number): never => {
      throw boundsError(summary(v), String(k + 1), p);
    };
    items.forEach((fill, k) => {
      if (rest === undefined || k < rest) fill(frame, k < all.length ? (all[k] ?? null) : missing(k));
      else {
        const after = items.length - 1 - rest;
        const end = Math.max(all.length - after, rest);
        if (k > rest)
          fill(
            frame,
            end + k - rest - 1 < all.length ? (all[end + k - rest - 1] ?? null) : missing(end + k - rest - 1),
          );
        else if (v instanceof Tuple) fill(frame, new Tuple(all.slice(rest, end)));
        else fill(frame, vectorOf(c.rt, all.slice(rest, end)));
      }
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
  const fill = compilePattern(c, target);
  return (frame) => {
    const v = value(frame);
    rt.span = e;
    fill(frame, v);
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
  if (target.kind === 'property') {
    const object = c.expr(c, target.object);
    return (frame) => {
      const o = object(frame);
      const old = fieldOf(rt, o, target.name);
      const v = combine(frame, () => old, value(frame));
      rt.span = target;
      if (e.broadcast) assignInto(rt, old, v);
      else setField(rt, o, target.name, v);
      return v;
    };
  }
  if (target.kind !== 'name') throw boundsError('a tuple', '', e);
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

/** `@bind x Slider(...)`. */
export function compileBind(c: Context, e: Expr & { kind: 'bind' }): Code {
  const control = c.expr(c, e.control);
  const write = writeName(c, e.name);
  return (frame) => {
    const widget = control(frame);
    c.rt.span = e;
    if (c.rt.lanes) throw new Unlaneable('@bind');
    if (!(widget instanceof Widget))
      throw typeError(`in @bind, expected Slider, Select or CheckBox, got a value of type ${typeName(widget)}`);
    const v = c.rt.bind(e.name, widget);
    write(frame, v);
    return v;
  };
}
