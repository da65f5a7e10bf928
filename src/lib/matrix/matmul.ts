/** Rows of the left factor and columns of the right one that one pass of the inner loop keeps in registers. */
const TILE_ROWS = 4;
const TILE_COLS = 2;
/** Length of the shared dimension kept hot in the first-level cache: (4 + 2) x 512 float64 are 24 KiB. */
const DEPTH = 512;

/**
 * C = A B in float64, row-major: `a` is rows x inner, `b` is inner x cols, the result rows x cols.
 *
 * Works on B transposed, so that both factors are read along their rows, in register tiles of 4 x 2 dot products.
 */
export function matmul(a: Float64Array, b: Float64Array, rows: number, inner: number, cols: number): Float64Array {
  const bt = transpose(b, inner, cols);
  const c = new Float64Array(rows * cols);
  for (let k0 = 0; k0 < inner; k0 += DEPTH) {
    const k1 = Math.min(inner, k0 + DEPTH);
    for (let j = 0; j < cols; j += TILE_COLS) {
      for (let i = 0; i < rows; i += TILE_ROWS) {
        if (i + TILE_ROWS <= rows && j + TILE_COLS <= cols) tile(a, bt, c, i, j, k0, k1, inner, cols);
        else edge(a, bt, c, i, Math.min(rows, i + TILE_ROWS), j, Math.min(cols, j + TILE_COLS), k0, k1, inner, cols);
      }
    }
  }
  return c;
}

function tile(
  a: Float64Array,
  bt: Float64Array,
  c: Float64Array,
  i: number,
  j: number,
  k0: number,
  k1: number,
  inner: number,
  cols: number,
): void {
  let c00 = 0,
    c01 = 0,
    c10 = 0,
    c11 = 0,
    c20 = 0,
    c21 = 0,
    c30 = 0,
    c31 = 0;
  let a0 = i * inner + k0;
  let a1 = a0 + inner;
  let a2 = a1 + inner;
  let a3 = a2 + inner;
  let b0 = j * inner + k0;
  let b1 = b0 + inner;
  for (let k = k0; k < k1; k++) {
    const x = bt[b0++] as number;
    const y = bt[b1++] as number;
    const p = a[a0++] as number;
    const q = a[a1++] as number;
    const r = a[a2++] as number;
    const s = a[a3++] as number;
    c00 += p * x;
    c01 += p * y;
    c10 += q * x;
    c11 += q * y;
    c20 += r * x;
    c21 += r * y;
    c30 += s * x;
    c31 += s * y;
  }
  let at = i * cols + j;
  c[at] = (c[at] as number) + c00;
  c[at + 1] = (c[at + 1] as number) + c01;
  at += cols;
  c[at] = (c[at] as number) + c10;
  c[at + 1] = (c[at + 1] as number) + c11;
  at += cols;
  c[at] = (c[at] as number) + c20;
  c[at + 1] = (c[at + 1] as number) + c21;
  at += cols;
  c[at] = (c[at] as number) + c30;
  c[at + 1] = (c[at + 1] as number) + c31;
}

function edge(
  a: Float64Array,
  bt: Float64Array,
  c: Float64Array,
  i0: number,
  i1: number,
  j0: number,
  j1: number,
  k0: number,
  k1: number,
  inner: number,
  cols: number,
): void {
  for (let i = i0; i < i1; i++) {
    for (let j = j0; j < j1; j++) {
      let sum = 0;
      for (let k = k0; k < k1; k++) sum += (a[i * inner + k] as number) * (bt[j * inner + k] as number);
      c[i * cols + j] = (c[i * cols + j] as number) + sum;
    }
  }
}

/** Row-major rows x cols to row-major cols x rows, in 16 x 16 blocks. */
export function transpose(a: Float64Array, rows: number, cols: number): Float64Array {
  const out = new Float64Array(a.length);
  const block = 16;
  for (let i0 = 0; i0 < rows; i0 += block) {
    const i1 = Math.min(rows, i0 + block);
    for (let j0 = 0; j0 < cols; j0 += block) {
      const j1 = Math.min(cols, j0 + block);
      for (let i = i0; i < i1; i++) for (let j = j0; j < j1; j++) out[j * rows + i] = a[i * cols + j] as number;
    }
  }
  return out;
}
