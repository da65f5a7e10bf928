/**
 * The dataflow of a cell: which value is made from which, by the names that its program, and the cells it needs, assign and
 * read. Functions are no nodes: what they read counts as read where they are called. Pure.
 */

import { dependencies, namesIn } from './compile/analyse.ts';
import type { Expr, Program } from './ast.ts';
import { order } from './order.ts';
import { testImages, upstream, type GraphCell } from './graph.ts';

export type FlowKind = 'source' | 'control' | 'step' | 'result';

export interface FlowNode {
  readonly id: string;
  readonly kind: FlowKind;
  /** The name the value is given; empty for a result without one. */
  readonly name: string;
  /** The Julia that makes the value, on one line; empty for a source. */
  readonly text: string;
  /** Ids of the nodes it is made from. */
  readonly from: readonly string[];
  /** The name still holds this value when all cells have run, so that it can be shown. */
  readonly current: boolean;
}

interface Draft {
  id: string;
  kind: FlowKind;
  name: string;
  text: string;
  from: string[];
}

/**
 * Nodes that the result of the cell `target` depends on, sources first, every node after those it is made from.
 *
 * @param pictures names of the pictures that programs find without defining them
 */
export function flowOf(cells: readonly GraphCell[], target: string, pictures: readonly string[]): FlowNode[] {
  const needed = new Set(upstream(cells, [target]));
  const list = cells.filter(({ id }) => needed.has(id));
  const sequence = order(list.map(({ program }) => program)).order.flatMap((k) => list[k] ?? []);
  const builder = new Builder(pictures);
  // The target may stand before others on the page; its statements come last, for its last value is the result.
  for (const { program } of sequence.filter(({ id }) => id !== target)) builder.cell(program);
  const last = sequence.find(({ id }) => id === target);
  if (last === undefined) return [];
  builder.cell(last.program);
  return builder.ancestors(builder.result(last.program));
}

/** The program that shows the value of a node: stretched to [0, 1] where it is an array. Written as a tree, so that no parser is needed. */
export function valueProgram(name: string): Program {
  const source = `${name} isa Number ? ${name} : normalize_image(${name})`;
  const at = { from: 0, to: source.length };
  const word = (text: string): Expr => ({ kind: 'name', name: text, ...at });
  const call = (callee: string, ...args: Expr[]): Expr => ({
    kind: 'call',
    callee: word(callee),
    args: args.map((value) => ({ value, keyword: null })),
    broadcast: false,
    ...at,
  });
  const body: Expr[] = [
    {
      kind: 'ternary',
      test: call('isa', word(name), word('Number')),
      then: word(name),
      otherwise: call('normalize_image', word(name)),
      ...at,
    },
  ];
  return { source, body: { kind: 'block', body, ...at }, defines: [], reads: [name], silent: false };
}

export const emptyProgram: Program = {
  source: '',
  body: { kind: 'block', body: [], from: 0, to: 0 },
  defines: [],
  reads: [],
  silent: true,
};

class Builder {
  readonly #pictures: readonly string[];
  readonly #nodes: Draft[] = [];
  /** The node that a name means now. */
  readonly #current = new Map<string, string>();
  /** What the functions of the program read. */
  readonly #functions = new Map<string, readonly string[]>();

  constructor(pictures: readonly string[]) {
    this.#pictures = pictures;
  }

  cell(program: Program): void {
    for (const statement of program.body.body) this.#statement(statement, program.source);
  }

  #statement(e: Expr, source: string): void {
    if (e.kind === 'block') {
      for (const inner of e.body) this.#statement(inner, source);
    } else if (e.kind === 'function') {
      if (e.name !== null) this.#functions.set(e.name, dependencies(e).reads);
    } else if (e.kind === 'bind') {
      this.#add('control', e.name, textOf(source, e.control), this.#resolve(dependencies(e.control).reads));
    } else if (e.kind === 'assign') {
      this.#assign(e, source);
    } else if (e.kind !== 'using') {
      const { defines, reads } = dependencies(e);
      const within = e.kind === 'update' ? namesOfTarget(e) : writtenIn(e).filter((name) => this.#current.has(name));
      const changed = [...new Set([...defines, ...within])];
      const from = this.#made(e, [...reads, ...changed]);
      for (const name of changed) this.#add('step', name, textOf(source, e), from);
    }
  }

  #assign(e: Expr & { kind: 'assign' }, source: string): void {
    const { target, value } = e;
    if (value.kind === 'function' && target.kind === 'name') {
      this.#functions.set(target.name, dependencies(value).reads);
    } else if (target.kind === 'names' && value.kind === 'tuple' && target.items.length === value.items.length) {
      // a, b = f(x), g(y): all of the right side comes before any of the left.
      const made = value.items.map((item) => this.#made(item, dependencies(item).reads));
      target.items.forEach((item, k) => {
        const part = value.items[k] ?? value;
        for (const name of namesIn(item)) this.#add('step', name, textOf(source, part), made[k] ?? []);
      });
    } else {
      const names = namesOfTarget(e);
      const changed =
        target.kind === 'element' ? [...names, ...target.indices.flatMap((index) => dependencies(index).reads)] : [];
      const from = this.#made(value, [...dependencies(value).reads, ...changed]);
      const text = target.kind === 'element' ? textOf(source, e) : textOf(source, value);
      for (const name of names) this.#add('step', name, text, from);
    }
  }

  /** The node of the last value of the target's program. */
  result(program: Program): Draft | undefined {
    const last: Expr | undefined = program.body.body.slice(-1)[0];
    if (last === undefined) return undefined;
    const bare = last.kind === 'name' ? this.#current.get(last.name) : undefined;
    const assigned =
      last.kind === 'assign' || last.kind === 'bind' || last.kind === 'update' ? this.#nodes.at(-1) : undefined;
    const node = bare === undefined ? assigned : this.#nodes.find(({ id }) => id === bare);
    if (node !== undefined) {
      if (node.kind === 'step') node.kind = 'result';
      return node;
    }
    return this.#add('result', '', textOf(program.source, last), this.#made(last, dependencies(last).reads));
  }

  ancestors(result: Draft | undefined): FlowNode[] {
    const kept = new Set<string>();
    const keep = (id: string): void => {
      if (kept.has(id)) return;
      kept.add(id);
      for (const other of this.#nodes.find((node) => node.id === id)?.from ?? []) keep(other);
    };
    if (result !== undefined) keep(result.id);
    return this.#nodes
      .filter(({ id }) => kept.has(id))
      .map((node) => ({ ...node, current: this.#current.get(node.name) === node.id }));
  }

  #add(kind: FlowKind, name: string, text: string, from: readonly string[]): Draft {
    const node: Draft = { id: `n${this.#nodes.length}`, kind, name, text, from: [...from] };
    this.#nodes.push(node);
    if (name !== '') this.#current.set(name, node.id);
    return node;
  }

  /** What an expression is made from: names it reads, and pictures it asks for by `testimage`. */
  #made(e: Expr, reads: readonly string[]): string[] {
    const asked = testImages({ ...emptyProgram, body: { kind: 'block', body: [e], from: e.from, to: e.to } });
    return [...new Set([...this.#resolve(reads), ...[...asked].flatMap((name) => this.#picture(name))])];
  }

  #resolve(names: readonly string[], seen = new Set<string>()): string[] {
    return [
      ...new Set(
        names.flatMap((name) => {
          const node = this.#current.get(name);
          if (node !== undefined) return [node];
          const reads = this.#functions.get(name);
          if (reads === undefined) return this.#picture(name);
          if (seen.has(name)) return [];
          return this.#resolve(reads, seen.add(name));
        }),
      ),
    ];
  }

  #picture(name: string): string[] {
    if (!this.#pictures.includes(name)) return [];
    const known = this.#nodes.find((node) => node.kind === 'source' && node.name === name);
    return [(known ?? this.#add('source', name, '', [])).id];
  }
}

function namesOfTarget({ target }: Expr & { kind: 'assign' | 'update' }): string[] {
  if (target.kind !== 'element') return namesIn(target);
  return target.object.kind === 'name' ? [target.object.name] : [];
}

/** Names that a loop or condition assigns or changes anywhere inside. */
function writtenIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = isWrite(node) ? namesOfTarget(node) : [];
  return [...own, ...Object.values(node).flatMap(writtenIn)];
}

function isWrite(node: object): node is Expr & { kind: 'assign' | 'update' } {
  return 'kind' in node && (node.kind === 'assign' || node.kind === 'update');
}

function textOf(source: string, { from, to }: { from: number; to: number }): string {
  return source.slice(from, to).replace(/\s+/g, ' ').trim();
}
