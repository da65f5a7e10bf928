/** Blocks, conditions, loops and jumps; conditions that differ between lanes run both branches under masks. */

import { namesIn, typesIn } from './analyse.ts';
import type { Expr, Iteration } from '../ast.ts';
import { compilePattern } from './assign.ts';
import { typeError } from '../errors.ts';
import { elements } from '../iterate.ts';
import { choose, laneCondition, returnLanes, under } from '../lanes.ts';
import { repeated } from '../memory.ts';
import { conjunction } from '../operators.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { Scope, newFrame, openScope, within } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { Lane, Range, typeName } from '../values.ts';
import type { Frame, Value } from '../values.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

export function compileBlock(c: Context, body: readonly Expr[]): Code {
  const { rt } = c;
  const codes = body.map((e) => c.expr(c, e));
  const [only] = codes;
  if (only && codes.length === 1) return only;
  return (frame) => {
    let v: Value = null;
    for (const code of codes) {
      v = code(frame);
      if (rt.jump) return v;
    }
    return v;
  };
}

export function compileIf(
  c: Context,
  e: { branches: readonly { test: Expr; body: Expr }[]; otherwise: Expr | null },
): Code {
  const { rt } = c;
  const branches = e.branches.map(({ test, body }) => ({ test: c.expr(c, test), at: test, body: c.expr(c, body) }));
  const last = e.otherwise ? c.expr(c, e.otherwise) : (): Value => null;
  const from = (k: number, frame: Frame): Value => {
    const branch = branches[k];
    if (!branch) return last(frame);
    const condition = branch.test(frame);
    const mask = laneCondition(condition);
    if (mask)
      return choose(
        rt,
        mask,
        () => branch.body(frame),
        () => from(k + 1, frame),
      );
    rt.span = branch.at;
    return rt.truth(condition) ? branch.body(frame) : from(k + 1, frame);
  };
  return (frame) => from(0, frame);
}

/** `a && b`, `a || b`; dotted ones are elementwise and evaluate both. */
export function compileLogic(c: Context, e: Of<'and' | 'or'>): Code {
  const { rt } = c;
  const [left, right] = [c.expr(c, e.left), c.expr(c, e.right)];
  if (e.broadcast) {
    const name = c.rt.library.get(e.kind === 'and' ? '.&&' : '.||') ?? null;
    return (frame) => {
      const args = [left(frame), right(frame)];
      rt.span = e;
      return rt.call(name, args);
    };
  }
  const and = e.kind === 'and';
  return (frame) => {
    const a = left(frame);
    const mask = laneCondition(a);
    if (!mask) {
      rt.span = e.left;
      return rt.truth(a) === and ? right(frame) : !and;
    }
    const taken = and ? mask : rt.ops.unary('not', mask);
    const b = under(rt, taken, () => right(frame));
    return typeof b === 'boolean' || (b instanceof Lane && b.eltype === 'Bool') ? conjunction(rt, e.kind, a, b) : null;
  };
}

export function compileReturn(c: Context, e: Of<'break' | 'continue' | 'return'>): Code {
  const { rt } = c;
  if (e.kind === 'return') {
    const value = e.value ? c.expr(c, e.value) : (): Value => null;
    return (frame) => {
      const v = value(frame);
      if (rt.jump) return v;
      rt.span = e;
      if (rt.lanes && !returnLanes(rt, v)) return null;
      rt.jump = 'return';
      rt.returning = v;
      return v;
    };
  }
  const { kind } = e;
  return (frame) => {
    if (rt.lanes && rt.mask && rt.mask !== frame.mask) throw new Unlaneable(length).at(e);
    rt.jump = kind;
    return null;
  };
}

/** Whoever started the run over lanes goes through the elements one by one instead, if there are not too many. */
const length = 'a loop whose length depends on the element it runs for,';

/** After an iteration: whether to go on. */
function goesOn(rt: Runtime): boolean {
  if (rt.jump === null) return true;
  if (rt.jump === 'continue') {
    rt.jump = null;
    return true;
  }
  if (rt.jump === 'break') rt.jump = null;
  return false;
}

export function compileFor(c: Context, e: Of<'for'>): Code {
  const { rt } = c;
  const scope = openScope(c, true, [e.body]);
  for (const loop of e.loops) for (const name of namesIn(loop.name)) scope.declare(name);
  const inner = within(c, scope);
  const loops = e.loops.map((loop: Iteration, k) => ({
    over: c.expr(k === 0 ? c : inner, loop.over),
    fill: compilePattern(inner, loop.name),
    at: loop.over,
  }));
  const body = c.expr(inner, e.body);
  const turn = (k: number, outer: Frame, held: Frame): boolean => {
    const loop = loops[k];
    if (!loop) {
      rt.meter.tick();
      body(held);
      return goesOn(rt);
    }
    const over = sequence(rt, loop.at, () => loop.over(k === 0 ? outer : held));
    const iterator = over instanceof Range ? null : elements(rt, over);
    let position = 0;
    let turns = 0;
    let ended = false;
    const step = (): boolean => {
      let v: Value;
      if (over instanceof Range) {
        if (position >= over.length) return false;
        v = over.at(position++);
      } else {
        const next = iterator?.next();
        if (!next || next.done) return false;
        v = next.value;
      }
      const frame: Frame = { slots: held.slots.slice(), parent: outer, mask: rt.mask, level: rt.level };
      if (rt.capped(turns++, e)) return false;
      loop.fill(frame, v);
      if (turn(k + 1, outer, frame)) return true;
      ended = true;
      return false;
    };
    if (k === loops.length - 1) repeated(rt, step, outer, () => [over]);
    else while (step());
    return !ended;
  };
  return (frame) => {
    turn(0, frame, newFrame(rt, frame));
    return null;
  };
}

/** What a loop goes through. @throws UnsupportedError where that differs between lanes */
function sequence(rt: Runtime, at: Expr, over: () => Value): Value {
  let v: Value;
  try {
    v = over();
  } catch (error) {
    if (error instanceof Unlaneable && at.kind === 'range') throw new Unlaneable(length).at(at);
    throw error;
  }
  rt.span = at;
  if (v instanceof Lane && !v.uniform) throw new Unlaneable(length).at(at);
  return v;
}

export function compileWhile(c: Context, e: Of<'while'>): Code {
  const { rt } = c;
  const test = c.expr(c, e.test);
  const scope = openScope(c, true, [e.body]);
  const body = c.expr(within(c, scope), e.body);
  return (frame) => {
    let turns = 0;
    const step = (): boolean => {
      rt.span = e.test;
      rt.meter.tick();
      const condition = test(frame);
      rt.span = e.test;
      if (laneCondition(condition)) throw new Unlaneable(length).at(e.test);
      if (!(condition instanceof Lane) && typeof condition !== 'boolean') {
        throw typeError(`non-boolean (${typeName(condition)}) used in boolean context`);
      }
      if (!rt.truth(condition) || rt.capped(turns++, e)) return false;
      body(newFrame(rt, frame));
      return goesOn(rt);
    };
    repeated(rt, step, frame);
    return null;
  };
}

export function compileLet(c: Context, e: Of<'let'>): Code {
  const { rt } = c;
  // Each binding sees those before it: one scope inside the other, as in Julia.
  const [first, ...rest] = e.bindings;
  if (!first) {
    const scope = openScope(c, false, [e.body]);
    const body = c.expr(within(c, scope), e.body);
    return (frame) => body(newFrame(rt, frame));
  }
  const scope = new Scope(c.scope, false);
  for (const name of namesIn(first.name)) scope.declare(name);
  for (const [name, type] of typesIn(first.name)) scope.types.set(name, type);
  const inner = within(c, scope);
  // A function that a binding defines may call itself.
  const value = first.value ? c.expr(first.value.kind === 'function' ? inner : c, first.value) : null;
  const fill = compilePattern(inner, first.name);
  const body = compileLet(inner, { ...e, bindings: rest });
  return (frame) => {
    const own = newFrame(rt, frame);
    if (value) fill(own, value(first.value?.kind === 'function' ? own : frame));
    return body(own);
  };
}
