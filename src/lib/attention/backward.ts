/** The backward pass: the chain rule written out by hand, in the reverse order of `forward.ts`. */
import type { LayerBuffers, Workspace } from './buffers.ts';
import { mapOf, parameterBytes, scoreScale, weightAddress } from './forward.ts';

const gradientAddress = (network: Workspace, name: string): number =>
  network.at.gradients + parameterBytes(network, name);

/** A linear map y = x W + b whose gradient is wanted, W `from` x `to`. */
interface LinearGradient {
  /** Addresses: the gradient of y, x itself, and where the gradient of x goes; null: it is not wanted. */
  readonly dy: number;
  readonly x: number;
  readonly dx: number | null;
  /** Vectors. */
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

/** Adds to the gradients of W and b, sets dx. W is transposed into scratch, so that the product runs over whole vectors. */
function linearBackward(network: Workspace, name: string, { dy, x, dx, rows, from, to }: LinearGradient): void {
  const { kernels, at } = network;
  const dw = gradientAddress(network, `${name}weight`);
  kernels.gemm({
    c: dw,
    ldc: to,
    a: x,
    ars: 1,
    acs: from,
    b: dy,
    ldb: to,
    m: from,
    n: to,
    k: rows,
    init: dw,
    ldi: to,
  });
  kernels.addColumnSums({ out: gradientAddress(network, `${name}bias`), x: dy, rows, n: to, ld: to });
  if (dx === null) return;
  const weight = weightAddress(network, `${name}weight`);
  kernels.transpose({ b: at.scratch, ldb: from, a: weight, lda: to, m: from, n: to });
  kernels.gemm({
    c: dx,
    ldc: from,
    a: dy,
    ars: to,
    acs: 1,
    b: at.scratch,
    ldb: from,
    m: rows,
    n: from,
    k: to,
    init: 0,
    ldi: 0,
  });
}

/** Adds to dx and to the gradients of gain and shift. */
function normBackward(
  network: Workspace,
  name: string,
  { dx, dy, x, stats, rows }: { dx: number; dy: number; x: number; stats: number; rows: number },
): void {
  network.kernels.layerNormBackward({
    dx,
    dGain: gradientAddress(network, `${name}gain`),
    dShift: gradientAddress(network, `${name}shift`),
    dy,
    x,
    stats,
    gain: weightAddress(network, `${name}gain`),
    rows,
    n: network.model.width,
  });
}

/** From the gradient of the mixed values to those of Q, K and V. */
function attentionBackward(network: Workspace, samples: number, l: LayerBuffers): void {
  const { kernels, model, padded, at } = network;
  const { tokens, width, heads, place, transform } = model;
  const { da, dMixed, dValues, dqkv } = at.back;
  const head = width / heads;
  const active = place !== 'pooling';
  const fused = 3 * width;
  const dv = dqkv + 8 * width;
  const shape = { samples, tokens, padded, heads, width: head };
  kernels.attentionValuesBackward({
    da,
    dv: dValues,
    dO: dMixed,
    a: l.a,
    v: l.values,
    ldv: width,
    scratch: at.scratch,
    ...shape,
  });
  const { kind, cv, ct } = mapOf(network, active);
  kernels.valuesBackward({
    kind,
    dv,
    ldv: fused,
    dOut: dValues,
    t: l.t,
    r: l.r,
    samples,
    tokens,
    n: width,
    width: head,
    cv,
    ct,
    accumulate: 0,
  });
  if (active && transform.kind === 'prefix') {
    kernels.prefixBackward({
      da,
      dv,
      dO: dMixed,
      ldo: width,
      a: l.a,
      v: l.qkv + 8 * width,
      ldv: fused,
      c: transform.part,
      scratch: at.scratch,
      ...shape,
    });
  }
  kernels.attentionScoresBackward({
    dq: dqkv,
    dk: dqkv + 4 * width,
    da,
    a: l.a,
    q: l.qkv,
    k: l.qkv + 4 * width,
    ld: fused,
    scale: scoreScale(network),
    ...shape,
  });
}

function poolBackward(network: Workspace, samples: number, dFeatures: number): void {
  const { kernels, model, padded, at } = network;
  const { tokens, width, heads, place } = model;
  const { p, t, r, values } = at.pool;
  const { dn, dValues } = at.back;
  kernels.poolBackward({
    dx: dn,
    dy: dValues,
    dw: gradientAddress(network, 'pool.weight'),
    dz: dFeatures,
    p,
    x: at.lastNorm,
    y: values,
    w: weightAddress(network, 'pool.weight'),
    samples,
    tokens,
    padded,
    n: width,
    scratch: at.scratch,
  });
  const { kind, cv, ct } = mapOf(network, place !== 'attention');
  kernels.valuesBackward({
    kind,
    dv: dn,
    ldv: width,
    dOut: dValues,
    t,
    r,
    samples,
    tokens,
    n: width,
    width: width / heads,
    cv,
    ct,
    accumulate: 1,
  });
}

/** Adds the gradient of the loss to `gradients`; expects the gradient of the logits at `at.logits`. */
export function backward(network: Workspace, samples: number): void {
  const { kernels, model, at, classes } = network;
  const { tokens, width, input } = model;
  const { dx, dn, dHidden, dMixed, dqkv, dz } = at.back;
  const rows = samples * tokens;
  const hidden = width * model.mlp;
  const dy = at.logits;
  if (model.output === 'pool') {
    linearBackward(network, 'head.', { dy, x: at.pool.z, dx: dz, rows: samples, from: width, to: classes });
    poolBackward(network, samples, dz);
  } else {
    linearBackward(network, 'head.', { dy, x: at.lastNorm, dx: dn, rows, from: width, to: classes });
  }
  network.floats(dx, rows * width).fill(0);
  normBackward(network, 'norm.', { dx, dy: dn, x: at.last, stats: at.lastStats, rows });
  for (let i = at.layers.length - 1; i >= 0; i--) {
    const l = at.layers[i];
    if (!l) continue;
    const name = `layer${i}.`;
    linearBackward(network, `${name}mlp2.`, { dy: dx, x: l.active, dx: dHidden, rows, from: hidden, to: width });
    kernels.geluBackward({ d: dHidden, x: l.hidden, n: rows * hidden });
    linearBackward(network, `${name}mlp1.`, { dy: dHidden, x: l.norm2, dx: dn, rows, from: width, to: hidden });
    normBackward(network, `${name}norm2.`, { dx, dy: dn, x: l.middle, stats: l.stats2, rows });
    linearBackward(network, `${name}out.`, { dy: dx, x: l.mixed, dx: dMixed, rows, from: width, to: width });
    attentionBackward(network, samples, l);
    linearBackward(network, `${name}qkv.`, { dy: dqkv, x: l.norm1, dx: dn, rows, from: width, to: 3 * width });
    normBackward(network, `${name}norm1.`, { dx, dy: dn, x: l.x, stats: l.stats1, rows });
  }
  const dPosition = gradientAddress(network, 'embed.position');
  kernels.addPositionsBackward({ dPosition, dx, samples, tokens, n: width });
  if (input.kind === 'patches') {
    linearBackward(network, 'embed.', { dy: dx, x: at.patches, dx: null, rows, from: input.size, to: width });
  } else {
    const dTable = gradientAddress(network, 'embed.table');
    kernels.embedBackward({ dTable, dx, ids: at.ids, rows, fields: input.fields, n: width });
  }
}
