/** Sums, in double precision, and extremes. Matrices are row-major without gaps. */
import { both, high, narrow } from './lanes';

/** x + -0 is x for every x, -0 too. */
const NOTHING: f64 = -0.0;

function sumOf(x: usize, count: i32): f64 {
  let s0 = f64x2.splat(NOTHING),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  const end = x + ((<usize>count) << 2);
  for (; x + 32 <= end; x += 32) {
    const a = v128.load(x),
      b = v128.load(x, 16);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(a));
    s1 = f64x2.add(s1, high(a));
    s2 = f64x2.add(s2, f64x2.promote_low_f32x4(b));
    s3 = f64x2.add(s3, high(b));
  }
  let sum = both(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; x < end; x += 4) sum += <f64>load<f32>(x);
  return sum;
}

/** out[i] = the sum of row i; with rows 1 the sum of everything. */
export function rowSums(out: usize, x: usize, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; ++i) {
    store<f32>(out + ((<usize>i) << 2), <f32>sumOf(x, cols));
    x += (<usize>cols) << 2;
  }
}

/** out[j] = the sum of column j. */
export function columnSums(out: usize, x: usize, rows: i32, cols: i32): void {
  const step = (<usize>cols) << 2;
  let j = 0;
  for (; j + 8 <= cols; j += 8) {
    let s0 = f64x2.splat(NOTHING),
      s1 = s0,
      s2 = s0,
      s3 = s0,
      at = x;
    for (let i = 0; i < rows; ++i) {
      const a = v128.load(at),
        b = v128.load(at, 16);
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(a));
      s1 = f64x2.add(s1, high(a));
      s2 = f64x2.add(s2, f64x2.promote_low_f32x4(b));
      s3 = f64x2.add(s3, high(b));
      at += step;
    }
    v128.store(out, narrow(s0, s1));
    v128.store(out, narrow(s2, s3), 16);
    out += 32;
    x += 32;
  }
  for (; j < cols; ++j) {
    let sum = NOTHING,
      at = x;
    for (let i = 0; i < rows; ++i) {
      sum += <f64>load<f32>(at);
      at += step;
    }
    store<f32>(out, <f32>sum);
    out += 4;
    x += 4;
  }
}

class Largest {
  of(x: v128, y: v128): v128 {
    return f32x4.max(x, y);
  }
}
class Smallest {
  of(x: v128, y: v128): v128 {
    return f32x4.min(x, y);
  }
}

/** The extreme of numbers that lie side by side; `count` is at least 1. */
function extremeOf<F>(x: usize, count: i32): v128 {
  const f = changetype<F>(0);
  const end = x + ((<usize>count) << 2);
  let best = v128.load32_splat(x),
    second = best,
    third = best,
    fourth = best;
  // Each waits for itself alone.
  for (; x + 64 <= end; x += 64) {
    best = f.of(best, v128.load(x));
    second = f.of(second, v128.load(x, 16));
    third = f.of(third, v128.load(x, 32));
    fourth = f.of(fourth, v128.load(x, 48));
  }
  for (; x < end; x += 4) best = f.of(best, v128.load32_splat(x));
  best = f.of(f.of(best, second), f.of(third, fourth));
  best = f.of(best, v128.shuffle<f32>(best, best, 2, 3, 0, 1));
  return f.of(best, v128.shuffle<f32>(best, best, 1, 0, 3, 2));
}

function rowsOf<F>(out: usize, x: usize, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; ++i) {
    v128.store32_lane(out + ((<usize>i) << 2), extremeOf<F>(x, cols), 0);
    x += (<usize>cols) << 2;
  }
}

function columnsOf<F>(out: usize, x: usize, rows: i32, cols: i32): void {
  const f = changetype<F>(0);
  const bytes = (<usize>cols) << 2;
  memory.copy(out, x, bytes);
  for (let i = 1; i < rows; ++i) {
    x += bytes;
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) v128.store(out + j, f.of(v128.load(out + j), v128.load(x + j)));
    for (; j < bytes; j += 4) v128.store32_lane(out + j, f.of(v128.load32_zero(out + j), v128.load32_zero(x + j)), 0);
  }
}

/** out[i] = the largest number of row i (with `largest` 0 the smallest), NaN where there is one; with rows 1 that of everything. */
export function rowExtremes(out: usize, x: usize, rows: i32, cols: i32, largest: i32): void {
  if (largest) rowsOf<Largest>(out, x, rows, cols);
  else rowsOf<Smallest>(out, x, rows, cols);
}

/** The same of each column. */
export function columnExtremes(out: usize, x: usize, rows: i32, cols: i32, largest: i32): void {
  if (largest) columnsOf<Largest>(out, x, rows, cols);
  else columnsOf<Smallest>(out, x, rows, cols);
}

/** Whether x is the extreme e: the same zero of the two, and NaN whatever its bits. */
function is(x: f32, e: f32): bool {
  return reinterpret<u32>(x) == reinterpret<u32>(e) || (x != x && e != e);
}

/** out[i] = the flat index of the first extreme of row i, in single precision; on the way in the extreme itself. With rows 1 of everything. */
export function rowFirsts(out: usize, x: usize, rows: i32, cols: i32): void {
  let k = 0;
  for (let i = 0; i < rows; ++i) {
    const extreme = load<f32>(out);
    let j = 0;
    while (j < cols - 1 && !is(load<f32>(x + ((<usize>(k + j)) << 2)), extreme)) ++j;
    store<f32>(out, <f32>(k + j));
    k += cols;
    out += 4;
  }
}

/** The same of each column. */
export function columnFirsts(out: usize, x: usize, rows: i32, cols: i32): void {
  for (let j = 0; j < cols; ++j) {
    const extreme = load<f32>(out);
    let k = j;
    while (k < (rows - 1) * cols && !is(load<f32>(x + ((<usize>k) << 2)), extreme)) k += cols;
    store<f32>(out, <f32>k);
    out += 4;
  }
}
