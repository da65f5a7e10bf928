/**
 * What a cell defines and what it reads: the reactivity of a page. Scoping is Julia's: functions, `let` and comprehensions
 * keep their names to themselves; a loop at the top of a cell writes to a name that the cell has defined before, and keeps
 * any other to itself.
 */

import { unknownTypes } from '../types.ts';
import type { Expr, Iteration, Param, Pattern, Program, Target } from '../ast.ts';

export interface Dependencies {
  readonly defines: readonly string[];
  readonly reads: readonly string[];
}

/** Names of operators that no cell can define, so that nobody depends on them. */
const OPERATORS = /^[-+*/\\^÷%!|&√∛∜<>=≈⊻]+$/u;

/** Names of one scope; the cell's own scope is the outermost and has no parent. */
interface Scope {
  readonly names: Set<string>;
  readonly parent: Scope | null;
  /** A loop at the top of the cell: a name joins it where it is first assigned. */
  readonly soft: boolean;
  /** Declared `global`: they are the cell's. */
  readonly globals?: ReadonlySet<string>;
}

export function dependencies(body: Expr): Dependencies {
  const defines = new Set<string>();
  const free = new Set<string>();
  new Visitor(free).visit(body, { names: defines, parent: null, soft: false });
  return { defines: [...defines], reads: [...free].filter((name) => !defines.has(name)) };
}

/** Functions that a cell defines by statements of their own, each with the names that it reads; of several methods the names of all. */
export function functionsOf(statements: readonly Expr[]): [name: string, reads: string[]][] {
  const functions = new Map<string, Set<string>>();
  const others = new Set<string>();
  for (const statement of statements) {
    const name = functionName(statement);
    const { defines, reads } = dependencies(statement);
    if (name === null) for (const one of defines) others.add(one);
    else functions.set(name, new Set([...(functions.get(name) ?? []), ...reads]));
  }
  return [...functions].filter(([name]) => !others.has(name)).map(([name, reads]) => [name, [...reads]]);
}

function functionName(statement: Expr): string | null {
  if (statement.kind === 'function') return statement.extends ?? statement.name;
  const { kind } = statement;
  if (kind !== 'assign' || statement.value.kind !== 'function' || statement.target.kind !== 'name') return null;
  return statement.target.name;
}

class Visitor {
  readonly #free: Set<string>;

  constructor(free: Set<string>) {
    this.#free = free;
  }

  visitAll(exprs: readonly Expr[], scope: Scope): void {
    for (const expr of exprs) this.visit(expr, scope);
  }

  visit(expr: Expr, scope: Scope): void {
    switch (expr.kind) {
      case 'name':
        this.#read(expr.name, scope);
        break;
      case 'assign':
        this.visit(expr.value, scope);
        this.#assign(expr.target, scope);
        break;
      case 'update':
        this.visit(expr.value, scope);
        this.#update(expr, scope);
        break;
      case 'bind':
        this.visit(expr.control, scope);
        declare(expr.name, scope);
        break;
      case 'function':
        this.#function(expr, scope);
        break;
      case 'let':
        this.#let(expr, scope);
        break;
      case 'declare':
        for (const name of expr.names) if (expr.word === 'local' && scope.parent !== null) scope.names.add(name);
        if (expr.value !== null)
          this.visit(
            expr.value,
            expr.word === 'global' ? { ...scope, globals: new Set([...(scope.globals ?? []), ...expr.names]) } : scope,
          );
        break;
      case 'typed':
        this.visit(expr.value, scope);
        this.#type(expr.type, scope);
        break;
      case 'try':
        for (const part of [expr.body, expr.otherwise, expr.last])
          if (part !== null) this.visit(part, loopScope(scope, [], part));
        if (expr.handler !== null)
          this.visit(expr.handler, loopScope(scope, expr.name === null ? [] : [expr.name], expr.handler));
        break;
      case 'abstract':
      case 'struct':
        this.#struct(expr, scope);
        break;
      case 'for':
        this.#for(expr.loops, expr.body, scope);
        break;
      case 'while':
        this.visit(expr.test, scope);
        this.visit(expr.body, loopScope(scope, [], expr.body));
        break;
      case 'comprehension': {
        for (const { over } of expr.loops) this.visit(over, scope);
        const names = expr.loops.flatMap(({ name }) => namesIn(name));
        const inner = hardScope(scope, names, expr.value);
        if (!expr.inner) this.visit(expr.value, inner);
        if (expr.filter !== null) this.visit(expr.filter, inner);
        if (expr.inner) this.visit(expr.inner, hardScope(scope, names, expr.value));
        break;
      }
      default:
        this.visitAll(partsOf(expr), scope);
    }
  }

  #read(name: string, scope: Scope): void {
    if (OPERATORS.test(name)) return;
    if (name.includes('{')) {
      this.#type(name, scope);
      return;
    }
    for (let outer: Scope = scope; outer.parent !== null; outer = outer.parent) {
      if (outer.names.has(name)) return;
    }
    this.#free.add(name);
  }

  #assign(target: Target, scope: Scope): void {
    if (target.kind === 'element') this.visitAll([target.object, ...target.indices], scope);
    else if (target.kind === 'property') this.visit(target.object, scope);
    else if (target.kind === 'names') for (const item of target.items) this.#assign(item, scope);
    else for (const name of namesIn(target)) declare(name, scope);
    if (target.kind === 'name' && target.type !== undefined) this.#type(target.type, scope);
  }

  /** The reader's own types in an annotation. */
  #type(text: string, scope: Scope): void {
    for (const name of unknownTypes(text, () => false)) this.#read(name, scope);
  }

  /** `x += 1` reads `x` and assigns it; `x .= 1` and `x .+= 1` change the array that `x` names and assign nothing. */
  #update(expr: Expr & { kind: 'update' }, scope: Scope): void {
    for (const name of namesIn(expr.target)) this.#read(name, scope);
    if (expr.target.kind === 'element' || expr.target.kind === 'property' || !expr.broadcast)
      this.#assign(expr.target, scope);
  }

  #struct(expr: Expr & { kind: 'struct' | 'abstract' }, scope: Scope): void {
    declare(expr.name, scope);
    const known: Scope = { names: new Set(expr.params.map(({ name }) => name)), parent: scope, soft: false };
    for (const text of [expr.above, ...expr.params.map(({ bound }) => bound)]) this.#type(text, known);
    if (expr.kind === 'abstract') return;
    for (const { type } of expr.fields) if (type !== null) this.#type(type, known);
    for (const maker of expr.inner) this.visit(maker, { names: new Set(['new']), parent: scope, soft: false });
    this.visitAll(expr.outer, scope);
  }

  #function(expr: Expr & { kind: 'function' }, scope: Scope): void {
    const defined = expr.extends ?? expr.name;
    if (defined !== null) declare(defined, scope);
    // A default sees the parameters before its own, and what is outside.
    let known: Scope = { names: new Set(expr.where?.map(({ name }) => name)), parent: scope, soft: false };
    for (const { bound } of expr.where ?? []) this.#type(bound, known);
    const params: readonly Param[] = [...expr.params, ...expr.keywords];
    for (const { name, fallback, type } of params) {
      if (fallback !== null) this.visit(fallback, known);
      if (type !== null) this.#type(type, known);
      known = { ...known, names: new Set([...known.names, ...namesIn(name)]) };
    }
    if (expr.returns !== undefined) this.#type(expr.returns, known);
    this.visit(expr.body, hardScope(scope, [...known.names], expr.body));
  }

  #let(expr: Expr & { kind: 'let' }, scope: Scope): void {
    let inner = scope;
    for (const { name, value } of expr.bindings) {
      if (value !== null) this.visit(value, inner);
      inner = { names: new Set(namesIn(name)), parent: inner, soft: false };
    }
    this.visit(expr.body, hardScope(inner, [], expr.body));
  }

  #for(loops: readonly Iteration[], body: Expr, scope: Scope): void {
    let inner = scope;
    for (const { name, over } of loops) {
      this.visit(over, inner);
      inner = { names: new Set(namesIn(name)), parent: inner, soft: inner.parent === null || inner.soft };
    }
    this.visit(body, loopScope(inner, [], body));
  }
}

/** The scope of a function's body and the like: every name it assigns is its own unless an enclosing scope, short of the cell, has it. */
function hardScope(parent: Scope, names: readonly string[], body: Expr): Scope {
  const { names: all, locals, globals } = assignments([body]);
  const assigned = [...all].filter((name) => !globals.has(name) && !isLocal(name, parent));
  return { names: new Set([...names, ...assigned, ...locals]), parent, soft: false, globals };
}

function loopScope(parent: Scope, names: readonly string[], body: Expr): Scope {
  const soft = parent.parent === null || parent.soft;
  return soft
    ? { names: new Set(names), parent, soft, globals: assignments([body]).globals }
    : hardScope(parent, names, body);
}

function isLocal(name: string, scope: Scope): boolean {
  for (let outer: Scope = scope; outer.parent !== null; outer = outer.parent) {
    if (outer.globals?.has(name)) return false;
    if (outer.names.has(name)) return true;
  }
  return false;
}

function isGlobal(name: string, scope: Scope): boolean {
  for (let outer: Scope = scope; outer.parent !== null; outer = outer.parent) {
    if (outer.globals?.has(name)) return true;
    if (outer.names.has(name)) return false;
  }
  return false;
}

/** Notes that `name` is assigned in `scope`. Names of hard scopes are known beforehand; see `hardScope`. */
function declare(name: string, scope: Scope): void {
  if (isBlank(name) || isLocal(name, scope)) return;
  let cell = scope;
  while (cell.parent !== null) cell = cell.parent;
  if (scope.parent === null || isGlobal(name, scope) || (scope.soft && cell.names.has(name))) cell.names.add(name);
  else scope.names.add(name);
}

/** `_`, `__` and so on take a value and keep none: they name no variable, and nobody may read them. */
export function isBlank(name: string): boolean {
  return /^_+$/.test(name);
}

/** The variables that a pattern fills. */
export function namesIn(pattern: Pattern | Target): string[] {
  if (pattern.kind === 'name') return isBlank(pattern.name) ? [] : [pattern.name];
  if (pattern.kind === 'fields') return [...pattern.names];
  return pattern.kind === 'names' ? pattern.items.flatMap(namesIn) : [];
}

/** Types declared for variables of a pattern. */
export function typesIn(pattern: Pattern | Target): (readonly [name: string, type: string])[] {
  if (pattern.kind === 'name') return pattern.type === undefined ? [] : [[pattern.name, pattern.type]];
  return pattern.kind === 'names' ? pattern.items.flatMap(typesIn) : [];
}

/** What a body assigns and declares. */
interface Assignments {
  readonly names: Set<string>;
  readonly locals: Set<string>;
  readonly globals: Set<string>;
  readonly types: Map<string, string>;
}

/** Names assigned by these expressions themselves, not inside functions, loops, `let` or comprehensions. */
export function assignments(bodies: readonly Expr[]): Assignments {
  const found: Assignments = { names: new Set(), locals: new Set(), globals: new Set(), types: new Map() };
  const fill = (target: Target): void => {
    for (const name of namesIn(target)) found.names.add(name);
    for (const [name, type] of typesIn(target)) found.types.set(name, type);
  };
  const visit = (e: Expr): void => {
    switch (e.kind) {
      case 'assign':
      case 'update':
        if (!(e.kind === 'update' && e.broadcast)) fill(e.target);
        visit(e.value);
        return;
      case 'declare':
        for (const name of e.names) (e.word === 'global' ? found.globals : found.locals).add(name);
        if (e.value) visit(e.value);
        return;
      case 'function':
        if (e.name !== null) found.names.add(e.extends ?? e.name);
        return;
      case 'struct':
      case 'abstract':
        found.names.add(e.name);
        return;
      case 'for':
      case 'while':
      case 'let':
      case 'try':
      case 'comprehension':
        return;
      case 'bind':
        found.names.add(e.name);
        return;
      default:
        for (const child of partsOf(e)) visit(child);
    }
  };
  bodies.forEach(visit);
  return found;
}

/** The expressions directly within one that makes no scope and assigns nothing. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'string':
      return expr.parts.filter((part) => typeof part !== 'string');
    case 'call':
      return [expr.callee, ...expr.args.map(({ value }) => value)];
    case 'compare':
      return [expr.first, ...expr.rest.map(({ right }) => right)];
    case 'and':
    case 'or':
      return [expr.left, expr.right];
    case 'ternary':
      return [expr.test, expr.then, expr.otherwise];
    case 'if':
      return [
        ...expr.branches.flatMap(({ test, body }) => [test, body]),
        ...(expr.otherwise === null ? [] : [expr.otherwise]),
      ];
    case 'return':
    case 'declare':
      return expr.value === null ? [] : [expr.value];
    case 'macro':
      return expr.args;
    case 'try':
      return [expr.body, expr.handler, expr.otherwise, expr.last].filter((part) => part !== null);
    case 'block':
      return expr.body;
    case 'index':
      return [expr.object, ...expr.indices];
    case 'field':
      return [expr.object];
    case 'adjoint':
    case 'splat':
    case 'typed':
      return [expr.value];
    case 'range':
      return expr.step === null ? [expr.start, expr.stop] : [expr.start, expr.step, expr.stop];
    case 'tuple':
    case 'vector':
      return expr.items;
    case 'matrix':
      return expr.rows.flat();
    case 'pair':
      return [expr.key, expr.value];
    case 'bind':
      return [expr.control];
    default:
      return [];
  }
}

/** Where a cell first gives `name` its value at its top level. */
export function definitionOf(program: Program, name: string): { readonly from: number; readonly to: number } {
  const search = (expr: Expr): Expr | null => {
    const here =
      ((expr.kind === 'assign' || expr.kind === 'update') && namesIn(expr.target).includes(name)) ||
      ((expr.kind === 'function' || expr.kind === 'bind') && expr.name === name);
    if (here) return expr;
    const parts = expr.kind === 'assign' || expr.kind === 'update' ? [expr.value] : partsOf(expr);
    for (const part of parts) {
      const found = search(part);
      if (found !== null) return found;
    }
    return null;
  };
  return search(program.body) ?? program.body;
}
