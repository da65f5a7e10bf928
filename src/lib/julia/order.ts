/** In which order the cells of a page run, and which of them cannot: Pluto's rules. */

import type { Program } from './ast.ts';
import { definitionOf } from './compile/analyse.ts';
import { JuliaError } from './errors.ts';
import { needsOf, reached } from './graph.ts';

export interface Order {
  /** Indices of all cells; whoever defines a name comes before its readers, otherwise the page's order holds. */
  readonly order: readonly number[];
  /** For each cell, why it cannot run, or null. */
  readonly troubles: readonly (JuliaError | null)[];
}

/** `A name belongs to one cell`: cells that share a definition, or wait for each other, do not run. */
export function order(cells: readonly Program[]): Order {
  const needs = needsOf(cells);
  const troubles: (JuliaError | null)[] = cells.map((cell, index) => {
    const shared = cell.defines.filter((name) =>
      cells.some((other, at) => at !== index && other.defines.includes(name)),
    );
    const [name] = shared;
    if (name === undefined) return null;
    const text = `Multiple definitions for ${listed(shared)}. Give each name one cell, or join the cells with \`begin ... end\`.`;
    return new JuliaError('MultipleDefinitionsError', text, definitionOf(cell, name));
  });
  // A cell stands among its own where it is in a ring.
  const reach = needs.map((direct) => reached(direct, needs));
  cells.forEach((cell, index) => {
    if (!reach[index]?.has(index)) return;
    const ring = cells.filter((_, at) => reach[index]?.has(at) && reach[at]?.has(index));
    const names = ring.flatMap(({ defines }) =>
      defines.filter((name) => ring.some(({ reads }) => reads.includes(name))),
    );
    const text = `Cyclic references among ${listed([...new Set(names)])}. Join the cells with \`begin ... end\`.`;
    const own = cell.defines.find((name) => names.includes(name));
    troubles[index] ??= new JuliaError(
      'CyclicReferenceError',
      text,
      own === undefined ? cell.body : definitionOf(cell, own),
    );
  });
  return { order: sorted(needs), troubles };
}

/** Depth-first along the page, so that a needed cell moves up only as far as it must. */
function sorted(needs: readonly number[][]): number[] {
  const done = new Set<number>();
  const place = (index: number, path: ReadonlySet<number>): void => {
    if (done.has(index) || path.has(index)) return;
    const longer = new Set(path).add(index);
    for (const need of needs[index] ?? []) place(need, longer);
    done.add(index);
  };
  needs.forEach((_, index) => {
    place(index, new Set());
  });
  return [...done];
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
