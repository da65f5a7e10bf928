/** The forward pass, layer by layer. */
import type { LayerBuffers, Workspace } from './buffers.ts';
import { KIND_CODE } from './transforms.ts';

/** Byte address of a parameter by name, in the weight vector. Throws for a name the model does not have. */
export function weightAddress(network: Workspace, name: string): number {
  return network.at.weights + parameterBytes(network, name);
}

/** Byte offset of a parameter in any of the flat vectors. */
export function parameterBytes(network: Workspace, name: string): number {
  const found = network.layout.parameters.find((p) => p.name === name);
  if (!found) throw new RangeError(`no parameter named ${name}`);
  return found.offset * 4;
}

/** Scale of the scores, 1 / sqrt(features of a head). */
export const scoreScale = (network: Workspace): number => 1 / Math.sqrt(network.model.width / network.model.heads);

function embedTokens(network: Workspace, samples: number, x: number): void {
  const { kernels, at, model } = network;
  const { tokens, width, input } = model;
  const rows = samples * tokens;
  if (input.kind === 'patches') {
    const weight = weightAddress(network, 'embed.weight');
    const bias = weightAddress(network, 'embed.bias');
    kernels.gemm(x, width, at.patches, input.size, 1, weight, width, rows, width, input.size, bias, 0);
  } else {
    kernels.embed(x, weightAddress(network, 'embed.table'), at.ids, rows, input.fields, width);
  }
  kernels.addPositions(x, weightAddress(network, 'embed.position'), samples, tokens, width);
}

function attend(network: Workspace, samples: number, l: LayerBuffers, at: string): void {
  const { kernels, model, padded } = network;
  const { tokens, width, heads, causal, place, transform } = model;
  const rows = samples * tokens;
  const head = width / heads;
  const active = place !== 'pooling';
  const v = l.qkv + 8 * width;
  const w = (name: string): number => weightAddress(network, at + name);
  kernels.layerNorm(l.norm1, l.stats1, l.x, w('norm1.gain'), w('norm1.shift'), rows, width);
  kernels.gemm(
    l.qkv,
    3 * width,
    l.norm1,
    width,
    1,
    w('qkv.weight'),
    3 * width,
    rows,
    3 * width,
    width,
    w('qkv.bias'),
    0,
  );
  kernels.values(
    active ? KIND_CODE[transform.kind] : 0,
    l.values,
    l.t,
    l.r,
    v,
    3 * width,
    samples,
    tokens,
    width,
    head,
    active ? transform.value : 1,
    active ? transform.part : 0,
  );
  kernels.attention(
    l.a,
    l.mixed,
    l.qkv,
    l.qkv + 4 * width,
    3 * width,
    l.values,
    width,
    samples,
    tokens,
    padded,
    heads,
    head,
    scoreScale(network),
    causal ? 1 : 0,
    network.at.scratch,
  );
  if (active && transform.kind === 'prefix') {
    kernels.prefix(l.mixed, width, l.a, v, 3 * width, samples, tokens, padded, heads, head, transform.part);
  }
  kernels.gemm(l.middle, width, l.mixed, width, 1, w('out.weight'), width, rows, width, width, l.x, width);
  kernels.addRow(l.middle, w('out.bias'), rows, width);
}

function think(network: Workspace, samples: number, l: LayerBuffers, at: string, out: number): void {
  const { kernels, model } = network;
  const { width } = model;
  const rows = samples * model.tokens;
  const hidden = width * model.mlp;
  const w = (name: string): number => weightAddress(network, at + name);
  kernels.layerNorm(l.norm2, l.stats2, l.middle, w('norm2.gain'), w('norm2.shift'), rows, width);
  kernels.gemm(l.hidden, hidden, l.norm2, width, 1, w('mlp1.weight'), hidden, rows, hidden, width, w('mlp1.bias'), 0);
  kernels.gelu(l.active, l.hidden, rows * hidden);
  kernels.gemm(out, width, l.active, hidden, 1, w('mlp2.weight'), width, rows, width, hidden, l.middle, width);
  kernels.addRow(out, w('mlp2.bias'), rows, width);
}

/** Runs the model on the batch that lies in memory; the logits are left at `at.logits`. */
export function forward(network: Workspace, samples: number): void {
  const { kernels, at, model, padded, classes } = network;
  const { tokens, width, heads, transform } = model;
  const rows = samples * tokens;
  embedTokens(network, samples, at.layers[0]?.x ?? at.last);
  at.layers.forEach((layer, i) => {
    attend(network, samples, layer, `layer${i}.`);
    think(network, samples, layer, `layer${i}.`, at.layers[i + 1]?.x ?? at.last);
  });
  const w = (name: string): number => weightAddress(network, name);
  kernels.layerNorm(at.lastNorm, at.lastStats, at.last, w('norm.gain'), w('norm.shift'), rows, width);
  let features = at.lastNorm;
  let answers = rows;
  if (model.output === 'pool') {
    const { p, t, r, values, z } = at.pool;
    const active = model.place !== 'attention';
    kernels.values(
      active ? KIND_CODE[transform.kind] : 0,
      values,
      t,
      r,
      at.lastNorm,
      width,
      samples,
      tokens,
      width,
      width / heads,
      active ? transform.value : 1,
      active ? transform.part : 0,
    );
    kernels.pool(p, z, at.lastNorm, values, w('pool.weight'), samples, tokens, padded, width);
    features = z;
    answers = samples;
  }
  kernels.gemm(
    at.logits,
    classes,
    features,
    width,
    1,
    w('head.weight'),
    classes,
    answers,
    classes,
    width,
    w('head.bias'),
    0,
  );
}
