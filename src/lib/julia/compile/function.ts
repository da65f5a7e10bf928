/** Function definitions and calls: methods by number and type of arguments, defaults, keywords, closures. */

import { namesIn } from './analyse.ts';
import type { Expr, Param } from '../ast.ts';
import { compilePattern } from './assign.ts';
import { JuliaError, methodError, stackOverflowError, undefKeywordError } from '../errors.ts';
import { finish } from '../lanes.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { Scope, conversion, fillScope, newFrame, typeText, within, writeName } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { isa, subtype, unknownTypes } from '../types.ts';
import { Fn, Tuple, TypeValue, typeName } from '../values.ts';
import type { Frame, Keywords, Value } from '../values.ts';

export interface CompiledMethod {
  readonly min: number;
  readonly max: number;
  /** Annotations, by position; the last goes on for `xs...`. */
  readonly types: readonly (string | null)[];
  /** Bounds of its type variables. */
  readonly bounds: ReadonlyMap<string, string>;
  readonly run: (args: Value[], keywords: Keywords, found: ReadonlyMap<string, string>) => Value;
}

type Definition = Extract<Expr, { kind: 'function' }>;

/** A method of what the library has. */
export interface AddedMethod {
  readonly e: Definition;
  readonly method: CompiledMethod;
}

/** Methods of the reader's functions, so that a second definition adds to the first. */
const methodsOf = new WeakMap<Fn, CompiledMethod[]>();

/** Over lanes both branches of a condition run, so that a function that calls itself never comes to an end. */
const deepestLanes = 60;

/** Deepest nesting of calls; JavaScript's own stack may end sooner. */
const deepest = 2000;

export function compileFunction(c: Context, e: Definition): Code {
  const { rt } = c;
  const scope = new Scope(c.scope, false);
  const inner = within(c, scope);
  const variables = e.where ?? [];
  const slots = variables.map(({ name }) => [name, scope.declare(name)] as const);
  const free = variables.map(({ name }) => name);
  const bounds = variables.map(({ name, bound }) => [name, typeText(c, bound, e, free)] as const);
  const types = e.params.map((p) => (p.type === null ? null : typeText(c, p.type, p, free)));
  // Parameters become known one after the other, so that a default sees those before it and what is outside.
  const bind = compileParams(inner, e);
  // Names of parameters are the function's own, whatever is outside; other assigned names may belong to a function around it.
  const body = tail(e.body);
  fillScope(c, scope, [body]);
  const code = c.expr(inner, body);
  const result = e.returns === undefined ? null : conversion(inner, e.returns, e);
  const write = e.name === null ? null : writeName(c, e.name);
  const name = e.name ?? '#anonymous';
  const required = e.params.filter((p) => !p.fallback && !p.rest).length;
  const variadic = e.params.some((p) => p.rest);
  return (frame) => {
    const method: CompiledMethod = {
      min: required,
      max: variadic ? Infinity : e.params.length,
      types: types.map((type) => type?.(frame) ?? null),
      bounds: new Map(bounds.map(([variable, bound]) => [variable, bound(frame)])),
      run: (args, keywords, found) =>
        run(
          rt,
          frame,
          code,
          (own) => {
            for (const [variable, slot] of slots) {
              const type = found.get(variable);
              if (type !== undefined) own.slots[slot] = c.typed(type);
            }
            bind(own, args, keywords);
          },
          result,
        ),
    };
    const ownType = (text: string | null): boolean =>
      text !== null && unknownTypes(text, (one) => free.includes(one)).some((one) => rt.ownTypes.has(one));
    const found = e.name === null ? undefined : existing(c, frame, e.name);
    // A method for a type of the reader's is added to the library's function; it does not take its place.
    const adds = found === undefined && rt.library.get(name) instanceof Fn && method.types.some(ownType);
    if (e.extends !== undefined || adds) {
      const form = rt.forms.get('method') as ((c: Context, added: AddedMethod) => Code) | undefined;
      if (form) return form(c, { e, method })(frame);
    }
    const type = found instanceof TypeValue && found.makers ? found : null;
    const before = type ? type.makers : found;
    const methods = (before instanceof Fn && !before.builtin && methodsOf.get(before)) || [];
    const all = withMethod(methods, method);
    const fn = generic(rt, name, all, frame);
    // Outside a struct, a function of its name is another constructor.
    if (type) {
      type.makers = fn;
      return type;
    }
    write?.(frame, fn);
    return fn;
  };
}

/** The methods with another one, which takes the place of one for the same arguments. */
export function withMethod(methods: readonly CompiledMethod[], method: CompiledMethod): CompiledMethod[] {
  const key = (m: CompiledMethod): string => `${m.min} ${m.max} ${m.types.join()} ${[...m.bounds].join()}`;
  return [...methods.filter((m) => key(m) !== key(method)), method];
}

function generic(rt: Runtime, name: string, all: readonly CompiledMethod[], frame: Frame | null): Fn {
  const fn: Fn = new Fn(
    name,
    (args, keywords) => {
      const { method, found } = choose(rt, name, all, args);
      return method.run(args, keywords, found);
    },
    false,
    frame,
  );
  methodsOf.set(fn, [...all]);
  fn.methods = all.length;
  return fn;
}

/** The constructors that a struct has from the start; a function of its name adds to them. */
export const constructorOf = (rt: Runtime, name: string, methods: readonly CompiledMethod[]): Fn =>
  generic(rt, name, methods, null);

/** The function, or type of the reader's, of the same name that this definition adds a method to. */
function existing(c: Context, frame: Frame, name: string): Value | undefined {
  const found = c.scope?.find(name);
  if (!found) return c.rt.globals.get(name);
  let home: Frame | null = frame;
  for (let k = 0; k < found.depth; k++) home = home?.parent ?? null;
  return home?.slots[found.slot];
}

const nothingFound: ReadonlyMap<string, string> = new Map();

interface Fit {
  readonly method: CompiledMethod;
  readonly found: ReadonlyMap<string, string>;
}

/** The method that fits, and what its type variables stand for. @throws MethodError where none fits, or none most closely */
function choose(rt: Runtime, name: string, methods: readonly CompiledMethod[], args: readonly Value[]): Fit {
  const fit = fitting(rt, name, methods, args);
  if (!fit) throw methodError(name, args.map(typeName));
  return fit;
}

/** The same; null where none fits. @throws MethodError where none fits most closely */
export function fitting(
  rt: Runtime,
  name: string,
  methods: readonly CompiledMethod[],
  args: readonly Value[],
): Fit | null {
  const fits: Fit[] = [];
  for (const method of methods) {
    if (args.length < method.min || args.length > method.max) continue;
    const found = method.bounds.size === 0 ? nothingFound : new Map<string, string>();
    const known = { own: rt.ownTypes, bounds: method.bounds, found: found as Map<string, string> };
    const all = args.every((v, k) => {
      const type = typeAt(method, k);
      return type === null || isa(v, type, known);
    });
    if (all) fits.push({ method, found });
  }
  const [first, ...others] = fits;
  if (!first) return null;
  if (others.length === 0) return first;
  const best = fits.find((one) =>
    fits.every((other) => other === one || closer(rt, one.method, other.method, args.length)),
  );
  if (best) return best;
  throw new JuliaError(
    'MethodError',
    `MethodError: ${name}(${args.map((v) => `::${typeName(v)}`).join(', ')}) is ambiguous.`,
  );
}

function typeAt(m: CompiledMethod, k: number): string | null {
  return m.types[Math.min(k, m.types.length - 1)] ?? null;
}

/** Whether `a` asks for less than `b` at every argument; of two that ask for the same, the one with fewer open ends. */
function closer(rt: Runtime, a: CompiledMethod, b: CompiledMethod, count: number): boolean {
  const bound = (m: CompiledMethod, k: number): string => {
    let type = typeAt(m, k) ?? 'Any';
    for (const [name, upper] of m.bounds) {
      const free = type === name ? upper : `<:${upper}`;
      type = type.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_!])`, 'gu'), () => free);
    }
    return type;
  };
  let strictly = false;
  for (let k = 0; k < count; k++) {
    const [x, y] = [bound(a, k), bound(b, k)];
    if (!subtype(x, y, { own: rt.ownTypes })) return false;
    if (!subtype(y, x, { own: rt.ownTypes })) strictly = true;
  }
  if (strictly || a.max === b.max) return strictly || a.bounds.size > b.bounds.size;
  return a.max < b.max;
}

function run(
  rt: Runtime,
  captured: Frame,
  code: Code,
  bind: (own: Frame) => void,
  result: ((own: Frame, v: Value) => Value) | null,
): Value {
  if (++rt.depth > deepest) throw stackOverflowError();
  if (rt.lanes && ++rt.laneDepth > deepestLanes) throw new Unlaneable('a function that calls itself');
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
    rt.laneDepth--;
  }
  if (result) v = result(own, v);
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
        fill(own, k < args.length ? (given ?? null) : (fallback?.(own) ?? null));
      }
    });
    const known = new Set(named.map((p) => p.key));
    const extra = [...keywords.keys()].filter((key) => !known.has(key));
    const collects = named.some((p) => p.rest);
    if (extra.length > 0 && !collects) {
      throw new JuliaError(
        'MethodError',
        `MethodError: no method matching ${e.name ?? '#anonymous'}(${args.map((v) => `::${typeName(v)}`).join(', ')}; ${[
          ...keywords,
        ]
          .map(([key, v]) => `${key}::${typeName(v)}`)
          .join(', ')})`,
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
  const fallback = p.fallback ? c.expr(c, p.fallback) : null;
  for (const name of namesIn(p.name)) c.scope?.declare(name);
  return { fill: compilePattern(c, p.name), fallback, rest: p.rest };
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
