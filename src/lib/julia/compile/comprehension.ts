/** `[f(x, y) for x in 1:n, y in 1:m]`: one run over lanes where the body allows it, else a run for each element. */

import { namesIn } from './analyse.ts';
import type { Expr } from '../ast.ts';
import { compilePattern } from './assign.ts';
import { unsupportedError } from '../errors.ts';
import { Extension } from '../extension.ts';
import { arrayOf, elements, lengthOf, numbers } from '../iterate.ts';
import { assemble, inLanes, orElementwise } from '../lanes.ts';
import { Lazy } from '../lazy.ts';
import { keep, repeated } from '../memory.ts';
import type { Runtime } from '../runtime.ts';
import { Scope, fillScope, newFrame, openScope, within } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { Arr, Colours, Lane, List, Range } from '../values.ts';
import type { Frame, Shape, Value } from '../values.ts';

type Comprehension = Extract<Expr, { kind: 'comprehension' }>;

/** The parts of a comprehension: what it runs over, how each name is filled, its body and its filter, which see these names. */
function compileLoops(c: Context, e: Comprehension) {
  const overs = e.loops.map((loop) => c.expr(c, loop.over));
  const scope = openScope(c, false, e.filter ? [e.value, e.filter] : [e.value]);
  for (const loop of e.loops) for (const name of namesIn(loop.name)) scope.declare(name);
  const inner = within(c, scope);
  const fills = e.loops.map((loop) => compilePattern(inner, loop.name));
  const body = c.expr(inner, e.value);
  const filter = e.filter ? c.expr(inner, e.filter) : null;
  return { overs, fills, body, filter };
}

export function compileComprehension(c: Context, e: Comprehension): Code {
  const { rt } = c;
  if (e.inner) {
    const collect = compileNested(c, e);
    return (frame) => {
      const items: Value[] = [];
      collect(frame, items);
      rt.span = e;
      return arrayOf(rt, items, items.length, 1, 1);
    };
  }
  if (e.loops.length > 2) throw unsupportedError('a comprehension over three ranges', e);
  const { overs, fills, body, filter } = compileLoops(c, e);
  return (frame) => {
    const sources = overs.map((over) => over(frame));
    rt.span = e;
    const [first = null, second] = sources;
    const each = (): Value => elementwise(rt, frame, sources, fills, body, filter);
    if (rt.lanes || filter || !sources.every((v) => v instanceof Range || v instanceof Arr)) return each();
    const grids = sources.map((v) => numbers(rt, v, 'iterate'));
    const [a, b] = grids;
    const count = grids.reduce((n, g) => n * g.length, 1);
    if (!a || count === 0) return each();
    const shape: Shape = b
      ? { rows: a.length, cols: b.length, ndims: 2 }
      : { rows: a.rows, cols: a.cols, ndims: first instanceof Arr ? first.ndims : 1 };
    rt.meter.room(count);
    const lanewise = (): Value => {
      const nodes = second === undefined ? [rt.node(a)] : [flat(rt, a, 1), b ? flat(rt, b, 2) : rt.node(a)];
      return inLanes(rt, shape, () => {
        const own = newFrame(rt, frame);
        fills.forEach((fill, k) => fill(own, new Lane(grids[k]?.eltype ?? 'Float64', nodes[k] ?? rt.node(a))));
        return assemble(rt, body(own), shape);
      });
    };
    return orElementwise(rt, count, lanewise, each);
  };
}

/** Who may not want all elements of a generator. */
export function stopsEarly(callee: Expr): boolean {
  if (callee.kind === 'field') return callee.object.kind === 'name' && callee.object.name === 'Iterators';
  return callee.kind === 'name' && /^(any|all|first|foreach|enumerate|zip|in|Set)$/.test(callee.name);
}

/** `(f(x) for x in v if g(x))` for who may stop early: a turn of the body for each element asked for. */
export function compileGenerator(c: Context, e: Comprehension): Code {
  const { rt } = c;
  const { overs, fills, body, filter } = compileLoops(c, e);
  return (frame) => {
    const parts = overs.map((over) => over(frame));
    function* turns(k: number, held: readonly Value[]): Generator<Value> {
      if (k >= 0) {
        for (const x of elements(rt, parts[k] ?? null)) yield* turns(k - 1, [x, ...held]);
        return;
      }
      const own = newFrame(rt, frame);
      held.forEach((v, at) => fills[at]?.(own, v));
      if (!filter || rt.truth(filter(own))) yield body(own);
    }
    const count = (): number => parts.reduce<number>((n, v) => n * lengthOf(v), 1);
    return new Lazy({
      type: 'Base.Generator',
      parts,
      iterate: () => turns(parts.length - 1, []),
      ...(filter ? {} : { count }),
    });
  };
}

/** `[f(i, j) for i in a for j in b(i)]`: the last `for` runs fastest, and the result is a vector. */
function compileNested(c: Context, e: Comprehension): (frame: Frame, items: Value[]) => void {
  const { rt } = c;
  const overs = e.loops.map((loop) => c.expr(c, loop.over));
  const scope = new Scope(c.scope, false);
  for (const loop of e.loops) for (const name of namesIn(loop.name)) scope.declare(name);
  if (!e.inner) fillScope(c, scope, e.filter ? [e.value, e.filter] : [e.value]);
  const own = within(c, scope);
  const fills = e.loops.map((loop) => compilePattern(own, loop.name));
  const inner = e.inner ? compileNested(own, e.inner) : null;
  const body = inner ? null : c.expr(own, e.value);
  const filter = !inner && e.filter ? c.expr(own, e.filter) : null;
  return (frame, items) => {
    const sources = overs.map((over) => over(frame));
    // The first of several ranges in one `for` runs fastest, as in a matrix.
    const turn = (k: number, held: readonly Value[]): void => {
      if (k >= 0) {
        for (const x of elements(rt, sources[k] ?? null)) turn(k - 1, [x, ...held]);
        return;
      }
      rt.meter.tick();
      const next = newFrame(rt, frame);
      held.forEach((v, at) => fills[at]?.(next, v));
      if (inner) inner(next, items);
      else if (body && (!filter || rt.truth(filter(next)))) keep(rt, items, body(next));
    };
    turn(sources.length - 1, []);
  };
}

/** All elements down one column (dims 1) or along one row (2). */
function flat(rt: Runtime, a: Arr, dims: 1 | 2) {
  const column = a.cols === 1 ? rt.node(a) : rt.ops.transpose(rt.node(a));
  return dims === 1 ? rt.ops.reshape(column, a.length, 1) : rt.ops.reshape(column, 1, a.length);
}

function elementwise(
  rt: Runtime,
  frame: Frame,
  sources: readonly Value[],
  fills: readonly ((frame: Frame, v: Value) => void)[],
  body: Code,
  filter: Code | null,
): Value {
  const [a = null, b] = sources;
  const items: Value[] = [];
  const turn = (...values: Value[]): void => {
    rt.meter.tick();
    const own = newFrame(rt, frame);
    values.forEach((v, k) => fills[k]?.(own, v));
    if (!filter || rt.truth(filter(own))) keep(rt, items, body(own));
  };
  function* turns(): Generator<undefined> {
    for (const y of b === undefined ? [undefined] : elements(rt, b)) {
      for (const x of elements(rt, a)) {
        if (y === undefined) turn(x);
        else turn(x, y);
        yield;
      }
    }
  }
  const all = turns();
  repeated(
    rt,
    () => all.next().done !== true,
    frame,
    () => [...sources, ...items],
  );
  if (filter) return arrayOf(rt, items, items.length, 1, 1);
  if (b !== undefined) return arrayOf(rt, items, lengthOf(a), lengthOf(b), 2);
  if (a instanceof Extension && a.shape) return arrayOf(rt, items, a.shape.rows, a.shape.cols, a.shape.ndims);
  const grid = a instanceof Arr || a instanceof List || a instanceof Colours;
  return grid ? arrayOf(rt, items, a.rows, a.cols, a.ndims) : arrayOf(rt, items, items.length, 1, 1);
}
