/**
 * Exponentials and logarithms of single precision, computed in double precision and rounded once: off by at most 0.57 units in the last place.
 * The coefficients make the largest error of each polynomial as small as it can be. Terms are added in pairs, so that few wait for another.
 */
import { high, narrow } from './lanes';

/**
 * Each constant twice, in memory: V8 makes a vector that is written in the code anew wherever it is used, from two 64-bit numbers. The last is 1.5 * 2^52:
 * a double of this size has no digits after the point, and its last bits count whole numbers.
 */
// prettier-ignore
const TABLE = memory.data<f64>([
  1, 1, 2, 2, -1, -1,
  1.4426950408889634, 1.4426950408889634, 0.6931471805599453, 0.6931471805599453,
  0.6931471880289537, 0.6931471880289537, 0.24022651084189525, 0.24022651084189525, 0.055503571054969864, 0.055503571054969864,
  0.009618030774718487, 0.009618030774718487, 0.0013390866853792288, 0.0013390866853792288, 0.00015469733865458503, 0.00015469733865458503,
  0.6666666655306661, 0.6666666655306661, 0.4000012271611893, 0.4000012271611893,
  0.28550741359423365, 0.28550741359423365, 0.23332267665485373, 0.23332267665485373,
  6755399441055744, 6755399441055744,
], 16);
const ONE = TABLE,
  TWO = TABLE + 16,
  MINUS_ONE = TABLE + 32,
  LOG2E = TABLE + 48,
  LN2 = TABLE + 64;
/** 2^f = 1 + f (E0 + E1 f + ... + E5 f^5) between -1/2 and 1/2. */
const E0 = TABLE + 80,
  E1 = TABLE + 96,
  E2 = TABLE + 112,
  E3 = TABLE + 128,
  E4 = TABLE + 144,
  E5 = TABLE + 160;
/** 2 artanh s = s (2 + L0 s^2 + ... + L3 s^8). */
const L0 = TABLE + 176,
  L1 = TABLE + 192,
  L2 = TABLE + 208,
  L3 = TABLE + 224;
const WHOLE = TABLE + 240;

function times(x: v128, constant: usize): v128 {
  return f64x2.mul(x, v128.load(constant));
}

function plus(x: v128, constant: usize): v128 {
  return f64x2.add(x, v128.load(constant));
}

/** Two exponentials of doubles between -105 and 89, or NaN: 2^n 2^f, n whole and f between -1/2 and 1/2. */
function expTwo(x: v128): v128 {
  const y = times(x, LOG2E);
  const shifted = plus(y, WHOLE);
  const f = f64x2.sub(y, f64x2.sub(shifted, v128.load(WHOLE)));
  const f2 = f64x2.mul(f, f);
  const low = plus(times(f, E0), ONE),
    middle = plus(times(f, E2), E1),
    upper = f64x2.add(plus(times(f, E4), E3), times(f2, E5));
  const p = f64x2.add(low, f64x2.mul(f2, f64x2.add(middle, f64x2.mul(f2, upper))));
  // n stands in the last bits of `shifted`: moved to the exponent's place, it counts from that of 1.
  return f64x2.mul(p, i64x2.add(i64x2.shl(shifted, 52), v128.load(ONE)));
}

/** Four exponentials. */
export function exp4(x: v128): v128 {
  // Beyond these there are only 0 and infinity. NaN passes both.
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-105)), f32x4.splat(89));
  return narrow(expTwo(f64x2.promote_low_f32x4(clamped)), expTwo(high(clamped)));
}

/** Two natural logarithms of doubles above 0 that single precision holds: m 2^e, with s = (m - 1) / (m + 1) and ln m = 2 artanh s. */
function lnTwo(x: v128): v128 {
  // m lies between sqrt(1/2), which these bits are, and sqrt(2).
  const above = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd));
  const exponent = v128.and(above, i64x2.splat(0xfff0000000000000));
  const m = i64x2.sub(x, exponent);
  const s = f64x2.div(plus(m, MINUS_ONE), plus(m, ONE));
  const z = f64x2.mul(s, s);
  const low = plus(times(z, L1), L0),
    upper = plus(times(z, L3), L2);
  const series = f64x2.mul(z, f64x2.add(low, f64x2.mul(f64x2.mul(z, z), upper)));
  const e = f64x2.convert_low_i32x4_s(i32x4.shr_s(v128.shuffle<i32>(exponent, exponent, 1, 3, 1, 3), 20));
  return f64x2.add(times(e, LN2), f64x2.mul(s, plus(series, TWO)));
}

/** Four natural logarithms: -Inf of both zeros, NaN of what is below. */
export function ln4(x: v128): v128 {
  const zero = f32x4.splat(0),
    infinity = f32x4.splat(Infinity);
  const y = narrow(lnTwo(f64x2.promote_low_f32x4(x)), lnTwo(high(x)));
  const regular = v128.and(f32x4.gt(x, zero), f32x4.lt(x, infinity));
  // Of those that are not: x is 0, infinite, NaN, or below 0.
  const nothing = v128.bitselect(f32x4.neg(infinity), f32x4.splat(NaN), f32x4.eq(x, zero));
  return v128.bitselect(y, v128.bitselect(infinity, nothing, f32x4.eq(x, infinity)), regular);
}
