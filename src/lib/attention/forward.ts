/** The forward pass, layer by layer. */
import type { LayerBuffers, Workspace } from './buffers.ts';
import { KIND_CODE } from './transforms.ts';
import { NONE } from './kernels/kinds.ts';

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

/** Which map the values go through, with its weights: the model's own where it is `active`, else none. */
export function mapOf({ model }: Workspace, active: boolean): { kind: number; cv: number; ct: number; shift: number } {
  const { kind, value, part, shift } = model.transform;
  return active ? { kind: KIND_CODE[kind], cv: value, ct: part, shift } : { kind: NONE, cv: 1, ct: 0, shift: 0 };
}

/** How a linear map acts on `rows` vectors of `from` numbers, which become vectors of `to` numbers. */
interface Linear {
  /** Addresses of the result and of the vectors. */
  readonly out: number;
  readonly x: number;
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

/** out = init + x W, the rows of `init` being `ldi` numbers apart. */
function multiply(
  network: Workspace,
  name: string,
  { out, x, rows, from, to }: Linear,
  start: { readonly init: number; readonly ldi: number },
): void {
  const b = weightAddress(network, `${name}weight`);
  network.kernels.gemm({ c: out, ldc: to, a: x, ars: from, acs: 1, b, ldb: to, m: rows, n: to, k: from, ...start });
}

/** out = x W + b; `name` is that of the map, with its dot. */
function linear(network: Workspace, name: string, map: Linear): void {
  multiply(network, name, map, { init: weightAddress(network, `${name}bias`), ldi: 0 });
}

/** out = start + x W + b: the end of a residual branch. */
function addLinear(network: Workspace, name: string, start: number, map: Linear): void {
  const { out, rows, to } = map;
  multiply(network, name, map, { init: start, ldi: to });
  network.kernels.addRow({ x: out, bias: weightAddress(network, `${name}bias`), rows, n: to });
}

/** out = layer norm of x; `name` is that of the norm, with its dot. */
function norm(network: Workspace, name: string, given: { out: number; stats: number; x: number; rows: number }): void {
  const { out, stats, x, rows } = given;
  const gain = weightAddress(network, `${name}gain`);
  const shift = weightAddress(network, `${name}shift`);
  network.kernels.layerNorm({ out, stats, x, gain, shift, rows, n: network.model.width });
}

function embedTokens(network: Workspace, samples: number, x: number): void {
  const { kernels, at, model } = network;
  const { tokens, width, input } = model;
  const rows = samples * tokens;
  if (input.kind === 'patches') {
    linear(network, 'embed.', { out: x, x: at.patches, rows, from: input.size, to: width });
  } else {
    const table = weightAddress(network, 'embed.table');
    kernels.embed({ x, table, ids: at.ids, rows, fields: input.fields, n: width });
  }
  kernels.addPositions({ x, position: weightAddress(network, 'embed.position'), samples, tokens, n: width });
}

function attend(network: Workspace, samples: number, l: LayerBuffers, name: string): void {
  const { kernels, model, padded, at } = network;
  const { tokens, width, heads, causal, place, transform } = model;
  const rows = samples * tokens;
  const head = width / heads;
  const active = place !== 'pooling';
  // Q, K and V lie beside each other, and share a row stride.
  const [q, k, v, fused] = [l.qkv, l.qkv + 4 * width, l.qkv + 8 * width, 3 * width];
  norm(network, `${name}norm1.`, { out: l.norm1, stats: l.stats1, x: l.x, rows });
  linear(network, `${name}qkv.`, { out: l.qkv, x: l.norm1, rows, from: width, to: fused });
  const { kind, cv, ct, shift } = mapOf(network, active);
  kernels.values({
    kind,
    out: l.values,
    t: l.t,
    r: l.r,
    v,
    ldv: fused,
    samples,
    tokens,
    n: width,
    width: head,
    cv,
    ct,
    shift,
  });
  kernels.attention({
    a: l.a,
    o: l.mixed,
    q,
    k,
    ld: fused,
    v: l.values,
    ldv: width,
    samples,
    tokens,
    padded,
    heads,
    width: head,
    scale: scoreScale(network),
    causal: causal ? 1 : 0,
    scratch: at.scratch,
  });
  if (active && transform.kind === 'prefix') {
    kernels.prefix({
      o: l.mixed,
      ldo: width,
      a: l.a,
      v,
      ldv: fused,
      samples,
      tokens,
      padded,
      heads,
      width: head,
      c: transform.part,
    });
  }
  addLinear(network, `${name}out.`, l.x, { out: l.middle, x: l.mixed, rows, from: width, to: width });
}

function think(network: Workspace, samples: number, l: LayerBuffers, name: string, out: number): void {
  const { kernels, model } = network;
  const { width } = model;
  const rows = samples * model.tokens;
  const hidden = width * model.mlp;
  norm(network, `${name}norm2.`, { out: l.norm2, stats: l.stats2, x: l.middle, rows });
  linear(network, `${name}mlp1.`, { out: l.hidden, x: l.norm2, rows, from: width, to: hidden });
  kernels.gelu({ out: l.active, x: l.hidden, n: rows * hidden });
  addLinear(network, `${name}mlp2.`, l.middle, { out, x: l.active, rows, from: hidden, to: width });
}

/** Runs the model on the batch that lies in memory; the logits are left at `at.logits`. */
export function forward(network: Workspace, samples: number): void {
  const { kernels, at, model, padded, classes } = network;
  const { tokens, width, heads } = model;
  const rows = samples * tokens;
  embedTokens(network, samples, at.layers[0]?.x ?? at.last);
  at.layers.forEach((layer, i) => {
    attend(network, samples, layer, `layer${i}.`);
    think(network, samples, layer, `layer${i}.`, at.layers[i + 1]?.x ?? at.last);
  });
  norm(network, 'norm.', { out: at.lastNorm, stats: at.lastStats, x: at.last, rows });
  let features = at.lastNorm;
  let answers = rows;
  if (model.output === 'pool') {
    const { p, t, r, values, z } = at.pool;
    const { kind, cv, ct, shift } = mapOf(network, model.place !== 'attention');
    kernels.values({
      kind,
      out: values,
      t,
      r,
      v: at.lastNorm,
      ldv: width,
      samples,
      tokens,
      n: width,
      width: width / heads,
      cv,
      ct,
      shift,
    });
    const w = weightAddress(network, 'pool.weight');
    kernels.pool({ p, z, x: at.lastNorm, y: values, w, samples, tokens, padded, n: width });
    features = z;
    answers = samples;
  }
  linear(network, 'head.', { out: at.logits, x: features, rows: answers, from: width, to: classes });
}
