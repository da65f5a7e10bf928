/** Where every parameter of a model stands in the flat parameter vector, and how it starts. */
import type { ModelConfig } from './config.ts';
import { paddedClasses } from './config.ts';
import { random } from './random.ts';

/** One parameter array. `offset` counts floats; `size` is the product of `shape`; arrays start at multiples of 4. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly offset: number;
  /** Weight decay applies to matrices of linear maps only. */
  readonly decays: boolean;
  /** Half-width of the uniform start, or the constant it starts at. */
  readonly start: { readonly spread: number } | { readonly constant: number };
  /** Columns from here on are padding: they start at 0 and get no gradient. */
  readonly columns?: number;
}

/** All parameters; `decayed` floats stand first, and only they decay. */
export interface ParameterLayout {
  readonly parameters: readonly Parameter[];
  readonly decayed: number;
  readonly total: number;
}

type Draft = Omit<Parameter, 'offset' | 'size'>;

const zero = (name: string, n: number): Draft => ({ name, shape: [n], decays: false, start: { constant: 0 } });
const one = (name: string, n: number): Draft => ({ name, shape: [n], decays: false, start: { constant: 1 } });

/** A linear map, started uniformly as Glorot and Bengio propose, times `gain`. */
function linear(name: string, rows: number, columns: number, gain = 1, stored = columns): Draft {
  const spread = gain * Math.sqrt(6 / (rows + columns));
  return { name, shape: [rows, stored], decays: true, start: { spread }, columns };
}

function drafts(model: ModelConfig): Draft[] {
  const { tokens, width, layers, input } = model;
  const hidden = width * model.mlp;
  const list: Draft[] = [];
  if (input.kind === 'patches') list.push(linear('embed.weight', input.size, width), zero('embed.bias', width));
  else list.push({ name: 'embed.table', shape: [input.vocabulary, width], decays: false, start: { spread: 0.5 } });
  list.push({ name: 'embed.position', shape: [tokens, width], decays: false, start: { spread: 0.1 } });
  // Residual branches start smaller the more of them there are, so that depth does not change the scale of the sum.
  const branch = 1 / Math.sqrt(2 * layers);
  for (let l = 0; l < layers; l++) {
    const at = `layer${l}.`;
    list.push(
      one(`${at}norm1.gain`, width),
      zero(`${at}norm1.shift`, width),
      // Q, K and V are three maps of width x width beside each other: the spread is that of one of them.
      { ...linear(`${at}qkv.weight`, width, width), shape: [width, 3 * width], columns: 3 * width },
      zero(`${at}qkv.bias`, 3 * width),
      linear(`${at}out.weight`, width, width, branch),
      zero(`${at}out.bias`, width),
      one(`${at}norm2.gain`, width),
      zero(`${at}norm2.shift`, width),
      linear(`${at}mlp1.weight`, width, hidden),
      zero(`${at}mlp1.bias`, hidden),
      linear(`${at}mlp2.weight`, hidden, width, branch),
      zero(`${at}mlp2.bias`, width),
    );
  }
  list.push(one('norm.gain', width), zero('norm.shift', width));
  if (model.output === 'pool')
    list.push({ name: 'pool.weight', shape: [width], decays: false, start: { spread: 0.3 } });
  const classes = paddedClasses(model);
  list.push(linear('head.weight', width, model.classes, 1, classes), zero('head.bias', classes));
  return list;
}

/** Lays the parameters of a model out: decaying matrices first, each array at a multiple of 4 floats. */
export function parameterLayout(model: ModelConfig): ParameterLayout {
  const all = drafts(model);
  const ordered = [...all.filter((p) => p.decays), ...all.filter((p) => !p.decays)];
  let offset = 0;
  let decayed = 0;
  const parameters = ordered.map((draft): Parameter => {
    const size = draft.shape.reduce((a, b) => a * b, 1);
    const parameter = { ...draft, size, offset };
    offset += Math.ceil(size / 4) * 4;
    if (draft.decays) decayed = offset;
    return parameter;
  });
  return { parameters, decayed, total: offset };
}

/** Writes the starting weights of a seed. The same seed and shapes give the same weights whatever the arm. */
export function startWeights(layout: ParameterLayout, weights: Float32Array, seed: number): void {
  weights.fill(0);
  for (const p of layout.parameters) {
    const stream = random(seed, `weights ${p.name}`);
    const columns = p.shape.at(-1) ?? 1;
    for (let i = 0; i < p.size; i++) {
      const padding = p.columns !== undefined && i % columns >= p.columns;
      if (padding) continue;
      weights[p.offset + i] = 'constant' in p.start ? p.start.constant : (2 * stream.uniform() - 1) * p.start.spread;
    }
  }
}
