/**
 * Sines and cosines of single precision, computed in double precision and rounded once: by their series between -pi/4 and pi/4, to 2e-14. Arguments are
 * brought there by multiples of pi/2, which is given in two parts, the first short enough that its multiples are exact.
 */
import { high, narrow } from './lanes';
import { LARGEST_ANGLE } from './sizes';

/** Each constant twice, as in `math.ts`. */
// prettier-ignore
const TABLE = memory.data<f64>([
  0.6366197723675814, 0.6366197723675814, 6755399441055744, 6755399441055744,
  1.5707963267341256, 1.5707963267341256, 6.077100506506192e-11, 6.077100506506192e-11,
  -1.0 / 6, -1.0 / 6, 1.0 / 120, 1.0 / 120, -1.0 / 5040, -1.0 / 5040,
  1.0 / 362880, 1.0 / 362880, -1.0 / 39916800, -1.0 / 39916800, 1.0 / 6227020800, 1.0 / 6227020800,
  1, 1, -0.5, -0.5, 1.0 / 24, 1.0 / 24, -1.0 / 720, -1.0 / 720, 1.0 / 40320, 1.0 / 40320,
  -1.0 / 3628800, -1.0 / 3628800, 1.0 / 479001600, 1.0 / 479001600, -1.0 / 87178291200, -1.0 / 87178291200,
], 16);
const TWO_OVER_PI = TABLE,
  WHOLE = TABLE + 16,
  HALF_PI = TABLE + 32,
  HALF_PI_REST = TABLE + 48,
  SINE = TABLE + 64,
  COSINE = TABLE + 160;

/** c0 + c1 z + c2 z^2 + c3 z^3, the constants being at `at`; terms in pairs. */
function cubic(z: v128, z2: v128, at: usize): v128 {
  const low = f64x2.add(v128.load(at), f64x2.mul(z, v128.load(at, 16))),
    upper = f64x2.add(v128.load(at, 32), f64x2.mul(z, v128.load(at, 48)));
  return f64x2.add(low, f64x2.mul(z2, upper));
}

/** Two sines, or with `quarter` 1 cosines, which are sines a quarter further. */
function sineTwo(x: v128, quarter: i64): v128 {
  const shifted = f64x2.add(f64x2.mul(x, v128.load(TWO_OVER_PI)), v128.load(WHOLE));
  const n = f64x2.sub(shifted, v128.load(WHOLE));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, v128.load(HALF_PI))), f64x2.mul(n, v128.load(HALF_PI_REST)));
  const z = f64x2.mul(r, r),
    z2 = f64x2.mul(z, z),
    z4 = f64x2.mul(z2, z2);
  const last = f64x2.add(v128.load(SINE, 64), f64x2.mul(z, v128.load(SINE, 80)));
  const series = f64x2.add(cubic(z, z2, SINE), f64x2.mul(z4, last));
  // A product, so that -0 stays what it is.
  const sine = f64x2.mul(r, f64x2.add(v128.load(COSINE), f64x2.mul(z, series)));
  const cosine = f64x2.add(cubic(z, z2, COSINE), f64x2.mul(z4, cubic(z, z2, COSINE + 64)));
  // The last two bits of `shifted` say in which quarter the angle lies.
  const place = i64x2.add(shifted, i64x2.splat(quarter));
  const odd = i64x2.shr_s(i64x2.shl(place, 63), 63),
    below = v128.and(i64x2.shl(place, 62), i64x2.splat(0x8000000000000000));
  return v128.xor(v128.bitselect(cosine, sine, odd), below);
}

/**
 * out[k] = the sine of x[k], or with `cosine` 1 its cosine. Returns how many fours hold an argument that is not below `LARGEST_ANGLE`, or no number: what
 * is written for it is nothing.
 */
export function sines(out: usize, x: usize, count: i32, cosine: i32): i32 {
  const limit = f32x4.splat(<f32>LARGEST_ANGLE);
  let beyond = 0;
  const end = x + ((<usize>count) << 2);
  while (x < end) {
    const whole = x + 16 <= end;
    const four = whole ? v128.load(x) : v128.load32_zero(x);
    if (!i32x4.all_true(f32x4.lt(f32x4.abs(four), limit))) ++beyond;
    const low = sineTwo(f64x2.promote_low_f32x4(four), <i64>cosine),
      upper = sineTwo(high(four), <i64>cosine);
    if (whole) v128.store(out, narrow(low, upper));
    else v128.store32_lane(out, narrow(low, upper), 0);
    const step: usize = whole ? 16 : 4;
    x += step;
    out += step;
  }
  return beyond;
}
