import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelConfig } from './config.ts';
import type { Batch } from './network.ts';
import { Network } from './network.ts';
import { oracleGradients, oracleLogits, parameterTensors } from './oracle.ts';
import { startOracle } from './oracle-node.ts';
import { startWeights } from './parameters.ts';
import { random } from './random.ts';
import type { ArmName } from './transforms.ts';
import { ARM_NAMES, valueTransform } from './transforms.ts';

const SAMPLES = 3;

/** Below this share of the whole gradient a parameter counts as having none: centring removes a shift altogether. */
const FLOOR = 1e-4;

type Shape = Omit<ModelConfig, 'transform' | 'place'> & { readonly place?: ModelConfig['place'] };

// Six and seven tokens, ten and six classes: none a multiple of 4, so padding is exercised everywhere.
const SHAPES: Record<string, Shape> = {
  'encoder of patches, pooled': {
    tokens: 6,
    width: 16,
    heads: 2,
    layers: 2,
    mlp: 2,
    classes: 10,
    input: { kind: 'patches', size: 8 },
    output: 'pool',
    causal: false,
  },
  'encoder of ids, every token answers': {
    tokens: 7,
    width: 8,
    heads: 1,
    layers: 1,
    mlp: 2,
    classes: 6,
    input: { kind: 'ids', vocabulary: 9, fields: 2 },
    output: 'tokens',
    causal: false,
  },
  'causal decoder': {
    tokens: 7,
    width: 16,
    heads: 2,
    layers: 2,
    mlp: 2,
    classes: 6,
    input: { kind: 'ids', vocabulary: 6, fields: 1 },
    output: 'tokens',
    causal: true,
  },
  'transform in the pooling': {
    tokens: 6,
    width: 16,
    heads: 2,
    layers: 1,
    mlp: 2,
    classes: 10,
    input: { kind: 'patches', size: 8 },
    output: 'pool',
    causal: false,
    place: 'pooling',
  },
  'transform in attention and pooling': {
    tokens: 6,
    width: 16,
    heads: 2,
    layers: 1,
    mlp: 2,
    classes: 10,
    input: { kind: 'patches', size: 8 },
    output: 'pool',
    causal: false,
    place: 'both',
  },
};

function build(shape: Shape, arm: ArmName, alpha = 0.7): Network {
  const transform = valueTransform(arm, alpha, shape.tokens, shape.width / shape.heads);
  const network = new Network({ ...shape, transform, place: shape.place ?? 'attention' }, SAMPLES);
  startWeights(network.layout, network.weights, 3);
  // Biases, shifts and gains start at constants where some gradients vanish by symmetry: move everything a little.
  const stream = random(5, 'jitter');
  for (const p of network.layout.parameters) {
    const columns = p.shape.at(-1) ?? 1;
    for (let i = 0; i < p.size; i++) {
      const padding = p.name.startsWith('head.') && i % columns >= shape.classes;
      if (!padding)
        network.weights[p.offset + i] = (network.weights[p.offset + i] ?? 0) * 0.7 + 0.3 * (stream.uniform() - 0.5);
    }
  }
  return network;
}

function batchOf(shape: Shape, seed: number): Batch {
  const r = random(seed, 'batch');
  const { tokens, input, classes } = shape;
  const rows = SAMPLES * tokens;
  const answers = shape.output === 'pool' ? SAMPLES : rows;
  const targets = Int32Array.from({ length: answers }, () => r.below(classes));
  if (shape.output === 'tokens') targets[2] = -1;
  return input.kind === 'patches'
    ? { patches: Float32Array.from({ length: rows * input.size }, () => 2 * r.uniform() - 1), targets }
    : { ids: Int32Array.from({ length: rows * input.fields }, () => r.below(input.vocabulary + 1) - 1), targets };
}

const norm = (x: ArrayLike<number>): number => Math.hypot(...Array.from(x));

beforeAll(async () => {
  await startOracle('cpu');
});

describe.each(Object.entries(SHAPES))('%s', (_name, shape) => {
  const arms = ARM_NAMES.filter((arm) => !(shape.place && arm.includes('prefix')));

  it.each(arms)('%s: gradients agree with autodiff for every parameter', (arm) => {
    const network = build(shape, arm);
    const batch = batchOf(shape, 1);
    const { loss, asked } = network.gradient(batch);
    const oracle = oracleGradients(network.model, network.layout, network.weights, batch);
    expect(Math.abs(loss / asked / oracle.loss - 1)).toBeLessThan(1e-5);
    const whole = norm(network.gradients);
    expect(whole).toBeGreaterThan(0);
    for (const p of network.layout.parameters) {
      const ours = network.gradients.subarray(p.offset, p.offset + p.size);
      const theirs = oracle.gradients.get(p.name) ?? new Float32Array();
      expect(theirs.length).toBe(p.size);
      const difference = norm(ours.map((x, i) => x - (theirs[i] ?? NaN)));
      // A gradient that is zero up to rounding has no relative error.
      expect(difference / Math.max(norm(theirs), FLOOR * whole), p.name).toBeLessThan(1e-3);
    }
  });

  it.each(arms)('%s: gradients agree with finite differences', (arm) => {
    const network = build(shape, arm);
    const batch = batchOf(shape, 2);
    network.gradient(batch);
    const gradient = network.gradients.slice();
    const start = network.weights.slice();
    const whole = norm(gradient);
    for (const p of network.layout.parameters) {
      const g = gradient.subarray(p.offset, p.offset + p.size);
      const length = norm(g);
      if (length < 1e-3 * whole) continue;
      const lossAt = (distance: number): number => {
        network.weights.set(start);
        for (let i = 0; i < p.size; i++) {
          network.weights[p.offset + i] = (start[p.offset + i] ?? 0) + (distance * (g[i] ?? 0)) / length;
        }
        const score = network.evaluate(batch);
        return score.loss / score.asked;
      };
      // Four-point central difference: its error is of fourth order, so that steps may be large against float32 rounding.
      const h = 0.01;
      const slope = (8 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h))) / (12 * h);
      expect(Math.abs(slope - length) / Math.max(length, 0.02 * whole), p.name).toBeLessThan(2e-2);
    }
  });
});

it('gives the logits of the tfjs model', () => {
  const shape = SHAPES['causal decoder'];
  if (!shape) throw new Error('no shape');
  const network = build(shape, 'add-prefix');
  const batch = batchOf(shape, 4);
  const ours = network.logits(batch);
  const theirs = oracleLogits(network.model, parameterTensors(network.layout, network.weights), batch).dataSync();
  expect(ours.length).toBe(theirs.length);
  ours.forEach((x, i) => expect(Math.abs(x - (theirs[i] ?? NaN))).toBeLessThan(1e-4));
});

it('refuses a batch of the wrong size and an impossible model', () => {
  const shape = SHAPES['causal decoder'];
  if (!shape) throw new Error('no shape');
  const network = build(shape, 'V');
  expect(() => network.evaluate({ ids: new Int32Array(3), targets: new Int32Array(7) })).toThrow(RangeError);
  expect(() => build({ ...shape, width: 12 }, 'V')).toThrow(/width must be a multiple/);
  expect(() => build({ ...shape, output: 'pool' }, 'V')).toThrow(/causal model/);
});
