/**
 * Which variable a name means. Julia's rule, decided at compile time: a name assigned anywhere in a function's body is local to
 * all of it, unless a function around it has it already. A loop at a cell's top level may assign the cell's own variables
 * (the soft scope of the REPL and of notebooks).
 */

import { isBlank, namesIn, partsOf } from './analyse.ts';
import type { Expr } from './ast.ts';
import { undefVarError } from './errors.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { merge } from './lanes.ts';
import type { Frame, Value } from './values.ts';

export type Code = (frame: Frame) => Value;

/** Names of one frame, with their slots. */
export class Scope {
  readonly slots = new Map<string, number>();
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

  find(name: string): { depth: number; slot: number } | null {
    const slot = this.slots.get(name);
    if (slot !== undefined) return { depth: 0, slot };
    const outer = this.parent?.find(name) ?? null;
    return outer && { depth: outer.depth + 1, slot: outer.slot };
  }
}

/** What compiling an expression needs to know of its surroundings. */
export interface Context {
  readonly rt: Runtime;
  readonly scope: Scope | null;
  /** Names that the cell assigns at its top level. */
  readonly top: ReadonlySet<string>;
  /** Compiles a part. */
  readonly expr: (c: Context, e: Expr) => Code;
  readonly define: (name: string, v: Value) => void;
  /** A type written with parameters, `Matrix{Float32}`. */
  readonly typed: (name: string) => Value;
}

export function within(c: Context, scope: Scope): Context {
  return { ...c, scope };
}

/** A scope around `bodies`, with the names assigned in them that nobody further out has. */
export function openScope(c: Context, soft: boolean, bodies: readonly Expr[]): Scope {
  const scope = new Scope(c.scope, soft);
  const reachesTop = soft && onlySoft(c.scope);
  for (const name of assignedIn(bodies)) {
    if (scope.find(name)) continue;
    if (reachesTop && c.top.has(name)) continue;
    scope.declare(name);
  }
  return scope;
}

function onlySoft(scope: Scope | null): boolean {
  return scope === null || (scope.soft && onlySoft(scope.parent));
}

/** Names assigned by these expressions themselves, not inside functions, loops, `let` or comprehensions. */
export function assignedIn(bodies: readonly Expr[]): Set<string> {
  const names = new Set<string>();
  const visit = (e: Expr): void => {
    switch (e.kind) {
      case 'assign':
      case 'update':
        if (e.target.kind !== 'element' && !(e.kind === 'update' && e.broadcast)) {
          for (const name of namesIn(e.target)) names.add(name);
        }
        visit(e.value);
        return;
      case 'function':
        if (e.name !== null) names.add(e.name);
        return;
      case 'for':
      case 'while':
      case 'let':
      case 'comprehension':
        return;
      case 'bind':
        names.add(e.name);
        return;
      default:
        for (const child of partsOf(e)) visit(child);
    }
  };
  bodies.forEach(visit);
  return names;
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
  const found = c.scope?.find(name);
  const { rt } = c;
  if (found) {
    const { depth, slot } = found;
    return (frame) => {
      const v = up(frame, depth).slots[slot];
      if (v === undefined) throw undefVarError(name, span);
      return v;
    };
  }
  return () => {
    const own = rt.globals.get(name);
    if (own !== undefined) return own;
    const known = rt.library.get(name) ?? (name.includes('{') ? c.typed(name) : null);
    if (known !== null) return known;
    if (rt.library.has(name)) return null;
    throw undefVarError(name, span);
  };
}

/** Code that assigns a name. */
export function writeName(c: Context, name: string): (frame: Frame, v: Value) => void {
  if (isBlank(name)) return () => undefined;
  const found = c.scope?.find(name);
  const { rt } = c;
  if (!found) {
    return (_frame, v) => {
      if (rt.level > 0) throw new Unlaneable(`assigning \`${name}\`, which is not the function’s own,`);
      c.define(name, v);
    };
  }
  const { depth, slot } = found;
  return (frame, v) => {
    const home = up(frame, depth);
    if (home.level < rt.level) throw new Unlaneable(`assigning \`${name}\`, which is not the function’s own,`);
    const old = home.slots[slot];
    const partial = rt.mask && rt.mask !== home.mask && old !== undefined;
    home.slots[slot] = partial && rt.mask ? merge(rt, rt.mask, v, old) : v;
  };
}
