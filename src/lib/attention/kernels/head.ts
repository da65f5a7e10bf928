/** The end of the model: sequence pooling, cross entropy, and the AdamW step. */
import { exp4, ln, max4, sum4 } from './math';

function softmaxInPlace(row: usize, count: i32, padded: i32): void {
  const bytes = (<usize>padded) << 2;
  for (let j = count; j < padded; ++j) store<f32>(row + ((<usize>j) << 2), -1e30);
  let top = v128.load(row);
  for (let j: usize = 16; j < bytes; j += 16) top = f32x4.max(top, v128.load(row + j));
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

/** p = softmax over tokens of x w (row stride padded), z = p y: x and y are [samples, tokens, n], z is [samples, n]. */
export function pool(
  p: usize,
  z: usize,
  x: usize,
  y: usize,
  w: usize,
  samples: i32,
  tokens: i32,
  padded: i32,
  n: i32,
): void {
  const bytes = (<usize>n) << 2;
  for (let b = 0; b < samples; ++b) {
    for (let i: usize = 0; i < <usize>tokens; ++i) {
      let dot = f32x4.splat(0);
      for (let j: usize = 0; j < bytes; j += 16) dot = f32x4.add(dot, f32x4.mul(v128.load(x + j), v128.load(w + j)));
      store<f32>(p + (i << 2), sum4(dot));
      x += bytes;
    }
    softmaxInPlace(p, tokens, padded);
    for (let j: usize = 0; j < bytes; j += 16) {
      let sum = f32x4.splat(0);
      for (let i: usize = 0; i < <usize>tokens; ++i) {
        sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(p + (i << 2)), v128.load(y + i * bytes + j)));
      }
      v128.store(z + j, sum);
    }
    y += <usize>tokens * bytes;
    p += (<usize>padded) << 2;
    z += bytes;
  }
}

/** Gradient of `pool`: dx and dy are set, dw is added to. `scratch` holds `tokens` floats. */
export function poolBackward(
  dx: usize,
  dy: usize,
  dw: usize,
  dz: usize,
  p: usize,
  x: usize,
  y: usize,
  w: usize,
  samples: i32,
  tokens: i32,
  padded: i32,
  n: i32,
  scratch: usize,
): void {
  const bytes = (<usize>n) << 2;
  for (let b = 0; b < samples; ++b) {
    let mean: f32 = 0;
    for (let i: usize = 0; i < <usize>tokens; ++i) {
      const share = v128.load_splat<f32>(p + (i << 2));
      let dot = f32x4.splat(0);
      for (let j: usize = 0; j < bytes; j += 16) {
        const g = v128.load(dz + j);
        dot = f32x4.add(dot, f32x4.mul(g, v128.load(y + j)));
        v128.store(dy + j, f32x4.mul(share, g));
      }
      const d = sum4(dot);
      store<f32>(scratch + (i << 2), d);
      mean += d * load<f32>(p + (i << 2));
      y += bytes;
      dy += bytes;
    }
    for (let i: usize = 0; i < <usize>tokens; ++i) {
      const ds = f32x4.splat(load<f32>(p + (i << 2)) * (load<f32>(scratch + (i << 2)) - mean));
      for (let j: usize = 0; j < bytes; j += 16) {
        v128.store(dx + j, f32x4.mul(ds, v128.load(w + j)));
        v128.store(dw + j, f32x4.add(v128.load(dw + j), f32x4.mul(ds, v128.load(x + j))));
      }
      x += bytes;
      dx += bytes;
    }
    p += (<usize>padded) << 2;
    dz += bytes;
  }
}

/**
 * Softmax cross entropy over the first `classes` of `padded` columns; a target below 0 is not counted.
 * `logits` becomes scale * (softmax - one-hot). At `result` stand two f64: the summed loss and the count of rows whose
 * largest logit is the target's (the first of equals).
 */
export function crossEntropy(
  logits: usize,
  targets: usize,
  rows: i32,
  classes: i32,
  padded: i32,
  scale: f32,
  result: usize,
): void {
  const bytes = (<usize>padded) << 2,
    scale4 = f32x4.splat(scale);
  let total: f64 = 0,
    right: f64 = 0;
  for (let r = 0; r < rows; ++r) {
    const target = load<i32>(targets);
    targets += 4;
    if (target < 0) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(logits + j, f32x4.splat(0));
    } else {
      let best = 0,
        top = load<f32>(logits);
      for (let j = 1; j < classes; ++j) {
        const s = load<f32>(logits + ((<usize>j) << 2));
        if (s > top) {
          top = s;
          best = j;
        }
      }
      if (best == target) right += 1;
      softmaxInPlace(logits, classes, padded);
      const at = logits + ((<usize>target) << 2),
        chosen = load<f32>(at);
      total -= <f64>ln(max<f32>(chosen, <f32>1e-30));
      store<f32>(at, chosen - <f32>1);
      for (let j: usize = 0; j < bytes; j += 16) v128.store(logits + j, f32x4.mul(v128.load(logits + j), scale4));
    }
    logits += bytes;
  }
  store<f64>(result, total);
  store<f64>(result, right, 8);
}

/**
 * One AdamW step (Loshchilov and Hutter) over n floats, n a multiple of 4:
 * w -= rate * (m / c1 / (sqrt(v / c2) + epsilon) + decay * w), with c1 = 1 - beta1^t, c2 = 1 - beta2^t.
 */
export function adamw(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  decay: f32,
  c1: f32,
  c2: f32,
): void {
  const end = w + ((<usize>n) << 2);
  const b1 = f32x4.splat(beta1),
    b2 = f32x4.splat(beta2),
    n1 = f32x4.splat(<f32>1 - beta1),
    n2 = f32x4.splat(<f32>1 - beta2);
  const i1 = f32x4.splat(<f32>1 / c1),
    i2 = f32x4.splat(<f32>1 / c2);
  for (; w < end; w += 16) {
    const grad = v128.load(g),
      weight = v128.load(w);
    const first = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(n1, grad));
    const second = f32x4.add(f32x4.mul(b2, v128.load(v)), f32x4.mul(n2, f32x4.mul(grad, grad)));
    v128.store(m, first);
    v128.store(v, second);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, i2)), f32x4.splat(epsilon));
    const move = f32x4.add(f32x4.div(f32x4.mul(first, i1), root), f32x4.mul(f32x4.splat(decay), weight));
    v128.store(w, f32x4.sub(weight, f32x4.mul(f32x4.splat(rate), move)));
    g += 16;
    m += 16;
    v += 16;
  }
}
