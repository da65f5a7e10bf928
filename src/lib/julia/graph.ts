/** Who depends on whom among the cells of a page: Pluto's rule, by the names they define and read. Pure. */

import type { Program } from './ast.ts';

export interface GraphCell {
  readonly id: string;
  readonly program: Program;
}

/** For each program, the others that define a name it reads. */
export function needsOf(programs: readonly Program[]): number[][] {
  return joined(programs, (one, other) => one.reads.some((name) => other.defines.includes(name)));
}

/** For each program, the others that read a name it defines. */
function readersOf(programs: readonly Program[]): number[][] {
  return joined(programs, (one, other) => other.reads.some((name) => one.defines.includes(name)));
}

function joined(programs: readonly Program[], leads: (from: Program, to: Program) => boolean): number[][] {
  return programs.map((one, k) => programs.flatMap((other, at) => (at !== k && leads(one, other) ? [at] : [])));
}

/** `from`, and whatever a path leads to from there. */
export function reached(from: Iterable<number>, next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set<number>();
  const waiting = [...from];
  for (let k = waiting.pop(); k !== undefined; k = waiting.pop()) {
    if (seen.has(k)) continue;
    seen.add(k);
    waiting.push(...(next[k] ?? []));
  }
  return seen;
}

/** Programs that read one of `names`, directly or through others. Those that define them are not included for that. */
export function affected(programs: readonly Program[], names: Iterable<string>): ReadonlySet<number> {
  const changed = new Set(names);
  const direct = programs.flatMap(({ reads }, k) => (reads.some((name) => changed.has(name)) ? [k] : []));
  return reached(direct, readersOf(programs));
}

function closure(
  cells: readonly GraphCell[],
  ids: Iterable<string>,
  nextOf: (programs: readonly Program[]) => number[][],
): string[] {
  const wanted = new Set(ids);
  const from = cells.flatMap(({ id }, k) => (wanted.has(id) ? [k] : []));
  const found = reached(from, nextOf(cells.map(({ program }) => program)));
  return cells.filter((_, k) => found.has(k)).map(({ id }) => id);
}

/** `ids` and every cell they need, in the page's order. */
export function upstream(cells: readonly GraphCell[], ids: Iterable<string>): string[] {
  return closure(cells, ids, needsOf);
}

/** `ids` and every cell that needs them, in the page's order. */
export function downstream(cells: readonly GraphCell[], ids: Iterable<string>): string[] {
  return closure(cells, ids, readersOf);
}

/** The cells that a change of the outside name `name` (a control, a picture) reaches: those that read a name whose value it may change. */
export function reachedBy(cells: readonly GraphCell[], name: string): string[] {
  const changed = new Set([name]);
  const found = new Set<string>();
  for (let known = 0; known < changed.size;) {
    known = changed.size;
    for (const { id, program } of cells) {
      const { reads, defines } = program;
      if (!reads.some((one) => changed.has(one)) && !defines.includes(name) && !testImages(program).has(name)) continue;
      found.add(id);
      for (const moved of movedNames(program, changed)) changed.add(moved);
    }
  }
  return cells.filter(({ id }) => found.has(id)).map(({ id }) => id);
}

/** Names of a cell whose values may be others when it runs again: all but functions that do not read what has changed. */
function movedNames({ defines, functions = [] }: Program, changed: ReadonlySet<string>): readonly string[] {
  const steady = new Map(functions);
  const moved = new Set([...changed, ...defines.filter((name) => !steady.has(name))]);
  for (let known = -1; known < moved.size;) {
    known = moved.size;
    for (const [name, reads] of steady) if (reads.some((one) => moved.has(one))) moved.add(name);
  }
  return defines.filter((name) => moved.has(name));
}

/** The key of a picture that is lent to the page: one that programs ask for by `picture("name")`, and not by its name alone. */
export function lentKey(name: string): string {
  return `picture ${name}`;
}

/** The name of a picture that is lent, of its key. */
export function lentName(key: string): string {
  return key.replace(/^picture /, '');
}

/** Pictures that a program asks for by `testimage("name")` or, lent or the page's own, by `picture("name")`. */
export function testImages(program: Program): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if (isPictureCall(node)) {
      const text = node.args[0]?.value.parts?.[0];
      if (typeof text === 'string') {
        found.add(text.replace(/\.\w+$/, ''));
        if (node.callee.name === 'picture') found.add(lentKey(text));
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(program.body);
  return found;
}

interface PictureCall {
  readonly callee: { readonly name: string };
  readonly args: readonly { readonly value: { readonly parts?: readonly unknown[] } }[];
}

function isPictureCall(node: object): node is PictureCall {
  if (!('kind' in node) || node.kind !== 'call' || !('callee' in node) || !('args' in node)) return false;
  const { callee } = node;
  return (
    typeof callee === 'object' &&
    callee !== null &&
    'name' in callee &&
    (callee.name === 'testimage' || callee.name === 'picture') &&
    Array.isArray(node.args)
  );
}

/** Whether a program draws random numbers: its place among the cells decides which. */
export function drawsRandom({ source }: Program): boolean {
  return /\b(rand|randn|shuffle|randperm)\b/.test(source);
}

/** Which of the `known` pictures the cell depends on, through other cells too. A name that a cell defines is no picture. */
export function picturesOf(cells: readonly GraphCell[], id: string, known: readonly string[]): string[] {
  const needed = new Set(upstream(cells, [id]));
  const defined = new Set(cells.flatMap(({ program }) => program.defines));
  const programs = cells.filter((cell) => needed.has(cell.id)).map((cell) => cell.program);
  return known.filter((name) =>
    programs.some((program) => (program.reads.includes(name) && !defined.has(name)) || testImages(program).has(name)),
  );
}
