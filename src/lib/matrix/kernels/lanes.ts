/** What several kernels do to the four numbers of a vector. */

/** The upper two of four numbers, in double precision. */
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Two pairs of doubles, rounded to four numbers. */
export function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** Sum of two doubles. */
export function both(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Four numbers of each of four rows, `fromRow` bytes apart, less their row's number of `less`, become four rows `toRow` bytes apart. */
export function turnFour(to: usize, toRow: usize, from: usize, fromRow: usize, less: v128): void {
  const x0 = v128.load(from),
    x1 = v128.load(from + fromRow),
    x2 = v128.load(from + 2 * fromRow),
    x3 = v128.load(from + 3 * fromRow);
  const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5),
    high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7),
    low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5),
    high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(to, f32x4.sub(v128.shuffle<f32>(low01, low23, 0, 1, 4, 5), less));
  v128.store(to + toRow, f32x4.sub(v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), less));
  v128.store(to + 2 * toRow, f32x4.sub(v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), less));
  v128.store(to + 3 * toRow, f32x4.sub(v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), less));
}
