/**
 * The matrix product in single precision: both factors are packed into panels that stay in the caches, and multiplied in register tiles.
 *
 * The tile is 4 x 8: eight sums, two loads of the right panel and one broadcast of the left one fit the registers that V8 leaves of x86's
 * sixteen. The loop is not unrolled here: V8 does that, and constant offsets of a broadcast would each cost it a register. Addresses count bytes;
 * sizes and row strides (`ld`) count elements of 4 bytes.
 */
import { packAcross, packAlong } from './pack';
import { DEPTH, PANEL_COLS, PANEL_ROWS, TILE_COLS, TILE_ROWS } from './sizes';

function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  // Known to the compiler: one of the two remains.
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** c = a strip of 4 rows times a strip of 8 columns, over `depth` products; with `add`, that is added to c. `ldc` counts bytes here. */
function tile(c: usize, ldc: usize, a: usize, b: usize, depth: i32, add: bool): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  for (const end = b + ((<usize>depth) << 5); b < end; b += 32) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = multiplyAdd(c00, s, b0);
    c01 = multiplyAdd(c01, s, b1);
    s = v128.load_splat<f32>(a, 4);
    c10 = multiplyAdd(c10, s, b0);
    c11 = multiplyAdd(c11, s, b1);
    s = v128.load_splat<f32>(a, 8);
    c20 = multiplyAdd(c20, s, b0);
    c21 = multiplyAdd(c21, s, b1);
    s = v128.load_splat<f32>(a, 12);
    c30 = multiplyAdd(c30, s, b0);
    c31 = multiplyAdd(c31, s, b1);
    a += 16;
  }
  if (add) {
    let from = c;
    c00 = f32x4.add(v128.load(from), c00);
    c01 = f32x4.add(v128.load(from, 16), c01);
    from += ldc;
    c10 = f32x4.add(v128.load(from), c10);
    c11 = f32x4.add(v128.load(from, 16), c11);
    from += ldc;
    c20 = f32x4.add(v128.load(from), c20);
    c21 = f32x4.add(v128.load(from, 16), c21);
    from += ldc;
    c30 = f32x4.add(v128.load(from), c30);
    c31 = f32x4.add(v128.load(from, 16), c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += ldc;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += ldc;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += ldc;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** The same where fewer than 4 rows or 8 columns of c exist: the whole tile is computed at `spare`, and what exists is copied. */
function edge(
  c: usize,
  ldc: usize,
  rows: i32,
  cols: i32,
  a: usize,
  b: usize,
  depth: i32,
  add: bool,
  spare: usize,
): void {
  tile(spare, 32, a, b, depth, false);
  for (let i = 0; i < rows; ++i) {
    const from = spare + ((<usize>i) << 5),
      to = c + <usize>i * ldc;
    for (let at: usize = 0; at < (<usize>cols) << 2; at += 4) {
      const sum = load<f32>(from + at);
      store<f32>(to + at, add ? load<f32>(to + at) + sum : sum);
    }
  }
}

/** Sizes of equal blocks, none above `most`, that fill `whole`; a multiple of `unit`. */
function even(whole: i32, most: i32, unit: i32): i32 {
  const blocks = (whole + most - 1) / most;
  const size = (whole + blocks - 1) / blocks;
  return ((size + unit - 1) / unit) * unit;
}

/**
 * C = (A - p 1') (B - 1 q'): A is rows x inner, B is inner x cols, C rows x cols, all row-major without gaps. `p` and `q` are a number
 * for each row of A and column of B, in single precision; at address 0 there are none.
 * With `upper` only the tiles that reach the diagonal or lie above it are computed, and the rest
 * of C is undefined. C must not overlap anything else; `inner` is at least 1; `work` has `WORK_BYTES`.
 */
export function product(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  inner: i32,
  cols: i32,
  p: usize,
  q: usize,
  upper: bool,
  work: usize,
): void {
  const spare = work,
    left = work + ((TILE_ROWS * TILE_COLS) << 2),
    right = left + ((PANEL_ROWS * DEPTH) << 2);
  const ldc = (<usize>cols) << 2;
  const depths = even(inner, DEPTH, 1),
    heights = even(rows, PANEL_ROWS, TILE_ROWS),
    widths = even(cols, PANEL_COLS, TILE_COLS);
  for (let j0 = 0; j0 < cols; j0 += widths) {
    const width = min(widths, cols - j0);
    for (let k0 = 0; k0 < inner; k0 += depths) {
      const depth = min(depths, inner - k0);
      for (let j = 0; j < width; j += TILE_COLS) {
        const to = right + <usize>j * ((<usize>depth) << 2),
          first = j0 + j,
          count = min(TILE_COLS, width - j);
        packAcross(to, b, cols, first, count, k0, depth, q);
      }
      for (let i0 = 0; i0 < rows; i0 += heights) {
        if (upper && i0 >= j0 + width) break;
        const height = min(heights, rows - i0);
        for (let i = 0; i < height; i += TILE_ROWS) {
          const to = left + <usize>i * ((<usize>depth) << 2),
            first = i0 + i,
            count = min(TILE_ROWS, height - i);
          packAlong(to, a, inner, first, count, k0, depth, p);
        }
        for (let j = 0; j < width; j += TILE_COLS) {
          const strip = right + <usize>j * ((<usize>depth) << 2),
            last = j0 + j + TILE_COLS,
            full = j + TILE_COLS <= width;
          for (let i = 0; i < height; i += TILE_ROWS) {
            if (upper && i0 + i >= last) break;
            const from = left + <usize>i * ((<usize>depth) << 2);
            const to = c + <usize>(i0 + i) * ldc + ((<usize>(j0 + j)) << 2);
            if (full && i + TILE_ROWS <= height) tile(to, ldc, from, strip, depth, k0 > 0);
            else
              edge(to, ldc, min(TILE_ROWS, height - i), min(TILE_COLS, width - j), from, strip, depth, k0 > 0, spare);
          }
        }
      }
    }
  }
}
