/** Function definitions and calls: methods by number and type of arguments, defaults, keywords, closures. */

import { namesIn } from './analyse.ts';
import type { Expr, Param } from './ast.ts';
import { compilePattern } from './compile-assign.ts';
import { JuliaError, methodError, stackOverflowError, undefKeywordError } from './errors.ts';
import { finish } from './lanes.ts';
import type { Runtime } from './runtime.ts';
import { newFrame, openScope, within, writeName } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { isa, specificity } from './types.ts';
import { Fn, Tuple, typeName } from './values.ts';
import type { Frame, Keywords, Value } from './values.ts';

interface Method {
  readonly min: number;
  readonly max: number;
  /** Annotations, by position; the last goes on for `xs...`. */
  readonly types: readonly (string | null)[];
  readonly run: (args: Value[], keywords: Keywords) => Value;
}

/** Methods of the reader's functions, so that a second definition adds to the first. */
const methodsOf = new WeakMap<Fn, Method[]>();

/** Deepest nesting of calls; JavaScript's own stack may end sooner. */
const deepest = 2000;

type Definition = Extract<Expr, { kind: 'function' }>;

export function compileFunction(c: Context, e: Definition): Code {
  const { rt } = c;
  const scope = openScope(c, false, []);
  const params = [...e.params, ...e.keywords];
  for (const p of params) for (const name of namesIn(p.name)) scope.declare(name);
  const inner = within(c, scope);
  // Names of parameters are the function's own, whatever is outside; other assigned names may belong to a function around it.
  const body = tail(e.body);
  const assigned = openScope(inner, false, [body]);
  for (const name of assigned.slots.keys()) scope.declare(name);
  const bind = compileParams(inner, e);
  const code = c.expr(inner, body);
  const write = e.name === null ? null : writeName(c, e.name);
  const name = e.name ?? '#anonymous';
  const required = e.params.filter((p) => !p.fallback && !p.rest).length;
  const variadic = e.params.some((p) => p.rest);
  return (frame) => {
    const method: Method = {
      min: required,
      max: variadic ? Infinity : e.params.length,
      types: e.params.map((p) => p.type),
      run: (args, keywords) => run(rt, frame, code, (own) => bind(own, args, keywords)),
    };
    const before = e.name === null ? undefined : existing(c, frame, e.name);
    const methods = (before && methodsOf.get(before)) ?? [];
    const kept = methods.filter(
      (m) => m.min !== method.min || m.max !== method.max || m.types.join() !== method.types.join(),
    );
    const all = [...kept, method];
    const fn: Fn = new Fn(name, (args, keywords) => choose(name, all, args).run(args, keywords), false, frame);
    fn.methods = all.length;
    methodsOf.set(fn, all);
    write?.(frame, fn);
    return fn;
  };
}

/** The function of the same name that this definition adds a method to. */
function existing(c: Context, frame: Frame, name: string): Fn | undefined {
  const found = c.scope?.find(name);
  let v: Value | undefined;
  if (found) {
    let home: Frame | null = frame;
    for (let k = 0; k < found.depth; k++) home = home?.parent ?? null;
    v = home?.slots[found.slot];
  } else v = c.rt.globals.get(name);
  return v instanceof Fn && !v.builtin ? v : undefined;
}

function choose(name: string, methods: readonly Method[], args: readonly Value[]): Method {
  const typeAt = (m: Method, k: number): string | null => m.types[Math.min(k, m.types.length - 1)] ?? null;
  const fits = methods.filter(
    (m) => args.length >= m.min && args.length <= m.max && args.every((v, k) => isa(v, typeAt(m, k) ?? 'Any')),
  );
  const [first, ...others] = fits;
  if (!first) throw methodError(name, args.map(typeName));
  const score = (m: Method): number =>
    args.reduce<number>((sum, _, k) => sum + specificity(typeAt(m, k)), m.max === Infinity ? -0.5 : 0);
  return others.reduce((best, m) => (score(m) > score(best) ? m : best), first);
}

function run(rt: Runtime, captured: Frame, code: Code, bind: (own: Frame) => void): Value {
  if (++rt.depth > deepest) throw stackOverflowError();
  const { activation } = rt;
  const { span } = rt;
  if (rt.lanes) rt.activation = { returned: null, value: null, entry: rt.mask };
  const { mask } = rt;
  const own = newFrame(rt, captured);
  bind(own);
  let v = code(own);
  if (rt.jump === 'return') {
    rt.jump = null;
    v = rt.returning;
    rt.returning = null;
  }
  if (rt.lanes) {
    rt.mask = mask;
    v = finish(rt, v);
    rt.activation = activation;
  }
  rt.depth--;
  rt.span = span;
  return v;
}

function compileParams(c: Context, e: Definition): (own: Frame, args: Value[], keywords: Keywords) => void {
  const positional = e.params.map((p) => compileParam(c, p));
  const named = e.keywords.map((p) => ({ ...compileParam(c, p), key: namesIn(p.name)[0] ?? '' }));
  return (own, args, keywords) => {
    positional.forEach(({ fill, fallback, rest }, k) => {
      if (rest) fill(own, new Tuple(args.slice(k)));
      else {
        const given = args[k];
        fill(own, given === undefined ? (fallback?.(own) ?? null) : given);
      }
    });
    const known = new Set(named.map((p) => p.key));
    const extra = [...keywords.keys()].filter((key) => !known.has(key));
    const collects = named.some((p) => p.rest);
    if (extra.length > 0 && !collects) {
      throw new JuliaError(
        'MethodError',
        `MethodError: no method matching ${e.name ?? '#anonymous'}; got unsupported keyword argument "${extra[0]}"`,
      );
    }
    for (const { fill, fallback, rest, key } of named) {
      const given = keywords.get(key);
      if (rest)
        fill(
          own,
          new Tuple(
            extra.map((name) => keywords.get(name) ?? null),
            extra,
          ),
        );
      else if (given !== undefined) fill(own, given);
      else if (fallback) fill(own, fallback(own));
      else throw undefKeywordError(key);
    }
  };
}

function compileParam(
  c: Context,
  p: Param,
): { fill: (frame: Frame, v: Value) => void; fallback: Code | null; rest: boolean } {
  return { fill: compilePattern(c, p.name), fallback: p.fallback ? c.expr(c, p.fallback) : null, rest: p.rest };
}

/** A `return` at the end says nothing that the value does not; without it, branches stay expressions that lanes can merge. */
function tail(e: Expr): Expr {
  switch (e.kind) {
    case 'return':
      return e.value ? tail(e.value) : { kind: 'nothing', from: e.from, to: e.to };
    case 'block': {
      const last = e.body[e.body.length - 1];
      return last ? { ...e, body: [...e.body.slice(0, -1), tail(last)] } : e;
    }
    case 'if':
      return {
        ...e,
        branches: e.branches.map(({ test, body }) => ({ test, body: tail(body) })),
        otherwise: e.otherwise && tail(e.otherwise),
      };
    case 'ternary':
      return { ...e, then: tail(e.then), otherwise: tail(e.otherwise) };
    default:
      return e;
  }
}
