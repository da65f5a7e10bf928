/** The backward pass: the chain rule written out by hand, in the reverse order of `forward.ts`. */
import type { LayerBuffers, Workspace } from './buffers.ts';
import { parameterBytes, scoreScale, weightAddress } from './forward.ts';
import { KIND_CODE } from './transforms.ts';

const gradientAddress = (network: Workspace, name: string): number =>
  network.at.gradients + parameterBytes(network, name);

/**
 * Gradient of y = x W + b, W rows x columns: adds to the gradients of W and b, sets dx (0 for "not wanted").
 * W is transposed into scratch, so that the product runs over whole vectors.
 */
function linearBackward(
  network: Workspace,
  name: string,
  dy: number,
  x: number,
  samples: number,
  rows: number,
  columns: number,
  dx: number,
): void {
  const { kernels, at } = network;
  const dw = gradientAddress(network, `${name}weight`);
  kernels.gemm(dw, columns, x, 1, rows, dy, columns, rows, columns, samples, dw, columns);
  kernels.addColumnSums(gradientAddress(network, `${name}bias`), dy, samples, columns, columns);
  if (!dx) return;
  kernels.transpose(at.scratch, rows, weightAddress(network, `${name}weight`), columns, rows, columns);
  kernels.gemm(dx, rows, dy, columns, 1, at.scratch, rows, samples, rows, columns, 0, 0);
}

function normBackward(
  network: Workspace,
  name: string,
  dx: number,
  dy: number,
  x: number,
  stats: number,
  rows: number,
): void {
  const g = (part: string): number => gradientAddress(network, `${name}${part}`);
  const gain = weightAddress(network, `${name}gain`);
  network.kernels.layerNormBackward(dx, g('gain'), g('shift'), dy, x, stats, gain, rows, network.model.width);
}

/** From the gradient of the mixed values to those of Q, K and V. */
function attentionBackward(network: Workspace, samples: number, l: LayerBuffers): void {
  const { kernels, model, padded, at } = network;
  const { tokens, width, heads, place, transform } = model;
  const { da, dMixed, dValues, dqkv } = at.back;
  const head = width / heads;
  const active = place !== 'pooling';
  const fused = 3 * width;
  const v = l.qkv + 8 * width;
  const dv = dqkv + 8 * width;
  kernels.attentionValuesBackward(
    da,
    dValues,
    dMixed,
    l.a,
    l.values,
    width,
    samples,
    tokens,
    padded,
    heads,
    head,
    at.scratch,
  );
  kernels.valuesBackward(
    active ? KIND_CODE[transform.kind] : 0,
    dv,
    fused,
    dValues,
    l.t,
    l.r,
    samples,
    tokens,
    width,
    head,
    active ? transform.value : 1,
    active ? transform.part : 0,
    0,
  );
  if (active && transform.kind === 'prefix') {
    kernels.prefixBackward(
      da,
      dv,
      dMixed,
      width,
      l.a,
      v,
      fused,
      samples,
      tokens,
      padded,
      heads,
      head,
      transform.part,
      at.scratch,
    );
  }
  kernels.attentionScoresBackward(
    dqkv,
    dqkv + 4 * width,
    da,
    l.a,
    l.qkv,
    l.qkv + 4 * width,
    fused,
    samples,
    tokens,
    padded,
    heads,
    head,
    scoreScale(network),
  );
}

function poolBackward(network: Workspace, samples: number, dFeatures: number): void {
  const { kernels, model, padded, at } = network;
  const { tokens, width, heads, place, transform } = model;
  const { p, t, r, values } = at.pool;
  const { dn, dValues } = at.back;
  const active = place !== 'attention';
  kernels.poolBackward(
    dn,
    dValues,
    gradientAddress(network, 'pool.weight'),
    dFeatures,
    p,
    at.lastNorm,
    values,
    weightAddress(network, 'pool.weight'),
    samples,
    tokens,
    padded,
    width,
    at.scratch,
  );
  kernels.valuesBackward(
    active ? KIND_CODE[transform.kind] : 0,
    dn,
    width,
    dValues,
    t,
    r,
    samples,
    tokens,
    width,
    width / heads,
    active ? transform.value : 1,
    active ? transform.part : 0,
    1,
  );
}

/** Adds the gradient of the loss to `gradients`; expects the gradient of the logits at `at.logits`. */
export function backward(network: Workspace, samples: number): void {
  const { kernels, model, at, classes } = network;
  const { tokens, width, input } = model;
  const { dx, dn, dHidden, dMixed, dqkv, dz } = at.back;
  const rows = samples * tokens;
  const hidden = width * model.mlp;
  if (model.output === 'pool') {
    linearBackward(network, 'head.', at.logits, at.pool.z, samples, width, classes, dz);
    poolBackward(network, samples, dz);
  } else {
    linearBackward(network, 'head.', at.logits, at.lastNorm, rows, width, classes, dn);
  }
  network.floats(dx, rows * width).fill(0);
  normBackward(network, 'norm.', dx, dn, at.last, at.lastStats, rows);
  for (let i = at.layers.length - 1; i >= 0; i--) {
    const l = at.layers[i];
    if (!l) continue;
    const name = `layer${i}.`;
    linearBackward(network, `${name}mlp2.`, dx, l.active, rows, hidden, width, dHidden);
    kernels.geluBackward(dHidden, l.hidden, rows * hidden);
    linearBackward(network, `${name}mlp1.`, dHidden, l.norm2, rows, width, hidden, dn);
    normBackward(network, `${name}norm2.`, dx, dn, l.middle, l.stats2, rows);
    linearBackward(network, `${name}out.`, dx, l.mixed, rows, width, width, dMixed);
    attentionBackward(network, samples, l);
    linearBackward(network, `${name}qkv.`, dqkv, l.norm1, rows, width, 3 * width, dn);
    normBackward(network, `${name}norm1.`, dx, dn, l.x, l.stats1, rows);
  }
  kernels.addPositionsBackward(gradientAddress(network, 'embed.position'), dx, samples, tokens, width);
  if (input.kind === 'patches') linearBackward(network, 'embed.', dx, at.patches, rows, input.size, width, 0);
  else kernels.embedBackward(gradientAddress(network, 'embed.table'), dx, at.ids, rows, input.fields, width);
}
