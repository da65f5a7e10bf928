/** What centring needs to know of a factor, summed in double precision, and the terms that it gives back. Matrices are row-major without gaps. */
import { both, high, narrow } from './lanes';

/**
 * For each row of x its sum and the sum of its squares, as doubles at `sums` and `squares`. Returns the largest sum of squares: NaN where an element is NaN.
 */
export function rowTotals(sums: usize, squares: usize, x: usize, rows: i32, cols: i32): f64 {
  let most: f64 = 0;
  for (let i = 0; i < rows; ++i) {
    let s0 = f64x2.splat(0),
      s1 = s0,
      q0 = s0,
      q1 = s0;
    const end = x + ((<usize>cols) << 2);
    for (; x + 16 <= end; x += 16) {
      const four = v128.load(x),
        l = f64x2.promote_low_f32x4(four),
        h = high(four);
      s0 = f64x2.add(s0, l);
      s1 = f64x2.add(s1, h);
      q0 = f64x2.add(q0, f64x2.mul(l, l));
      q1 = f64x2.add(q1, f64x2.mul(h, h));
    }
    let sum = both(f64x2.add(s0, s1)),
      square = both(f64x2.add(q0, q1));
    for (; x < end; x += 4) {
      const one = <f64>load<f32>(x);
      sum += one;
      square += one * one;
    }
    const o = (<usize>i) << 3;
    store<f64>(sums + o, sum);
    store<f64>(squares + o, square);
    most = max(most, square);
  }
  return most;
}

/** The same for each column. */
export function columnTotals(sums: usize, squares: usize, x: usize, rows: i32, cols: i32): f64 {
  const bytes = (<usize>cols) << 3;
  memory.fill(sums, 0, bytes);
  memory.fill(squares, 0, bytes);
  for (let i = 0; i < rows; ++i) {
    const end = x + ((<usize>cols) << 2);
    let s = sums,
      q = squares;
    for (; x + 16 <= end; x += 16) {
      const four = v128.load(x),
        l = f64x2.promote_low_f32x4(four),
        h = high(four);
      v128.store(s, f64x2.add(v128.load(s), l));
      v128.store(s, f64x2.add(v128.load(s, 16), h), 16);
      v128.store(q, f64x2.add(v128.load(q), f64x2.mul(l, l)));
      v128.store(q, f64x2.add(v128.load(q, 16), f64x2.mul(h, h)), 16);
      s += 32;
      q += 32;
    }
    for (; x < end; x += 4) {
      const one = <f64>load<f32>(x);
      store<f64>(s, load<f64>(s) + one);
      store<f64>(q, load<f64>(q) + one * one);
      s += 8;
      q += 8;
    }
  }
  let most: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 8) most = max(most, load<f64>(squares + at));
  return most;
}

/**
 * c[i, j] += p[i] sums[j] + rests[i] q[j], in double precision, rounded once: what is missing after the factors have been centred by p and q. `p` and
 * `q` are single precision, `sums` and `rests` doubles. With `upper` only columns from i on.
 */
export function addCentres(
  c: usize,
  rows: i32,
  cols: i32,
  p: usize,
  rests: usize,
  sums: usize,
  q: usize,
  upper: bool,
): void {
  for (let i = 0; i < rows; ++i) {
    const centre = <f64>load<f32>(p + ((<usize>i) << 2)),
      rest = load<f64>(rests + ((<usize>i) << 3));
    const centre2 = f64x2.splat(centre),
      rest2 = f64x2.splat(rest);
    let j = upper ? i & ~3 : 0;
    let at = c + ((<usize>j) << 2);
    for (; j + 4 <= cols; j += 4) {
      const from = sums + ((<usize>j) << 3),
        four = v128.load(at),
        centres = v128.load(q + ((<usize>j) << 2));
      const l = f64x2.add(f64x2.mul(centre2, v128.load(from)), f64x2.mul(rest2, f64x2.promote_low_f32x4(centres)));
      const h = f64x2.add(f64x2.mul(centre2, v128.load(from, 16)), f64x2.mul(rest2, high(centres)));
      v128.store(at, narrow(f64x2.add(f64x2.promote_low_f32x4(four), l), f64x2.add(high(four), h)));
      at += 16;
    }
    for (; j < cols; ++j) {
      const o = <usize>j;
      const more = centre * load<f64>(sums + (o << 3)) + rest * <f64>load<f32>(q + (o << 2));
      store<f32>(at, <f32>(<f64>load<f32>(at) + more));
      at += 4;
    }
    c += (<usize>cols) << 2;
  }
}
