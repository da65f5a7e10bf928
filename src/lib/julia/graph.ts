/** Who depends on whom among the cells of a page: Pluto's rule, by the names they define and read. Pure. */

import type { Program } from './ast.ts';

export interface GraphCell {
  readonly id: string;
  readonly program: Program;
}

function closure(
  cells: readonly GraphCell[],
  from: Iterable<string>,
  next: (cell: GraphCell) => Iterable<string>,
): string[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const seen = new Set<string>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const cell = byId.get(id);
    if (cell === undefined || seen.has(id)) continue;
    seen.add(id);
    queue.push(...next(cell));
  }
  return cells.filter((cell) => seen.has(cell.id)).map((cell) => cell.id);
}

function definers(cells: readonly GraphCell[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const { id, program } of cells) {
    for (const name of program.defines) map.set(name, [...(map.get(name) ?? []), id]);
  }
  return map;
}

function readers(cells: readonly GraphCell[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const { id, program } of cells) {
    for (const name of program.reads) map.set(name, [...(map.get(name) ?? []), id]);
  }
  return map;
}

/** `ids` and every cell they need, in the page's order. */
export function upstream(cells: readonly GraphCell[], ids: Iterable<string>): string[] {
  const where = definers(cells);
  return closure(cells, ids, (cell) => cell.program.reads.flatMap((name) => where.get(name) ?? []));
}

/** `ids` and every cell that needs them, in the page's order. */
export function downstream(cells: readonly GraphCell[], ids: Iterable<string>): string[] {
  const where = readers(cells);
  return closure(cells, ids, (cell) => cell.program.defines.flatMap((name) => where.get(name) ?? []));
}

/** The cells that a change of the outside name `name` (a control, a picture) reaches. */
export function reachedBy(cells: readonly GraphCell[], name: string): string[] {
  const direct = cells.filter(
    ({ program }) => program.reads.includes(name) || program.defines.includes(name) || testImages(program).has(name),
  );
  return downstream(
    cells,
    direct.map((cell) => cell.id),
  );
}

/** Pictures that a program asks for by `testimage("name")`. */
export function testImages(program: Program): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if (isTestImageCall(node)) {
      const text = node.args[0]?.value.parts?.[0];
      if (typeof text === 'string') found.add(text.replace(/\.\w+$/, ''));
    }
    Object.values(node).forEach(visit);
  };
  visit(program.body);
  return found;
}

interface TestImageCall {
  readonly args: readonly { readonly value: { readonly parts?: readonly unknown[] } }[];
}

function isTestImageCall(node: object): node is TestImageCall {
  if (!('kind' in node) || node.kind !== 'call' || !('callee' in node) || !('args' in node)) return false;
  const { callee } = node;
  return (
    typeof callee === 'object' &&
    callee !== null &&
    'name' in callee &&
    callee.name === 'testimage' &&
    Array.isArray(node.args)
  );
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
