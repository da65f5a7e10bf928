/**
 * The experiment: out = cv * V + ct * T(V) + shift, T one of a few maps of the value matrix of a sample (tokens x features), by its
 * number in `kinds.ts`. T(V) is kept for the gradient, and so is 1/deviation where T standardises.
 */
import { CENTRED, EXP, FEATURES, NONE, SOFTMAX, STANDARDISED } from './kinds';
import { exp4, max4, sum4 } from './math';

const EPSILON: f32 = 1e-5;

/** T(V) of one sample, four features at a time; t has row stride n. */
function alongTokens(kind: i32, t: usize, r: usize, v: usize, ldv: i32, tokens: i32, n: i32): void {
  const stepV = (<usize>ldv) << 2,
    stepT = (<usize>n) << 2;
  const inverse = f32x4.splat(<f32>1 / <f32>tokens);
  for (let f = 0; f < n; f += 4) {
    const vf = v + ((<usize>f) << 2),
      tf = t + ((<usize>f) << 2);
    if (kind == SOFTMAX) {
      let top = v128.load(vf);
      for (let i = 1; i < tokens; ++i) top = f32x4.max(top, v128.load(vf + <usize>i * stepV));
      let sum = f32x4.splat(0);
      for (let i = 0; i < tokens; ++i) {
        const e = exp4(f32x4.sub(v128.load(vf + <usize>i * stepV), top));
        v128.store(tf + <usize>i * stepT, e);
        sum = f32x4.add(sum, e);
      }
      const scale = f32x4.div(f32x4.splat(1), sum);
      for (let i = 0; i < tokens; ++i) {
        const at = tf + <usize>i * stepT;
        v128.store(at, f32x4.mul(v128.load(at), scale));
      }
    } else if (kind == EXP) {
      for (let i = 0; i < tokens; ++i) v128.store(tf + <usize>i * stepT, exp4(v128.load(vf + <usize>i * stepV)));
    } else {
      let sum = f32x4.splat(0);
      for (let i = 0; i < tokens; ++i) sum = f32x4.add(sum, v128.load(vf + <usize>i * stepV));
      const mean = f32x4.mul(sum, inverse);
      let square = f32x4.splat(0);
      for (let i = 0; i < tokens; ++i) {
        const d = f32x4.sub(v128.load(vf + <usize>i * stepV), mean);
        v128.store(tf + <usize>i * stepT, d);
        square = f32x4.add(square, f32x4.mul(d, d));
      }
      if (kind == STANDARDISED) {
        const variance = f32x4.add(f32x4.mul(square, inverse), f32x4.splat(EPSILON));
        const scale = f32x4.div(f32x4.splat(1), f32x4.sqrt(variance));
        v128.store(r + ((<usize>f) << 2), scale);
        for (let i = 0; i < tokens; ++i) {
          const at = tf + <usize>i * stepT;
          v128.store(at, f32x4.mul(v128.load(at), scale));
        }
      }
    }
  }
}

/** Softmax over groups of `width` features of one token. */
function alongFeatures(t: usize, v: usize, n: i32, width: i32): void {
  const group = (<usize>width) << 2,
    bytes = (<usize>n) << 2;
  for (let h: usize = 0; h < bytes; h += group) {
    let top = v128.load(v + h);
    for (let j: usize = 16; j < group; j += 16) top = f32x4.max(top, v128.load(v + h + j));
    const top4 = f32x4.splat(max4(top));
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < group; j += 16) {
      const e = exp4(f32x4.sub(v128.load(v + h + j), top4));
      v128.store(t + h + j, e);
      sum = f32x4.add(sum, e);
    }
    const inverse = f32x4.splat(<f32>1 / sum4(sum));
    for (let j: usize = 0; j < group; j += 16) v128.store(t + h + j, f32x4.mul(v128.load(t + h + j), inverse));
  }
}

/**
 * out[samples, tokens, n] = cv * v + ct * T(v) + shift. `v` has row stride ldv; `t` is [samples, tokens, n], `r` [samples, n].
 * `width` divides n: the features of one head (for FEATURES).
 */
export function values(
  kind: i32,
  out: usize,
  t: usize,
  r: usize,
  v: usize,
  ldv: i32,
  samples: i32,
  tokens: i32,
  n: i32,
  width: i32,
  cv: f32,
  ct: f32,
  shift: f32,
): void {
  const stepV = (<usize>ldv) << 2,
    stepT = (<usize>n) << 2;
  const start = out;
  const cv4 = f32x4.splat(cv),
    ct4 = f32x4.splat(ct);
  for (let b = 0; b < samples; ++b) {
    if (kind == FEATURES) {
      for (let i: usize = 0; i < <usize>tokens; ++i) alongFeatures(t + i * stepT, v + i * stepV, n, width);
    } else if (kind != NONE) {
      alongTokens(kind, t, r, v, ldv, tokens, n);
    }
    for (let i = 0; i < tokens; ++i) {
      if (kind != NONE) {
        for (let j: usize = 0; j < stepT; j += 16) {
          const plain = f32x4.mul(cv4, v128.load(v + j));
          v128.store(out + j, f32x4.add(plain, f32x4.mul(ct4, v128.load(t + j))));
        }
      } else {
        for (let j: usize = 0; j < stepT; j += 16) v128.store(out + j, f32x4.mul(cv4, v128.load(v + j)));
      }
      v += stepV;
      t += stepT;
      out += stepT;
    }
    r += stepT;
  }
  // Not added where it is 0: that would turn -0 into 0, and runs of before must keep their bits.
  if (shift != 0) {
    const shift4 = f32x4.splat(shift);
    for (let at = start; at < out; at += 16) v128.store(at, f32x4.add(v128.load(at), shift4));
  }
}

/** Adds, over the tokens of one sample, ct times the gradient of T to dv (whose row stride is ldv). */
function addTokensBackward(
  kind: i32,
  dv: usize,
  ldv: i32,
  dOut: usize,
  t: usize,
  r: usize,
  tokens: i32,
  n: i32,
  ct: v128,
): void {
  const stepV = (<usize>ldv) << 2,
    stepT = (<usize>n) << 2;
  const inverse = f32x4.splat(<f32>1 / <f32>tokens);
  for (let f: usize = 0; f < stepT; f += 16) {
    let sum = f32x4.splat(0),
      along = sum;
    for (let i: usize = 0; i < <usize>tokens; ++i) {
      const g = v128.load(dOut + f + i * stepT);
      sum = f32x4.add(sum, g);
      along = f32x4.add(along, f32x4.mul(g, v128.load(t + f + i * stepT)));
    }
    const mean = f32x4.mul(sum, inverse),
      meanAlong = f32x4.mul(along, inverse);
    for (let i: usize = 0; i < <usize>tokens; ++i) {
      const g = v128.load(dOut + f + i * stepT),
        y = v128.load(t + f + i * stepT);
      let d: v128;
      if (kind == SOFTMAX) d = f32x4.mul(y, f32x4.sub(g, along));
      else if (kind == CENTRED) d = f32x4.sub(g, mean);
      else if (kind == EXP) d = f32x4.mul(y, g);
      else d = f32x4.mul(v128.load(r + f), f32x4.sub(f32x4.sub(g, mean), f32x4.mul(y, meanAlong)));
      const at = dv + f + i * stepV;
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(ct, d)));
    }
  }
}

/** Gradient of `values`: dv (row stride ldv) is set, or added to with `accumulate`. */
export function valuesBackward(
  kind: i32,
  dv: usize,
  ldv: i32,
  dOut: usize,
  t: usize,
  r: usize,
  samples: i32,
  tokens: i32,
  n: i32,
  width: i32,
  cv: f32,
  ct: f32,
  accumulate: i32,
): void {
  const stepV = (<usize>ldv) << 2,
    stepT = (<usize>n) << 2,
    group = (<usize>width) << 2;
  const cv4 = f32x4.splat(cv),
    ct4 = f32x4.splat(ct);
  for (let b = 0; b < samples; ++b) {
    for (let i: usize = 0; i < <usize>tokens; ++i) {
      const to = dv + i * stepV,
        from = dOut + i * stepT;
      for (let j: usize = 0; j < stepT; j += 16) {
        const g = f32x4.mul(cv4, v128.load(from + j));
        v128.store(to + j, accumulate ? f32x4.add(v128.load(to + j), g) : g);
      }
      if (kind != FEATURES) continue;
      const ti = t + i * stepT;
      for (let h: usize = 0; h < stepT; h += group) {
        let dot = f32x4.splat(0);
        for (let j = h; j < h + group; j += 16) dot = f32x4.add(dot, f32x4.mul(v128.load(from + j), v128.load(ti + j)));
        const along = f32x4.splat(sum4(dot));
        for (let j = h; j < h + group; j += 16) {
          const d = f32x4.mul(v128.load(ti + j), f32x4.sub(v128.load(from + j), along));
          v128.store(to + j, f32x4.add(v128.load(to + j), f32x4.mul(ct4, d)));
        }
      }
    }
    if (kind != NONE && kind != FEATURES) addTokensBackward(kind, dv, ldv, dOut, t, r, tokens, n, ct4);
    dv += <usize>tokens * stepV;
    dOut += <usize>tokens * stepT;
    t += <usize>tokens * stepT;
    r += stepT;
  }
}
