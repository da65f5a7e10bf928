/** The rows of docs/julia-subset.md: what the subset can do, one example each. The tests run them, and the page `/julia/` shows them. */

export interface SubsetRow {
  readonly section: string;
  /** Markdown: plain words and code. */
  readonly feature: string;
  readonly example: string;
  /** As the REPL prints it, on one line. */
  readonly value: string;
}

/** @throws Error at a row that has not three columns */
export function subsetRows(document: string): readonly SubsetRow[] {
  return document.split(/^## /m).flatMap((part): SubsetRow[] => {
    const section = part.split('\n')[0] ?? '';
    return [...part.matchAll(/^\| (.*) \|$/gm)].flatMap(([, line = '']) => {
      const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
      const [feature = '', example = '', value = ''] = cells;
      if (!example.startsWith('`')) return [];
      if (cells.length !== 3) throw new Error(`a row of ${cells.length} columns: ${line}`);
      return [{ section, feature, example: code(example).replaceAll('⏎', '\n'), value: code(value) }];
    });
  });
}

/** The text between backticks. */
const code = (text: string): string => text.replace(/^`|`$/g, '');
