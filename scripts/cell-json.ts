import type { View } from '../src/lib/julia/view.ts';

/**
 * A view as JSON: a number as a number, a matrix as rows, a vector as a list, a chart as its series. JSON has no NaN and no infinities:
 * they are the strings "NaN", "Infinity" and "-Infinity". A matrix without elements is { "rows": 0, "cols": 3, "data": [] }, because a
 * list of no rows has no columns to count.
 */
export function jsonOf(view: View): string {
  return `${JSON.stringify(plain(view), (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )}\n`;
}

/** An array without elements comes as what the REPL shows of it; a string comes in quotes, so that the two are not confused. */
export function emptyOf(text: string): [] | { rows: number; cols: number; data: [] } | null {
  const [, rows, cols] = /^(\d+)×(\d+) \w+\{\S*\}$/u.exec(text) ?? [];
  if (rows !== undefined && cols !== undefined) return { rows: Number(rows), cols: Number(cols), data: [] };
  return /^\w+(\{\S*\})?\[\]$/u.test(text) ? [] : null;
}

function rowsOf(data: ArrayLike<number>, rows: number, cols: number): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_unused, j) => data[i * cols + j] ?? NaN),
  );
}

function plain(view: View): unknown {
  switch (view.kind) {
    case 'number':
      return view.value;
    case 'text':
      return emptyOf(view.text) ?? view.text;
    case 'matrix':
      return view.vector ? Array.from(view.data) : rowsOf(view.data, view.rows, view.cols);
    case 'colour': {
      const { rows, cols, red, green, blue } = view;
      return { red: rowsOf(red, rows, cols), green: rowsOf(green, rows, cols), blue: rowsOf(blue, rows, cols) };
    }
    case 'plot':
      return {
        ...view,
        series: view.series.map(({ x, y, label }) => ({ label, x: Array.from(x), y: Array.from(y) })),
      };
    case 'nothing':
      return null;
  }
}
