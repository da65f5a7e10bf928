/** Addresses of everything a network keeps in kernel memory. */
import type { ModelConfig } from './config.ts';
import { paddedClasses, roundUp4 } from './config.ts';
import type { Arena, Kernels } from './kernels.ts';
import type { ParameterLayout } from './parameters.ts';

/** What the forward pass of one layer leaves behind. R = samples * tokens rows. */
export interface LayerBuffers {
  /** Input of the layer, R x D. */
  readonly x: number;
  readonly norm1: number;
  readonly stats1: number;
  /** Q, K, V beside each other, R x 3D. */
  readonly qkv: number;
  /** T(V), R x D, and 1/deviation, samples x D. */
  readonly t: number;
  readonly r: number;
  /** Transformed values, R x D. */
  readonly values: number;
  /** Attention, samples x heads x N x padded N. */
  readonly a: number;
  /** Heads side by side, R x D. */
  readonly mixed: number;
  /** After the attention branch, R x D. */
  readonly middle: number;
  readonly norm2: number;
  readonly stats2: number;
  readonly hidden: number;
  readonly active: number;
}

export interface Buffers {
  readonly weights: number;
  readonly gradients: number;
  readonly moment1: number;
  readonly moment2: number;
  readonly patches: number;
  readonly ids: number;
  readonly targets: number;
  readonly result: number;
  readonly layers: readonly LayerBuffers[];
  readonly last: number;
  readonly lastNorm: number;
  readonly lastStats: number;
  readonly pool: {
    readonly p: number;
    readonly t: number;
    readonly r: number;
    readonly values: number;
    readonly z: number;
  };
  readonly logits: number;
  readonly back: {
    readonly dx: number;
    readonly dn: number;
    readonly dqkv: number;
    readonly dHidden: number;
    readonly dValues: number;
    readonly dMixed: number;
    readonly da: number;
    readonly dz: number;
  };
  readonly scratch: number;
}

/** A model laid out in the kernels' memory: what a pass over it reads and writes. */
export interface Workspace {
  readonly model: ModelConfig;
  readonly layout: ParameterLayout;
  readonly kernels: Kernels;
  readonly at: Buffers;
  /** Tokens and classes as the kernels lay them out. */
  readonly padded: number;
  readonly classes: number;
  /** A live view of `count` floats of kernel memory. */
  floats(address: number, count: number): Float32Array;
}

/** Reserves memory for `samples` samples at a time. */
export function allocate(arena: Arena, model: ModelConfig, layout: ParameterLayout, samples: number): Buffers {
  const { tokens, width, heads, input } = model;
  const padded = roundUp4(tokens);
  const rows = samples * tokens;
  const hidden = width * model.mlp;
  const classes = paddedClasses(model);
  const answers = model.output === 'pool' ? samples : rows;
  const full = (): number => arena.words(rows * width);
  const scores = samples * heads * tokens * padded;
  const layer = (): LayerBuffers => ({
    x: full(),
    norm1: full(),
    stats1: arena.words(rows * 2),
    qkv: arena.words(rows * 3 * width),
    t: full(),
    r: arena.words(samples * width),
    values: full(),
    a: arena.words(scores),
    mixed: full(),
    middle: full(),
    norm2: full(),
    stats2: arena.words(rows * 2),
    hidden: arena.words(rows * hidden),
    active: arena.words(rows * hidden),
  });
  const scratch = Math.max(width * padded, tokens * 4, width * Math.max(3 * width, hidden, classes), padded);
  return {
    weights: arena.words(layout.total),
    gradients: arena.words(layout.total),
    moment1: arena.words(layout.total),
    moment2: arena.words(layout.total),
    patches: input.kind === 'patches' ? arena.words(rows * input.size) : 0,
    ids: input.kind === 'ids' ? arena.words(rows * input.fields) : 0,
    targets: arena.words(answers),
    result: arena.words(4),
    layers: Array.from({ length: model.layers }, layer),
    last: full(),
    lastNorm: full(),
    lastStats: arena.words(rows * 2),
    pool: {
      p: arena.words(samples * padded),
      t: full(),
      r: arena.words(samples * width),
      values: full(),
      z: arena.words(samples * width),
    },
    logits: arena.words(answers * classes),
    back: {
      dx: full(),
      dn: full(),
      dqkv: arena.words(rows * 3 * width),
      dHidden: arena.words(rows * hidden),
      dValues: full(),
      dMixed: full(),
      da: arena.words(scores),
      dz: arena.words(samples * width),
    },
    scratch: arena.words(scratch),
  };
}
