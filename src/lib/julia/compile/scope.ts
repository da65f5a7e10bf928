/**
 * Which variable a name means. Julia's rule, decided at compile time: a name assigned anywhere in a function's body is local to
 * all of it, unless a function around it has it already. A loop at a cell's top level may assign the cell's own variables
 * (the soft scope of the REPL and of notebooks).
 */

import { assignments, isBlank } from './analyse.ts';
import type { Expr } from '../ast.ts';
import { typeError, undefVarError } from '../errors.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { merge } from '../lanes.ts';
import { isa, unknownTypes } from '../types.ts';
import { TypeValue, typeName } from '../values.ts';
import type { Frame, Value } from '../values.ts';

export type Code = (frame: Frame) => Value;

/** Names of one frame, with their slots. */
export class Scope {
  readonly slots = new Map<string, number>();
  /** Declared `global` here: they mean the cell's own, whatever is between. */
  readonly globals = new Set<string>();
  /** Types that assigned values are converted to. */
  readonly types = new Map<string, string>();
  readonly parent: Scope | null;
  /** A loop's or comprehension's body. */
  readonly soft: boolean;

  constructor(parent: Scope | null, soft: boolean) {
    this.parent = parent;
    this.soft = soft;
  }

  declare(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    this.slots.set(name, this.slots.size);
    return this.slots.size - 1;
  }

  find(name: string): { depth: number; slot: number; type: string | null } | null {
    const slot = this.slots.get(name);
    if (slot !== undefined) return { depth: 0, slot, type: this.types.get(name) ?? null };
    if (this.globals.has(name)) return null;
    const outer = this.parent?.find(name) ?? null;
    return outer && { ...outer, depth: outer.depth + 1 };
  }
}

/** What compiling an expression needs to know of its surroundings. */
export interface Context {
  readonly rt: Runtime;
  readonly scope: Scope | null;
  /** Names that the cell assigns at its top level. */
  readonly top: ReadonlySet<string>;
  /** Types declared for such names. */
  readonly topTypes: ReadonlyMap<string, string>;
  /** Compiles a part. */
  readonly expr: (c: Context, e: Expr) => Code;
  readonly define: (name: string, v: Value) => void;
  /** A type by its name: `Matrix{Float32}`, `Union{Int, Nothing}`. */
  readonly typed: (name: string) => Value;
}

export function within(c: Context, scope: Scope): Context {
  return { ...c, scope };
}

/** A scope around `bodies`, with the names assigned in them that nobody further out has. */
export function openScope(c: Context, soft: boolean, bodies: readonly Expr[]): Scope {
  const scope = new Scope(c.scope, soft);
  fillScope(c, scope, bodies);
  return scope;
}

/** Adds to a scope what `bodies` assign and declare. */
export function fillScope(c: Context, scope: Scope, bodies: readonly Expr[]): void {
  const reachesTop = scope.soft && onlySoft(c.scope);
  const assigned = assignments(bodies);
  for (const name of assigned.globals) scope.globals.add(name);
  for (const name of assigned.locals) scope.declare(name);
  for (const name of assigned.names) {
    if (assigned.globals.has(name) || scope.find(name)) continue;
    if (reachesTop && c.top.has(name)) continue;
    scope.declare(name);
  }
  for (const [name, type] of assigned.types) if (scope.slots.has(name)) scope.types.set(name, type);
}

function onlySoft(scope: Scope | null): boolean {
  return scope === null || (scope.soft && onlySoft(scope.parent));
}

export function newFrame(rt: Runtime, parent: Frame | null): Frame {
  return { slots: [], parent, mask: rt.mask, level: rt.level };
}

function up(frame: Frame, depth: number): Frame {
  let f = frame;
  for (let k = 0; k < depth; k++) f = f.parent ?? f;
  return f;
}

/** Code that reads a name. */
export function readName(c: Context, name: string, span: { from: number; to: number }): Code {
  if (name.includes('{')) {
    const type = typeText(c, name, span);
    return (frame) => c.typed(type(frame));
  }
  const found = c.scope?.find(name);
  const { rt } = c;
  if (found) {
    const { depth, slot } = found;
    return (frame) => {
      const v = up(frame, depth).slots[slot];
      if (v === undefined) throw undefVarError(name, span, 'in local scope');
      return v;
    };
  }
  return () => {
    const own = rt.globals.get(name);
    if (own !== undefined) return own;
    const known = rt.library.get(name);
    if (known !== undefined) return known;
    // The name may be in the part that was not fetched: programs that were not read by the parser do not tell.
    rt.need('base');
    // A type of Julia's that only annotations and `isa` need.
    if (/^[A-Z]\w*$/.test(name) && unknownTypes(name, () => false).length === 0) return c.typed(name);
    throw undefVarError(name, span);
  };
}

/** A type's name as it is written, with the reader's own types and type variables in it read where it stands. @throws UndefVarError */
export function typeText(
  c: Context,
  text: string,
  span: { from: number; to: number },
  free: readonly string[] = [],
): (frame: Frame) => string {
  const known = (name: string): boolean => free.includes(name);
  const names = [...new Set(unknownTypes(text, known))];
  const plain = text.replaceAll(/\bInt\b/g, 'Int64');
  if (names.length === 0) return () => plain;
  const codes = names.map((name) => [name, readName(c, name, span)] as const);
  return (frame) =>
    codes.reduce((type, [name, code]) => {
      const v = code(frame);
      if (!(v instanceof TypeValue))
        throw typeError(`in Type, expected Type, got a value of type ${typeName(v)}`, span);
      return type.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}_.])${name}(?![\\p{L}\\p{N}_!])`, 'gu'), () => v.name);
    }, plain);
}

/** Code that converts to a type: what `x::Int = v` and `f(x)::Int` do. */
export function conversion(
  c: Context,
  text: string,
  span: { from: number; to: number },
): (frame: Frame, v: Value) => Value {
  const { rt } = c;
  const type = typeText(c, text, span);
  return (frame, v) => {
    const name = type(frame);
    return isa(v, name, { own: rt.ownTypes }) ? v : rt.call(rt.fn('convert'), [c.typed(name), v]);
  };
}

/** Code that assigns a name. */
export function writeName(c: Context, name: string, span = { from: 0, to: 0 }): (frame: Frame, v: Value) => void {
  if (isBlank(name)) return () => undefined;
  const found = c.scope?.find(name);
  const { rt } = c;
  const declared = found ? found.type : (c.topTypes.get(name) ?? null);
  const convert = declared === null ? null : conversion(c, declared, span);
  if (!found) {
    return (frame, v) => {
      if (rt.level > 0) throw new Unlaneable(`assigning \`${name}\`, which is not the function’s own,`);
      c.define(name, convert ? convert(frame, v) : v);
    };
  }
  const { depth, slot } = found;
  return (frame, given) => {
    const home = up(frame, depth);
    if (home.level < rt.level) throw new Unlaneable(`assigning \`${name}\`, which is not the function’s own,`);
    const v = convert ? convert(frame, given) : given;
    const old = home.slots[slot];
    const partial = rt.mask && rt.mask !== home.mask && old !== undefined;
    home.slots[slot] = partial && rt.mask ? merge(rt, rt.mask, v, old) : v;
  };
}
