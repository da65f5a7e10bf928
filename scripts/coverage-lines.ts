/** Lines from the coverage of statements, in the format of Istanbul. Pure. */

export interface FileCoverage {
  readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>;
  /** How often each statement was run. */
  readonly s: Readonly<Record<string, number>>;
}

/** How many lines have a statement that begins there, and which of them were not run. */
export function linesOf({ statementMap, s }: FileCoverage): { lines: number; missed: number[] } {
  const counts = new Map<number, number>();
  for (const [id, { start }] of Object.entries(statementMap))
    counts.set(start.line, Math.max(counts.get(start.line) ?? 0, s[id] ?? 0));
  const missed = [...counts].flatMap(([line, count]) => (count === 0 ? [line] : []));
  return { lines: counts.size, missed: missed.toSorted((a, b) => a - b) };
}

/** `3-5, 9` for 3, 4, 5 and 9. */
export function ranges(lines: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const line of lines) {
    const open = runs.at(-1);
    if (open?.last === line - 1) open.last = line;
    else runs.push({ first: line, last: line });
  }
  return runs.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}
