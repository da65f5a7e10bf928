/**
 * Scaled dot-product attention for a batch of heads. Q, K live in one fused buffer with row stride `ld`; the values are
 * the transformed ones, row stride `ldv`. A is [samples, heads, tokens, padded]: `padded` is tokens rounded up to a
 * multiple of 4, and the padding holds zeros, so that products may run over whole vectors.
 */
import { gemm, transpose } from './gemm';
import { exp4, max4, sum4 } from './math';

const HIDDEN: f32 = -1e30;

/** Softmax of one row in place, after scaling; columns from `visible` on become 0. */
function softmaxRow(row: usize, padded: i32, visible: i32, scale: f32): void {
  const bytes = (<usize>padded) << 2;
  for (let j = visible; j < padded; ++j) store<f32>(row + ((<usize>j) << 2), HIDDEN);
  let top = f32x4.splat(HIDDEN);
  const scale4 = f32x4.splat(scale);
  for (let j: usize = 0; j < bytes; j += 16) {
    const s = f32x4.mul(v128.load(row + j), scale4);
    v128.store(row + j, s);
    top = f32x4.max(top, s);
  }
  const top4 = f32x4.splat(max4(top));
  let sum = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16) {
    const e = exp4(f32x4.sub(v128.load(row + j), top4));
    v128.store(row + j, e);
    sum = f32x4.add(sum, e);
  }
  const inverse = f32x4.splat(<f32>1 / sum4(sum));
  for (let j: usize = 0; j < bytes; j += 16) v128.store(row + j, f32x4.mul(v128.load(row + j), inverse));
}

/**
 * A = softmax(scale * Q Kᵀ), O = A V. With `causal`, token t sees tokens 0..t only.
 * `scratch` holds width * padded floats, width = features of one head.
 */
export function attention(
  a: usize,
  o: usize,
  q: usize,
  k: usize,
  ld: i32,
  v: usize,
  ldv: i32,
  samples: i32,
  tokens: i32,
  padded: i32,
  heads: i32,
  width: i32,
  scale: f32,
  causal: i32,
  scratch: usize,
): void {
  for (let b = 0; b < samples; ++b) {
    const row = <usize>(b * tokens);
    for (let h = 0; h < heads; ++h) {
      const column = <usize>(h * width);
      const fused = (row * <usize>ld + column) << 2,
        plain = (row * <usize>ldv + column) << 2;
      transpose(scratch, padded, k + fused, ld, tokens, width);
      gemm(a, padded, q + fused, ld, 1, scratch, padded, tokens, padded, width, 0, 0);
      let at = a;
      for (let t = 0; t < tokens; ++t) {
        softmaxRow(at, padded, causal ? t + 1 : tokens, scale);
        at += (<usize>padded) << 2;
      }
      gemm(o + plain, ldv, a, padded, 1, v + plain, ldv, tokens, width, tokens, 0, 0);
      a = at;
    }
  }
}

/** dA = dO Vᵀ and dV = Aᵀ dO (both set, not added). */
export function attentionValuesBackward(
  da: usize,
  dv: usize,
  dO: usize,
  a: usize,
  v: usize,
  ldv: i32,
  samples: i32,
  tokens: i32,
  padded: i32,
  heads: i32,
  width: i32,
  scratch: usize,
): void {
  const size = (<usize>(tokens * padded)) << 2;
  for (let b = 0; b < samples; ++b) {
    const row = <usize>(b * tokens);
    for (let h = 0; h < heads; ++h) {
      const plain = (row * <usize>ldv + <usize>(h * width)) << 2;
      transpose(scratch, padded, v + plain, ldv, tokens, width);
      gemm(da, padded, dO + plain, ldv, 1, scratch, padded, tokens, padded, width, 0, 0);
      gemm(dv + plain, ldv, a, 1, padded, dO + plain, ldv, tokens, width, tokens, 0, 0);
      a += size;
      da += size;
    }
  }
}

/** From dA to dQ and dK (set). dA is overwritten by the gradient of the scores. */
export function attentionScoresBackward(
  dq: usize,
  dk: usize,
  da: usize,
  a: usize,
  q: usize,
  k: usize,
  ld: i32,
  samples: i32,
  tokens: i32,
  padded: i32,
  heads: i32,
  width: i32,
  scale: f32,
): void {
  const bytes = (<usize>padded) << 2,
    scale4 = f32x4.splat(scale);
  for (let b = 0; b < samples; ++b) {
    for (let h = 0; h < heads; ++h) {
      const fused = (<usize>(b * tokens) * <usize>ld + <usize>(h * width)) << 2;
      const block = da;
      for (let t = 0; t < tokens; ++t) {
        let dot = f32x4.splat(0);
        for (let j: usize = 0; j < bytes; j += 16) dot = f32x4.add(dot, f32x4.mul(v128.load(a + j), v128.load(da + j)));
        const mean = f32x4.splat(sum4(dot));
        for (let j: usize = 0; j < bytes; j += 16) {
          const d = f32x4.mul(v128.load(a + j), f32x4.sub(v128.load(da + j), mean));
          v128.store(da + j, f32x4.mul(d, scale4));
        }
        a += bytes;
        da += bytes;
      }
      gemm(dq + fused, ld, block, padded, 1, k + fused, ld, tokens, width, tokens, 0, 0);
      gemm(dk + fused, ld, block, 1, padded, q + fused, ld, tokens, width, tokens, 0, 0);
    }
  }
}

/**
 * The causal repair of the column softmax. For query t and feature f the values are softmaxed over tokens 0..t only:
 * o[t, f] += c (t + 1) sum_{j<=t} A[t, j] P_t[j, f], P_t[j, f] = exp(v[j, f] - m) / sum_{i<=t} exp(v[i, f] - m),
 * m the maximum of v[0..t, f]. Nothing of token t + 1 is ever read, so nothing of it can leak.
 */
export function prefix(
  o: usize,
  ldo: i32,
  a: usize,
  v: usize,
  ldv: i32,
  samples: i32,
  tokens: i32,
  padded: i32,
  heads: i32,
  width: i32,
  c: f32,
): void {
  const stepV = (<usize>ldv) << 2,
    stepO = (<usize>ldo) << 2,
    stepA = (<usize>padded) << 2;
  for (let b = 0; b < samples; ++b) {
    for (let h = 0; h < heads; ++h) {
      for (let f = 0; f < width; f += 4) {
        const column = (<usize>(h * width + f)) << 2;
        const vf = v + <usize>(b * tokens) * stepV + column;
        let to = o + <usize>(b * tokens) * stepO + column,
          row = a;
        let top = v128.load(vf);
        for (let t = 0; t < tokens; ++t) {
          top = f32x4.max(top, v128.load(vf + <usize>t * stepV));
          let sum = f32x4.splat(0),
            mixed = sum,
            at = vf;
          for (let j = 0; j <= t; ++j) {
            const e = exp4(f32x4.sub(v128.load(at), top));
            sum = f32x4.add(sum, e);
            mixed = f32x4.add(mixed, f32x4.mul(e, v128.load_splat<f32>(row + ((<usize>j) << 2))));
            at += stepV;
          }
          const gain = f32x4.splat(c * <f32>(t + 1));
          v128.store(to, f32x4.add(v128.load(to), f32x4.mul(gain, f32x4.div(mixed, sum))));
          to += stepO;
          row += stepA;
        }
      }
      a += <usize>tokens * stepA;
    }
  }
}

/** Gradient of `prefix`: adds to dA and to dv. `scratch` holds tokens * 4 floats. */
export function prefixBackward(
  da: usize,
  dv: usize,
  dO: usize,
  ldo: i32,
  a: usize,
  v: usize,
  ldv: i32,
  samples: i32,
  tokens: i32,
  padded: i32,
  heads: i32,
  width: i32,
  c: f32,
  scratch: usize,
): void {
  const stepV = (<usize>ldv) << 2,
    stepO = (<usize>ldo) << 2,
    stepA = (<usize>padded) << 2;
  for (let b = 0; b < samples; ++b) {
    for (let h = 0; h < heads; ++h) {
      for (let f = 0; f < width; f += 4) {
        const column = (<usize>(h * width + f)) << 2,
          origin = <usize>(b * tokens) * stepV + column;
        const vf = v + origin,
          dvf = dv + origin;
        let from = dO + <usize>(b * tokens) * stepO + column,
          row = a,
          dRow = da;
        let top = v128.load(vf);
        for (let t = 0; t < tokens; ++t) {
          top = f32x4.max(top, v128.load(vf + <usize>t * stepV));
          let sum = f32x4.splat(0),
            mixed = sum;
          for (let j: usize = 0; j <= <usize>t; ++j) {
            const e = exp4(f32x4.sub(v128.load(vf + j * stepV), top));
            v128.store(scratch + (j << 4), e);
            sum = f32x4.add(sum, e);
            mixed = f32x4.add(mixed, f32x4.mul(e, v128.load_splat<f32>(row + (j << 2))));
          }
          mixed = f32x4.div(mixed, sum);
          const g = f32x4.div(f32x4.mul(f32x4.splat(c * <f32>(t + 1)), v128.load(from)), sum);
          for (let j: usize = 0; j <= <usize>t; ++j) {
            const gp = f32x4.mul(g, v128.load(scratch + (j << 4)));
            store<f32>(dRow + (j << 2), load<f32>(dRow + (j << 2)) + sum4(gp));
            const share = f32x4.sub(v128.load_splat<f32>(row + (j << 2)), mixed),
              at = dvf + j * stepV;
            v128.store(at, f32x4.add(v128.load(at), f32x4.mul(gp, share)));
          }
          from += stepO;
          row += stepA;
          dRow += stepA;
        }
      }
      a += <usize>tokens * stepA;
      da += <usize>tokens * stepA;
    }
  }
}
