/** The rows and columns of a displayed array: aligned at the decimal point, what does not fit left out behind dots. */

/** Size of the terminal that values are displayed for. */
export interface ScreenSize {
  readonly rows: number;
  readonly columns: number;
}

/** An element as it stands in a grid, and how much of it stands left of what is aligned. */
export interface GridElement {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** How a real number is aligned: at its point or exponent. */
export function realAlignment(text: string): { left: number; right: number } {
  const at = text.search(/[.eEfF]/);
  return at < 0 ? { left: text.length, right: 0 } : { left: at, right: text.length - at };
}

interface Column {
  readonly left: number;
  readonly right: number;
}

const gap = '  ';
const spaces = (n: number): string => ' '.repeat(Math.max(0, n));
const widthOf = (columns: readonly Column[]): number => columns.reduce((sum, { left, right }) => sum + left + right, 0);

/** Positions of `n` of which the ends are kept. */
function ends(n: number, head: number, tail: number): number[] {
  return [...Array.from({ length: head }, (_, k) => k), ...Array.from({ length: tail }, (_, k) => n - tail + k)];
}

/**
 * The lines of an array of m by n elements, without its heading. Rows and columns are counted from 0.
 */
export function gridText(
  m: number,
  n: number,
  element: (i: number, j: number) => GridElement,
  screen: ScreenSize,
): string {
  const height = screen.rows - 4;
  const width = screen.columns - 1;
  const half = height >> 1;
  const rows = m > height ? ends(m, half, (height - 1) >> 1) : ends(m, m, 0);
  const most = Math.floor(width / 3);
  const columns = n > most ? ends(n, most, most) : ends(n, n, 0);
  const known = new Map<number, GridElement[]>();
  const column = (j: number): GridElement[] => {
    const elements = known.get(j) ?? rows.map((i) => element(i, j));
    known.set(j, elements);
    return elements;
  };
  /** As many of the columns as fit into `room`, with their widths. */
  const fitting = (from: readonly number[], room: number): Column[] => {
    const kept: Column[] = [];
    for (const j of from) {
      const elements = column(j);
      kept.push({
        left: elements.reduce((most, e) => Math.max(most, e.left), 0),
        right: elements.reduce((most, e) => Math.max(most, e.right), 0),
      });
      if (kept.length > 1 && widthOf(kept) + gap.length * kept.length >= room) {
        kept.pop();
        break;
      }
    }
    if (kept.length > 1 && kept.length < n) while (widthOf(kept) + gap.length * kept.length >= room) kept.pop();
    return kept;
  };
  const row = (k: number, from: readonly number[], widths: readonly Column[]): string =>
    widths
      .map(({ left, right }, c) => {
        const j = from[c] ?? 0;
        const e = column(j)[k] ?? { text: '', left: 0, right: 0 };
        return spaces(left - e.left) + e.text + (j === n - 1 ? '' : spaces(right - e.right));
      })
      .join(gap);
  const dots = (widths: readonly Column[], first: number, padded: boolean): string =>
    widths
      .map(({ left, right }, c) => {
        const last = c === widths.length - 1 && !padded;
        if ((c + 1) % 5 !== first) return last ? '' : spaces(left + right);
        const before = Math.max(0, left - 1);
        return `${spaces(before)}⋮${last ? '' : spaces(left + right - 1 - before)}`;
      })
      .join(gap);

  const all = fitting(columns, width);
  const lines: string[] = [];
  if (n <= all.length) {
    rows.forEach((_, k) => {
      lines.push(row(k, columns, all));
      if (m > height && k === half - 1) lines.push(dots(all, 1, false));
    });
  } else {
    const share = Math.floor((width - 5 + 1) / 2) + 1;
    const right = fitting([...columns].reverse(), share).reverse();
    const left = fitting(columns, width - widthOf(right) - (right.length - 1) * gap.length - 5);
    const tail = Array.from({ length: right.length }, (_, c) => n - right.length + c);
    const shift = (((right.length - n + 1) % 5) + 5) % 5;
    rows.forEach((i, k) => {
      lines.push(row(k, columns, left) + (i % 5 === 0 ? '  …  ' : spaces(5)) + row(k, tail, right));
      if (m > height && k === half - 1) lines.push(`${dots(left, 1, true)}  ⋱  ${dots(right, shift, false)}`);
    });
  }
  return lines.map((line) => ` ${line}`).join('\n');
}
