import type { Matrix } from './types.ts';

/**
 * A matrix as comma-separated text: a line for each row, no header, each number with as many digits as bring it back exactly.
 * What is not finite is spelled as Julia spells it (`NaN`, `Inf`, `-Inf`), which its `readdlm` and NumPy's `genfromtxt` read.
 */
export function encodeCsv(matrix: Matrix): string {
  const { rows, cols, data } = matrix;
  const lines: string[] = [];
  for (let r = 0; r < rows; r++) {
    const line: string[] = [];
    for (let c = 0; c < cols; c++) line.push(csvNumber(data[r * cols + c] ?? 0, data instanceof Float32Array));
    lines.push(line.join(','));
  }
  return lines.join('\n') + '\n';
}

/** A number as such a file has it; `single` where it is one of 24 bits, and needs fewer digits. */
export function csvNumber(value: number, single = false): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  return single ? shortestSingle(value) : String(value);
}

/** The shortest decimal that rounds to the same float32; nine significant digits always do. */
function shortestSingle(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}
