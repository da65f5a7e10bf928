/** `try ... catch e ... else ... finally ... end`. */

import type { Expr } from '../ast.ts';
import type { JuliaError } from '../errors.ts';
import { isStackOverflow, unsupportedError } from '../errors.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { newFrame, openScope, within } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { ThrownValue } from '../thrown.ts';
import { Thrown } from '../values.ts';
import type { Value } from '../values.ts';

/** What no program may catch: the page's own limits, and what the subset leaves out. */
const uncaught: ReadonlySet<string> = new Set([
  'BudgetError',
  'StackOverflowError',
  'UnsupportedError',
  'LoadError',
  'ParseError',
]);

/** What an error that is caught costs, in operations: its text and its place are made all the same. */
const errorTicks = 20;

/** What a program sees of an error. */
export function caughtValue(error: JuliaError): Value {
  return error instanceof ThrownValue ? error.payload : new Thrown(error);
}

const leaving = (rt: Runtime): boolean => rt.jump !== null;

/** Runs `work`; an error that a program may catch is returned, with the runtime as it was before. */
function attempt(rt: Runtime, work: () => Value): { value: Value } | { error: JuliaError } {
  const { depth, laneDepth, span, activation, mask } = rt;
  const indexing = rt.indexing.length;
  // Verdicts that wait from before belong to whoever is outside.
  rt.settleChecks();
  try {
    const value = work();
    rt.settleChecks();
    return { value };
  } catch (thrown) {
    // Where the stack ends nothing can be run: neither a handler nor what finds the place of the error.
    if (isStackOverflow(thrown)) throw thrown;
    const error = rt.located(thrown);
    if (uncaught.has(error.julia)) throw error;
    rt.meter.tick(errorTicks);
    Object.assign(rt, { depth, laneDepth, span, activation, mask, jump: null, returning: null });
    rt.indexing.length = indexing;
    return { error };
  }
}

export function compileTry(c: Context, e: Expr & { kind: 'try' }): Code {
  const { rt } = c;
  const part = (body: Expr | null, name: string | null = null): ((v: Value) => Code) | null => {
    if (!body) return null;
    const scope = openScope(c, true, [body]);
    const slot = name === null ? null : scope.declare(name);
    const code = c.expr(within(c, scope), body);
    return (v) => (frame) => {
      const own = newFrame(rt, frame);
      if (slot !== null) own.slots[slot] = v;
      return code(own);
    };
  };
  const body = part(e.body);
  const [handler, otherwise, last] = [part(e.handler, e.name), part(e.otherwise), part(e.last)];
  return (frame) => {
    if (rt.lanes) throw new Unlaneable('`try`');
    if (rt.gradients > 0) throw unsupportedError('`try` inside `gradient`', e);
    const main = (): Value => {
      const tried = attempt(rt, () => body?.(null)(frame) ?? null);
      if ('value' in tried) return rt.jump || !otherwise ? tried.value : otherwise(null)(frame);
      if (!handler) throw tried.error;
      const before = rt.caught;
      rt.caught = tried.error;
      try {
        return handler(caughtValue(tried.error))(frame);
      } finally {
        rt.caught = before;
      }
    };
    if (!last) return main();
    const outcome = attempt(rt, main);
    const { jump, returning } = rt;
    rt.jump = null;
    last(null)(frame);
    if ('error' in outcome) throw outcome.error;
    // A jump out of `finally` takes the place of the one before it.
    if (!leaving(rt)) Object.assign(rt, { jump, returning });
    return outcome.value;
  };
}
