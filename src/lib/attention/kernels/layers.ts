/** Layer normalisation, GELU, embeddings: the row-wise parts of a Transformer. Widths are multiples of 4. */
import { exp4, sum4 } from './math';

const EPSILON: f32 = 1e-5;
const GELU_INNER: f32 = 0.7978845608028654;
const GELU_CUBIC: f32 = 0.044715;

/** out = gain * (x - mean) / sqrt(variance + 1e-5) + shift, row by row. `stats` keeps mean and 1/deviation of a row. */
export function layerNorm(out: usize, stats: usize, x: usize, gain: usize, shift: usize, rows: i32, n: i32): void {
  const bytes = (<usize>n) << 2,
    inverse: f32 = <f32>1 / <f32>n;
  for (let i = 0; i < rows; ++i) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; j += 16) sum = f32x4.add(sum, v128.load(x + j));
    const mean = sum4(sum) * inverse,
      mean4 = f32x4.splat(mean);
    let square = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; j += 16) {
      const d = f32x4.sub(v128.load(x + j), mean4);
      square = f32x4.add(square, f32x4.mul(d, d));
    }
    const scale: f32 = <f32>1 / sqrt<f32>(sum4(square) * inverse + EPSILON),
      scale4 = f32x4.splat(scale);
    for (let j: usize = 0; j < bytes; j += 16) {
      const xhat = f32x4.mul(f32x4.sub(v128.load(x + j), mean4), scale4);
      v128.store(out + j, f32x4.add(f32x4.mul(xhat, v128.load(gain + j)), v128.load(shift + j)));
    }
    store<f32>(stats, mean);
    store<f32>(stats, scale, 4);
    stats += 8;
    x += bytes;
    out += bytes;
  }
}

/** Gradient of `layerNorm`: adds to dx, dGain and dShift. */
export function layerNormBackward(
  dx: usize,
  dGain: usize,
  dShift: usize,
  dy: usize,
  x: usize,
  stats: usize,
  gain: usize,
  rows: i32,
  n: i32,
): void {
  const bytes = (<usize>n) << 2,
    inverse: f32 = <f32>1 / <f32>n;
  for (let i = 0; i < rows; ++i) {
    const mean = v128.load_splat<f32>(stats),
      scale = v128.load_splat<f32>(stats, 4);
    let sum = f32x4.splat(0),
      along = sum;
    for (let j: usize = 0; j < bytes; j += 16) {
      const g = v128.load(dy + j),
        xhat = f32x4.mul(f32x4.sub(v128.load(x + j), mean), scale);
      const weighted = f32x4.mul(g, v128.load(gain + j)),
        gx = f32x4.mul(g, xhat);
      v128.store(dShift + j, f32x4.add(v128.load(dShift + j), g));
      v128.store(dGain + j, f32x4.add(v128.load(dGain + j), gx));
      sum = f32x4.add(sum, weighted);
      along = f32x4.add(along, f32x4.mul(weighted, xhat));
    }
    const s = f32x4.splat(sum4(sum) * inverse),
      c = f32x4.splat(sum4(along) * inverse);
    for (let j: usize = 0; j < bytes; j += 16) {
      const xhat = f32x4.mul(f32x4.sub(v128.load(x + j), mean), scale);
      const weighted = f32x4.mul(v128.load(dy + j), v128.load(gain + j));
      const d = f32x4.mul(scale, f32x4.sub(f32x4.sub(weighted, s), f32x4.mul(xhat, c)));
      v128.store(dx + j, f32x4.add(v128.load(dx + j), d));
    }
    stats += 8;
    x += bytes;
    dy += bytes;
    dx += bytes;
  }
}

function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** GELU in its tanh form, written as x * sigmoid(2u), u = 0.79788 (x + 0.044715 x^3); n a multiple of 4. */
export function gelu(out: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  for (; x < end; x += 16) {
    const v = v128.load(x),
      vv = f32x4.mul(v, v);
    const inner = f32x4.mul(v, f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(GELU_CUBIC), vv)));
    v128.store(out, f32x4.mul(v, sigmoid4(f32x4.mul(f32x4.splat(<f32>2 * GELU_INNER), inner))));
    out += 16;
  }
}

/** d <- d * GELU'(x), in place. */
export function geluBackward(d: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2),
    one = f32x4.splat(1);
  for (; x < end; x += 16) {
    const v = v128.load(x),
      vv = f32x4.mul(v, v);
    const inner = f32x4.mul(v, f32x4.add(one, f32x4.mul(f32x4.splat(GELU_CUBIC), vv)));
    const s = sigmoid4(f32x4.mul(f32x4.splat(<f32>2 * GELU_INNER), inner));
    const slope = f32x4.mul(
      f32x4.splat(<f32>2 * GELU_INNER),
      f32x4.add(one, f32x4.mul(f32x4.splat(<f32>3 * GELU_CUBIC), vv)),
    );
    const ds = f32x4.mul(f32x4.mul(v, slope), f32x4.mul(s, f32x4.sub(one, s)));
    v128.store(d, f32x4.mul(v128.load(d), f32x4.add(s, ds)));
    d += 16;
  }
}

/** x[b, i, :] += position[i, :]. */
export function addPositions(x: usize, position: usize, samples: i32, tokens: i32, n: i32): void {
  const bytes = (<usize>(tokens * n)) << 2;
  for (let b = 0; b < samples; ++b) {
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(x + j, f32x4.add(v128.load(x + j), v128.load(position + j)));
    }
    x += bytes;
  }
}

/** dPosition[i, :] += sum over samples of dx[b, i, :]. */
export function addPositionsBackward(dPosition: usize, dx: usize, samples: i32, tokens: i32, n: i32): void {
  const bytes = (<usize>(tokens * n)) << 2;
  for (let b = 0; b < samples; ++b) {
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(dPosition + j, f32x4.add(v128.load(dPosition + j), v128.load(dx + j)));
    }
    dx += bytes;
  }
}

/** x[r, :] = sum of table rows ids[r, 0..fields-1]; an id below 0 adds nothing. */
export function embed(x: usize, table: usize, ids: usize, rows: i32, fields: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let r = 0; r < rows; ++r) {
    for (let j: usize = 0; j < bytes; j += 16) v128.store(x + j, f32x4.splat(0));
    for (let f = 0; f < fields; ++f) {
      const id = load<i32>(ids);
      ids += 4;
      if (id < 0) continue;
      const row = table + <usize>id * bytes;
      for (let j: usize = 0; j < bytes; j += 16) v128.store(x + j, f32x4.add(v128.load(x + j), v128.load(row + j)));
    }
    x += bytes;
  }
}

/** dTable[ids[r, f], :] += dx[r, :]. */
export function embedBackward(dTable: usize, dx: usize, ids: usize, rows: i32, fields: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let r = 0; r < rows; ++r) {
    for (let f = 0; f < fields; ++f) {
      const id = load<i32>(ids);
      ids += 4;
      if (id < 0) continue;
      const row = dTable + <usize>id * bytes;
      for (let j: usize = 0; j < bytes; j += 16) v128.store(row + j, f32x4.add(v128.load(row + j), v128.load(dx + j)));
    }
    dx += bytes;
  }
}
